/** Places in line and what may honestly be said about the wait. */
import { readAvailability } from '@frontdesk/domain/queue/availability';
import { refuse, type Decision, type Situation } from '@frontdesk/domain/queue/decision';
import { estimatePlace, estimateWait } from '@frontdesk/domain/queue/estimate';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import { orderLine, servicesOfPool } from '@frontdesk/domain/queue/select';
import { checkStopRule } from '@frontdesk/domain/queue/stop-rule';
import type { ServiceId } from '@frontdesk/protocol/ids';
import type { Place } from '@frontdesk/protocol/queue-tickets';
import type { Promises } from './holder.promises.js';
import type { Keeper, PoolLines } from './pool-lines.js';
import type { QueueHandle } from './queue.types.js';

const minuteMs = 60_000;

export interface Places {
  /** Makes what follows exact; before it there is a place, but no estimate. */
  load(queue: QueueHandle): Promise<void>;
  placeOf(queue: QueueHandle, situation: Situation, ticket: FloorTicket): Place;
  /** What somebody who joined now would be told. */
  estimateFor(queue: QueueHandle, situation: Situation, serviceId: ServiceId): Place['estimate'];
  /** The wait of somebody who joined now would end after closing (QK-13). */
  warnsOfClosing(queue: QueueHandle, situation: Situation, serviceId: ServiceId): boolean;
  /** The refusal where the policy refuses such tickets. */
  refuseLate(queue: QueueHandle, situation: Situation, serviceId: ServiceId): Decision | undefined;
}

/** From the floor alone, for the moment in which nobody follows this queue yet. */
function countAhead({ floor, setup, nowMs }: Situation, ticket: FloorTicket): number {
  const serviceIds = servicesOfPool(setup, setup.services.get(ticket.serviceId)?.pool ?? '');
  const line = orderLine(floor, setup, { serviceIds, nowMs, counterId: null, includesAbsent: true });
  return Math.max(
    0,
    line.findIndex((entry) => entry.ticket.id === ticket.id),
  );
}

export function createPlaces({ lines, promises }: { readonly lines: PoolLines; readonly promises: Promises }): Places {
  /** When eight of ten who joined now would be through; null while nobody knows. */
  function expectFinish(keeper: Keeper, serviceId: ServiceId, nowMs: number): number | null {
    const pool = keeper.poolOf(serviceId);
    const parameters = keeper.parameters(pool);
    const wait = parameters.hasEnoughHistory ? estimateWait(parameters, keeper.readLine(pool).length) : null;
    if (wait === null) return null;
    const typicalMinutes = keeper.setup.services.get(serviceId)?.typicalMinutes ?? 0;
    return nowMs + wait.p80Seconds * 1_000 + typicalMinutes * minuteMs;
  }

  function ruleFor(queue: QueueHandle, situation: Situation, serviceId: ServiceId): 'take' | 'warn' | 'refuse' {
    const keeper = lines.peek(queue);
    const { floor, setup, nowMs } = situation;
    if (!keeper || setup.policy.stopRule === 'off') return 'take';
    const availability = readAvailability(floor, setup, serviceId, nowMs);
    if (availability.kind === 'closed') return 'take';
    return checkStopRule(setup.policy, expectFinish(keeper, serviceId, nowMs), availability.closesAtMs);
  }

  return {
    async load(queue) {
      await lines.load(queue);
    },
    placeOf(queue, situation, ticket) {
      const keeper = lines.peek(queue);
      if (!keeper) {
        return { ahead: countAhead(situation, ticket), orderRev: 0, estimate: { kind: 'position-only' } };
      }
      const pool = keeper.poolOf(ticket.serviceId);
      const line = keeper.readLine(pool);
      const at = line.indexOf(ticket.id);
      const ahead = at < 0 ? line.length : at;
      const parameters = keeper.parameters(pool);
      const estimate = estimatePlace(parameters, ahead);
      return {
        ahead,
        orderRev: keeper.published(pool)?.order.orderRev ?? 0,
        estimate: promises.show(queue, ticket.id, { ahead, estimate }, parameters.reason),
      };
    },
    estimateFor(queue, _situation, serviceId) {
      const keeper = lines.peek(queue);
      if (!keeper) return { kind: 'position-only' };
      const pool = keeper.poolOf(serviceId);
      return estimatePlace(keeper.parameters(pool), keeper.readLine(pool).length);
    },
    warnsOfClosing: (queue, situation, serviceId) => ruleFor(queue, situation, serviceId) === 'warn',
    refuseLate: (queue, situation, serviceId) =>
      ruleFor(queue, situation, serviceId) === 'refuse'
        ? refuse('QUEUE_CLOSED', 'Nobody who comes now would be served before closing.', {
            current: { reason: 'after-stop' },
          })
        : undefined,
  };
}
