/** Runs work for a queue at once, and then at most once per interval however often it is asked for. The last ask is never lost. */
import { queueKey } from './queue-key.js';
import type { QueueHandle } from './queue.types.js';

export interface Coalescer {
  ask(queue: QueueHandle): void;
  stop(): void;
}

export function createCoalescer(
  intervalMs: number,
  run: (queue: QueueHandle) => void | Promise<void>,
  handleError: (error: unknown) => void,
): Coalescer {
  const resting = new Map<string, { isAskedAgain: boolean; timer: NodeJS.Timeout }>();
  let isStopped = false;

  function start({ tenantId, locationId }: QueueHandle): void {
    const queue = { tenantId, locationId };
    const timer = setTimeout(() => rest(queue), intervalMs);
    timer.unref();
    resting.set(queueKey(queue), { isAskedAgain: false, timer });
    Promise.resolve()
      .then(() => run(queue))
      .catch(handleError);
  }

  function rest(queue: QueueHandle): void {
    const wasAskedAgain = resting.get(queueKey(queue))?.isAskedAgain ?? false;
    resting.delete(queueKey(queue));
    if (wasAskedAgain && !isStopped) start(queue);
  }

  return {
    ask(queue) {
      const state = resting.get(queueKey(queue));
      if (isStopped) return;
      if (state) state.isAskedAgain = true;
      else start(queue);
    },
    stop() {
      isStopped = true;
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
