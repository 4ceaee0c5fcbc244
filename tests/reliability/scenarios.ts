/** Short runs that aim at one promise each. Against the product they must find nothing, against its mutant something. */
import type { Agent } from './agent.js';
import { waitFor } from './await.js';
import { checkHistory, type Violation } from './checker.js';
import type { Visitor, VisitorTab } from './visitor.js';
import { createWorld, type World, type WorldOptions } from './world.js';

const SETTLE_LIMIT_MS = 15_000;

export async function inWorld<T>(options: WorldOptions, play: (world: World) => Promise<T>): Promise<T> {
  const world = await createWorld(options);
  try {
    return await play(world);
  } finally {
    await world.close();
  }
}

export function isAccepted({ screen }: VisitorTab, body: string): boolean {
  return screen.items.some((item) => item.body === body && item.seq !== null && item.state !== 'sending');
}

export function isShown({ screen }: Pick<VisitorTab, 'screen'>, body: string): boolean {
  return screen.items.some((item) => item.body === body);
}

/** A visitor who is online with a conversation and has its log. */
export async function buildOnlineVisitor(world: World): Promise<{ visitor: Visitor; tab: VisitorTab }> {
  const visitor = world.addVisitor(world.businesses[0]!);
  const tab = visitor.openTab();
  const body = await visitor.send(tab);
  await waitFor('the first message', () => isAccepted(tab, body), SETTLE_LIMIT_MS);
  const isReady = (): boolean => {
    const { connection, phase } = tab.session.getState();
    return connection.phase === 'online' && phase === 'ready';
  };
  await waitFor('the connection', isReady, SETTLE_LIMIT_MS);
  return { visitor, tab };
}

export async function judge(world: World): Promise<Violation[]> {
  const { recorder, businesses } = world;
  recorder.add({ type: 'quiesce' });
  for (const tab of businesses.flatMap(({ visitors }) => visitors.flatMap(({ tabs }) => tabs))) {
    tab.browserTab.lifecycle.emit('wake');
  }
  if (await world.waitForConvergence(SETTLE_LIMIT_MS)) recorder.add({ type: 'converged' });
  return checkHistory({
    records: recorder.records,
    logs: await world.collectLogs(),
    displays: world.collectDisplays(),
  });
}

/** As {@link judge}, but nobody touches the page and nothing but the product's own means may bring what was missed. */
async function judgeUntouched(world: World, limitMs: number): Promise<Violation[]> {
  const { recorder } = world;
  recorder.add({ type: 'quiesce' });
  if (await world.waitForConvergence(limitMs)) recorder.add({ type: 'converged' });
  const [logs, displays] = [await world.collectLogs(), world.collectDisplays()];
  return checkHistory({ records: recorder.records, logs, displays });
}

async function addAgentWithThread(world: World): Promise<Agent> {
  const { agent } = await world.addAgent(world.businesses[0]!);
  await waitFor('the thread of the agent', () => agent.openThreadCount === 1, SETTLE_LIMIT_MS);
  return agent;
}

/** Two heads intervals of the hurried product, and far less than the 20 s of the real one. */
const UNTOUCHED_LIMIT_MS = 3_000;

/** P1, P3: the visitor comes back in the moment in which the agent replies. */
export async function replyAtReturn(world: World): Promise<Violation[]> {
  const { tab } = await buildOnlineVisitor(world);
  const agent = await addAgentWithThread(world);
  const isOnline = (): boolean => tab.session.getState().connection.phase === 'online';
  world.proxies.visitors.resetAll();
  await waitFor('the disconnect', () => !isOnline(), SETTLE_LIMIT_MS);
  await waitFor('the return', isOnline, SETTLE_LIMIT_MS);
  // The page fetches as soon as it is back; the reply follows when that answer is on its way.
  await waitFor('the fetch', () => tab.session.getState().phase === 'ready', SETTLE_LIMIT_MS);
  await new Promise((resolve) => setTimeout(resolve, 300));
  await waitFor('the reply', () => agent.write('reply'), SETTLE_LIMIT_MS);
  return judgeUntouched(world, UNTOUCHED_LIMIT_MS);
}

/** P5: whatever announces the last reply is lost on its way; the page stays open and nobody touches it. */
export async function loseLastReply(world: World): Promise<Violation[]> {
  await buildOnlineVisitor(world);
  const agent = await addAgentWithThread(world);
  world.proxies.visitors.setDownFilter((piece) => /entry:appended|conversation:changed/.test(piece.toString('latin1')));
  await waitFor('the reply', () => agent.write('reply'), SETTLE_LIMIT_MS);
  return judgeUntouched(world, UNTOUCHED_LIMIT_MS);
}

/** P1 and P7: the power goes out in the moment in which the visitor sees the message as sent. */
export function killAtAcknowledgement(world: World, rounds: number): Promise<Violation[]> {
  return repeat(rounds, async () => {
    const { visitor, tab } = await buildOnlineVisitor(world);
    const body = await visitor.send(tab);
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!isAccepted(tab, body)) return;
        stop();
        resolve();
      };
      const stop = tab.session.subscribe(look);
      look();
    });
    await world.server.kill();
    await world.server.start();
    return judge(world);
  });
}

/** P2: the message arrives, its acknowledgement does not, and the client asks again. */
export function loseAcknowledgements(world: World, rounds: number): Promise<Violation[]> {
  return repeat(rounds, async () => {
    const { visitor, tab } = await buildOnlineVisitor(world);
    world.proxies.visitors.cutAfterDownBytes(1);
    const body = await visitor.send(tab);
    await waitFor('the second try', () => isAccepted(tab, body), SETTLE_LIMIT_MS);
    return judge(world);
  });
}

async function repeat(rounds: number, play: () => Promise<Violation[]>): Promise<Violation[]> {
  for (let round = 1; round < rounds; round += 1) {
    const violations = await play();
    if (violations.length > 0) return violations;
  }
  return play();
}
