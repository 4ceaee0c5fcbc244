/** Runs work for a subject at once, and then at most once per interval however often it is asked for. The last ask is never lost. */
export interface Coalescer<Subject> {
  ask(subject: Subject): void;
  stop(): void;
}

export function createCoalescer<Subject>(
  intervalMs: number,
  run: (subject: Subject) => void | Promise<void>,
  handleError: (error: unknown) => void,
  toKey: (subject: Subject) => string,
): Coalescer<Subject> {
  const resting = new Map<string, { isAskedAgain: boolean; timer: NodeJS.Timeout }>();
  let isStopped = false;

  function start(subject: Subject): void {
    const timer = setTimeout(() => rest(subject), intervalMs);
    timer.unref();
    resting.set(toKey(subject), { isAskedAgain: false, timer });
    Promise.resolve()
      .then(() => run(subject))
      .catch(handleError);
  }

  function rest(subject: Subject): void {
    const wasAskedAgain = resting.get(toKey(subject))?.isAskedAgain ?? false;
    resting.delete(toKey(subject));
    if (wasAskedAgain && !isStopped) start(subject);
  }

  return {
    ask(subject) {
      const state = resting.get(toKey(subject));
      if (isStopped) return;
      if (state) state.isAskedAgain = true;
      else start(subject);
    },
    stop() {
      isStopped = true;
      for (const { timer } of resting.values()) clearTimeout(timer);
      resting.clear();
    },
  };
}
