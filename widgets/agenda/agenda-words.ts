/** The agenda in words: when, what became of a visit, what was refused and what is true instead. */
import type { SessionDto } from '@frontdesk/protocol/auth';
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { BookingState, StaffMark } from '@frontdesk/protocol/vocabulary';
import { isUnknownOutcome } from '../core/client/outcome.js';
import { Translator, type Catalogue, type Instant } from '../core/locale.js';
import { agendaEn, type AgendaOwnKey } from '../locales/agenda-en.js';
import { staffEn, type StaffMessageKey } from '../locales/staff-en.js';
import { describeError } from '../staff/words.js';
import { staffIdOf } from './agenda-layout.js';
import type { ClassNotice } from './agenda-class.js';
import {
  findBooking,
  findResource,
  findService,
  findSession,
  type AgendaState,
  type Failure,
  type Notice,
} from './agenda-store.js';
import { noonOf } from './agenda-time.js';

export type AgendaMessageKey = StaffMessageKey | AgendaOwnKey;
export type AgendaWords = Translator<AgendaMessageKey>;
export type AgendaSession = Pick<SessionDto, 'user' | 'membership' | 'tenant'>;

const english = { ...staffEn, ...agendaEn };

export const AGENDA_CATALOGUE: Catalogue<AgendaMessageKey> = {
  fallback: english,
  loaders: { ms: async () => (await import('../locales/agenda-ms.js')).agendaStaffMs },
};

export const AGENDA_ENGLISH: AgendaWords = new Translator({ locale: 'en', tag: 'en' }, english, english);

export const STATE_WORDS: Readonly<Record<BookingState, AgendaOwnKey>> = {
  held: 'agendaStateHeld',
  'pending-payment': 'agendaStatePendingPayment',
  requested: 'agendaStateRequested',
  confirmed: 'agendaStateConfirmed',
  arrived: 'agendaStateArrived',
  completed: 'agendaStateCompleted',
  expired: 'agendaStateExpired',
  declined: 'agendaStateDeclined',
  'cancelled-by-customer': 'agendaStateCancelledByCustomer',
  'cancelled-by-business': 'agendaStateCancelledByBusiness',
  'no-show': 'agendaStateNoShow',
  'payment-late': 'agendaStatePaymentLate',
};

export const MARK_WORDS: Readonly<Record<StaffMark, AgendaOwnKey>> = {
  approve: 'agendaMarkApprove',
  decline: 'agendaMarkDecline',
  arrive: 'agendaMarkArrive',
  complete: 'agendaMarkComplete',
  'no-show': 'agendaMarkNoShow',
  cancel: 'agendaMarkCancel',
  undo: 'agendaMarkUndo',
};

/** What the owner wrote, in the reader's language where it was written in it. */
export function nameIn(words: AgendaWords, names: LocalizedText): string {
  return names[words.locale] ?? names.en;
}

/** Clock time at the branch, wherever the reader's computer thinks it is. */
export function writeSize(words: AgendaWords, bytes: number): string {
  const isSmall = bytes < 100_000;
  return words.number(isSmall ? Math.max(1, Math.round(bytes / 1_024)) : bytes / 1_048_576, {
    style: 'unit',
    unit: isSmall ? 'kilobyte' : 'megabyte',
    maximumFractionDigits: 1,
  });
}

export function formatTime(words: AgendaWords, instant: Instant, timeZone: string): string {
  return words.date(instant, { hour: 'numeric', minute: '2-digit', timeZone });
}

export function formatRange(words: AgendaWords, start: Instant, end: Instant, timeZone: string): string {
  return `${formatTime(words, start, timeZone)} – ${formatTime(words, end, timeZone)}`;
}

/** A date of the branch: `Tuesday 24 November`, or `Tue 24 Nov`. */
export function formatDay(words: AgendaWords, date: string, weekday: 'long' | 'short' = 'long'): string {
  return words.date(noonOf(date), { weekday, day: 'numeric', month: weekday, timeZone: 'UTC' });
}

export function formatWhen(words: AgendaWords, instant: Instant, timeZone: string): string {
  return words.date(instant, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  });
}

function describePlace(words: AgendaWords, state: AgendaState, booking: BookingDto) {
  const staff = findResource(state, staffIdOf(booking))?.name;
  return {
    when: formatWhen(words, booking.start, booking.timeZone),
    staff: staff ?? '',
    hasStaff: staff !== undefined,
  };
}

/** A date of a class: `Mathematics, Mon 4 May, 16:00`. */
function nameDate(words: AgendaWords, state: AgendaState, { serviceId, start, timeZone }: ClassSessionDto): string {
  const names = findService(state, serviceId)?.names;
  return [names && nameIn(words, names), formatWhen(words, start, timeZone)].filter(Boolean).join(', ');
}

function describeClassNotice(words: AgendaWords, state: AgendaState, notice: ClassNotice): string {
  switch (notice.kind) {
    case 'classes-set': {
      const { sessions, problems } = notice;
      const said =
        sessions.length === 0 ? words.t('agendaClassesNone') : words.t('agendaClassesSet', { count: sessions.length });
      if (problems.length === 0) return said;
      const dates = words.list(problems.map(({ date }) => formatDay(words, date, 'short')));
      return `${said} ${words.t('agendaClassesNotSet', { count: problems.length, dates })}`;
    }
    case 'class-moved': {
      const { start, timeZone, staffId } = notice.session;
      const staff = findResource(state, staffId)?.name;
      const when = formatWhen(words, start, timeZone);
      return staff === undefined
        ? words.t('agendaClassMoved', { when })
        : words.t('agendaClassMovedWith', { when, staff });
    }
    case 'class-resized':
      return words.t('agendaClassResized', { count: notice.session.capacity });
    case 'class-cancelled':
      return words.t('agendaClassCancelled', { name: nameDate(words, state, notice.session) });
    case 'enrolled':
      return words.t('agendaClassEnrolled', { name: notice.name });
    case 'enrolled-in-course':
      return words.t('agendaCourseEnrolled', { name: notice.name, count: notice.count });
    case 'queued':
      return words.t('agendaClassQueued', { name: notice.name });
    case 'removed':
      return words.t('agendaClassRemoved', { name: notice.name });
  }
}

/** What was done, in one sentence. */
export function describeNotice(words: AgendaWords, state: AgendaState, notice: Notice): string {
  switch (notice.kind) {
    case 'unblocked':
      return words.t('agendaUnblocked');
    case 'blocked': {
      const { overlapping, sessions } = notice;
      const names = words.list(overlapping.map(({ customer }) => customer.name));
      const said =
        overlapping.length === 0
          ? words.t('agendaBlocked')
          : words.t('agendaBlockedOver', { count: overlapping.length, names });
      if (sessions.length === 0) return said;
      const classes = words.list(sessions.map((session) => nameDate(words, state, session)));
      return `${said} ${words.t('agendaBlockedClasses', { count: sessions.length, names: classes })}`;
    }
    case 'classes-set':
    case 'class-moved':
    case 'class-resized':
    case 'class-cancelled':
    case 'enrolled':
    case 'enrolled-in-course':
    case 'queued':
    case 'removed':
      return describeClassNotice(words, state, notice);
    case 'marked': {
      const { customer, state: now } = notice.booking;
      return words.t('agendaMarked', { name: customer.name, state: words.t(STATE_WORDS[now]) });
    }
    default: {
      const { customer, code } = notice.booking;
      const { when, staff, hasStaff } = describePlace(words, state, notice.booking);
      if (notice.kind === 'booked') return words.t('agendaBooked', { name: customer.name, when, code });
      return words.t(hasStaff ? 'agendaMovedWith' : 'agendaMoved', { name: customer.name, when, staff });
    }
  }
}

function describeConflict(words: AgendaWords, state: AgendaState, { bookingId, sessionId }: Failure): string {
  const session = sessionId === null ? undefined : findSession(state, sessionId);
  if (session?.isCancelled) return words.t('agendaClassChangedOff');
  if (session) {
    const { start, timeZone, enrolled, capacity } = session;
    const when = formatWhen(words, start, timeZone);
    return words.t('agendaClassChanged', { when, count: enrolled, capacity });
  }
  // The refusal brought what is there now, and it is shown already.
  const booking = findBooking(state, bookingId);
  if (!booking) return words.t('errorCONFLICT');
  const { when, staff, hasStaff } = describePlace(words, state, booking);
  const values = { state: words.t(STATE_WORDS[booking.state]), when, staff };
  return words.t(hasStaff ? 'agendaErrorChangedWith' : 'agendaErrorChanged', values);
}

/** What was refused, as what is true now. */
export function describeFailure(words: AgendaWords, state: AgendaState, failure: Failure): string {
  const { error, command } = failure;
  if (isUnknownOutcome(error)) return words.t('agendaErrorUnknown');
  const isMove = command === 'booking:move' || command === 'class-session:move';
  const lead = isMove ? `${words.t('agendaNotMoved')} ` : '';
  switch (error.code) {
    case 'SLOT_TAKEN':
      return lead + words.t('agendaErrorTaken');
    case 'SLOT_CLOSED':
      return lead + words.t('agendaErrorClosed');
    case 'TOO_SOON':
      return words.t('agendaErrorTooSoon');
    case 'CONFLICT':
      return lead + describeConflict(words, state, failure);
    case 'NOT_FOUND':
      return words.t('agendaErrorGone');
    case 'VALIDATION':
      return error.fields?.['phone'] === undefined ? describeError(words, error) : words.t('agendaErrorPhone');
    default:
      return lead + describeError(words, error);
  }
}
