/**
 * What a booking that has just come to be like this has to tell its customer, and when: the news of the change at once, and reminders
 * before the visit (booking.md 5.6; BK-23). Pure; who writes the booking writes the answer with it.
 */
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import type { Allocation, MessageKind, OutboxEntry } from './booking.types.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A day before there is time to move it, two hours before it is time to leave. */
const REMINDERS = [
  { kind: 'reminder-day', beforeMs: 24 * hourMs },
  { kind: 'reminder-hours', beforeMs: 2 * hourMs },
] as const satisfies readonly { readonly kind: MessageKind; readonly beforeMs: number }[];

/** Wall minutes between which nobody is reminded of anything. */
const QUIET_FROM = 21 * 60;
const QUIET_UNTIL = 8 * 60;
/** A reminder that could not be sent for longer than this says nothing that helps. */
const CATCH_UP_MS = 2 * hourMs;

/** A booking is validated once more after it was written (5.4); what nobody was told of can still be taken back. */
export const VALIDATION_MS = 1_000;

export const isReminder = (kind: string): kind is (typeof REMINDERS)[number]['kind'] =>
  REMINDERS.some((reminder) => reminder.kind === kind);

type Told = Pick<Allocation, 'state' | 'start' | 'zone' | 'customer' | 'customerZone'>;

/** The first moment from this one on at which the customer may be reminded: their own clock counts, else the branch's. */
export function skipQuietHours(
  { customerZone, zone: branchZone }: Pick<Told, 'customerZone' | 'zone'>,
  atMs: number,
): number {
  const zone = getZone(customerZone ?? branchZone);
  const { date, minutes } = zone.toWall(atMs);
  if (minutes >= QUIET_UNTIL && minutes < QUIET_FROM) return atMs;
  return zone.toInstant(minutes < QUIET_UNTIL ? date : addDays(date, 1), QUIET_UNTIL);
}

function planReminders(booking: Told, nowMs: number): { readonly kind: MessageKind; readonly atMs: number }[] {
  if (booking.state !== 'confirmed') return [];
  const startMs = booking.start.getTime();
  return (
    REMINDERS.map(({ kind, beforeMs }) => ({ kind, beforeMs, atMs: skipQuietHours(booking, startMs - beforeMs) }))
      // What would be late already is no reminder: who books that shortly before knows.
      .filter(({ atMs, beforeMs }) => startMs - beforeMs > nowMs && atMs < startMs)
  );
}

/** `news`: what the change itself says; null for one that is no news to the customer. */
export function planMessages(booking: Told, news: MessageKind | null, nowMs: number, delayMs = 0): OutboxEntry[] {
  if (!booking.customer?.email) return [];
  const plan = [...(news ? [{ kind: news, atMs: nowMs + delayMs }] : []), ...planReminders(booking, nowMs)];
  return plan.map(({ kind, atMs }) => {
    const at = new Date(atMs);
    return { kind, channel: 'email', plannedAt: at, dueAt: at, tries: 0, isOpen: false };
  });
}

/**
 * What to do with an entry whose time has come: `send`, `drop` for good, or wait until an instant.
 *
 * A reminder that somebody may have sent already is not sent again; of a confirmation people rather get two than none.
 */
export function judge(
  booking: Pick<Allocation, 'start' | 'end' | 'zone' | 'customerZone'>,
  { kind, plannedAt, isOpen }: Pick<OutboxEntry, 'kind' | 'plannedAt' | 'isOpen'>,
  nowMs: number,
): 'send' | 'drop' | Date {
  if (nowMs >= booking.end.getTime()) return 'drop';
  if (!isReminder(kind)) return 'send';
  if (isOpen || nowMs >= booking.start.getTime() || nowMs > plannedAt.getTime() + CATCH_UP_MS) return 'drop';
  const awakeMs = skipQuietHours(booking, nowMs);
  return awakeMs === nowMs ? 'send' : new Date(awakeMs);
}
