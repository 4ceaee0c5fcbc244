/**
 * Seats of one session of a class, and the line for them (booking.md 5.1, BK-4, BK-28). Seats are taken by whoever holds them for a few
 * minutes while typing, was offered them, or is enrolled. What becomes free is offered along the line: to the first party that fits, for
 * a limited time, and it stays theirs for that time. Smaller parties may so be asked before a larger one that nothing fits; among those
 * that fit nobody is passed over.
 *
 * Everything here is about one list of entries in the order in which they came, and says nothing about who they are.
 */
import type { EnrolmentId } from '@frontdesk/protocol/ids';
import type { EnrolmentState } from '@frontdesk/protocol/vocabulary';

const minuteMs = 60_000;
/** Long enough to see a mail, short enough that the next in line still hears of it on the same day. */
export const OFFER_MINUTES = 120;

export interface Seat {
  readonly id: EnrolmentId;
  /** People in the party. */
  readonly seats: number;
  readonly state: EnrolmentState;
  /** When a hold or an offer ends; null in the other states. */
  readonly expiresAtMs: number | null;
}

/** What a list of entries is looked at with. */
export interface SeatingRules {
  readonly capacity: number;
  /** Nobody is offered seats in what has begun. */
  readonly startMs: number;
  readonly nowMs: number;
}

const takes: ReadonlySet<EnrolmentState> = new Set(['held', 'offered', 'enrolled']);

export function countTaken(entries: readonly Seat[]): number {
  return entries.reduce((sum, { state, seats }) => sum + (takes.has(state) ? seats : 0), 0);
}

/** A session that was moved may begin before an offer ends. */
function isOver({ state, expiresAtMs }: Seat, { nowMs, startMs }: SeatingRules): boolean {
  if (expiresAtMs === null) return false;
  return expiresAtMs <= nowMs || (state === 'offered' && startMs <= nowMs);
}

/** Without holds that ran out; offers that ran out are lapsed, and stay where they were. */
function withoutOver<Entry extends Seat>(entries: readonly Entry[], rules: SeatingRules): Entry[] {
  return entries.flatMap((entry) => {
    if (!isOver(entry, rules)) return entry;
    return entry.state === 'held' ? [] : { ...entry, state: 'lapsed' as const, expiresAtMs: null };
  });
}

/** The same list with every free seat offered to the first party in line that fits into what is left. */
function offerAll<Entry extends Seat>(entries: readonly Entry[], rules: SeatingRules): Entry[] {
  const { capacity, startMs, nowMs } = rules;
  let left = capacity - countTaken(entries);
  const untilMs = Math.min(nowMs + OFFER_MINUTES * minuteMs, startMs);
  return entries.map((entry) => {
    if (entry.state !== 'waiting' || entry.seats > left || untilMs <= nowMs) return entry;
    left -= entry.seats;
    return { ...entry, state: 'offered' as const, expiresAtMs: untilMs };
  });
}

/** Entries as they are at this moment: what ran out has ended, and what is free is offered. */
export function settle<Entry extends Seat>(entries: readonly Entry[], rules: SeatingRules): Entry[] {
  return offerAll(withoutOver(entries, rules), rules);
}

/** Seats that anybody may take now; who waits for them has them offered already. */
export function countLeft(entries: readonly Seat[], rules: SeatingRules): number {
  return Math.max(0, rules.capacity - countTaken(settle(entries, rules)));
}

/** When the next hold or offer ends; null when none does. */
export function nextExpiryMs(entries: readonly Seat[]): number | null {
  const ends = entries.flatMap(({ expiresAtMs }) => expiresAtMs ?? []);
  return ends.length > 0 ? Math.min(...ends) : null;
}

/** Parties that were in line before this one and still are; null when it does not wait. */
export function countAhead(entries: readonly Seat[], id: EnrolmentId): number | null {
  const line = entries.filter(({ state }) => state === 'waiting');
  const at = line.findIndex((entry) => entry.id === id);
  return at < 0 ? null : at;
}
