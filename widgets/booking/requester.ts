/**
 * Asks until the answer is known, for a while. The same request gets the same key, even when somebody presses again after it seemed to
 * fail: whether the first try was carried out is for the server to know.
 */
import { createIdempotencyKey, type IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import type { VisitorCommands } from '@frontdesk/protocol/visitor';
import type { BookingClient } from '../core/client/booking-client.js';
import { computeBackoffMs } from '../core/client/clock.js';
import { isRetryable } from '../core/client/outcome.js';
import { createPause } from '../core/client/pause.js';

const MAX_TRIES = 4;
/** Nobody waits longer in front of a form; they are told instead. */
const MAX_WAIT_MS = 5_000;

export interface Requester {
  request<Name extends keyof VisitorCommands>(
    name: Name,
    input: VisitorCommands[Name]['input'],
  ): Promise<Result<VisitorCommands[Name]['output']>>;
  stop(): void;
}

export function createRequester(client: BookingClient): Requester {
  const { clock } = client.environment;
  const keys = new Map<string, IdempotencyKey>();
  const pause = createPause(clock);
  let isStopped = false;
  return {
    async request(name, input) {
      const text = name + JSON.stringify(input);
      const idempotencyKey = keys.get(text) ?? createIdempotencyKey(clock.now());
      keys.set(text, idempotencyKey);
      for (let tries = 1; ; tries += 1) {
        const result = await client.request(name, input, idempotencyKey);
        const delayMs = result.ok ? 0 : Math.max(result.error.retryAfterMs ?? 0, computeBackoffMs(tries, clock));
        const isOver = result.ok || !isRetryable(result.error) || tries >= MAX_TRIES || delayMs > MAX_WAIT_MS;
        if (isOver || isStopped) {
          // An answer of the server ends it: asking for the same again is a new wish.
          if (result.ok || !isRetryable(result.error)) keys.delete(text);
          return result;
        }
        await pause.wait(delayMs);
      }
    },
    stop() {
      isStopped = true;
      pause.wake();
    },
  };
}
