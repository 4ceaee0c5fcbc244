/**
 * Order operations: what changed between two orders of a pool, as one small message for all its phones. It names ranks and nobody;
 * each phone follows its own rank through it. Whoever joined knows their rank from the answer that they joined with.
 */
import type { TicketId } from '@frontdesk/protocol/ids';

/** Zero-based ranks, as `orderChange` of the protocol: first `out`, then `in`, then `move`, each applied in turn. */
export interface OrderOperations {
  readonly out: number[];
  readonly in: number[];
  /** From one rank to another, counted after it was taken out. */
  readonly move: [from: number, to: number][];
}

/** More operations than this cost 10,000 phones more than asking again would. */
export const mostOperations = 64;

/** The shortest way from one order to the other; `reset` when it is longer than {@link mostOperations}. O(n log n). */
export function diffOrder(before: readonly TicketId[], after: readonly TicketId[]): OrderOperations | 'reset' {
  if (Math.abs(before.length - after.length) > mostOperations) return 'reset';
  const rankAfter = new Map(after.map((id, rank) => [id, rank]));
  const out: number[] = [];
  // The line as it will be numbered: every ticket by its rank in `after`.
  const line: number[] = [];
  for (const id of before) {
    const rank = rankAfter.get(id);
    if (rank === undefined) out.push(line.length);
    else line.push(rank);
  }
  const joining = after.length - line.length;
  if (out.length + joining > mostOperations) return 'reset';
  const settled = longestRising(line);
  const moving = line.length - settled.size;
  if (out.length + joining + moving > mostOperations) return 'reset';
  if (joining + moving === 0) return { out, in: [], move: [] };

  const survivors = new Set(line);
  const joined: number[] = [];
  const move: [number, number][] = [];
  for (let rank = 0; rank < after.length; rank += 1) {
    if (!survivors.has(rank)) joined.push(insertAfterSettled(line, rank, settled));
  }
  for (let rank = 0; rank < after.length; rank += 1) {
    if (settled.has(rank)) continue;
    const from = line.indexOf(rank);
    line.splice(from, 1);
    move.push([from, insertAfterSettled(line, rank, settled)]);
  }
  return { out, in: joined, move };
}

/** Puts a ticket right behind the last one before it that stands where it stays; says where that is. */
function insertAfterSettled(line: number[], rank: number, settled: Set<number>): number {
  let previous = rank - 1;
  while (previous >= 0 && !settled.has(previous)) previous -= 1;
  const at = previous < 0 ? 0 : line.indexOf(previous) + 1;
  line.splice(at, 0, rank);
  settled.add(rank);
  return at;
}

/** Members of a longest rising subsequence (patience sorting): everybody else has to move. */
function longestRising(numbers: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous = new Map<number, number>();
  for (const number of numbers) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    const before = tails[low - 1];
    if (before !== undefined) previous.set(number, before);
    tails[low] = number;
  }
  const members = new Set<number>();
  for (let at = tails.at(-1); at !== undefined; at = previous.get(at)) members.add(at);
  return members;
}

/** Where a ticket stands after the change; null when it was among those that left. */
export function applyOrderChange(rank: number, change: OrderOperations): number | null {
  let at = rank;
  for (const left of change.out) {
    if (left === at) return null;
    if (left < at) at -= 1;
  }
  for (const joined of change.in) if (joined <= at) at += 1;
  for (const [from, to] of change.move) {
    if (from === at) at = to;
    else {
      if (from < at) at -= 1;
      if (to <= at) at += 1;
    }
  }
  return at;
}
