/**
 * News of a watched list as it travels: the digest of the list that it follows, of the list that it leads to, and one number for each start
 * that came (n) or went (-1 - n), in quanta since a day before the date that was asked for. A start that was taken is twenty-five bytes.
 */
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';

export type SlotChange = [prev: string, rev: string, ...starts: number[]];

export interface ReadSlotChange {
  readonly prev: string;
  readonly rev: string;
  /** Epoch minutes. */
  readonly added: readonly number[];
  readonly removed: readonly number[];
}

/** Wherever the branch is, its days begin after this. */
const baseOf = (from: string): number => Date.parse(from) / 60_000 - 1_440;

/** What a revision says of the list itself; the counters before it say when it was worked out. */
const digestOf = (rev: string): string => rev.slice(rev.lastIndexOf('.') + 1);

export function encodeSlotChange({ prev, rev, added, removed }: ReadSlotChange, from: string): SlotChange {
  const base = baseOf(from);
  const toQuanta = (start: number): number => (start - base) / BOOKING_QUANTUM_MINUTES;
  const came = added.map(toQuanta);
  const went = removed.map((start) => -1 - toQuanta(start));
  return [digestOf(prev), digestOf(rev), ...came, ...went];
}

export function decodeSlotChange([prev, rev, ...starts]: SlotChange, from: string): ReadSlotChange {
  const base = baseOf(from);
  const toStart = (quanta: number): number => base + quanta * BOOKING_QUANTUM_MINUTES;
  return {
    prev,
    rev,
    added: starts.filter((one) => one >= 0).map(toStart),
    removed: starts.filter((one) => one < 0).map((one) => toStart(-1 - one)),
  };
}
