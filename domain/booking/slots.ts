/**
 * Free starts of a service by date (booking.md 5.3): pure, on whole minutes, and the same in the browser and on the server.
 *
 * Who is asked for and what they need become sets of starts ({@link createLanes}), each found in one pass over hours and bookings; what a
 * window's grid has in common with them is the answer. Nothing is tried start by start, so that the cost is that of the hours, the
 * bookings and the answer itself.
 */
import type { BookableId } from '@frontdesk/protocol/ids';
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import { dateOf, dayOf } from './calendar.js';
import { bookableSpan } from './change-rules.js';
import { createLanes, markStarts, type SlotSituation } from './lanes.js';

const dayMinutes = 1_440;
const quantaPerDay = dayMinutes / BOOKING_QUANTUM_MINUTES;
/** Zones lie within a day of UTC, and a window may reach into the day after its date. */
const marginDays = 2;

export interface SlotQuestion {
  /** null is anybody. */
  readonly staffId: BookableId | null;
  /** Local date of the branch. */
  readonly from: string;
  /** At most 254. */
  readonly days: number;
}

/**
 * `days[n]` are the starts of windows that open on `from` plus n days, ascending, in epoch minutes: what is offered after midnight
 * stands under the date of its evening (BK-13).
 */
export type SlotDays = readonly (readonly number[])[];

export function findSlots(situation: SlotSituation, { staffId, from, days }: SlotQuestion): SlotDays {
  const { branch, service, nowMs, fullDates } = situation;
  const span = bookableSpan(service, branch.zone, nowMs);
  const fromDay = dayOf(from);
  const base = (fromDay - marginDays) * dayMinutes;
  // For each quantum the date that offers it, counted from 1: people and windows are united by writing to the same places.
  const offeredOn = new Uint8Array((days + 2 * marginDays + 1) * quantaPerDay);
  const { lanes } = createLanes(situation, staffId, fromDay, days);
  // Backwards, so that of two dates that offer a start the earlier has it.
  for (let date = days; date > 0; date -= 1) {
    const day = fromDay + date - 1;
    if (fullDates?.has(dateOf(day))) continue;
    const marking = { marks: offeredOn, base, mark: date };
    for (const lane of lanes) {
      for (const window of lane.calendar.windowsOn(day)) markStarts(lane, window, service, span, marking);
    }
  }
  const found: number[][] = Array.from({ length: days }, () => []);
  // Most of a day is closed: four quanta at once are nothing.
  const fours = new Uint32Array(offeredOn.buffer);
  for (let four = 0; four < fours.length; four += 1) {
    if (fours[four] === 0) continue;
    for (let quantum = four * 4; quantum < four * 4 + 4; quantum += 1) {
      const date = offeredOn[quantum] as number;
      if (date > 0) found[date - 1]?.push(base + quantum * BOOKING_QUANTUM_MINUTES);
    }
  }
  return found;
}

/** The starts nearest to one that is gone, at most `count`, in order; of two that are as near the earlier. */
export function nearestStarts(days: SlotDays, start: number, count: number): number[] {
  return days
    .flat()
    .filter((other) => other !== start)
    .sort((one, other) => Math.abs(one - start) - Math.abs(other - start) || one - other)
    .slice(0, count)
    .sort((one, other) => one - other);
}
