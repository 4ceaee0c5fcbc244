/** The console in words: why this ticket, how long, what was refused and what is true instead. */
import type { SessionDto } from '@frontdesk/protocol/auth';
import type { SelectionReason } from '@frontdesk/protocol/queue-counter';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { TicketState } from '@frontdesk/protocol/vocabulary';
import { isUnknownOutcome } from '../core/client/outcome.js';
import { Translator, type Catalogue, type Instant } from '../core/locale.js';
import { counterEn, type CounterOwnKey } from '../locales/counter-en.js';
import { staffEn, type StaffMessageKey } from '../locales/staff-en.js';
import { describeError } from '../staff/words.js';
import { findClass, type CounterState, type Failure } from './counter-store.js';

export type CounterMessageKey = StaffMessageKey | CounterOwnKey;
export type CounterWords = Translator<CounterMessageKey>;
export type CounterSession = Pick<SessionDto, 'user' | 'membership' | 'tenant'>;

const english = { ...staffEn, ...counterEn };

export const COUNTER_CATALOGUE: Catalogue<CounterMessageKey> = {
  fallback: english,
  loaders: { ms: async () => (await import('../locales/counter-ms.js')).counterStaffMs },
};

export const COUNTER_ENGLISH: CounterWords = new Translator({ locale: 'en', tag: 'en' }, english, english);

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const STATE_MESSAGES: Readonly<Record<TicketState, CounterOwnKey>> = {
  booked: 'stateBooked',
  waiting: 'stateWaiting',
  called: 'stateCalled',
  serving: 'stateServing',
  held: 'stateHeld',
  completed: 'stateCompleted',
  'no-show': 'stateNoShow',
  cancelled: 'stateCancelled',
  expired: 'stateExpired',
};

/** What the owner wrote, in the reader's language where it was written in it. */
export function nameIn(words: CounterWords, names: LocalizedText): string {
  return names[words.locale] ?? names.en;
}

function formatUnit(words: CounterWords, value: number, unit: 'second' | 'minute' | 'hour'): string {
  return words.number(value, { style: 'unit', unit, unitDisplay: 'short' });
}

/** `45 sec`, `12 min`, `1 hr 5 min`: as exact as a wait is worth. */
export function formatDuration(words: CounterWords, durationMs: number): string {
  const lengthMs = Math.max(0, durationMs);
  if (lengthMs < MINUTE_MS) return formatUnit(words, Math.floor(lengthMs / SECOND_MS), 'second');
  if (lengthMs < HOUR_MS) return formatUnit(words, Math.floor(lengthMs / MINUTE_MS), 'minute');
  const minutes = Math.floor((lengthMs % HOUR_MS) / MINUTE_MS);
  const hours = formatUnit(words, Math.floor(lengthMs / HOUR_MS), 'hour');
  return minutes === 0 ? hours : `${hours} ${formatUnit(words, minutes, 'minute')}`;
}

/** `0:07`, `12:30`: running time, and time left, which is rounded up so that it ends at zero. */
export function formatClock(words: CounterWords, durationMs: number, rounds: 'down' | 'up' = 'down'): string {
  const seconds = Math.max(0, Math[rounds === 'up' ? 'ceil' : 'floor'](durationMs / SECOND_MS));
  const rest = words.number(seconds % 60, { minimumIntegerDigits: 2 });
  return `${words.number(Math.floor(seconds / 60), { useGrouping: false })}:${rest}`;
}

/** Clock time at the branch, wherever the reader's computer thinks it is. */
export function formatTime(words: CounterWords, instant: Instant, timeZone: string): string {
  return words.date(instant, { hour: 'numeric', minute: '2-digit', timeZone });
}

export function formatLanguage(words: CounterWords, language: string): string {
  return new Intl.DisplayNames(words.tag, { type: 'language' }).of(language) ?? language;
}

/** Why this ticket, in one sentence (QC-5). */
export function describeReason(
  words: CounterWords,
  { rule, classKey, waitedSeconds, note }: SelectionReason,
  state: Pick<CounterState, 'setup'>,
): string {
  const wait = formatDuration(words, waitedSeconds * SECOND_MS);
  const priority = findClass(state, classKey);
  const className = priority === undefined ? '' : nameIn(words, priority.names);
  switch (rule) {
    case 'pinned':
      return words.t('whyPinned', { wait });
    case 'statutory':
      return words.t('whyStatutory', { className, wait });
    case 'appointment':
      return words.t('whyAppointment', { wait });
    case 'credit':
      return className === '' ? words.t('whyCreditPlain', { wait }) : words.t('whyCredit', { className, wait });
    case 'longest-wait':
      return words.t('whyLongest', { wait });
    case 'chosen':
      return note === null ? words.t('whyChosenPlain') : words.t('whyChosen', { wait, note });
    case 'held':
      return words.t('whyHeld', { wait });
    case 'alternation':
      return words.t('whyAlternation', { wait });
  }
}

/** The state that won, if the refusal names one. */
function readState(current: unknown): TicketState | undefined {
  if (typeof current !== 'object' || current === null || !('state' in current)) return undefined;
  const { state } = current;
  return typeof state === 'string' && Object.hasOwn(STATE_MESSAGES, state) ? (state as TicketState) : undefined;
}

function describeConflict(words: CounterWords, { command, error, label }: Failure): string {
  const state = readState(error.current);
  if (label !== null && state !== undefined) {
    return words.t('counterErrorMoved', { label, state: words.t(STATE_MESSAGES[state]) });
  }
  return words.t(command === 'counter:close' ? 'counterErrorClose' : 'counterErrorConflict');
}

/** What was refused, as what is true now and when to try again. */
export function describeFailure(words: CounterWords, failure: Failure): string {
  const { command, error, label } = failure;
  if (isUnknownOutcome(error)) return words.t('counterErrorUnknown');
  switch (error.code) {
    case 'QUEUE_EMPTY':
      return words.t('counterErrorQueueEmpty');
    case 'COUNTER_BUSY':
      return words.t(command === 'counter:open' ? 'counterErrorBusySeat' : 'counterErrorBusy');
    case 'TOO_SOON':
      return words.t('counterErrorTooSoon', {
        time: formatDuration(words, Math.ceil((error.retryAfterMs ?? SECOND_MS) / SECOND_MS) * SECOND_MS),
      });
    case 'NOT_YOUR_TICKET':
      return words.t('counterErrorNotYours', { label: label ?? '' });
    case 'QUEUE_CLOSED':
      return words.t('counterErrorClosed');
    case 'CAP_REACHED':
      return words.t('counterErrorFull');
    case 'NOT_FOUND':
      return label === null ? describeError(words, error) : words.t('counterErrorGone', { label });
    case 'CONFLICT':
      return describeConflict(words, failure);
    default:
      return describeError(words, error);
  }
}
