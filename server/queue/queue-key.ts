import type { QueueHandle } from './queue.types.js';

/** A queue as the key of a map: two handles of one queue are two objects. */
export function queueKey({ tenantId, locationId }: QueueHandle): string {
  return `${tenantId}:${locationId}`;
}
