/** Counts a log again the long way: every ticket by itself, from the raw events, without floors and days. */
import type { QueueChange, QueueEvent } from '@frontdesk/domain/queue/events';
import type { QueueSetup } from '@frontdesk/domain/queue/setup';
import type { QueueFigures } from '@frontdesk/protocol/queue-reports';

export interface RawVisit {
  readonly source: string;
  readonly serviceId: string;
  readonly isFirst: boolean;
  isLast: boolean;
  state: string;
  queuedAtMs: number;
  calledAtMs: number | null;
  startedAtMs: number | null;
  endedAtMs: number | null;
  memberId: string | null;
  /** Whose the wait is, once a day ended on which it was settled; a later call cannot take it away. */
  waitMemberId: string | null;
  /** Of a call that can still be taken back: what was before. */
  undo: Pick<RawVisit, 'calledAtMs' | 'startedAtMs' | 'memberId' | 'state'> | null;
  lastCallMs: number;
  bookedForMs: number | null;
}

type TicketChange = Extract<QueueChange, { readonly ticketId: unknown }>;

const endings: Readonly<Record<string, string>> = {
  'ticket-completed': 'completed',
  'ticket-cancelled': 'cancelled',
  'ticket-missed': 'no-show',
};

function change(visits: RawVisit[], it: TicketChange, atMs: number, seats: ReadonlyMap<string, string | null>): void {
  const visit = visits.at(-1);
  if (it.type === 'ticket-issued') {
    const { source, serviceId, queuedAtMs, bookedForMs } = it;
    visits.push(open({ source, serviceId, queuedAtMs, bookedForMs, isFirst: true }));
    return;
  }
  if (!visit) throw new Error('a ticket before its issue');
  switch (it.type) {
    case 'ticket-checked-in':
      if (visit.state !== 'booked') return;
      visit.queuedAtMs = it.isLate ? atMs : Math.max(visit.bookedForMs ?? 0, atMs);
      visit.state = 'waiting';
      return;
    case 'ticket-called': {
      const { calledAtMs, startedAtMs, memberId, state } = visit;
      visit.undo = { calledAtMs, startedAtMs, memberId, state };
      visit.calledAtMs ??= atMs;
      visit.lastCallMs = atMs;
      visit.memberId = seats.get(it.counterId) ?? null;
      visit.state = 'called';
      return;
    }
    case 'call-undone':
      Object.assign(visit, visit.undo);
      visit.undo = null;
      return;
    case 'ticket-started':
      visit.startedAtMs ??= it.isAutomatic ? visit.lastCallMs : atMs;
      visit.state = 'serving';
      visit.undo = null;
      return;
    case 'ticket-transferred':
      visit.endedAtMs = atMs;
      visit.isLast = false;
      visit.undo = null;
      visits.push(
        open({ source: visit.source, serviceId: it.serviceId, queuedAtMs: atMs, bookedForMs: null, isFirst: false }),
      );
      return;
    case 'ticket-returned':
      visit.state = 'waiting';
      return;
    case 'ticket-held':
      visit.state = 'held';
      return;
    default:
      if (!(it.type in endings)) return;
      visit.state = endings[it.type] ?? visit.state;
      visit.undo = null;
      if (it.type !== 'ticket-missed') visit.endedAtMs = atMs;
  }
}

function open(visit: Pick<RawVisit, 'source' | 'serviceId' | 'queuedAtMs' | 'bookedForMs' | 'isFirst'>): RawVisit {
  return {
    ...visit,
    isLast: true,
    state: visit.bookedForMs === null ? 'waiting' : 'booked',
    calledAtMs: null,
    startedAtMs: null,
    endedAtMs: null,
    memberId: null,
    waitMemberId: null,
    undo: null,
    lastCallMs: 0,
  };
}

function spread(values: readonly number[]): QueueFigures['wait'] {
  if (values.length === 0) return { mean: null, median: null, p90: null };
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { mean: Math.round(sorted.reduce((a, b) => a + b, 0) / sorted.length), median: rank(0.5), p90: rank(0.9) };
}

const seconds = (from: number, to: number): number => Math.max(0, Math.round((to - from) / 1_000));

function waitOf({ queuedAtMs, calledAtMs, undo }: RawVisit): number | null {
  const isOpen = undo !== null && undo.calledAtMs === null;
  return calledAtMs === null || isOpen || calledAtMs === queuedAtMs ? null : seconds(queuedAtMs, calledAtMs);
}

/** `waits` are the visits whose wait counts here: those of a member may be others than the ones that the member ended. */
function summarize(visits: readonly RawVisit[], waits: readonly RawVisit[], setup: QueueSetup): QueueFigures {
  const served = visits.filter(
    ({ startedAtMs, endedAtMs, isLast, state }) =>
      startedAtMs !== null && endedAtMs !== null && (!isLast || state === 'completed'),
  );
  const queued = served.filter((visit) => waitOf(visit) !== null);
  const targetOf = ({ serviceId }: RawVisit) =>
    60 * ([...setup.services.values()].find(({ id }) => id === serviceId)?.targetWaitMinutes ?? 0);
  const last = visits.filter(({ isLast }) => isLast);
  return {
    issued: visits.filter(({ isFirst }) => isFirst).length,
    served: served.length,
    noShows: last.filter(({ state }) => state === 'no-show').length,
    cancelled: last.filter(({ state }) => state === 'cancelled').length,
    transfers: visits.filter(({ isLast }) => !isLast).length,
    wait: spread(waits.map(waitOf).filter((wait) => wait !== null)),
    service: spread(served.map(({ startedAtMs, endedAtMs }) => seconds(startedAtMs ?? 0, endedAtMs ?? 0))),
    onTarget:
      queued.length === 0
        ? null
        : queued.filter((visit) => (waitOf(visit) ?? 0) <= targetOf(visit)).length / queued.length,
  };
}

function settleWaits(visits: readonly RawVisit[]): void {
  for (const visit of visits) if (waitOf(visit) !== null) visit.waitMemberId ??= visit.memberId;
}

/** The total, and the same of a part of the visits. */
export function recount(
  log: readonly QueueEvent[],
  setup: QueueSetup,
): { readonly total: QueueFigures; of(holds: (visit: RawVisit) => boolean): QueueFigures } {
  const tickets = new Map<string, RawVisit[]>();
  const seats = new Map<string, string | null>();
  for (const { changes, atMs } of log) {
    for (const it of changes) {
      if (it.type === 'day-began') settleWaits([...tickets.values()].flat());
      if (it.type === 'counter-opened') seats.set(it.counterId, it.memberId);
      if (it.type === 'counter-closed') seats.set(it.counterId, null);
      if (!('ticketId' in it)) continue;
      const visits = tickets.get(it.ticketId) ?? [];
      tickets.set(it.ticketId, visits);
      change(visits, it, atMs, seats);
    }
  }
  const visits = [...tickets.values()].flat();
  const holdsWait = (visit: RawVisit): RawVisit => ({ ...visit, memberId: visit.waitMemberId ?? visit.memberId });
  return {
    total: summarize(visits, visits, setup),
    of: (holds) =>
      summarize(
        visits.filter(holds),
        visits.filter((visit) => holds(holdsWait(visit))),
        setup,
      ),
  };
}
