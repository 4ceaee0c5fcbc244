/**
 * A command with a key of its own, made before the first try. When nobody knows what became of it, it is sent again with the
 * same key for a short while, and then given up: nobody must be called, and no visit moved, minutes later because a network came
 * back (QC-13).
 */
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { ErrorBody, ErrorCode, Result } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import { isUnknownOutcome } from '../core/client/outcome.js';
import type { StaffClient } from '../core/client/staff-client.js';

/** For how long a command without an answer is repeated with its key. */
const REPEAT_MS = 8_000;
const REPEAT_AFTER_MS = 400;
const ANSWER_MS = 4_000;
/** The server says by these that the same request is right a moment later. */
const REPEATED: readonly ErrorCode[] = ['IDEMPOTENCY_IN_FLIGHT', 'BUSY', 'DRAINING', 'STORE_UNAVAILABLE'];

/** Nobody knows what became of it, or the same request is right a moment later. */
export function isWorthRepeating(error: ErrorBody): boolean {
  return isUnknownOutcome(error) || REPEATED.includes(error.code);
}

export async function sendCommand<Name extends StaffCommandName>(
  { connection, environment: { clock } }: StaffClient,
  command: Name,
  input: StaffCommands[Name]['input'],
): Promise<Result<StaffCommands[Name]['output']>> {
  const idempotencyKey = createIdempotencyKey();
  const untilMs = clock.now() + REPEAT_MS;
  for (;;) {
    const answer = await connection.request(command, input, { idempotencyKey, timeoutMs: ANSWER_MS });
    if (answer.ok || clock.now() > untilMs) return answer;
    if (!isWorthRepeating(answer.error)) return answer;
    await new Promise<void>((resolve) => clock.setTimeout(resolve, answer.error.retryAfterMs ?? REPEAT_AFTER_MS));
  }
}
