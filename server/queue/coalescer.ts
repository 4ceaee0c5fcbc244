/** Work for a queue, at once and then at most once per interval. */
import { createCoalescer as createAnyCoalescer, type Coalescer as AnyCoalescer } from '../core/coalescer.js';
import { queueKey } from './queue-key.js';
import type { QueueHandle } from './queue.types.js';

export type Coalescer = AnyCoalescer<QueueHandle>;

export function createCoalescer(
  intervalMs: number,
  run: (queue: QueueHandle) => void | Promise<void>,
  handleError: (error: unknown) => void,
): Coalescer {
  const keep = ({ tenantId, locationId }: QueueHandle): QueueHandle => ({ tenantId, locationId });
  return createAnyCoalescer({ intervalMs, nameOf: queueKey, keep, run, handleError });
}
