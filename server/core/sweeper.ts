/** Background work of a process: looks now and then at what is due, one look after the other. */
import type { Logger } from './logger.js';

export interface Sweeper {
  start(): void;
  /** Resolves when the look that is under way has ended. */
  stop(): Promise<void>;
}

/** `failure` is what the log says of a look that threw; the next one comes all the same. The timer keeps no process alive. */
export function createSweeper(
  sweep: () => Promise<void>,
  { everyMs, log, failure }: { readonly everyMs: number; readonly log: Logger; readonly failure: string },
): Sweeper {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  return {
    start() {
      timer = setInterval(() => {
        sweeping = sweeping.then(sweep).catch((error: unknown) => log.warn({ err: error }, failure));
      }, everyMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
