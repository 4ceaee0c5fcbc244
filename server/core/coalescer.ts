/** Runs work for a thing at once, and then at most once per interval however often it is asked for. The last ask is never lost. */
export interface Coalescer<Thing> {
  ask(thing: Thing): void;
  stop(): void;
}

export interface CoalescerOptions<Thing> {
  readonly intervalMs: number;
  /** Two things with one key are one thing. */
  readonly keyOf: (thing: Thing) => string;
  readonly run: (thing: Thing) => void | Promise<void>;
  readonly handleError: (error: unknown) => void;
}

export function createCoalescer<Thing>(options: CoalescerOptions<Thing>): Coalescer<Thing> {
  const { intervalMs, keyOf, run, handleError } = options;
  const resting = new Map<string, { isAskedAgain: boolean; timer: NodeJS.Timeout }>();
  let isStopped = false;

  function start(thing: Thing): void {
    const timer = setTimeout(() => rest(thing), intervalMs);
    timer.unref();
    resting.set(keyOf(thing), { isAskedAgain: false, timer });
    Promise.resolve()
      .then(() => run(thing))
      .catch(handleError);
  }

  function rest(thing: Thing): void {
    const wasAskedAgain = resting.get(keyOf(thing))?.isAskedAgain ?? false;
    resting.delete(keyOf(thing));
    if (wasAskedAgain && !isStopped) start(thing);
  }

  return {
    ask(thing) {
      const state = resting.get(keyOf(thing));
      if (isStopped) return;
      if (state) state.isAskedAgain = true;
      else start(thing);
    },
    stop() {
      isStopped = true;
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
