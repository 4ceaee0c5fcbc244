/** Runs work for an item at once, and then at most once per interval however often it is asked for. The last ask is never lost. */
export interface Coalescer<Item> {
  ask(item: Item): void;
  stop(): void;
}

export interface CoalescedWork<Item> {
  readonly intervalMs: number;
  /** Items with one name are one. */
  readonly nameOf: (item: Item) => string;
  /** What is kept of an item while it rests, so that whatever else it carries is let go. */
  readonly keep: (item: Item) => Item;
  readonly run: (item: Item) => void | Promise<void>;
  readonly handleError: (error: unknown) => void;
}

export function createCoalescer<Item>(work: CoalescedWork<Item>): Coalescer<Item> {
  const { nameOf, keep, run, handleError } = work;
  const resting = new Map<string, { isAskedAgain: boolean; timer: NodeJS.Timeout }>();
  let isStopped = false;

  function start(asked: Item): void {
    const item = keep(asked);
    const timer = setTimeout(() => rest(item), work.intervalMs);
    timer.unref();
    resting.set(nameOf(item), { isAskedAgain: false, timer });
    Promise.resolve()
      .then(() => run(item))
      .catch(handleError);
  }

  function rest(item: Item): void {
    const wasAskedAgain = resting.get(nameOf(item))?.isAskedAgain ?? false;
    resting.delete(nameOf(item));
    if (wasAskedAgain && !isStopped) start(item);
  }

  return {
    ask(item) {
      const state = resting.get(nameOf(item));
      if (isStopped) return;
      if (state) state.isAskedAgain = true;
      else start(item);
    },
    stop() {
      isStopped = true;
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
