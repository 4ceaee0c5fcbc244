/** Arrivals: by the number or link of a ticket, or by phone number (QK-14). Needs the server, which alone knows whom it expects. */
import { createIdempotencyKey, type TicketId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/client/clock.js';
import { isRetryable, isUnknownOutcome } from '../core/client/outcome.js';
import type { DeviceLink } from './issuer.js';
import { languageOf, type KioskAction, type KioskState, type ShownTicket } from './kiosk-store.js';

const ANSWER_MS = 3_000;
const GIVE_UP_AFTER_MS = 8_000;
const REPEAT_AFTER_MS = 400;

export interface CheckInDeps {
  readonly connection: DeviceLink;
  readonly environment: { readonly clock: Clock };
  dispatch(action: KioskAction): void;
  getState(): KioskState;
  now(): number;
}

export interface KioskCheckIn {
  /** null when it failed; the failure is on the screen then. */
  run(typed: string): Promise<{ readonly ticketId: TicketId; readonly shown: ShownTicket } | null>;
}

export function createKioskCheckIn({ connection, environment, dispatch, getState, now }: CheckInDeps): KioskCheckIn {
  const { clock } = environment;

  async function ask(code: string) {
    const idempotencyKey = createIdempotencyKey();
    const input = { code, language: languageOf(getState()) };
    const until = clock.now() + GIVE_UP_AFTER_MS;
    for (;;) {
      const answer = await connection.request('ticket:check-in', input, { idempotencyKey, timeoutMs: ANSWER_MS });
      if (answer.ok || !isRetryable(answer.error) || clock.now() >= until) return answer;
      if (!isUnknownOutcome(answer.error) && (answer.error.retryAfterMs ?? 0) > GIVE_UP_AFTER_MS) return answer;
      await new Promise((resolve) =>
        clock.setTimeout(() => resolve(null), answer.error.retryAfterMs ?? REPEAT_AFTER_MS),
      );
    }
  }

  return {
    async run(typed) {
      const code = typed.trim();
      if (code === '') return null;
      dispatch({ type: 'check-in-started' });
      const answer = await ask(code);
      if (!answer.ok) {
        const { error } = answer;
        const code = isUnknownOutcome(error) ? 'offline' : error.code;
        dispatch({ type: 'failed', failure: { during: 'check-in', code, error, atMs: now() } });
        return null;
      }
      const { ticketId, label, serviceNames, issuedAt, place, url, warnsOfClosing } = answer.data;
      return { ticketId, shown: { label, serviceNames, issuedAt, place, url, warnsOfClosing, isCheckIn: true } };
    },
  };
}
