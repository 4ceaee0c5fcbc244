/**
 * From rows of a log to what happened in one pool: visits, and the moments at which its line changed. What a visit is may only
 * depend on the past at each moment, so a row whose later times make no sense still joined the line when it did (QE-6).
 */
import { getZone } from '@frontdesk/domain/hours/zone';
import { serviceDayOf } from '@frontdesk/domain/hours/service-day';
import type { LogRow } from './csv.js';

/** A place that is open past midnight keeps its day. */
export const dayStart = '04:00';
const minuteMs = 60_000;
/** Two clocks of one clinic may differ by so much. */
const clockSlackMs = minuteMs;
const longestMs = 18 * 60 * minuteMs;

/** One stay of a ticket in the line of one pool. */
export interface Visit {
  readonly id: string;
  readonly ticket: string;
  readonly serviceDay: string;
  readonly arriveMs: number;
  /** Of the ticket's first row of the day, in any pool. */
  readonly firstArriveMs: number;
  /** Sent on from another pool. */
  readonly isTransfer: boolean;
  /** In this pool again. */
  readonly isReturn: boolean;
  readonly className: string;
  readonly counter: string;
  readonly callMs: number | null;
  /** Gave up, or was removed. */
  readonly leaveMs: number | null;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

export interface Moment {
  readonly kind: 'arrive' | 'call' | 'leave' | 'bypass';
  readonly atMs: number;
  readonly visit: Visit;
}

const gaveUp = /abandon|hang|cancel|left|leave|renege|removed|delete/;

function isWithin(laterMs: number | null, earlierMs: number): laterMs is number {
  return laterMs !== null && laterMs >= earlierMs && laterMs - earlierMs <= longestMs;
}

/** The call, in the place of which a log may have the start alone; null for none that makes sense. */
function findCall(row: LogRow, arriveMs: number): number | null {
  const callMs = row.callMs ?? row.startMs;
  if (callMs === null) return null;
  if (callMs < arriveMs && arriveMs - callMs <= clockSlackMs) return arriveMs;
  return isWithin(callMs, arriveMs) ? callMs : null;
}

function toVisit(row: LogRow, serviceDay: string, firstArriveMs: number, isReturn: boolean): Visit {
  const arriveMs = row.arriveMs ?? row.callMs ?? row.startMs ?? 0;
  const callMs = findCall(row, arriveMs);
  const hasGivenUp = gaveUp.test(row.outcome) && row.startMs === null;
  const lastMs = row.endMs ?? (hasGivenUp ? callMs : null);
  return {
    id: `${row.ticket}@${arriveMs}/${row.pool}`,
    ticket: row.ticket,
    serviceDay,
    arriveMs,
    firstArriveMs,
    isTransfer: firstArriveMs < arriveMs && !isReturn,
    isReturn,
    className: row.className,
    counter: row.counter,
    callMs: hasGivenUp ? null : callMs,
    leaveMs: (hasGivenUp || callMs === null) && isWithin(lastMs, arriveMs) ? lastMs : null,
    startMs: row.startMs ?? callMs,
    endMs: row.endMs,
  };
}

export function listPools(rows: readonly LogRow[]): string[] {
  return [...new Set(rows.map(({ pool }) => pool))].sort();
}

/** The moments of a pool by service day, in order. Rows of other pools only tell which visits are transfers. */
export function readDays(rows: readonly LogRow[], pool: string, timeZone: string): Map<string, Moment[]> {
  const zone = getZone(timeZone);
  const dayOf = (ms: number): string => serviceDayOf(zone, dayStart, ms);
  const firsts = new Map<string, number>();
  const firstsHere = new Map<string, number>();
  for (const { ticket, arriveMs, pool: where } of rows) {
    if (arriveMs === null) continue;
    const key = `${dayOf(arriveMs)} ${ticket}`;
    firsts.set(key, Math.min(firsts.get(key) ?? Infinity, arriveMs));
    if (where === pool) firstsHere.set(key, Math.min(firstsHere.get(key) ?? Infinity, arriveMs));
  }
  const days = new Map<string, Moment[]>();
  for (const row of rows) {
    const atMs = row.arriveMs ?? row.callMs ?? row.startMs;
    if (row.pool !== pool || atMs === null) continue;
    const serviceDay = dayOf(atMs);
    const key = `${serviceDay} ${row.ticket}`;
    const moments = days.get(serviceDay) ?? [];
    days.set(serviceDay, moments);
    addMoments(moments, row, toVisit(row, serviceDay, firsts.get(key) ?? atMs, (firstsHere.get(key) ?? atMs) < atMs));
  }
  for (const moments of days.values()) moments.sort(compareMoments);
  return new Map([...days].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function addMoments(moments: Moment[], row: LogRow, visit: Visit): void {
  const calledMs = row.callMs ?? row.startMs;
  if (calledMs !== null && (row.arriveMs === null || calledMs < row.arriveMs - clockSlackMs)) {
    // Called without having been in line, as far as the log knows: somebody's time, but no departure.
    moments.push({ kind: 'bypass', atMs: calledMs, visit });
    return;
  }
  moments.push({ kind: 'arrive', atMs: visit.arriveMs, visit });
  if (visit.callMs !== null) moments.push({ kind: 'call', atMs: visit.callMs, visit });
  if (visit.leaveMs !== null) moments.push({ kind: 'leave', atMs: visit.leaveMs, visit });
}

/** Of one instant: those who leave, then those who come, then those who came and were called at once. */
function rankOf({ kind, atMs, visit }: Moment): number {
  if (kind === 'arrive') return 1;
  return visit.arriveMs < atMs ? 0 : 2;
}

function compareMoments(one: Moment, other: Moment): number {
  return one.atMs - other.atMs || rankOf(one) - rankOf(other) || (one.visit.id < other.visit.id ? -1 : 1);
}
