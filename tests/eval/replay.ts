/**
 * Walks through a log day by day and moment by moment, asks every estimator at each arrival, and keeps the answers of those who were
 * called. Estimators see the days before and the day so far; what a row says of later is used when that time has come.
 */
import { createPoolHistory, historyDays, type PoolDay } from '@frontdesk/domain/queue/history';
import { bucketOf, estimateWait, expectWait } from '@frontdesk/domain/queue/estimate';
import { createLinePulse, type DayFrame, type LinePulse } from '@frontdesk/domain/queue/pulse';
import { serviceDayBounds } from '@frontdesk/domain/hours/service-day';
import { addDays, getZone, parseWallTime } from '@frontdesk/domain/hours/zone';
import { createBaselines, type Baselines, type Guesses } from './baselines.js';
import { createLine, learnRules, type CallSnapshot, type OrderRules, type ReplayLine } from './order.js';
import { dayStart, readDays, type Moment, type Visit } from './visits.js';
import type { LogRow } from './csv.js';

/** Somebody behind whom so many were called is not there any more, whatever the log forgot to say. */
const ghostCalls = 4;
const learningDays = 20;
const leastWaitSeconds = 5;

export interface ReplayOptions {
  readonly pool: string;
  readonly timeZone: string;
  /** Posted opening, `HH:MM` of every day; null where none is known. */
  readonly opening: string | null;
  /** What a service is said to take, by the two estimators of the trade. */
  readonly fixedSeconds: number;
}

/** One estimate at an arrival, and what became of it. Seconds. */
export interface Estimated {
  readonly id: string;
  readonly serviceDay: string;
  /** Days of the pool before this one. */
  readonly daysBefore: number;
  readonly arriveMs: number;
  readonly ahead: number;
  readonly bucket: number;
  readonly isBeforeFirstCall: boolean;
  readonly hasEnoughHistory: boolean;
  readonly expected: number | null;
  readonly p50: number | null;
  readonly p80: number | null;
  readonly p90: number | null;
  readonly guesses: Guesses;
  /** null: left, or was never called. */
  actual: number | null;
}

interface Day {
  readonly rules: OrderRules;
  readonly line: ReplayLine;
  /** Those whom the pool takes again before anybody else: a service that goes on, not a line. */
  readonly resuming: Map<string, Visit>;
  readonly pulse: LinePulse;
  readonly baselines: Baselines;
  readonly estimates: Map<string, Estimated>;
  readonly calls: CallSnapshot[];
  /** Calls of people who came later, by visit. */
  readonly passedBy: Map<string, number>;
  readonly lastCalled: Map<string, string>;
  readonly daysBefore: number;
}

function createFrame(serviceDay: string, { timeZone, opening }: ReplayOptions): DayFrame {
  const zone = getZone(timeZone);
  const opensAtMs = opening === null ? null : zone.toInstant(serviceDay, parseWallTime(opening));
  const hourOf = (instantMs: number): number => new Date(instantMs + zone.offsetMsAt(instantMs)).getUTCHours();
  const startMs = opensAtMs ?? serviceDayBounds(zone, dayStart, serviceDay).startMs;
  return { serviceDay, startMs, opensAtMs, breaks: [], hourOf };
}

/** Every arrival of a pool with its estimates, in order of time. */
export function replay(rows: readonly LogRow[], options: ReplayOptions): Estimated[] {
  const baselines = createBaselines(options.fixedSeconds);
  const past: PoolDay[] = [];
  const pastCalls: CallSnapshot[][] = [];
  const all: Estimated[] = [];
  let daysBefore = 0;
  for (const [serviceDay, moments] of readDays(rows, options.pool, options.timeZone)) {
    const recent = past.filter((day) => day.serviceDay >= addDays(serviceDay, -historyDays));
    const rules: OrderRules = learnRules(pastCalls.slice(-learningDays).flat());
    const pulse = createLinePulse(createFrame(serviceDay, options), createPoolHistory(recent, serviceDay), {
      typicalSeconds: options.fixedSeconds,
      counters: 1,
    });
    const day = createDay(rules, pulse, baselines, daysBefore);
    baselines.beginDay();
    for (const moment of moments) step(day, moment);
    all.push(...day.estimates.values());
    past.push(pulse.summarize());
    pastCalls.push(day.calls);
    daysBefore += 1;
  }
  return all;
}

function createDay(rules: OrderRules, pulse: LinePulse, baselines: Baselines, daysBefore: number): Day {
  return {
    rules,
    line: createLine(rules),
    resuming: new Map(),
    pulse,
    baselines,
    daysBefore,
    estimates: new Map(),
    calls: [],
    passedBy: new Map(),
    lastCalled: new Map(),
  };
}

function step(day: Day, moment: Moment): void {
  const { visit, atMs } = moment;
  if (moment.kind === 'arrive') return arrive(day, visit);
  if (moment.kind === 'bypass') return day.pulse.bypass(atMs);
  if (moment.kind === 'leave') return leave(day, visit, atMs);
  call(day, moment);
}

function arrive(day: Day, visit: Visit): void {
  const { line, pulse, baselines } = day;
  if (line.visits.has(visit.id)) return;
  if (visit.isReturn && day.rules.returns === 'front') {
    day.resuming.set(visit.id, visit);
    return;
  }
  const atMs = visit.arriveMs;
  const guesses = baselines.guess(atMs, line.visits.values());
  line.add(visit);
  const order = line.order(atMs);
  const ahead = order.indexOf(visit.id);
  const parameters = pulse.read(atMs);
  const range = estimateWait(parameters, ahead);
  const expected = expectWait(parameters, ahead);
  const bucket = bucketOf(ahead);
  day.estimates.set(visit.id, {
    id: visit.id,
    serviceDay: visit.serviceDay,
    daysBefore: day.daysBefore,
    arriveMs: atMs,
    ahead,
    bucket,
    isBeforeFirstCall: !pulse.hasDeparted,
    hasEnoughHistory: parameters.hasEnoughHistory,
    expected,
    p50: range?.p50Seconds ?? null,
    p80: range?.p80Seconds ?? null,
    p90: expected === null ? null : expected * pulse.readRatio(bucket, 0.9),
    guesses,
    actual: null,
  });
  pulse.join(visit.id, atMs, ahead, order.length - 1 - ahead);
}

function leave({ line, pulse, resuming }: Day, visit: Visit, atMs: number): void {
  resuming.delete(visit.id);
  if (!line.visits.has(visit.id)) return;
  const wasHead = line.order(atMs)[0] === visit.id;
  line.delete(visit.id);
  pulse.leave(visit.id, atMs, wasHead);
}

function call(day: Day, moment: Moment): void {
  const { line, pulse, resuming } = day;
  const { visit, atMs } = moment;
  const isSelfTransfer = visit.isReturn && day.lastCalled.get(visit.counter) === visit.ticket;
  day.lastCalled.set(visit.counter, visit.ticket);
  const isHere = line.visits.has(visit.id);
  if ((isHere || resuming.has(visit.id)) && !isSelfTransfer) {
    day.calls.push({ calledId: visit.id, atMs, line: [...line.visits.values(), ...resuming.values()] });
  }
  resuming.delete(visit.id);
  if (!isHere) return pulse.bypass(atMs);
  const isWalkUp = atMs - visit.arriveMs <= leastWaitSeconds * 1_000 && line.visits.size > 1;
  line.delete(visit.id);
  if (isSelfTransfer || isWalkUp) return pulse.leave(visit.id, atMs, false);
  depart(day, moment);
}

function depart(day: Day, moment: Moment): void {
  const { visit, atMs } = moment;
  day.pulse.depart(visit.id, atMs);
  day.baselines.observe(moment);
  const estimated = day.estimates.get(visit.id);
  if (estimated) estimated.actual = (atMs - visit.arriveMs) / 1_000;
  forgetGhosts(day, visit, atMs);
}

/** Rows without an end would wait for ever: like a display that calls a number in vain, the replay drops those who were passed. */
function forgetGhosts({ line, pulse, passedBy }: Day, called: Visit, atMs: number): void {
  for (const visit of line.visits.values()) {
    if (visit.callMs !== null || visit.leaveMs !== null || visit.arriveMs >= called.arriveMs) continue;
    const passed = (passedBy.get(visit.id) ?? 0) + 1;
    passedBy.set(visit.id, passed);
    if (passed < ghostCalls) continue;
    line.delete(visit.id);
    pulse.leave(visit.id, atMs, false);
  }
}
