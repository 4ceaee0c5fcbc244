/** What a simulated place would have been promised, with its own history growing day by day: cores in, waits and promises out. */
import { buildParameters } from '@frontdesk/domain/queue/estimate-parameters';
import { estimateWait, expectWait } from '@frontdesk/domain/queue/estimate';
import { createPoolHistory, type PoolDay } from '@frontdesk/domain/queue/history';
import { createPoolPulse, type PoolPulse } from '@frontdesk/domain/queue/pulse-pool';
import { orderLine, servicesOfPool } from '@frontdesk/domain/queue/select';
import { addDays } from '@frontdesk/domain/hours/zone';
import type { EstimateParameters } from '@frontdesk/protocol/queue-tickets';
import type { QueueEvent } from '@frontdesk/domain/queue/events';
import type { QueueSetup } from '@frontdesk/domain/queue/setup';
import type { Floor } from '@frontdesk/domain/queue/floor';
import type { TicketId } from '@frontdesk/protocol/ids';
import { simulateDay, type SimulatedArrival, type SimulatedCounter } from './simulator.js';

export const simulatedPool = 'pool';
const firstDay = '2026-01-05';

export interface SimulatedDay {
  readonly arrivals: readonly SimulatedArrival[];
  readonly counters: readonly SimulatedCounter[];
}

/** Seconds. `order` counts the customers of the day. */
export interface Promised {
  readonly day: number;
  readonly order: number;
  readonly atMs: number;
  readonly ahead: number;
  readonly expected: number;
  readonly p50: number;
  readonly p80: number;
  actual: number | null;
}

export interface Observer {
  /** After each event, with what the phones would be sent. */
  (event: QueueEvent, parameters: EstimateParameters): void;
}

/** `play` gets the start of each day. */
export function promiseDays(
  days: number,
  setup: QueueSetup,
  play: (startMs: number, day: number) => SimulatedDay,
  observe?: Observer,
): Promised[] {
  const history: PoolDay[] = [];
  const all: Promised[] = [];
  for (let day = 0; day < days; day += 1) {
    const serviceDay = addDays(firstDay, day);
    const pulse = createPoolPulse(setup, simulatedPool, serviceDay, createPoolHistory(history, serviceDay));
    const promised = new Map<TicketId, Promised>();
    const plan = play(Date.parse(`${serviceDay}T00:00:00Z`), day);
    simulateDay({ serviceDay, setup, ...plan }, (event, floor) => {
      pulse.observe(event, floor);
      if (observe) observe(event, buildParameters(pulse, floor, setup, event.atMs));
      for (const change of event.changes) {
        if (change.type === 'ticket-issued') {
          promised.set(change.ticketId, promise(change.ticketId, pulse, floor, setup, event.atMs, day, promised.size));
        }
        if (change.type !== 'ticket-called') continue;
        const kept = promised.get(change.ticketId);
        if (kept) kept.actual = (event.atMs - kept.atMs) / 1_000;
      }
    });
    history.push(pulse.summarize());
    for (const one of promised.values()) all.push(one);
  }
  return all;
}

function promise(
  id: TicketId,
  pulse: PoolPulse,
  floor: Floor,
  setup: QueueSetup,
  nowMs: number,
  day: number,
  order: number,
): Promised {
  const serviceIds = servicesOfPool(setup, simulatedPool);
  const line = orderLine(floor, setup, { serviceIds, nowMs, counterId: null, includesAbsent: true });
  const ahead = line.findIndex(({ ticket }) => ticket.id === id);
  const parameters = buildParameters(pulse, floor, setup, nowMs);
  const range = estimateWait(parameters, ahead);
  return {
    day,
    order,
    atMs: nowMs,
    ahead,
    expected: expectWait(parameters, ahead) ?? 0,
    p50: range?.p50Seconds ?? 0,
    p80: range?.p80Seconds ?? 0,
    actual: null,
  };
}
