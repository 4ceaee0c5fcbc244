/**
 * Reads the records of a plan in slices. Between slices nothing is held open in the store: the next slice starts after
 * the last key, so a cursor can rest for minutes and a long scan can give way to other work.
 */
import type { Document } from 'bson';
import { decode } from '../bson/codec.js';
import { fail } from '../errors.js';
import type { Predicate } from '../query/matcher.js';
import { assertStands } from '../storage/catalogue.js';
import type { Collection } from '../storage/collection.js';
import type { Entry, Environment } from '../storage/environment.js';
import type { KeyRange } from '../storage/keys.js';
import { openRecord } from '../storage/record.js';
import type { Plan, ScanPlan } from './plan.js';

export interface Match {
  /** Where the record lies; grows in the order of insertion. */
  readonly recordId: Buffer;
  readonly bytes: Buffer;
  readonly document: Document;
}

export interface ScanStatistics {
  keysExamined: number;
  docsExamined: number;
}

const keyPrefixBytes = 5;

export class Scanner {
  readonly statistics: ScanStatistics = { keysExamined: 0, docsExamined: 0 };
  readonly #environment: Environment;
  readonly #collection: Collection;
  readonly #matches: Predicate;
  readonly #plans: readonly ScanPlan[];
  readonly #seen: Set<string> | undefined;
  #planAt = 0;
  #rangeAt = 0;
  #resume: Buffer | undefined;

  constructor(environment: Environment, collection: Collection, plan: Plan, matches: Predicate) {
    this.#environment = environment;
    this.#collection = collection;
    this.#matches = matches;
    this.#plans = plan.kind === 'union' ? plan.plans : [plan];
    const canRepeat = plan.kind === 'union' || plan.index?.multikey.includes(true) === true;
    this.#seen = canRepeat ? new Set() : undefined;
  }

  get isDone(): boolean {
    return this.#planAt >= this.#plans.length;
  }

  /** Examines up to `limit` entries and returns those that match. */
  step(limit: number): Match[] {
    const plan = this.#plans[this.#planAt];
    if (!plan) return [];
    this.#assertPlanStands(plan);
    const entries = plan.points ? this.#readPoints(plan.points, limit) : this.#readRange(plan, limit);
    const found: Match[] = [];
    for (const entry of entries) {
      this.statistics.keysExamined++;
      const match = this.#examine(plan, entry);
      if (match) found.push(match);
    }
    return found;
  }

  #assertPlanStands(plan: ScanPlan): void {
    const { entry } = this.#collection;
    assertStands(entry);
    if (plan.index && plan.index !== entry.idIndex && !entry.indexes.includes(plan.index))
      fail('QueryPlanKilled', `index '${plan.index.name}' dropped`);
  }

  #readPoints(points: readonly Buffer[], limit: number): Entry[] {
    const entries: Entry[] = [];
    while (this.#rangeAt < points.length && entries.length < limit) {
      const key = points[this.#rangeAt++] as Buffer;
      const value = this.#environment.get(key);
      if (value) entries.push({ key, value });
    }
    if (this.#rangeAt >= points.length) this.#nextPlan();
    return entries;
  }

  #readRange(plan: ScanPlan, limit: number): Entry[] {
    const { ranges, reverse } = plan;
    const range = ranges[reverse ? ranges.length - 1 - this.#rangeAt : this.#rangeAt];
    if (!range) {
      this.#nextPlan();
      return [];
    }
    const entries = this.#environment.slice(this.#remaining(range, reverse), limit, reverse);
    const last = entries.at(-1);
    if (entries.length < limit || !last) {
      this.#resume = undefined;
      this.#rangeAt++;
      if (this.#rangeAt >= ranges.length) this.#nextPlan();
    } else {
      this.#resume = last.key;
    }
    return entries;
  }

  #remaining(range: KeyRange, reverse: boolean): KeyRange {
    if (!this.#resume) return range;
    return reverse
      ? { low: range.low, high: this.#resume }
      : { low: Buffer.concat([this.#resume, Buffer.of(0)]), high: range.high };
  }

  #nextPlan(): void {
    this.#planAt++;
    this.#rangeAt = 0;
    this.#resume = undefined;
  }

  #examine(plan: ScanPlan, entry: Entry): Match | undefined {
    const recordId = plan.index ? entry.value : entry.key.subarray(keyPrefixBytes);
    if (this.#seen) {
      const identity = recordId.toString('latin1');
      if (this.#seen.has(identity)) return undefined;
      this.#seen.add(identity);
    }
    const bytes = plan.index ? this.#collection.read(recordId) : openRecord(entry.value, this.#environment);
    if (!bytes) return undefined;
    this.statistics.docsExamined++;
    const document = decode(bytes);
    return this.#matches(document) ? { recordId, bytes, document } : undefined;
  }
}
