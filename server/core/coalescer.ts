/** Runs work for a key at once, and then at most once per interval however often it is asked for. The last ask is never lost. */
export interface Coalescer<Key> {
  ask(key: Key): void;
  stop(): void;
}

export function createCoalescer<Key>(
  intervalMs: number,
  run: (key: Key) => void | Promise<void>,
  handleError: (error: unknown) => void,
): Coalescer<Key> {
  const resting = new Map<Key, { isAskedAgain: boolean; timer: NodeJS.Timeout }>();
  let isStopped = false;

  function start(key: Key): void {
    const timer = setTimeout(() => rest(key), intervalMs);
    timer.unref();
    resting.set(key, { isAskedAgain: false, timer });
    Promise.resolve()
      .then(() => run(key))
      .catch(handleError);
  }

  function rest(key: Key): void {
    const wasAskedAgain = resting.get(key)?.isAskedAgain ?? false;
    resting.delete(key);
    if (wasAskedAgain && !isStopped) start(key);
  }

  return {
    ask(key) {
      const state = resting.get(key);
      if (isStopped) return;
      if (state) state.isAskedAgain = true;
      else start(key);
    },
    stop() {
      isStopped = true;
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
