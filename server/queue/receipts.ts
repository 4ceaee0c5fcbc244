/**
 * Which displays said that they show a call (QC-12). Kept in memory only, while the call is on: a receipt says something about now, and
 * a display says it again when it comes back.
 */
import type { Floor, FloorTicket } from '@frontdesk/domain/queue/floor';
import type { DeviceId } from '@frontdesk/protocol/ids';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { queueKey } from './queue-key.js';
import type { QueueLog } from './queue-log.js';
import type { Counter, DevicePort, QueueHandle, ShownBy } from './queue.types.js';

type Receipt = NonNullable<CounterView['current']>['receipt'];

export interface Receipts {
  /** What a device says that it shows of this floor. Answers whether something of it is news. */
  note(queue: QueueHandle, floor: Floor, deviceId: DeviceId, shown: readonly number[]): boolean;
  read(queue: QueueHandle, ticket: FloorTicket, counter: Counter): Receipt;
}

/** A display that shows other services or other counters is not waited for. */
function concerns(display: ShownBy, ticket: FloorTicket, counter: Counter): boolean {
  const hasService = display.serviceIds.length === 0 || display.serviceIds.includes(ticket.serviceId);
  return hasService && (display.counterGroups.length === 0 || display.counterGroups.includes(counter.group));
}

/** Numbers of the calls that are on. */
function listCalls({ tickets }: Floor): Set<number> {
  const atCounters = [...tickets.values()].filter(({ state }) => state === 'called' || state === 'serving');
  return new Set(atCounters.map(({ callSequence }) => callSequence));
}

export function createReceipts(
  devices: Pick<DevicePort, 'listDisplays'>,
  queueLog: Pick<QueueLog, 'onLeft'>,
): Receipts {
  const queues = new Map<string, Map<number, Set<DeviceId>>>();
  queueLog.onLeft((queue) => void queues.delete(queueKey(queue)));
  return {
    note(queue, floor, deviceId, shown) {
      const key = queueKey(queue);
      const calls = queues.get(key) ?? new Map<number, Set<DeviceId>>();
      queues.set(key, calls);
      const current = listCalls(floor);
      for (const old of calls.keys()) if (!current.has(old)) calls.delete(old);
      let hasNews = false;
      for (const sequence of shown) {
        if (!current.has(sequence)) continue;
        const devicesThere = calls.get(sequence) ?? new Set<DeviceId>();
        calls.set(sequence, devicesThere);
        hasNews ||= !devicesThere.has(deviceId);
        devicesThere.add(deviceId);
      }
      return hasNews;
    },
    read(queue, ticket, counter) {
      const expected = devices.listDisplays(queue).filter((display) => concerns(display, ticket, counter));
      const shown = queues.get(queueKey(queue))?.get(ticket.callSequence);
      return { expected: expected.length, shown: expected.filter(({ deviceId }) => shown?.has(deviceId)).length };
    },
  };
}
