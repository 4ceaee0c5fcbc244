/** Places in line and what may honestly be said about the wait. */
import type { Decision, Situation } from '@frontdesk/domain/queue/decision';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import { orderLine, servicesOfPool } from '@frontdesk/domain/queue/select';
import type { ServiceId } from '@frontdesk/protocol/ids';
import type { Place } from '@frontdesk/protocol/queue-tickets';
import type { QueueHandle } from './queue.types.js';

export interface Places {
  placeOf(queue: QueueHandle, situation: Situation, ticket: FloorTicket): Place;
  /** What somebody who joined now would be told. */
  estimateFor(queue: QueueHandle, situation: Situation, serviceId: ServiceId): Place['estimate'];
  /** The wait of somebody who joined now would end after closing (QK-13). */
  warnsOfClosing(queue: QueueHandle, situation: Situation, serviceId: ServiceId): boolean;
  /** The refusal where the policy refuses such tickets. */
  refuseLate(queue: QueueHandle, situation: Situation, serviceId: ServiceId): Decision | undefined;
}

export function createPlaces(): Places {
  return {
    placeOf(_queue, { floor, setup, nowMs }, ticket) {
      const pool = setup.services.get(ticket.serviceId)?.pool ?? '';
      const serviceIds = servicesOfPool(setup, pool);
      const line = orderLine(floor, setup, { serviceIds, nowMs, counterId: null, includesAbsent: true });
      const ahead = line.findIndex((entry) => entry.ticket.id === ticket.id);
      return { ahead: Math.max(0, ahead), orderRev: floor.rev, estimate: { kind: 'position-only' } };
    },
    estimateFor: () => ({ kind: 'position-only' }),
    warnsOfClosing: () => false,
    refuseLate: () => undefined,
  };
}
