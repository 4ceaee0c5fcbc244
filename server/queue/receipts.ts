/**
 * Which displays said that they show a call (QC-12). Kept in memory only: a receipt says something about now, and a display says it
 * again when it comes back.
 */
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import type { DeviceId } from '@frontdesk/protocol/ids';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { queueKey } from './queue-key.js';
import type { Counter, DevicePort, QueueHandle, ShownBy } from './queue.types.js';

type Receipt = NonNullable<CounterView['current']>['receipt'];

const maxCalls = 200;

export interface Receipts {
  /** Answers whether the receipt is new. */
  note(queue: QueueHandle, callSequence: number, deviceId: DeviceId): boolean;
  read(queue: QueueHandle, ticket: FloorTicket, counter: Counter): Receipt;
}

/** A display that shows other services or other counters is not waited for. */
function concerns(display: ShownBy, ticket: FloorTicket, counter: Counter): boolean {
  const hasService = display.serviceIds.length === 0 || display.serviceIds.includes(ticket.serviceId);
  return hasService && (display.counterGroups.length === 0 || display.counterGroups.includes(counter.group));
}

export function createReceipts(devices: Pick<DevicePort, 'listDisplays'>): Receipts {
  const queues = new Map<string, Map<number, Set<DeviceId>>>();
  return {
    note(queue, callSequence, deviceId) {
      const key = queueKey(queue);
      const calls = queues.get(key) ?? new Map<number, Set<DeviceId>>();
      queues.set(key, calls);
      const shown = calls.get(callSequence) ?? new Set<DeviceId>();
      calls.set(callSequence, shown);
      for (const old of calls.keys()) {
        if (calls.size <= maxCalls) break;
        calls.delete(old);
      }
      const isNew = !shown.has(deviceId);
      shown.add(deviceId);
      return isNew;
    },
    read(queue, ticket, counter) {
      const expected = devices.listDisplays(queue).filter((display) => concerns(display, ticket, counter));
      const shown = queues.get(queueKey(queue))?.get(ticket.callSequence);
      return { expected: expected.length, shown: expected.filter(({ deviceId }) => shown?.has(deviceId)).length };
    },
  };
}
