/**
 * Whom a place of old logs called next. The replay orders the line with the product's own `orderLine`; what the owner would have
 * set up (which classes go ahead, where transfers join) is learned from the days before: the rules under which the calls of those
 * days passed the fewest.
 */
import { orderLine, type LineQuery } from '@frontdesk/domain/queue/select';
import type { QueueActor, QueueChange } from '@frontdesk/domain/queue/events';
import type { PriorityClass, QueueSetup } from '@frontdesk/domain/queue/setup';
import type { ServiceId, TicketId } from '@frontdesk/protocol/ids';
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import type { Visit } from './visits.js';

const serviceId = 'pool' as ServiceId;
const actor: QueueActor = { kind: 'system', id: 'replay', name: 'replay' };
const poolOnly: ReadonlySet<ServiceId> = new Set([serviceId]);

/** Where a transfer joins: behind everybody, where its first arrival of the day puts it, or in front. */
export type TransferPlace = 'back' | 'sorted' | 'front';

export interface OrderRules {
  /** Of those who come from another pool, and of those whom this pool sees again. */
  readonly transfers: TransferPlace;
  readonly returns: TransferPlace;
  readonly classes: readonly PriorityClass[];
}

/** Who waited at a call of a past day, and who was called. */
export interface CallSnapshot {
  readonly calledId: string;
  readonly atMs: number;
  readonly line: readonly Visit[];
}

const fifo: OrderRules = { transfers: 'back', returns: 'back', classes: [] };

export function createClass(
  key: string,
  kind: PriorityClass['kind'],
  rate: number,
  headStartMinutes: number,
): PriorityClass {
  return {
    key,
    names: { en: key },
    kind,
    rate,
    headStartMinutes,
    maxConsecutive: null,
    declaration: null,
    quota: null,
  };
}

/** Rules a class may follow, from none to the strictest. */
const classVariants: readonly ((key: string) => PriorityClass)[] = [
  ...[1.5, 5, 15, 45].map((minutes) => (key: string) => createClass(key, 'soft', 1, minutes)),
  (key) => createClass(key, 'soft', 2, 0),
  (key) => createClass(key, 'statutory', 1, 0),
];

/** Logs that say it in words need no learning. */
export const statedRules: OrderRules = {
  transfers: 'back',
  returns: 'back',
  classes: [createClass('statutory', 'statutory', 1, 0), createClass('soft', 'soft', 2, 0)],
};

export function createSetup(classes: readonly PriorityClass[]): QueueSetup {
  const service = {
    id: serviceId,
    series: { prefix: 'A', width: 3, first: 1, last: 999 },
    pool: 'pool',
    typicalMinutes: 5,
    targetWaitMinutes: 15,
    capPerDay: null,
    maxWaiting: null,
    stopAt: null,
    isArchived: false,
  };
  return {
    services: new Map([[serviceId, service]]),
    counters: new Map(),
    policy: {
      classes: [...classes],
      appointment: { leadMinutes: 0, earlyMinutes: 0, lateMinutes: 0 },
      maxWaitMinutes: null,
      isPinnedFirst: false,
      noShow: { minCallSeconds: 30, autoAfterSeconds: null, penaltyPlaces: 3, maxReturns: 2 },
      autoStartSeconds: null,
      stopRule: 'off',
      graceMinutes: 0,
      retentionHours: 2,
      isHitRatePublic: false,
      announcementLanguages: [],
    },
    hours: { weekly: [[], [], [], [], [], [], []], specialDays: [], holidays: [] },
    timeZone: 'UTC',
    dayStart: '00:00',
  };
}

/** The visit as the floor would have come to know it. */
function describeJoin(visit: Visit, number: number, rules: OrderRules): QueueChange[] {
  const ticketId = visit.id as TicketId;
  const place = visit.isReturn ? rules.returns : visit.isTransfer ? rules.transfers : 'back';
  const issued: QueueChange = {
    type: 'ticket-issued',
    ticketId,
    serviceId,
    prefix: '',
    number,
    label: visit.ticket,
    source: 'kiosk',
    presence: 'onsite',
    classKey: visit.className === '' ? null : visit.className,
    isClassConfirmed: true,
    language: 'en',
    queuedAtMs: place === 'sorted' ? visit.firstArriveMs : visit.arriveMs,
    bookedForMs: null,
    isOffline: false,
  };
  if (place !== 'front') return [issued];
  return [issued, { type: 'ticket-transferred', ticketId, serviceId, mode: 'front', toCounterId: null }];
}

/** A line of a replayed day, ordered by `orderLine`. */
export interface ReplayLine {
  readonly visits: ReadonlyMap<string, Visit>;
  add(visit: Visit): void;
  delete(id: string): boolean;
  /** Ids in the order of calling again and again. */
  order(nowMs: number): string[];
}

export function createLine(rules: OrderRules): ReplayLine {
  const visits = new Map<string, Visit>();
  const floor = createFloor();
  const setup = createSetup(rules.classes);
  const apply = (atMs: number, changes: readonly QueueChange[]): void =>
    floor.apply({ rev: floor.rev + 1, atMs, actor, changes });
  return {
    visits,
    add(visit) {
      visits.set(visit.id, visit);
      apply(visit.arriveMs, describeJoin(visit, visits.size, rules));
    },
    delete(id) {
      apply(0, [{ type: 'ticket-cancelled', ticketId: id as TicketId, reason: null }]);
      return visits.delete(id);
    },
    order(nowMs) {
      const query: LineQuery = { serviceIds: poolOnly, nowMs, counterId: null, includesAbsent: true };
      return orderLine(floor, setup, query).map(({ ticket }) => ticket.id);
    },
  };
}

/** People that the calls passed over, had these been the rules. */
function countPassed(rules: OrderRules, calls: readonly CallSnapshot[]): number {
  let passed = 0;
  for (const { calledId, atMs, line } of calls) {
    const replayed = createLine(rules);
    for (const visit of line) replayed.add(visit);
    passed += replayed.order(atMs).indexOf(calledId);
  }
  return passed;
}

/** A rule must explain this share of what the simpler one left unexplained. */
const worthwhile = 0.95;
const leastCalls = 20;
const leastOfClass = 8;
const mostCalls = 300;

export function learnRules(past: readonly CallSnapshot[]): OrderRules {
  const calls = past.filter(({ line }) => line.length > 1).slice(-mostCalls);
  if (calls.length < leastCalls) return statedRules;
  let best = fifo;
  let fewest = countPassed(best, calls);
  const consider = (rules: OrderRules): void => {
    const passed = countPassed(rules, calls);
    if (passed >= fewest * worthwhile) return;
    best = rules;
    fewest = passed;
  };
  const seen = (is: 'isTransfer' | 'isReturn'): boolean => calls.some(({ line }) => line.some((visit) => visit[is]));
  for (const place of ['sorted', 'front'] as const) {
    if (seen('isTransfer')) consider({ ...best, transfers: place });
    if (seen('isReturn')) consider({ ...best, returns: place });
  }
  for (const key of listClasses(calls)) {
    const others = best.classes;
    for (const create of classVariants) consider({ ...best, classes: [...others, create(key)] });
  }
  return best;
}

/** Classes that are seen often enough, the rarest first; the most frequent one is everybody else. */
function listClasses(calls: readonly CallSnapshot[]): string[] {
  const counts = new Map<string, number>();
  for (const { calledId, line } of calls) {
    const key = line.find(({ id }) => id === calledId)?.className ?? '';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => one - other)
    .slice(0, -1)
    .filter(([key, count]) => key !== '' && count >= leastOfClass)
    .map(([key]) => key);
}
