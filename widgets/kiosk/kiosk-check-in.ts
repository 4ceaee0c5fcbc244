/**
 * Arrivals: by the number or link of a ticket, by phone number, or by the code or link of a booking (QK-14). Needs the server, which alone
 * knows whom it expects.
 */
import type { DeviceCommands } from '@frontdesk/protocol/device';
import { createIdempotencyKey, type TicketId } from '@frontdesk/protocol/ids';
import type { CheckedInTicket } from '@frontdesk/protocol/queue-device';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import { BOOKING_CODE_ALPHABET, BOOKING_CODE_LENGTH } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/client/clock.js';
import { isRetryable, isUnknownOutcome } from '../core/client/outcome.js';
import type { DeviceLink } from './issuer.js';
import {
  languageOf,
  type Arrival,
  type Failure,
  type KioskAction,
  type KioskState,
  type ShownTicket,
} from './kiosk-store.js';

const ANSWER_MS = 3_000;
const GIVE_UP_AFTER_MS = 8_000;
const REPEAT_AFTER_MS = 400;
/** What stands behind the hash of a booking's link; that of a ticket is shorter. */
const BOOKING_LINK = /#[\w-]{64}$/;

export interface CheckInDeps {
  readonly connection: DeviceLink;
  readonly environment: { readonly clock: Clock };
  dispatch(action: KioskAction): void;
  getState(): KioskState;
  now(): number;
}

export interface CheckedIn {
  readonly ticketId: TicketId;
  readonly shown: ShownTicket;
}

export interface KioskCheckIn {
  /** null when it failed; the failure is on the screen then. */
  run(typed: string): Promise<CheckedIn | null>;
  /** The same for a booking; null also when something has to be asked first, which is on the screen then. */
  arrive(arrival: Arrival): Promise<CheckedIn | null>;
}

/** null for what is no booking's. Digits alone are a phone number. */
export function readArrival(typed: string): Arrival | null {
  const text = typed.trim();
  const nothingYet = { phoneEnd: null, queueServiceId: null };
  if (BOOKING_LINK.test(text)) return { code: text, isLink: true, ...nothingYet };
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '');
  const isCode = [...code].every((letter) => BOOKING_CODE_ALPHABET.includes(letter)) && /[A-Z]/.test(code);
  return code.length === BOOKING_CODE_LENGTH && isCode ? { code, isLink: false, ...nothingYet } : null;
}

function toShown({ ticketId, label, serviceNames, issuedAt, place, url, warnsOfClosing }: CheckedInTicket): CheckedIn {
  return { ticketId, shown: { label, serviceNames, issuedAt, place, url, warnsOfClosing, isCheckIn: true } };
}

export function createKioskCheckIn({ connection, environment, dispatch, getState, now }: CheckInDeps): KioskCheckIn {
  const { clock } = environment;

  async function ask<Name extends 'ticket:check-in' | 'booking:check-in'>(
    name: Name,
    input: DeviceCommands[Name]['input'],
  ): Promise<Result<CheckedInTicket>> {
    const idempotencyKey = createIdempotencyKey();
    const until = clock.now() + GIVE_UP_AFTER_MS;
    for (;;) {
      const answer = await connection.request(name, input, { idempotencyKey, timeoutMs: ANSWER_MS });
      if (answer.ok || !isRetryable(answer.error) || clock.now() >= until) return answer;
      if (!isUnknownOutcome(answer.error) && (answer.error.retryAfterMs ?? 0) > GIVE_UP_AFTER_MS) return answer;
      await new Promise((resolve) =>
        clock.setTimeout(() => resolve(null), answer.error.retryAfterMs ?? REPEAT_AFTER_MS),
      );
    }
  }

  function fail(during: Failure['during'], error: ErrorBody): null {
    const code = isUnknownOutcome(error) ? 'offline' : error.code;
    dispatch({ type: 'failed', failure: { during, code, error, atMs: now() } });
    return null;
  }

  return {
    async run(typed) {
      const code = typed.trim();
      if (code === '') return null;
      dispatch({ type: 'check-in-started' });
      const answer = await ask('ticket:check-in', { code, language: languageOf(getState()) });
      return answer.ok ? toShown(answer.data) : fail('check-in', answer.error);
    },
    async arrive(arrival) {
      dispatch({ type: 'check-in-started' });
      const { code, phoneEnd, queueServiceId } = arrival;
      const language = languageOf(getState());
      const answer = await ask('booking:check-in', { code, phoneEnd, queueServiceId, language });
      if (answer.ok) return toShown(answer.data);
      if (answer.error.fields?.['queueServiceId'] === undefined) return fail('booking', answer.error);
      dispatch({ type: 'arrival-asked', screen: 'line', arrival });
      return null;
    },
  };
}
