/** Sets of intervals of one index component, and the byte ranges they become in an index. */
import { after, type KeyRange } from '../storage/keys.js';
import type { Interval } from '../query/bounds.js';

const startOf = (interval: Interval): Buffer => (interval.lowAfter ? after(interval.low) : interval.low);
const endOf = (interval: Interval): Buffer => (interval.highAfter ? after(interval.high) : interval.high);

function invert(bytes: Uint8Array): Buffer {
  const inverted = Buffer.allocUnsafe(bytes.length);
  for (let at = 0; at < bytes.length; at++) inverted[at] = ~(bytes[at] as number) & 0xff;
  return inverted;
}

/** The part both sets share. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const shared: Interval[] = [];
  for (const left of a) {
    for (const right of b) {
      const low = Buffer.compare(startOf(left), startOf(right)) >= 0 ? left : right;
      const high = Buffer.compare(endOf(left), endOf(right)) <= 0 ? left : right;
      if (Buffer.compare(startOf(low), endOf(high)) >= 0) continue;
      shared.push({
        low: low.low,
        lowAfter: low.lowAfter,
        high: high.high,
        highAfter: high.highAfter,
        isPoint: left.isPoint || right.isPoint,
      });
    }
  }
  return shared;
}

/** Start and end of an interval as bytes of an index component. */
export function componentRange(interval: Interval, descending: boolean): KeyRange {
  if (!descending) return { low: startOf(interval), high: endOf(interval) };
  const low = invert(interval.high);
  const high = invert(interval.low);
  return { low: interval.highAfter ? low : after(low), high: interval.lowAfter ? high : after(high) };
}

/** The encoded component of a point. */
export function pointBytes(interval: Interval, descending: boolean): Buffer {
  return descending ? invert(interval.low) : interval.low;
}

/** Sorted and without overlap, so that no entry is read twice. */
export function mergeRanges(ranges: readonly KeyRange[]): KeyRange[] {
  const sorted = [...ranges].sort((a, b) => Buffer.compare(a.low, b.low));
  const merged: KeyRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && Buffer.compare(range.low, last.high) <= 0) {
      if (Buffer.compare(range.high, last.high) > 0) merged[merged.length - 1] = { low: last.low, high: range.high };
    } else {
      merged.push(range);
    }
  }
  return merged;
}
