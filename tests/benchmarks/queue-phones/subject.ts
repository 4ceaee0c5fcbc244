/** Frontdesk as it runs in a shop, with one branch where many wait: embedded store, every check on, rate limits lifted. */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer } from '@frontdesk/server/compose';
import { loadConfig } from '@frontdesk/server/config';
import { createLogger } from '@frontdesk/server/core/logger';
import { openBranch } from '../../support/phones.js';
import type { SubjectAnswer, SubjectQuestion } from './port.js';

const [dataDir = '', port = '0', secret = ''] = process.argv.slice(2);
const CONCURRENT_ISSUES = 64;

const config = loadConfig({
  NODE_ENV: 'production',
  PORT: port,
  PUBLIC_URL: 'https://desk.example',
  JWT_SECRETS: `bench:${secret}`,
  DATA_DIR: dataDir,
  RATE_LIMIT_MULTIPLIER: '1000000',
});
const server = await createServer(config, { log: createLogger({ level: 'error' }) });
/** Reads of the store, by second. */
const reads = new Map<number, number>();
server.core.connection.set('debug', (_collection: string, method: string) => {
  if (!/^(find|countDocuments|distinct|aggregate)/.test(method) || method === 'findOneAndUpdate') return;
  const second = Math.floor(Date.now() / 1_000);
  reads.set(second, (reads.get(second) ?? 0) + 1);
});
await server.listen();
const url = `http://localhost:${port}`;
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

function say(answer: SubjectAnswer): void {
  process.send?.(answer);
}

async function build(phones: number): Promise<void> {
  const branch = await openBranch(
    { server, url, mailDir: config.mailDir, close: async () => undefined },
    { service: { series: { prefix: 'A', width: 5, first: 1, last: 99_999 } } },
  );
  const tokens: string[] = [];
  const one = async (): Promise<void> => {
    while (tokens.length < phones) {
      const at = tokens.push('') - 1;
      tokens[at] = (await branch.issue()).token;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_ISSUES }, one));
  await server.queue.flush();
  say({ kind: 'branch', accessToken: branch.accessToken, counterId: branch.counter.id, tokens });
}

/** Memory of the process itself; the kernel maps the store's file in and takes it back as it likes. */
function readAnonymousBytes(): number {
  const match = /RssAnon:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(match?.[1] ?? Number.NaN) * 1_024;
}

async function figures(): Promise<void> {
  const longestBlockMs = delay.max / 1e6;
  const perSecond = [...reads.values()];
  globalThis.gc?.();
  globalThis.gc?.();
  say({
    kind: 'figures',
    rssBytes: readAnonymousBytes(),
    heapBytes: process.memoryUsage().heapUsed,
    longestBlockMs,
    reads: perSecond.reduce((sum, count) => sum + count, 0),
    mostReadsPerSecond: Math.max(0, ...perSecond),
  });
  // The collection above is a block of its own and must not be counted.
  await sleep(200);
  delay.reset();
  reads.clear();
}

process.on('message', (question: SubjectQuestion) => {
  void (question.ask === 'build' ? build(question.phones) : figures());
});
process.once('disconnect', () => void server.close().then(() => process.exit(0)));
say({ kind: 'ready', port: Number(port) });
