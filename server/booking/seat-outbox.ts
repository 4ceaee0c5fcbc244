/**
 * What people in a class are to be told, and whether it is still so when its time has come (booking.md 5.6; BK-28, BK-30). Entries stand
 * in the session's document and are written with the change that they tell of. What comes later does not take them back: an entry is
 * judged by the seats as they are at the moment at which it is sent. Pure.
 */
import { readAttendance } from '@frontdesk/domain/booking/attendance';
import type { Allocation } from './booking.types.js';
import type { SeatChange } from './class-seating.js';
import type { Enrolment, SeatNews, SeatOutboxEntry, Session } from './class.types.js';
import { findEntry } from './enrolments.js';
import { isReminder, judge, planMessages } from './outbox.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Who slipped on the list puts it right within this time, and nobody is alarmed. */
export const ABSENCE_DELAY_MS = 5 * minuteMs;
/** Marks that were made offline arrive late; on the next day everybody knows. */
const ABSENCE_UNTIL_MS = 24 * hourMs;
/** An offer runs while its mail waits, so it goes before whatever else is due. */
const OFFER_AHEAD_MS = hourMs;

/** Every time after the first somebody would think that it happened again. */
export const isSaidOnce = (kind: string): boolean => kind === 'absent';

export const countAbsent = ({ marks, seats }: Enrolment): number =>
  readAttendance(marks, seats).filter((made) => made?.mark === 'absent').length;

function planNews({ start }: Session, seatId: Enrolment['id'], kind: SeatNews, nowMs: number): SeatOutboxEntry {
  const plannedMs = kind === 'absent' ? nowMs + ABSENCE_DELAY_MS : nowMs;
  const dueMs = kind === 'offered' ? plannedMs - OFFER_AHEAD_MS : plannedMs;
  const times = { plannedAt: new Date(plannedMs), dueAt: new Date(dueMs), tries: 0, isOpen: false };
  return { kind, channel: 'email', ...times, seatId, start };
}

function planReminders(session: Session, entry: Enrolment, nowMs: number): SeatOutboxEntry[] {
  const { start, outbox } = session;
  const { id: seatId, customer, customerZone } = entry;
  const planned = planMessages({ ...session, state: 'confirmed', customer, customerZone }, null, nowMs);
  const isKnown = (kind: string): boolean =>
    outbox.some((one) => 'seatId' in one && one.seatId === seatId && one.kind === kind && +one.start === +start);
  return planned.flatMap(({ kind, ...times }) =>
    isReminder(kind) && !isKnown(kind) ? [{ ...times, kind, seatId, start }] : [],
  );
}

/**
 * For seats in a date of a course that are only held yet: of what is not taken in the end nobody hears. The mail that lists the dates is
 * that of the last one; taking the seats makes it due (session.store.ts), and it goes no earlier than the hold ends.
 */
export function planCourseMessages(session: Session, entry: Enrolment, nowMs: number): SeatOutboxEntry[] {
  if (!entry.customer?.email) return [];
  const reminders = planReminders(session, entry, nowMs);
  if (entry.id !== entry.courseEntryId) return reminders;
  const news = planNews(session, entry.id, 'course', nowMs);
  return [{ ...news, dueAt: new Date(entry.expiresAtMs ?? nowMs) }, ...reminders];
}

/** `session`: as it is after the change, with what was still to be said before it. */
export function planSeatMessages(
  session: Session,
  news: NonNullable<SeatChange['news']>,
  nowMs: number,
): SeatOutboxEntry[] {
  const calledOff = new Set(news.filter((one) => one.news === 'called-off').map(({ id }) => id));
  return news.flatMap(({ id, news: kind }) => {
    const entry = findEntry(session, id);
    // Who is told that the class is off need not hear that their seats are.
    if (!entry?.customer?.email || (kind === 'cancelled' && calledOff.has(id))) return [];
    const isNewDate = kind === 'enrolled' || kind === 'moved';
    const reminders = isNewDate && entry.state === 'enrolled' ? planReminders(session, entry, nowMs) : [];
    return [planNews(session, id, kind, nowMs), ...reminders];
  });
}

const isIn = ({ state }: Enrolment): boolean => state === 'enrolled' || state === 'waiting' || state === 'offered';

/** Whether news is still true of the seats. */
function isTrue(session: Session, entry: Enrolment, { kind, start }: SeatOutboxEntry, nowMs: number): boolean {
  switch (kind) {
    case 'offered':
      return entry.state === 'offered' && nowMs < (entry.expiresAtMs ?? 0);
    case 'waiting':
      return entry.state === 'waiting' && session.live;
    case 'moved':
      return session.live && isIn(entry) && +start === +session.start;
    case 'called-off':
      return !session.live && entry.state === 'cancelled';
    case 'absent':
      return entry.state === 'enrolled' && countAbsent(entry) > 0;
    case 'enrolled':
    case 'course':
      return entry.state === 'enrolled' && session.live;
    case 'lapsed':
      return entry.state === 'lapsed' && session.live;
    case 'cancelled':
    case 'course-cancelled':
      return entry.state === 'cancelled';
    case 'reminder-day':
    case 'reminder-hours':
      return session.live && entry.state === 'enrolled' && +start === +session.start;
  }
}

/** Another of the same seats came before it, and is or was theirs to say. */
const hasEarlier = ({ outbox }: Session, { kind, seatId, plannedAt }: SeatOutboxEntry): boolean =>
  outbox.some((one) => 'seatId' in one && one.seatId === seatId && one.kind === kind && one.plannedAt < plannedAt);

/** As `judge` has it, for the people of one entry. */
export function judgeForSeat(booking: Allocation, message: SeatOutboxEntry, nowMs: number): ReturnType<typeof judge> {
  const session = booking as Session;
  const entry = findEntry(session, message.seatId);
  if (!entry || !isTrue(session, entry, message, nowMs)) return 'drop';
  if (isSaidOnce(message.kind)) {
    const isLate = nowMs >= session.end.getTime() + ABSENCE_UNTIL_MS;
    return isLate || hasEarlier(session, message) ? 'drop' : 'send';
  }
  const { kind, plannedAt, isOpen } = message;
  const seen = { ...session, customerZone: entry.customerZone };
  if (isReminder(kind)) return judge(seen, { kind, plannedAt, isOpen }, nowMs);
  return nowMs >= session.end.getTime() ? 'drop' : 'send';
}
