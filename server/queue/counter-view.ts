/** What the console of a counter shows, from the floor as it is now. */
import { recallFromMs, undoMs } from '@frontdesk/domain/queue/decide-call';
import { autoNoShowAtMs } from '@frontdesk/domain/queue/decide-location';
import type { Situation } from '@frontdesk/domain/queue/decision';
import { findCounter, type FloorTicket } from '@frontdesk/domain/queue/floor';
import { orderLine, type LineEntry } from '@frontdesk/domain/queue/select';
import type { ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { presentCounter, presentReason, presentStaffTicket, toInstant } from './queue.presenter.js';
import type { Counter, Person, QueueHandle } from './queue.types.js';
import type { Receipts } from './receipts.js';

const minuteMs = 60_000;
const previewLength = 3;
const lineLength = 200;
const listLength = 100;
/** A service that takes this many times the usual is asked about (QC-14). */
const longFactor = 3;

export interface CounterViewDeps {
  readonly receipts: Receipts;
  findPersons(queue: QueueHandle, ids: readonly TicketId[]): Promise<Map<TicketId, Person>>;
}

type Current = NonNullable<CounterView['current']>;
type WaitingRow = CounterView['waiting'][number];

function presentCurrent(
  situation: Situation,
  ticket: FloorTicket,
  person: Person | null,
  receipt: Current['receipt'],
): Current {
  const { setup, nowMs } = situation;
  const calledAtMs = ticket.calledAtMs ?? nowMs;
  const isCalled = ticket.state === 'called';
  const typicalMs = (setup.services.get(ticket.serviceId)?.typicalMinutes ?? 0) * minuteMs;
  const reason = ticket.callReason ?? { rule: 'longest-wait', classKey: null, waitedMs: 0, note: null };
  return {
    ticket: presentStaffTicket(ticket, person),
    reason: presentReason(reason),
    receipt,
    undoUntil: isCalled ? toInstant(calledAtMs + undoMs) : null,
    noShowFrom: isCalled ? toInstant(calledAtMs + setup.policy.noShow.minCallSeconds * 1_000) : null,
    autoNoShowAt: toInstant(autoNoShowAtMs(situation, ticket)),
    recallFrom: isCalled ? toInstant(recallFromMs(ticket)) : null,
    isLong: ticket.startedAtMs !== null && nowMs - ticket.startedAtMs > longFactor * typicalMs,
  };
}

function presentWaiting(
  { setup, nowMs }: Situation,
  line: readonly LineEntry[],
  ids: ReadonlySet<ServiceId>,
): WaitingRow[] {
  return [...ids].map((serviceId) => {
    const waits = line
      .filter(({ ticket }) => ticket.serviceId === serviceId)
      .map(({ ticket }) => Math.max(0, nowMs - ticket.queuedAtMs));
    const targetMs = (setup.services.get(serviceId)?.targetWaitMinutes ?? 0) * minuteMs;
    return {
      serviceId,
      count: waits.length,
      longestSeconds: Math.round(Math.max(0, ...waits) / 1_000),
      breaches: waits.filter((waitMs) => waitMs > targetMs).length,
    };
  });
}

export function createCounterViews({ receipts, findPersons }: CounterViewDeps) {
  return async function build(queue: QueueHandle, counter: Counter, situation: Situation): Promise<CounterView> {
    const { floor, setup, nowMs } = situation;
    const live = findCounter(floor, counter.id);
    const serviceIds = new Set(counter.serviceIds);
    const query = { serviceIds, nowMs, counterId: counter.id };
    const line = orderLine(floor, setup, { ...query, includesAbsent: true });
    const next = orderLine(floor, setup, { ...query, includesAbsent: false }).slice(0, previewLength);
    const current = live.ticketId === null ? undefined : floor.tickets.get(live.ticketId);
    const tickets = [...floor.tickets.values()];
    const rev = floor.rev;
    const withState = (state: FloorTicket['state']) =>
      tickets
        .filter((ticket) => ticket.state === state && serviceIds.has(ticket.serviceId))
        .slice(-listLength)
        .map((ticket) => presentStaffTicket(ticket, null));
    const view: Omit<CounterView, 'current'> = {
      rev,
      serverTime: new Date(nowMs).toISOString(),
      timeZone: floor.timeZone,
      counter: presentCounter(counter, floor),
      next: next.map(({ ticket, reason }) => ({
        ticket: presentStaffTicket(ticket, null),
        reason: presentReason(reason),
      })),
      waiting: presentWaiting(situation, line, serviceIds),
      line: line.slice(0, lineLength).map(({ ticket }) => presentStaffTicket(ticket, null)),
      held: withState('held'),
      noShows: withState('no-show'),
      printFailures: tickets
        .filter((ticket) => ticket.print === 'failed' && ticket.state === 'waiting')
        .slice(-50)
        .map((ticket) => presentStaffTicket(ticket, null)),
      isFinishing: counter.serviceIds.length > 0 && counter.serviceIds.every((id) => floor.finishing.has(id)),
    };
    // Whatever is read of the floor is read before anything is awaited: it may move on meanwhile.
    const shown = current && presentCurrent(situation, current, null, receipts.read(queue, current, counter));
    if (!shown || !current) return { ...view, current: null };
    const person = (await findPersons(queue, [current.id])).get(current.id) ?? null;
    return { ...view, current: { ...shown, ticket: presentStaffTicket(current, person) } };
  };
}

/** For whoever may watch a counter and not serve at it: nobody's name, phone or note (QC-10). */
export function hidePerson(view: CounterView): CounterView {
  const { current } = view;
  return current ? { ...view, current: { ...current, ticket: { ...current.ticket, person: null } } } : view;
}

export type CounterViews = ReturnType<typeof createCounterViews>;
