/**
 * A process that has nothing but the store, and answers questions about itself. Its main thread does no work of its own,
 * so what delays it is the store.
 */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';

export type Question = 'memory' | 'watch' | 'stall';

export interface Started {
  readonly uri: string;
  readonly startMs: number;
}

const nanosecondsPerMs = 1e6;

/**
 * Memory that this process has to itself. Pages of the data file belong to the system's cache, which takes them back
 * when it needs them; only Linux tells the two apart.
 */
function ownBytes(): number {
  if (process.platform !== 'linux') return process.memoryUsage().rss;
  const kilobytes = /RssAnon:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes) * 1_024;
}

const began = performance.now();
const store = await startEmbeddedMongo({ dir: process.argv[2] ?? '' });
const startMs = performance.now() - began;
const delays = monitorEventLoopDelay({ resolution: 1 });

const answers: Readonly<Record<Question, () => number>> = {
  memory: ownBytes,
  watch: () => {
    delays.reset();
    delays.enable();
    return 0;
  },
  /** The longest delay since `watch`, in milliseconds. */
  stall: () => {
    delays.disable();
    return delays.max / nanosecondsPerMs;
  },
};

process.on('message', (question: Question) => process.send?.(answers[question]()));
process.once('disconnect', () => void store.close().finally(() => process.exit(0)));
process.send?.({ uri: store.uri, startMs } satisfies Started);
