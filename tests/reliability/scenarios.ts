/** Short runs that aim at one promise each. Against the product they must find nothing, against its mutant something. */
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

/** A visitor who is online with a conversation. */
export async function buildOnlineVisitor(world: World): Promise<{ visitor: Visitor; tab: VisitorTab }> {
  const visitor = world.addVisitor(world.businesses[0]!);
  const tab = visitor.openTab();
  const body = await visitor.send(tab);
  await waitFor('the first message', () => isAccepted(tab, body), SETTLE_LIMIT_MS);
  await waitFor('the connection', () => tab.session.getState().connection.phase === 'online', SETTLE_LIMIT_MS);
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
