/**
 * Until when and how often customers may do what: notice and horizon of new visits, deadlines and number of changes (booking.md 5.2,
 * rule 6; BK-16, BK-22). The same functions are asked when times are shown, held and confirmed. Staff are bound by none of them.
 */
import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import type { BookingState, ChangeActor } from '@frontdesk/protocol/vocabulary';
import { createZoneTable, earliestInstant, wallMinuteOf } from '../hours/zone-table.js';
import { addDays, type Zone } from '../hours/zone.js';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What a service asks of new visits. */
export type NoticeRules = Pick<BookingServiceDto, 'minNoticeMinutes' | 'horizonDays'>;

/**
 * Starts that customers may book now, `[from, to)` in epoch minutes. Notice is elapsed minutes of the server's clock; the horizon is
 * local dates, today and the last one included.
 */
export function bookableSpan(rules: NoticeRules, zone: Zone, nowMs: number): { from: number; to: number } {
  const end = addDays(zone.toWall(nowMs).date, rules.horizonDays);
  const endMs = wallMinuteOf(end) * minuteMs;
  const table = createZoneTable(zone, endMs - 2 * dayMs, endMs + 2 * dayMs);
  return {
    from: Math.ceil(nowMs / minuteMs + rules.minNoticeMinutes),
    to: earliestInstant(table, wallMinuteOf(end)),
  };
}

/** Why a customer may not book a start now; null when they may. */
export function refuseStart(
  rules: NoticeRules,
  zone: Zone,
  start: number,
  nowMs: number,
): 'too-soon' | 'too-far' | null {
  const { from, to } = bookableSpan(rules, zone, nowMs);
  if (start < from) return 'too-soon';
  return start < to ? null : 'too-far';
}

/** What was agreed when it was booked; a later change of the service does not touch it. */
export type ChangePolicy = Pick<BookingServiceDto, 'rescheduleUntilMinutes' | 'cancelUntilMinutes' | 'maxReschedules'>;

export interface ChangeableBooking {
  readonly state: BookingState;
  readonly startMs: number;
  readonly reschedules: number;
  readonly policy: ChangePolicy;
}

export interface ChangeDeadlines {
  /** The last moment at which the customer may; null when they may not at all. */
  readonly rescheduleUntilMs: number | null;
  readonly cancelUntilMs: number | null;
}

const mayChangeIn: ReadonlySet<BookingState> = new Set(['requested', 'confirmed']);

export function changeDeadlines({ state, startMs, reschedules, policy }: ChangeableBooking): ChangeDeadlines {
  const untilMs = (minutes: number | null) =>
    minutes === null || !mayChangeIn.has(state) ? null : startMs - minutes * minuteMs;
  return {
    rescheduleUntilMs: reschedules < policy.maxReschedules ? untilMs(policy.rescheduleUntilMinutes) : null,
    cancelUntilMs: untilMs(policy.cancelUntilMinutes),
  };
}

export type ChangeRefusal = 'state' | 'not-allowed' | 'too-often' | 'too-late';

export interface ChangeRequest {
  readonly change: 'reschedule' | 'cancel';
  readonly by: ChangeActor;
  readonly nowMs: number;
}

/** Why a visit may not be changed; null when it may. The deadline itself is still in time. */
export function refuseChange(booking: ChangeableBooking, { change, by, nowMs }: ChangeRequest): ChangeRefusal | null {
  if (!mayChangeIn.has(booking.state)) return 'state';
  if (by !== 'customer') return null;
  const { policy, reschedules, startMs } = booking;
  const minutes = change === 'cancel' ? policy.cancelUntilMinutes : policy.rescheduleUntilMinutes;
  if (minutes === null) return 'not-allowed';
  if (change === 'reschedule' && reschedules >= policy.maxReschedules) return 'too-often';
  return nowMs <= startMs - minutes * minuteMs ? null : 'too-late';
}
