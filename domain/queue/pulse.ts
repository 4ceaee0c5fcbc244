/**
 * How fast the line of a pool moves today, from nothing but who joins it, who leaves it and how many counters are open. The live
 * queue (`pulse-pool.ts`) and a replay of old logs feed the same pulse.
 *
 * A departure is a call of somebody who was waiting, or the removal of the head of the line. The gap between two is a sample of the
 * pace if the line was never empty in between. Gaps are kept as counter-seconds (the time × the counters that were open), so that
 * the pace follows at once when a counter opens or closes.
 */
import { addToHistogram, mean, median } from './calibration.js';
import { bucketOf, expectWait, type LineParameters } from './estimate.js';
import type { HourFigures, Phase, PoolDay, PoolHistory } from './history.js';

const recentGaps = 10;
/** Weight of the four weeks in the mean, in gaps. */
const priorGaps = 5;
/** Whoever did not wait was not in a line. */
const leastWaitMs = 5_000;
/** Waits that must have been seen before minutes are promised. */
const leastObservations = 20;

/** The day in which the pulse beats. */
export interface DayFrame {
  readonly serviceDay: string;
  /** What first calls are measured from: the posted opening, or the start of the service day where none is posted. */
  readonly startMs: number;
  /** No first call is expected before; null where no opening is posted. */
  readonly opensAtMs: number | null;
  /** Closed times between the windows of the day, in order. */
  readonly breaks: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** Hour of the wall clock, 0 to 23. */
  readonly hourOf: (instantMs: number) => number;
}

interface Promised {
  readonly atMs: number;
  readonly bucket: number;
  readonly phase: Phase;
  readonly expectedSeconds: number | null;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export interface LinePulse {
  /** Tickets in line. */
  readonly waitingCount: number;
  readonly hasDeparted: boolean;
  setCounters(count: number, atMs: number): void;
  /** `ahead`: how many would be called before; `behind`: whom it passed by joining. */
  join(id: string, atMs: number, ahead: number, behind: number): void;
  /** Called. False when it was not in line. */
  depart(id: string, atMs: number): boolean;
  /** A counter called somebody who was not in line: no departure, but where the line is empty the counter is busy from here on. */
  bypass(atMs: number): void;
  /** Left without a call; at the head of the line that moves it. */
  leave(id: string, atMs: number, wasHead: boolean): void;
  /** `counters`: how many are of use now, where that is known better than at the last event. */
  read(nowMs: number, counters?: number): LineParameters;
  /** A quantile beside the two that are published. */
  readRatio(bucket: number, share: 0.5 | 0.8 | 0.9): number;
  /** Mean of today's last gaps ÷ that of the last weeks; null before there are some of both. */
  readSlowdown(nowMs: number): number | null;
  /** Overtakers since then, each by the share of the line that it passed. */
  countOvertakers(sinceMs: number): number;
  /** Seconds from the start of the frame to the first call that history expects, given that there was none by now. */
  expectOpening(nowMs: number): number | null;
  summarize(): PoolDay;
}

/** `typicalSeconds`: what a service takes while no history says it; null where nobody told. */
export function createLinePulse(
  frame: DayFrame,
  history: PoolHistory,
  options: { readonly typicalSeconds: number | null; readonly counters: number },
): LinePulse {
  return new PulseState(frame, history, options);
}

class PulseState implements LinePulse {
  readonly #frame: DayFrame;
  readonly #history: PoolHistory;
  readonly #typicalSeconds: number | null;
  readonly #line = new Map<string, Promised>();
  readonly #recentWork: number[] = [];
  readonly #overtakers: { readonly atMs: number; readonly share: number }[] = [];
  readonly #hours: Record<string, Mutable<HourFigures>> = {};
  readonly #gaps: Record<string, number> = {};
  #waits = 0;
  readonly #ratios = { before: emptyBuckets(), after: emptyBuckets() };
  #counters: number;
  #lastCounters = 0;
  /** Counter-seconds since the frame began, until `#clockMs`. */
  #work = 0;
  #clockMs: number;
  #workAtDeparture = 0;
  #departedMs = 0;
  #wasEmpty = true;
  #firstCallMs: number | null = null;

  constructor(frame: DayFrame, history: PoolHistory, options: { typicalSeconds: number | null; counters: number }) {
    this.#frame = frame;
    this.#history = history;
    this.#typicalSeconds = options.typicalSeconds;
    this.#counters = options.counters;
    this.#clockMs = frame.startMs;
  }

  get waitingCount(): number {
    return this.#line.size;
  }

  get hasDeparted(): boolean {
    return this.#firstCallMs !== null;
  }

  setCounters(count: number, atMs: number): void {
    this.#advance(atMs);
    this.#counters = count;
    if (count > 0) this.#lastCounters = count;
  }

  join(id: string, atMs: number, ahead: number, behind: number): void {
    this.#advance(atMs);
    if (behind > 0) {
      this.#overtakers.push({ atMs, share: behind / (ahead + behind) });
      this.#hourAt(atMs).overtaken += behind;
    }
    // Before there is a history the pace is the owner's guess, and how wrong that was says nothing about later days.
    const isGuess = this.#history.readMeanWork(this.#frame.hourOf(atMs)) === null;
    const expectedSeconds = isGuess ? null : expectWait(this.read(atMs), ahead);
    this.#line.set(id, { atMs, bucket: bucketOf(ahead), phase: this.#phase(), expectedSeconds });
  }

  depart(id: string, atMs: number): boolean {
    const promised = this.#line.get(id);
    if (!promised) return false;
    this.#advance(atMs);
    this.#firstCallMs ??= atMs;
    this.#compare(promised, atMs - promised.atMs);
    this.#line.delete(id);
    this.#move(atMs);
    return true;
  }

  bypass(atMs: number): void {
    this.#advance(atMs);
    this.#firstCallMs ??= atMs;
    if (this.#line.size > 0) return;
    this.#workAtDeparture = this.#work;
    this.#wasEmpty = true;
  }

  leave(id: string, atMs: number, wasHead: boolean): void {
    this.#advance(atMs);
    if (!this.#line.delete(id)) return;
    // Before anybody was called the line does not move, whoever leaves it.
    if (wasHead && this.hasDeparted) this.#move(atMs);
    else if (this.#line.size === 0) this.#wasEmpty = true;
  }

  read(nowMs: number, openCounters = this.#counters): LineParameters {
    const openMs = this.expectOpening(nowMs);
    const hour = this.#frame.hourOf(Math.max(nowMs, openMs ?? nowMs));
    // While none is open: as many as were open last, or usually are at this hour.
    const counters = openCounters || this.#lastCounters || this.#history.readMeanCounters(hour);
    const meanWork = this.#readMeanWork(hour);
    const gap = meanWork === null ? null : meanWork / counters;
    const phase = this.#phase();
    return {
      at: new Date(nowMs).toISOString(),
      meanGapSeconds: gap,
      openInSeconds: openMs === null ? 0 : Math.max(0, openMs - nowMs) / 1_000,
      elapsedSeconds: this.#readElapsed(gap, this.#workSinceDeparture(nowMs) / counters),
      breaks: this.#frame.breaks
        .filter(({ toMs }) => toMs > nowMs)
        .map(({ fromMs, toMs }) => ({
          startsInSeconds: (fromMs - nowMs) / 1_000,
          lastsSeconds: (toMs - fromMs) / 1_000,
        })),
      overtakeRate: this.#history.readOvertakeRate(hour),
      q50: [0, 1, 2, 3].map((bucket) => this.#history.readRatio(phase, bucket, 0.5)),
      q80: [0, 1, 2, 3].map((bucket) => this.#history.readRatio(phase, bucket, 0.8)),
      hasEnoughHistory: this.#history.waits + this.#waits >= leastObservations,
    };
  }

  readRatio(bucket: number, share: 0.5 | 0.8 | 0.9): number {
    return this.#history.readRatio(this.#phase(), bucket, share);
  }

  readSlowdown(nowMs: number): number | null {
    const usual = this.#history.readMeanWork(this.#frame.hourOf(nowMs));
    if (usual === null || this.#recentWork.length < priorGaps) return null;
    return mean(this.#recentWork) / usual;
  }

  countOvertakers(sinceMs: number): number {
    return this.#overtakers.filter(({ atMs }) => atMs >= sinceMs).reduce((sum, { share }) => sum + share, 0);
  }

  expectOpening(nowMs: number): number | null {
    if (this.hasDeparted) return null;
    const { startMs, opensAtMs } = this.#frame;
    const later = this.#history.firstCallSeconds.map((seconds) => startMs + seconds * 1_000).filter((at) => at > nowMs);
    const usual = later.length === 0 ? nowMs : median(later);
    return Math.max(usual, opensAtMs ?? usual);
  }

  summarize(): PoolDay {
    const { serviceDay, startMs } = this.#frame;
    const first = this.#firstCallMs;
    return {
      serviceDay,
      hours: Object.fromEntries(Object.entries(this.#hours).map(([hour, figures]) => [hour, { ...figures }])),
      gaps: { ...this.#gaps },
      waits: this.#waits,
      firstCallSeconds: first === null ? null : (first - startMs) / 1_000,
      ratios: {
        before: this.#ratios.before.map((bucket) => ({ ...bucket })),
        after: this.#ratios.after.map((bucket) => ({ ...bucket })),
      },
    };
  }

  #phase(): Phase {
    return this.hasDeparted ? 'after' : 'before';
  }

  #compare({ phase, bucket, expectedSeconds }: Promised, waitedMs: number): void {
    if (waitedMs <= leastWaitMs) return;
    this.#waits += 1;
    const ratios = this.#ratios[phase][bucket];
    if (ratios && expectedSeconds) addToHistogram(ratios, waitedMs / 1_000 / expectedSeconds);
  }

  #hourAt(atMs: number): Mutable<HourFigures> {
    return (this.#hours[this.#frame.hourOf(atMs)] ??= createFigures());
  }

  #advance(atMs: number): void {
    const passedSeconds = Math.max(0, atMs - this.#clockMs) / 1_000;
    this.#work += passedSeconds * this.#counters;
    if (this.#line.size > 0) this.#hourAt(atMs).waitedSeconds += this.#line.size * passedSeconds;
    this.#clockMs = Math.max(this.#clockMs, atMs);
  }

  #workSinceDeparture(nowMs: number): number {
    const running = (Math.max(0, nowMs - this.#clockMs) / 1_000) * this.#counters;
    return this.#work + running - this.#workAtDeparture;
  }

  /** The line moved by one: the gap counts if there was a line all the while. */
  #move(atMs: number): void {
    const gap = this.#work - this.#workAtDeparture;
    // Two calls in one instant are a sample too: the line moved by two in the time before.
    if (!this.#wasEmpty) {
      addToHistogram(this.#gaps, gap);
      const capped = Math.min(gap, this.#history.gapCapSeconds);
      this.#recentWork.push(capped);
      if (this.#recentWork.length > recentGaps) this.#recentWork.shift();
      const hour = this.#hourAt(atMs);
      hour.workSeconds += capped;
      hour.gapSeconds += (gap === 0 ? 1 : capped / gap) * ((atMs - this.#departedMs) / 1_000);
      hour.departures += 1;
    }
    this.#workAtDeparture = this.#work;
    this.#departedMs = atMs;
    this.#wasEmpty = this.#line.size === 0;
  }

  /** What has passed of the gap that runs: by the clock, or, where history knows, by how much of such gaps was still to come. */
  #readElapsed(gap: number | null, passed: number): number {
    if (gap === null) return 0;
    // At the opening nobody is in service, so the first in line need not wait for a departure.
    if (!this.hasDeparted) return gap;
    const rest = this.#history.readRest(passed / gap);
    return rest === null ? passed : Math.max(0, gap * (1 - rest));
  }

  #readMeanWork(hour: number): number | null {
    const usual = this.#history.readMeanWork(hour) ?? this.#typicalSeconds;
    const recent = this.#recentWork;
    if (usual === null) return recent.length === 0 ? null : mean(recent);
    const sum = recent.reduce((total, gap) => total + gap, 0);
    return (priorGaps * usual + sum) / (priorGaps + recent.length);
  }
}

function createFigures(): Mutable<HourFigures> {
  return { workSeconds: 0, gapSeconds: 0, departures: 0, overtaken: 0, waitedSeconds: 0 };
}

function emptyBuckets(): Record<string, number>[] {
  return [{}, {}, {}, {}];
}
