/** Ends the process the polite way: each step has its time, and the whole never takes longer than DEADLINE_MS (P13). */
import type { Logger } from './logger.js';

const DEADLINE_MS = 25_000;

export interface Stoppable {
  close(): Promise<void>;
}

/** Closes `server` on SIGTERM or SIGINT; a second signal, or the deadline, ends the process at once. */
export function closeOnSignals(server: Stoppable, log: Logger): void {
  let isClosing = false;
  const handleSignal = (signal: NodeJS.Signals): void => {
    if (isClosing) process.exit(1);
    isClosing = true;
    log.info({ signal }, 'closing');
    setTimeout(() => {
      log.error('closing took too long');
      process.exit(1);
    }, DEADLINE_MS).unref();
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'closing failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handleSignal);
  process.on('SIGINT', handleSignal);
}
