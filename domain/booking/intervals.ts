/**
 * Sets of time as sorted numbers: `[from, to, from, to, …]`, half open, disjoint and in order. Flat, so that a month of a busy
 * resource is one array and not hundreds of objects; each operation is one pass.
 */
export type Intervals = readonly number[];

export const NOTHING: Intervals = [];

/** Any spans, made disjoint and sorted; empty ones are dropped, and those that touch become one. */
export function unite(spans: Iterable<readonly [from: number, to: number]>): Intervals {
  const sorted = [...spans].filter(([from, to]) => from < to).sort(([one], [other]) => one - other);
  const united: number[] = [];
  for (const [from, to] of sorted) {
    const last = united.length - 1;
    const end = united[last];
    if (end !== undefined && from <= end) united[last] = Math.max(end, to);
    else united.push(from, to);
  }
  return united;
}

export function* spansOf(intervals: Intervals): Generator<readonly [from: number, to: number]> {
  for (let at = 0; at < intervals.length; at += 2) yield [intervals[at] as number, intervals[at + 1] as number];
}

/** What is in both. */
export function intersect(one: Intervals, other: Intervals): Intervals {
  const both: number[] = [];
  let left = 0;
  let right = 0;
  while (left < one.length && right < other.length) {
    const leftEnd = one[left + 1] as number;
    const rightEnd = other[right + 1] as number;
    const from = Math.max(one[left] as number, other[right] as number);
    const to = Math.min(leftEnd, rightEnd);
    if (from < to) both.push(from, to);
    if (leftEnd < rightEnd) left += 2;
    else right += 2;
  }
  return both;
}

/** What is in at least `count` of the sets. */
export function inAtLeast(count: number, sets: readonly Intervals[]): Intervals {
  if (count === 1 && sets.length === 1) return sets[0] ?? NOTHING;
  const edges: (readonly [at: number, step: 1 | -1])[] = [];
  for (const set of sets) for (const [from, to] of spansOf(set)) edges.push([from, 1], [to, -1]);
  // Beginnings go before ends at the same moment, so that what touches stays one; a moment that was both is nothing.
  edges.sort(([one, oneStep], [other, otherStep]) => one - other || otherStep - oneStep);
  const found: number[] = [];
  let depth = 0;
  for (const [at, step] of edges) {
    depth += step;
    const isEdge = step === 1 ? depth === count : depth === count - 1;
    if (isEdge && step === -1 && found.at(-1) === at) found.pop();
    else if (isEdge) found.push(at);
  }
  return found;
}

/** The place in the array of the first span that ends after `at`; the array's length when there is none. */
export function firstSpanAfter(intervals: Intervals, at: number): number {
  let low = 0;
  let high = intervals.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle * 2 + 1] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low * 2;
}

/** The span that `at` is in. */
export function findSpan(intervals: Intervals, at: number): readonly [from: number, to: number] | undefined {
  const place = firstSpanAfter(intervals, at);
  const from = intervals[place];
  return from !== undefined && from <= at ? [from, intervals[place + 1] as number] : undefined;
}

export function contains(intervals: Intervals, at: number): boolean {
  return findSpan(intervals, at) !== undefined;
}
