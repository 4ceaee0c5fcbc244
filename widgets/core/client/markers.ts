/** Sends read and delivered markers: only forwards, coalesced, again after a failure, and before the page is left. */
import type { Result } from '@frontdesk/protocol/result';
import { createDebounced } from './clock.js';
import type { ClientEnvironment } from './environment.js';

/** Long enough for a burst of messages to become one request, short enough to feel immediate. */
const MARK_DELAY_MS = 300;

export interface MarkerPositions {
  readonly readUpTo: number;
  readonly deliveredUpTo: number;
}

export interface Markers {
  /** Positions only ever grow. */
  raise(positions: Partial<MarkerPositions>): void;
  /** The connection is back: send what did not get through. */
  kick(): void;
  stop(): void;
}

export function createMarkers(
  { clock, lifecycle }: Pick<ClientEnvironment, 'clock' | 'lifecycle'>,
  /** What the server knows already. */
  known: MarkerPositions,
  send: (positions: MarkerPositions, how: { readonly keepalive: boolean }) => Promise<Result<unknown>>,
): Markers {
  let wanted = known;
  let sent = wanted;
  const push = createDebounced(clock, MARK_DELAY_MS, () => void run(false));
  const run = async (keepalive: boolean): Promise<void> => {
    const positions = wanted;
    if (positions.readUpTo === sent.readUpTo && positions.deliveredUpTo === sent.deliveredUpTo) return;
    const result = await send(positions, { keepalive });
    if (result.ok) sent = positions;
  };
  // The page may not come back: what waits now travels in a way that outlives it.
  const handleLeaving = (): void => {
    push.cancel();
    void run(true);
  };
  const stopListening = [lifecycle.on('hide', handleLeaving), lifecycle.on('suspend', handleLeaving)];
  return {
    raise({ readUpTo = 0, deliveredUpTo = 0 }) {
      const next = {
        readUpTo: Math.max(wanted.readUpTo, readUpTo),
        deliveredUpTo: Math.max(wanted.deliveredUpTo, deliveredUpTo, readUpTo),
      };
      if (next.readUpTo === wanted.readUpTo && next.deliveredUpTo === wanted.deliveredUpTo) return;
      wanted = next;
      push();
    },
    kick: push,
    stop() {
      push.cancel();
      for (const stop of stopListening) stop();
    },
  };
}
