/** Runs a planned query as a stream of matches, with sort, skip and limit applied. */
import type { Document } from 'bson';
import type { Scope } from '../aggregation/expressions/scope.js';
import { binaryOrder, type Order } from '../bson/compare.js';
import { fail } from '../errors.js';
import { compileFilter, type CompiledFilter } from '../query/matcher.js';
import type { Collection } from '../storage/collection.js';
import type { Environment } from '../storage/environment.js';
import type { IndexField } from '../storage/index-keys.js';
import { collectConstraints } from './constraints.js';
import { choosePlan, type Plan } from './plan.js';
import { Scanner, type Match, type ScanStatistics } from './scanner.js';
import { compileSort, createSorter, type Sorter } from './sort.js';

export interface QueryOptions {
  readonly filter: Document;
  readonly sort?: unknown;
  readonly skip?: number;
  /** Zero or absent means no limit. */
  readonly limit?: number;
  readonly hint?: unknown;
  /** How values compare, and the variables that `$expr` may name. */
  readonly scope?: Scope | undefined;
}

/** Checked between slices: throws when the command's time is over or its cursor was killed. */
export type Interrupt = () => void;

const firstSlice = 64;
const largestSlice = 1024;
/** How long a scan may keep its thread before it lets other commands run. */
const turnMs = 4;
/** A scan that works longer than this is worth a line in the log. */
const slowScanMs = 100;
const maxSortBytes = 100 * 1024 * 1024;

export const giveWay = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Keyed {
  readonly key: unknown;
  readonly match: Match;
}

export class Query {
  readonly filter: CompiledFilter;
  readonly plan: Plan;
  readonly #sort: readonly IndexField[];
  readonly #order: Order;
  readonly #sorter: Sorter;
  readonly #scanner: Scanner;
  #toSkip: number;
  #remaining: number;
  #sliceSize: number;
  #buffer: Match[] = [];
  #scanMs = 0;
  /** Called once when a scan that no index bounds has taken long. */
  onSlowScan: ((elapsedMs: number) => void) | undefined;
  #isSorted = false;

  constructor(environment: Environment, collection: Collection, options: QueryOptions) {
    this.filter = compileFilter(options.filter, { scope: options.scope });
    this.#sort = compileSort(isNaturalSort(options.sort) ? undefined : options.sort);
    const hint = options.hint ?? (isNaturalSort(options.sort) ? options.sort : undefined);
    this.#order = options.scope?.order ?? binaryOrder;
    this.#sorter = createSorter(this.#sort, this.#order);
    this.plan = choosePlan(collection.entry, this.filter.root, this.#coverableSort, hint);
    this.#scanner = new Scanner(environment, collection, this.plan, this.filter.matches);
    this.#toSkip = options.skip ?? 0;
    this.#remaining = options.limit ? options.limit : Number.POSITIVE_INFINITY;
    const expected = this.#toSkip + this.#remaining;
    this.#sliceSize = this.#mustSort || expected > firstSlice ? firstSlice : expected;
  }

  get statistics(): ScanStatistics {
    return this.#scanner.statistics;
  }

  /** Indexes are in binary order, which is not the order of a collation. */
  get #coverableSort(): readonly IndexField[] {
    return this.#order === binaryOrder ? this.#sort : [];
  }

  /** The fields that an index for this query would have. */
  get wantedFields(): string[] {
    const constrained = collectConstraints(this.filter.root)
      .leaves.filter(({ leaf }) => this.#order === binaryOrder || leaf.intervals)
      .map(({ path }) => path);
    return [...new Set([...constrained, ...this.#coverableSort.map(({ path }) => path)])];
  }

  get #mustSort(): boolean {
    return this.#sort.length > 0 && !this.plan.coversSort;
  }

  get isDone(): boolean {
    return this.#remaining <= 0 || (this.#buffer.length === 0 && this.#scanner.isDone);
  }

  /** The next matches without giving way; for use inside a write. */
  takeNow(count: number, interrupt: Interrupt): Match[] {
    const out: Match[] = [];
    while (out.length < count && !this.isDone) {
      interrupt();
      this.#advance(count - out.length, out);
    }
    return out;
  }

  /** The next matches; gives way to other commands while it scans. `enough` can end a batch early. */
  async take(count: number, interrupt: Interrupt, enough?: (match: Match) => boolean): Promise<Match[]> {
    const out: Match[] = [];
    let turnStart = performance.now();
    let checked = 0;
    while (out.length < count && !this.isDone) {
      interrupt();
      this.#advance(count - out.length, out);
      for (; enough && checked < out.length; checked++) {
        if (!enough(out[checked] as Match)) continue;
        this.#giveBack(out.splice(checked + 1));
        return out;
      }
      if (performance.now() - turnStart > turnMs) {
        await giveWay();
        turnStart = performance.now();
      }
    }
    return out;
  }

  #giveBack(matches: Match[]): void {
    this.#buffer = [...matches, ...this.#buffer];
    this.#remaining += matches.length;
  }

  /** One slice of work: reads entries, or hands out what is buffered. */
  #advance(wanted: number, out: Match[]): void {
    if (this.#buffer.length === 0 || (this.#mustSort && !this.#isSorted)) {
      const slice = this.#step();
      this.#sliceSize = Math.min(largestSlice, this.#sliceSize * 4);
      if (this.#mustSort) {
        this.#collect(slice);
        if (!this.#isSorted) return;
      } else {
        this.#buffer = slice;
      }
    }
    if (this.#toSkip > 0) {
      const skipped = Math.min(this.#toSkip, this.#buffer.length);
      this.#toSkip -= skipped;
      this.#buffer.splice(0, skipped);
    }
    const taken = this.#buffer.splice(0, Math.min(wanted, this.#remaining));
    this.#remaining -= taken.length;
    for (const match of taken) out.push(match);
  }

  #step(): Match[] {
    const start = performance.now();
    const slice = this.#scanner.step(this.#sliceSize);
    this.#scanMs += performance.now() - start;
    if (this.#scanMs > slowScanMs && this.onSlowScan) {
      const isBounded = this.plan.kind === 'union' || this.plan.constrainedFields > 0;
      if (!isBounded) this.onSlowScan(this.#scanMs);
      this.onSlowScan = undefined;
    }
    return slice;
  }

  #keyed: Keyed[] = [];
  #keyedBytes = 0;

  #collect(slice: readonly Match[]): void {
    for (const match of slice) {
      this.#keyed.push({ key: this.#sorter.keyOf(match.document), match });
      this.#keyedBytes += match.bytes.length;
    }
    const needed = this.#toSkip + this.#remaining;
    if (this.#keyed.length > needed * 2 + largestSlice) {
      this.#putInOrder();
      this.#keyed.length = needed;
      this.#keyedBytes = this.#keyed.reduce((sum, { match }) => sum + match.bytes.length, 0);
    }
    if (this.#keyedBytes > maxSortBytes) {
      fail(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `Sort exceeded memory limit of ${maxSortBytes} bytes; add an index that covers the sort`,
      );
    }
    if (!this.#scanner.isDone) return;
    this.#putInOrder();
    this.#isSorted = true;
    this.#buffer = this.#keyed.map(({ match }) => match);
    this.#keyed = [];
  }

  #putInOrder(): void {
    // Equal keys keep the order of insertion, whichever way the documents were found.
    this.#keyed.sort(
      (a, b) => this.#sorter.compare(a.key, b.key) || Buffer.compare(a.match.recordId, b.match.recordId),
    );
  }
}

export function isNaturalSort(sort: unknown): sort is Document {
  return typeof sort === 'object' && sort !== null && Object.keys(sort)[0] === '$natural';
}
