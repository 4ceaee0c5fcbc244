/** How a measured process talks to the coordinator: it says where it listens, and how much memory it holds when asked. */

/** One business: a member who listens, and the site that its visitors come from. */
export interface Group {
  readonly site: string;
  readonly origin: string;
  readonly accessToken: string;
}

export interface Ready {
  readonly port: number;
  /** Origin that the staff's sockets come from. */
  readonly staffOrigin: string;
  readonly groups: readonly Group[];
}

export interface MemoryAnswer {
  readonly rssBytes: number;
}

/** Run with --expose-gc, so that garbage does not count as memory in use. */
export function serveCoordinator(ready: Ready): void {
  process.on('message', (question) => {
    if (question !== 'memory') return;
    globalThis.gc?.();
    globalThis.gc?.();
    process.send!({ rssBytes: process.memoryUsage().rss } satisfies MemoryAnswer);
  });
  process.once('disconnect', () => process.exit(0));
  process.send!(ready);
}
