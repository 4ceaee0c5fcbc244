/**
 * A service day that is played through the product's own cores: tickets are issued, `decideCallNext` calls them, the floor folds the
 * events. Who listens gets each event with the floor right after it, as the server would pass them on.
 */
import { createFloor } from '@frontdesk/domain/queue/apply-event';
import { decideCallNext } from '@frontdesk/domain/queue/decide-call';
import type { QueueActor, QueueChange, QueueEvent } from '@frontdesk/domain/queue/events';
import type { Floor } from '@frontdesk/domain/queue/floor';
import type { QueuePolicy, QueueSetup } from '@frontdesk/domain/queue/setup';
import type { CounterId, MembershipId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import { createSetup } from './order.js';

export interface SimulatedArrival {
  readonly atMs: number;
  readonly serviceMs: number;
  readonly classKey: string | null;
}

/** When a counter opens and closes; its last service is finished. */
export interface SimulatedCounter {
  readonly opensMs: number;
  readonly closesMs: number;
}

export interface Scenario {
  readonly serviceDay: string;
  readonly setup: QueueSetup;
  readonly arrivals: readonly SimulatedArrival[];
  readonly counters: readonly SimulatedCounter[];
}

export type Listener = (event: QueueEvent, floor: Floor) => void;

const actor: QueueActor = { kind: 'system', id: 'simulator', name: 'simulator' };
const serviceId = 'pool' as ServiceId;
const counterIdOf = (at: number): CounterId => `counter-${at}` as CounterId;

/** One pool that all counters serve, around the clock. */
export function createSimulatedSetup(
  counters: number,
  typicalMinutes: number,
  policy: Partial<QueuePolicy> = {},
): QueueSetup {
  const base = createSetup([]);
  const [service] = base.services.values();
  const ids = Array.from({ length: counters }, (_, at) => counterIdOf(at));
  return {
    ...base,
    services: new Map(service ? [[service.id, { ...service, typicalMinutes }]] : []),
    counters: new Map(ids.map((id) => [id, { id, serviceIds: [serviceId], isArchived: false }])),
    policy: { ...base.policy, ...policy },
  };
}

function issue(at: number, { atMs, classKey }: SimulatedArrival): QueueChange {
  return {
    type: 'ticket-issued',
    ticketId: ticketIdOf(at),
    serviceId,
    prefix: 'A',
    number: at,
    label: `A${at}`,
    source: 'kiosk',
    presence: 'onsite',
    classKey,
    isClassConfirmed: true,
    language: 'en',
    queuedAtMs: atMs,
    bookedForMs: null,
    isOffline: false,
  };
}

export const ticketIdOf = (at: number): TicketId => `ticket-${at}` as TicketId;

/** Plays until everybody is served or the last counter has closed, and returns the floor at the end. */
export function simulateDay({ serviceDay, setup, arrivals, counters }: Scenario, listen: Listener = () => {}): Floor {
  const floor = createFloor();
  let rev = 0;
  const apply = (atMs: number, ...changes: readonly QueueChange[]): void => {
    const event = { rev: (rev += 1), atMs, actor, changes };
    floor.apply(event);
    listen(event, floor);
  };
  const carried = { tickets: [], counters: [], callSequence: 0, closures: [], notice: null };
  apply(arrivals[0]?.atMs ?? 0, { type: 'day-began', serviceDay, timeZone: setup.timeZone, carried });

  const agenda: { atMs: number; run: (atMs: number) => void }[] = [];
  const plan = (atMs: number, run: (atMs: number) => void): void => {
    const at = agenda.findIndex((entry) => entry.atMs > atMs);
    agenda.splice(at < 0 ? agenda.length : at, 0, { atMs, run });
  };
  const serviceOf = (id: TicketId): number => arrivals[Number(id.slice('ticket-'.length))]?.serviceMs ?? 0;
  const callNext = (nowMs: number): void => {
    for (const counterId of setup.counters.keys()) {
      const decision = decideCallNext({ floor, setup, nowMs }, counterId);
      const call = decision.ok ? decision.changes.find(({ type }) => type === 'ticket-called') : undefined;
      if (call?.type !== 'ticket-called') continue;
      const { ticketId } = call;
      apply(nowMs, call, { type: 'ticket-started', ticketId, isAutomatic: false });
      plan(nowMs + serviceOf(ticketId), (atMs) => {
        apply(atMs, { type: 'ticket-completed', ticketId, outcome: null });
        callNext(atMs);
      });
    }
  };
  for (const [at, { opensMs, closesMs }] of counters.entries()) {
    const counterId = counterIdOf(at);
    plan(opensMs, (atMs) => {
      apply(atMs, { type: 'counter-opened', counterId, memberId: 'member' as MembershipId, memberName: '' });
      callNext(atMs);
    });
    if (Number.isFinite(closesMs)) plan(closesMs, (atMs) => apply(atMs, { type: 'counter-closed', counterId }));
  }
  let next = 0;
  for (;;) {
    const arrival = arrivals[next];
    const [planned] = agenda;
    if (arrival && arrival.atMs <= (planned?.atMs ?? Infinity)) {
      apply(arrival.atMs, issue(next, arrival));
      next += 1;
      callNext(arrival.atMs);
    } else if (planned) {
      agenda.shift();
      planned.run(planned.atMs);
    } else return floor;
  }
}
