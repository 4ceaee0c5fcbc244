/**
 * What is booked at a time of the clock on the wall stays at it when the rules of its zone change (booking.md 5.2, rule 5). Pure: when a
 * visit begins by the rules as they are, and the visit put there with everybody and everything that it takes.
 */
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import { claimKeys, readClaims } from '@frontdesk/domain/booking/claims';
import { getZone, parseWallTime, type Zone } from '@frontdesk/domain/hours/zone';
import type { Allocation, Placement } from './booking.types.js';

const minuteMs = 60_000;

/** What is known of the clocks of the world. */
export interface ZoneRules {
  /** Versions of the IANA database are in order as text: `2025b`, `2026a`. */
  readonly version: string;
  zoneOf(name: string): Pick<Zone, 'toInstants' | 'toInstant'>;
}

/** Those that the process was started with. */
export const systemZoneRules: ZoneRules = { version: process.versions['tz'] ?? '', zoneOf: getZone };

/** null while it begins when its clock says so. A time that the clock shows twice is right at either. */
export function dueStart(
  { start, zone, wallStart }: Pick<Allocation, 'start' | 'zone' | 'wallStart'>,
  rules: ZoneRules,
): Date | null {
  const [date = '', time = ''] = wallStart.split('T');
  const clock = rules.zoneOf(zone);
  const minutes = parseWallTime(time);
  if (clock.toInstants(date, minutes).includes(start.getTime())) return null;
  const due = new Date(clock.toInstant(date, minutes));
  return due.getTime() === start.getTime() ? null : due;
}

/** Clocks change by quarters of an hour; should one ever change by less, what is taken is rounded outwards as it always is. */
function shiftClaims(claims: readonly number[], minutes: number): number[] {
  if (minutes % BOOKING_QUANTUM_MINUTES === 0) return claims.map((key) => key + minutes / BOOKING_QUANTUM_MINUTES);
  return claimKeys(readClaims(claims).map(({ rseq, from, to }) => ({ rseq, from: from + minutes, to: to + minutes })));
}

/** The same people, rooms and order, from another instant on. */
export function placeAt(booking: Allocation, start: Date): Placement {
  const byMs = start.getTime() - booking.start.getTime();
  const shift = (at: Date): Date => new Date(at.getTime() + byMs);
  const minutes = byMs / minuteMs;
  const { zone, wallStart, staffId, followedBy } = booking;
  return {
    ...{ start, end: shift(booking.end), zone, wallStart, staffId, followedBy },
    segments: booking.segments.map((one) => ({ ...one, start: shift(one.start), end: shift(one.end) })),
    spans: booking.spans.map((one) => ({ ...one, from: one.from + minutes, to: one.to + minutes })),
    claims: shiftClaims(booking.claims, minutes),
  };
}
