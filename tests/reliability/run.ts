/**
 * One seeded run: people write and read while things go wrong, then the faults stop, then the history is judged. The
 * seed decides every choice; only the machine's timing is left to chance, as it is in production.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SessionId } from '@frontdesk/protocol/ids';
import type { Agent } from './agent.js';
import { checkHistory, type Violation } from './checker.js';
import { writeHistory, type History } from './history.js';
import { NEMESIS_NAMES, unleash, type NemesisName } from './nemesis.js';
import { callForData } from './provision.js';
import type { Random } from './random.js';
import type { Visitor } from './visitor.js';
import { createWorld, type Business, type World } from './world.js';

export interface RunOptions {
  readonly seed: number;
  readonly seconds: number;
  readonly visitorsPerTenant?: number;
  readonly nemeses?: readonly NemesisName[];
  readonly mutant?: string;
}

export interface RunReport {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly historyFile: string | null;
  readonly stats: {
    readonly invoked: number;
    readonly acknowledged: number;
    readonly stored: number;
    readonly kills: number;
    readonly faults: number;
    readonly convergedInMs: number | null;
  };
}

const CONVERGENCE_LIMIT_MS = 35_000;
/**
 * A close frame that a fault swallowed is waited for by the client's WebSocket for 30 s; the server's heartbeat gives up on
 * a connection after 25 + 20 s. What is open after that is a leak.
 */
const RELEASE_LIMIT_MS = 48_000;
/** A shutdown has 25 s (P13); nobody is connected any more, so it needs far less. */
const SHUTDOWN_LIMIT_MS = 25_000;

export async function runOnce(options: RunOptions): Promise<RunReport> {
  const world = await createWorld({
    seed: options.seed,
    ...(options.mutant === undefined ? {} : { mutant: options.mutant }),
  });
  const stopWatching = watchThisProcess(world);
  try {
    const history = await play(world, options);
    const violations = checkHistory(history);
    const isWanted = violations.length > 0 || process.env['FRONTDESK_KEEP_HISTORY'] !== undefined;
    const historyFile = isWanted ? saveHistory(history, options) : null;
    return { seed: options.seed, violations, historyFile, stats: summarize(history) };
  } catch (error) {
    // The data folder goes; what the server had to say about it must not.
    throw new Error(`seed ${options.seed}: ${String(error)}\n${world.server.readLog()}`, { cause: error });
  } finally {
    stopWatching();
    await world.close();
  }
}

async function play(world: World, options: RunOptions): Promise<History> {
  const { recorder, businesses } = world;
  const doomed: { business: Business; agent: Agent; sessionId: SessionId }[] = [];
  for (const business of businesses) {
    for (let count = options.visitorsPerTenant ?? 3; count > 0; count -= 1) world.addVisitor(business).openTab();
    await world.addAgent(business);
    const { agent, staff } = await world.addAgent(business);
    doomed.push({ business, agent, sessionId: staff.session.sessionId });
  }
  const stop = new AbortController();
  const actors = businesses.flatMap(({ visitors, agents }) => [
    ...visitors.map((visitor) => liveAsVisitor(visitor, world.random.fork(), stop.signal)),
    ...agents.map((agent) => workAsAgent(agent, world.random.fork(), stop.signal)),
  ]);
  const endsAt = performance.now() + options.seconds * 1_000;
  const revocation = revokeMidway(world, doomed, options.seconds * 400);
  await haunt(world, options.nemeses ?? NEMESIS_NAMES, endsAt);
  stop.abort();
  await Promise.all([...actors, revocation]);
  return comeToRest(world, recorder.records);
}

/** One nemesis after the other, now and then two at once. */
async function haunt(world: World, names: readonly NemesisName[], endsAt: number): Promise<void> {
  const { random } = world;
  const network = names.filter((name) => !['kill -9', 'SIGTERM', 'SIGSTOP'].includes(name));
  // Each once in a shuffled order before any comes twice, so that short runs meet as many as they can; the death of the
  // process, which the first promise is about, twice.
  let queue: NemesisName[] = [];
  while (performance.now() < endsAt) {
    await sleep(random.int(300, 1_200));
    if (names.length === 0 || performance.now() >= endsAt) continue;
    if (queue.length === 0) queue = shuffle([...names, ...names.filter((name) => name === 'kill -9')], random);
    const first = queue.pop()!;
    const second = random.chance(0.25) && network.length > 0 ? [random.pick(network)] : [];
    await Promise.all([first, ...second].map((name) => unleash(world, name)));
  }
}

function shuffle<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

async function liveAsVisitor(visitor: Visitor, random: Random, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await sleep(random.int(30, 700));
    const tab = visitor.tabs.length > 0 ? random.pick(visitor.tabs) : visitor.openTab();
    const dice = random.next();
    if (dice < 0.7) void visitor.send(tab);
    else if (dice < 0.8) tab.session.markRead();
    else if (dice < 0.88 && visitor.tabs.length < 3) visitor.openTab();
    else if (dice < 0.93) visitor.closeTab(tab);
    else if (dice < 0.97) visitor.killTab(tab);
    else tab.browserTab.lifecycle.emit('wake');
    // A page that dies the moment after its person pressed send.
    if (dice < 0.04) visitor.killTab(tab);
  }
}

async function workAsAgent(agent: Agent, random: Random, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await sleep(random.int(50, 600));
    const dice = random.next();
    if (dice < 0.75) await agent.write('reply');
    else if (dice < 0.9) await agent.write('note');
    else if (dice < 0.95) agent.wake();
    else if (dice < 0.97 && !agent.name.endsWith('2')) agent.restart();
  }
}

/** The second session of each business is signed out by the first while everything is going on (P17). */
async function revokeMidway(
  { server, recorder }: World,
  doomed: readonly { business: Business; agent: Agent; sessionId: SessionId }[],
  afterMs: number,
): Promise<void> {
  await sleep(afterMs);
  for (const { business, agent, sessionId } of doomed) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const token = business.auditor.getAccessToken();
        await callForData(server.url, 'session:revoke', { sessionId }, { audience: 'staff', token });
        agent.recordRevocation();
        break;
      } catch (error) {
        if (attempt > 60) {
          recorder.add({ type: 'incident', what: `a session could not be revoked: ${String(error)}` });
          break;
        }
        await sleep(500);
      }
    }
  }
}

async function comeToRest(world: World, records: History['records']): Promise<History> {
  const { recorder, server, proxies, businesses } = world;
  proxies.visitors.clearFaults();
  proxies.staff.clearFaults();
  server.resume();
  if (!server.isRunning) await server.start();
  recorder.add({ type: 'quiesce' });
  for (const { visitors, agents } of businesses) {
    for (const visitor of visitors) {
      if (visitor.tabs.length === 0) visitor.openTab();
      // The network is back, and browsers say so.
      for (const { browserTab } of visitor.tabs) browserTab.lifecycle.emit('wake');
    }
    for (const agent of agents) agent.wake();
  }
  if (await world.waitForConvergence(CONVERGENCE_LIMIT_MS)) recorder.add({ type: 'converged' });
  const logs = await world.collectLogs();
  const displays = world.collectDisplays();
  world.stopClients();
  await measureAfter(world);
  const startedAt = performance.now();
  const code = await server.terminate();
  const tookMs = performance.now() - startedAt;
  if (code !== 0 || tookMs > SHUTDOWN_LIMIT_MS) {
    recorder.add({
      type: 'incident',
      what: `the shutdown took ${Math.round(tookMs)} ms and ended with code ${code}: ${server.readLog()}`,
    });
  }
  return { records, logs, displays };
}

/** Waits a little for the server to notice that its clients are gone; what then is still open is a leak. */
async function measureAfter({ recorder, server }: World): Promise<void> {
  const deadline = performance.now() + RELEASE_LIMIT_MS;
  while (server.measure().sockets > 0 && performance.now() < deadline) await sleep(100);
  recorder.add({ type: 'usage', phase: 'after', ...server.measure() });
}

/** The client library runs in this process: what it lets slip would be an error in a page's console. */
function watchThisProcess({ recorder }: World): () => void {
  const handle = (reason: unknown): void => {
    const text = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    recorder.add({ type: 'incident', what: `unhandled rejection in a client: ${text}` });
  };
  process.on('unhandledRejection', handle);
  return () => void process.off('unhandledRejection', handle);
}

function saveHistory(history: History, options: RunOptions): string {
  const file = join(tmpdir(), `frontdesk-history-${options.seed}.jsonl`);
  writeHistory(file, history, { ...options });
  return file;
}

function summarize({ records, logs }: History): RunReport['stats'] {
  const count = (type: string): number => records.filter((record) => record.type === type).length;
  const faults = records.filter((record) => record.type === 'fault' && record.phase === 'start');
  const quiesce = records.findLast(({ type }) => type === 'quiesce');
  const converged = records.findLast(({ type }) => type === 'converged');
  return {
    invoked: count('invoke'),
    acknowledged: new Set(records.flatMap((record) => (record.type === 'ok' ? [record.body] : []))).size,
    stored: logs.reduce((sum, { entries }) => sum + entries.length, 0),
    kills: faults.filter((fault) => fault.type === 'fault' && fault.name === 'kill -9').length,
    faults: faults.length,
    convergedInMs: quiesce && converged ? Math.round(converged.t - quiesce.t) : null,
  };
}
