/**
 * Free starts as a calendar shows them, a month at a time: what was asked, what is known, and which day is looked at. Pure, and shared
 * by booking and by moving a booking.
 *
 * Every question has a number, and only the answer to the latest one counts, so that a slow answer never overwrites a newer one (BK-19).
 */
import { addDays } from '@frontdesk/domain/hours/zone';
import type { ReadSlotChange } from '@frontdesk/domain/booking/slot-change';
import type { SlotList } from '@frontdesk/protocol/booking-visitor';
import { addMonths, dateOf, firstOf, lastOf, monthOf, readStarts } from './booking-time.js';

export interface ShownSlots {
  /** Or how it ends, which says what is in the list. */
  readonly rev: string;
  /** Epoch minutes, in order. */
  readonly starts: readonly number[];
}

export interface SlotsState {
  /** The zone that dates and times are shown in. */
  readonly timeZone: string;
  readonly visitorZone: string;
  /** Today there, and the last date that can be booked. */
  readonly today: string;
  readonly lastDate: string;
  readonly month: string;
  readonly date: string | null;
  /** null until the first answer for this month. */
  readonly slots: ShownSlots | null;
  /** Number of the latest question. */
  readonly ask: number;
  readonly slotsPhase: 'asking' | 'shown' | 'failed';
}

export type SlotsEvent =
  | { type: 'month-shown'; month: string }
  | { type: 'date-chosen'; date: string | null }
  | { type: 'zone-shown'; timeZone: string }
  | { type: 'slots-asked'; ask: number }
  | { type: 'slots-arrived'; ask: number; list: SlotList }
  | { type: 'slots-failed'; ask: number }
  | { type: 'slots-changed'; change: ReadSlotChange };

export function createSlotsState(nowMs: number, visitorZone: string): SlotsState {
  const today = dateOf(Math.floor(nowMs / 60_000), visitorZone);
  return {
    timeZone: visitorZone,
    visitorZone,
    today,
    lastDate: today,
    month: monthOf(today),
    date: null,
    slots: null,
    ask: 0,
    slotsPhase: 'asking',
  };
}

/** Begins with today in that zone; nothing is known yet. */
export function enterCalendar(timeZone: string, horizonDays: number, nowMs: number) {
  const today = dateOf(Math.floor(nowMs / 60_000), timeZone);
  const lastDate = addDays(today, horizonDays - 1);
  return { timeZone, today, lastDate, month: monthOf(today), date: null, slots: null } as const;
}

/** A day more on both sides, because the dates of the zone that is shown begin at other instants than the business's. */
export function slotRangeOf({ month }: Pick<SlotsState, 'month'>): { readonly from: string; readonly days: number } {
  return { from: addDays(firstOf(month), -1), days: Number(lastOf(month).slice(8)) + 2 };
}

/** The month after, where it may be shown. */
export function nextMonth({ month, lastDate }: SlotsState): string | null {
  const next = addMonths(month, 1);
  return next <= monthOf(lastDate) ? next : null;
}

export function previousMonth({ month, today }: SlotsState): string | null {
  return month > monthOf(today) ? addMonths(month, -1) : null;
}

function applyChange(slots: ShownSlots, { rev, added, removed }: ReadSlotChange): ShownSlots {
  const starts = new Set([...slots.starts.filter((start) => !removed.includes(start)), ...added]);
  return { rev, starts: [...starts].sort((one, other) => one - other) };
}

/** What an event changes; nothing when it comes too late. */
export function reduceSlots(state: SlotsState, event: SlotsEvent): Partial<SlotsState> {
  switch (event.type) {
    case 'month-shown':
      return { month: event.month, slots: null, date: null };
    case 'date-chosen':
      return { date: event.date };
    case 'zone-shown':
      return { timeZone: event.timeZone, date: null };
    case 'slots-asked':
      return { ask: event.ask, slotsPhase: 'asking' };
    case 'slots-arrived':
      if (event.ask !== state.ask) return {};
      return { slotsPhase: 'shown', slots: { rev: event.list.rev, starts: readStarts(event.list) } };
    case 'slots-failed':
      return event.ask === state.ask ? { slotsPhase: 'failed' } : {};
    case 'slots-changed':
      return state.slots?.rev.endsWith(event.change.prev) ? { slots: applyChange(state.slots, event.change) } : {};
  }
}

/** The free starts closest to the one that was lost. */
export function findAlternatives({ slots }: Pick<SlotsState, 'slots'>, lost: number | null, count = 4): number[] {
  if (!slots || lost === null) return [];
  return slots.starts
    .filter((start) => start !== lost)
    .sort((one, other) => Math.abs(one - lost) - Math.abs(other - lost))
    .slice(0, count)
    .sort((one, other) => one - other);
}
