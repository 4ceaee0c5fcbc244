/**
 * Gets one ticket for one wish, whatever the network does. Key and token are on disk before the first send, every try carries them,
 * and a number from the block is only given when no answer came, under the same key: the server keeps one ticket of them (QK-4, QK-18).
 */
import type { DeviceCommands } from '@frontdesk/protocol/device';
import type { IssuedTicket } from '@frontdesk/protocol/queue-device';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { Clock } from '../core/client/clock.js';
import type { RequestOptions } from '../core/client/connection-types.js';
import { isRetryable, isUnknownOutcome } from '../core/client/outcome.js';
import type { JournalKeeper } from './journal.js';
import { handOut, type Attempt, type HandedOut } from './offline-queue.js';
import type { Timeline } from './timeline.js';

/** A customer stands and waits: tries are short, and after this long a number from the block is better than none. */
export const GIVE_UP_AFTER_MS = 8_000;
const ANSWER_MS = 3_000;
const REPEAT_AFTER_MS = 400;
/** A longer wait is told to the customer instead of spent in silence (QK-19). */
const PATIENT_MS = 2_500;
/** After a longer power cut nobody stands here any more; what the server has by then is called and missed like any other. */
export const REPLAY_WITHIN_MS = 10 * 60_000;

export type IssueOutcome =
  | { readonly kind: 'issued'; readonly ticket: IssuedTicket }
  | { readonly kind: 'handed-out'; readonly ticket: HandedOut }
  | { readonly kind: 'refused'; readonly error: ErrorBody }
  /** No answer, and no number left to hand out. The same attempt may be tried again. */
  | { readonly kind: 'unavailable' };

/** The part of the device's connection that is asked. */
export interface DeviceLink {
  request<Name extends keyof DeviceCommands>(
    name: Name,
    input: DeviceCommands[Name]['input'],
    options?: RequestOptions,
  ): Promise<Result<DeviceCommands[Name]['output']>>;
}

export interface IssuerDeps {
  readonly link: DeviceLink;
  readonly journal: JournalKeeper;
  readonly timeline: Timeline;
  readonly clock: Clock;
  isOnline(): boolean;
  isDayUsable(serviceDay: string): boolean;
}

export interface Issuer {
  issue(attempt: Attempt): Promise<IssueOutcome>;
  /** What a power cut interrupted; null when there was nothing, or it is too old to be waited for. */
  resume(): Promise<IssueOutcome | null>;
  /** The customer left without a ticket: nothing is asked for in their name any more. */
  forget(): void;
}

export function createIssuer({ link, journal, timeline, clock, isOnline, isDayUsable }: IssuerDeps): Issuer {
  const pause = (delayMs: number): Promise<void> => new Promise((resolve) => void clock.setTimeout(resolve, delayMs));

  /** Keys that are being asked for at this moment. */
  const asked = new Set<string>();

  async function drop(key: string | undefined): Promise<void> {
    const isThere = key !== undefined && journal.get().pending?.key === key;
    if (isThere) await journal.update((now) => ({ ...now, pending: null }));
  }

  async function fromBlock(attempt: Attempt, wasAsked: boolean): Promise<IssueOutcome> {
    const taken = handOut(journal.get(), { attempt, atMs: timeline.now(), wasAsked, isDayUsable });
    if (taken === null) return { kind: 'unavailable' };
    await journal.update(() => ({ ...taken.journal, mark: timeline.mark() }));
    return { kind: 'handed-out', ticket: taken.ticket };
  }

  async function ask({ key, request }: Attempt): Promise<IssueOutcome | null> {
    const until = clock.now() + GIVE_UP_AFTER_MS;
    while (clock.now() < until) {
      const answer = await link.request('ticket:issue', request, { idempotencyKey: key, timeoutMs: ANSWER_MS });
      if (answer.ok) return { kind: 'issued', ticket: answer.data };
      const { error } = answer;
      const waitMs = Math.max(error.retryAfterMs ?? 0, REPEAT_AFTER_MS);
      const isRepeated = isRetryable(error) && (isUnknownOutcome(error) || waitMs <= PATIENT_MS);
      if (!isRepeated) return { kind: 'refused', error };
      await pause(waitMs);
    }
    return null;
  }

  async function issue(attempt: Attempt): Promise<IssueOutcome> {
    const wasAsked = journal.get().pending?.key === attempt.key;
    if (!isOnline() && !wasAsked) return fromBlock(attempt, false);
    await journal.update((now) => ({
      ...now,
      pending: { ...attempt, askedAtMs: timeline.now() },
      mark: timeline.mark(),
    }));
    asked.add(attempt.key);
    const outcome = (await ask(attempt)) ?? (await fromBlock(attempt, true));
    asked.delete(attempt.key);
    if (outcome.kind !== 'unavailable') await drop(attempt.key);
    return outcome;
  }

  return {
    issue,
    async resume() {
      const { pending } = journal.get();
      if (pending === null) return null;
      if (timeline.now() - pending.askedAtMs > REPLAY_WITHIN_MS) {
        await drop(pending.key);
        return null;
      }
      const { key, request } = pending;
      return issue({ key, request });
    },
    forget() {
      const { pending } = journal.get();
      if (pending !== null && !asked.has(pending.key)) void drop(pending.key);
    },
  };
}
