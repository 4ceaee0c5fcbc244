/**
 * Chooses how to find the documents of a filter: equality prefix → one range or anchored regex → sort coverage, `$or` as
 * a union of indexed branches, else all records in the order they were inserted.
 */
import type { Document } from 'bson';
import { isDocument, toNumber } from '../bson/values.js';
import { fail } from '../errors.js';
import type { Interval } from '../query/bounds.js';
import type { FilterNode } from '../query/matcher.js';
import { isEqual } from '../bson/compare.js';
import { allIndexes, type CollectionEntry, type IndexEntry } from '../storage/catalogue.js';
import { wholeRange, type KeyRange } from '../storage/keys.js';
import type { IndexField } from '../storage/index-keys.js';
import { collectConstraints, impliesPartial, impliesPresence, type Constraints } from './constraints.js';
import { componentRange, intersect, mergeRanges, pointBytes } from './intervals.js';

export interface ScanPlan {
  readonly kind: 'scan';
  /** Undefined when the entries are the records themselves. */
  readonly index: IndexEntry | undefined;
  readonly ranges: readonly KeyRange[];
  /** Complete keys, when every range is a single possible entry. */
  readonly points: readonly Buffer[] | undefined;
  readonly reverse: boolean;
  readonly coversSort: boolean;
  readonly constrainedFields: number;
}

export interface UnionPlan {
  readonly kind: 'union';
  readonly plans: readonly ScanPlan[];
  readonly coversSort: false;
}

export type Plan = ScanPlan | UnionPlan;

/** More combinations of `$in` members than this are read as one range. */
const maxPoints = 400;
/** Long lists whose members would make more pairs than this are not intersected; the filter does it. */
const maxPairs = 20_000;

export function choosePlan(entry: CollectionEntry, root: FilterNode, sort: readonly IndexField[], hint: unknown): Plan {
  const constraints = collectConstraints(root);
  if (hint !== undefined) {
    const hinted = resolveHint(entry, hint);
    if (hinted === 'natural') return fullScan(entry, toNumber((hint as Document).$natural) < 0);
    if (!isUsable(constraints, hinted)) {
      fail('NotImplemented', `the hinted index ${hinted.name} does not hold every document that the filter can match`);
    }
    return scoreIndex(hinted, constraints, sort).plan;
  }
  let best: { plan: ScanPlan; score: number } | undefined;
  for (const index of allIndexes(entry)) {
    if (!isUsable(constraints, index)) continue;
    const candidate = scoreIndex(index, constraints, sort);
    if (candidate.score > (best?.score ?? 0)) best = candidate;
  }
  if (!best || best.plan.constrainedFields === 0) {
    const union = chooseUnion(entry, constraints);
    if (union) return union;
  }
  return best?.plan ?? fullScan(entry, false);
}

function fullScan(entry: CollectionEntry, reverse: boolean): ScanPlan {
  return {
    kind: 'scan',
    index: undefined,
    ranges: [wholeRange(entry.prefix)],
    points: undefined,
    reverse,
    coversSort: false,
    constrainedFields: 0,
  };
}

function resolveHint(entry: CollectionEntry, hint: unknown): IndexEntry | 'natural' {
  const all = allIndexes(entry).filter(({ hidden }) => !hidden);
  if (isDocument(hint)) {
    if (Object.keys(hint)[0] === '$natural') return 'natural';
    const found = all.find((index) => isEqual(index.key, hint));
    if (found) return found;
  } else if (typeof hint === 'string') {
    const found = all.find((index) => index.name === hint);
    if (found) return found;
  } else {
    return fail('FailedToParse', 'hint must be a string or an object');
  }
  return fail(
    'BadValue',
    'error processing query: planner returned error: hint provided does not correspond to an existing index',
  );
}

function isUsable(constraints: Constraints, index: IndexEntry): boolean {
  if (index.hidden || index.isBuilding) return false;
  if (index.sparse && !impliesPresence(constraints, index)) return false;
  return !index.partialFilter || impliesPartial(constraints, index.partialFilter);
}

function chooseUnion(entry: CollectionEntry, constraints: Constraints): UnionPlan | undefined {
  for (const branches of constraints.disjunctions) {
    const plans: ScanPlan[] = [];
    for (const branch of branches) {
      const own = collectConstraints(branch);
      const combined: Constraints = { leaves: [...constraints.leaves, ...own.leaves], disjunctions: [] };
      let best: { plan: ScanPlan; score: number } | undefined;
      for (const index of allIndexes(entry)) {
        if (!isUsable(combined, index)) continue;
        const candidate = scoreIndex(index, combined, []);
        if (candidate.plan.constrainedFields > 0 && candidate.score > (best?.score ?? 0)) best = candidate;
      }
      if (!best) break;
      plans.push(best.plan);
    }
    if (plans.length === branches.length) return { kind: 'union', plans, coversSort: false };
  }
  return undefined;
}

/** Per field, the intervals that hold every match; undefined when the filter says nothing usable. */
function fieldIntervals(index: IndexEntry, constraints: Constraints): (readonly Interval[] | undefined)[] {
  // Two fields below the same array are matched by different elements, which share no index entry.
  const firstMultikey = index.multikey.indexOf(true);
  return index.fields.map(({ path }, at) => {
    const usable = constraints.leaves.flatMap(({ path: constrained, leaf }) =>
      constrained === path && leaf.intervals ? [leaf.intervals] : [],
    );
    if (usable.length === 0 || (index.multikey[at] && at !== firstMultikey)) return undefined;
    // Two conditions on an array can be met by different elements, so only one of them may bound the scan.
    if (index.multikey[at]) return usable.reduce(narrower);
    return usable.reduce((shared, next) =>
      shared.length * next.length <= maxPairs ? intersect(shared, next) : narrower(shared, next),
    );
  });
}

function narrower(best: readonly Interval[], next: readonly Interval[]): readonly Interval[] {
  return weight(next) < weight(best) ? next : best;
}

function weight(intervals: readonly Interval[]): number {
  return intervals.every((interval) => interval.isPoint) ? intervals.length : maxPoints + intervals.length;
}

function scoreIndex(
  index: IndexEntry,
  constraints: Constraints,
  sort: readonly IndexField[],
): { plan: ScanPlan; score: number } {
  const perField = fieldIntervals(index, constraints);
  let prefixes: Buffer[] = [index.prefix];
  let ranges: KeyRange[] | undefined;
  let equalities = 0;
  const fixed = new Set<number>();
  for (const [at, intervals] of perField.entries()) {
    if (!intervals) break;
    const descending = index.fields[at]?.descending ?? false;
    if (intervals.every((interval) => interval.isPoint) && prefixes.length * intervals.length <= maxPoints) {
      prefixes = prefixes.flatMap((prefix) =>
        intervals.map((interval) => Buffer.concat([prefix, pointBytes(interval, descending)])),
      );
      if (intervals.length === 1) fixed.add(at);
      equalities++;
      continue;
    }
    ranges = prefixes.flatMap((prefix) =>
      intervals.map((interval) => joinRange(prefix, componentRange(interval, descending))),
    );
    break;
  }
  const isComplete = index.unique && equalities === index.fields.length;
  const { covers, reverse } = coverSort(index, fixed, sort);
  const constrainedFields = equalities + (ranges ? 1 : 0);
  const points = isComplete ? sortUnique(prefixes, reverse) : undefined;
  const plan: ScanPlan = {
    kind: 'scan',
    index,
    ranges: points ? [] : mergeRanges(ranges ?? prefixes.map(wholeRange)),
    points,
    reverse,
    coversSort: covers,
    constrainedFields,
  };
  return { plan, score: (isComplete ? 1000 : 0) + equalities * 10 + (ranges ? 4 : 0) + (covers ? 3 : 0) };
}

function joinRange(prefix: Buffer, range: KeyRange): KeyRange {
  return { low: Buffer.concat([prefix, range.low]), high: Buffer.concat([prefix, range.high]) };
}

function sortUnique(keys: readonly Buffer[], reverse: boolean): Buffer[] {
  const sorted = [...keys]
    .sort(Buffer.compare)
    .filter((key, at, all) => at === 0 || !key.equals(all[at - 1] as Buffer));
  return reverse ? sorted.reverse() : sorted;
}

/** Fields fixed to one value do not take part in the order; the others must follow the sort, all forward or all backward. */
function coverSort(
  index: IndexEntry,
  fixed: ReadonlySet<number>,
  sort: readonly IndexField[],
): { covers: boolean; reverse: boolean } {
  if (sort.length === 0) return { covers: false, reverse: false };
  const isFixed = (path: string): boolean =>
    index.fields.some((field, at) => field.path === path && fixed.has(at) && !index.multikey[at]);
  const wanted = sort.filter((field) => !isFixed(field.path));
  let at = 0;
  let reverse: boolean | undefined;
  for (const field of wanted) {
    while (at < index.fields.length && fixed.has(at) && index.fields[at]?.path !== field.path) at++;
    const own = index.fields[at];
    if (!own || own.path !== field.path || index.multikey[at]) return { covers: false, reverse: false };
    const opposite = own.descending !== field.descending;
    if (reverse !== undefined && reverse !== opposite) return { covers: false, reverse: false };
    reverse = opposite;
    at++;
  }
  return { covers: true, reverse: reverse ?? false };
}
