/** What goes wrong, and for how long. Every nemesis leaves the world as it found it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultProxy, Faults } from './proxy.js';
import type { World } from './world.js';

export type NemesisName =
  | 'kill -9'
  | 'SIGTERM'
  | 'SIGSTOP'
  | 'drop up'
  | 'drop down'
  | 'latency'
  | 'one byte at a time'
  | 'reset'
  | 'half-open'
  | 'refuse'
  | 'cut inside an acknowledgement'
  | 'clock jump';

const SECOND = 1_000;
/** An operator who does not wait for the end of a drain. */
const PATIENCE_MS = 4 * SECOND;

function pickProxies({ random, proxies }: World): FaultProxy[] {
  return random.pick([[proxies.visitors], [proxies.staff], [proxies.visitors, proxies.staff]]);
}

async function holdFaults(world: World, faults: Partial<Faults>, holdMs: number): Promise<void> {
  const proxies = pickProxies(world);
  for (const proxy of proxies) proxy.setFaults(faults);
  await sleep(holdMs);
  for (const proxy of proxies) proxy.clearFaults();
}

/** Any byte between the first of a small acknowledgement and the end of a page of entries. */
async function cutFrames(world: World): Promise<void> {
  const { random } = world;
  for (let round = random.int(3, 8); round > 0; round -= 1) {
    for (const proxy of pickProxies(world)) proxy.cutAfterDownBytes(random.int(1, random.pick([60, 400, 4_000])));
    await sleep(random.int(100, 500));
  }
  world.proxies.visitors.clearFaults();
  world.proxies.staff.clearFaults();
}

async function restart(world: World, end: () => Promise<unknown>): Promise<void> {
  await end();
  await sleep(world.random.pick([0, 0, 300, SECOND]));
  await world.server.start();
}

const NEMESES: Readonly<Record<NemesisName, (world: World) => Promise<void>>> = {
  'kill -9': (world) => restart(world, () => world.server.kill()),
  SIGTERM: (world) =>
    restart(world, async () => {
      const ended = world.server.terminate();
      const code = await Promise.race([ended, sleep(PATIENCE_MS, 'impatient' as const)]);
      if (code === 'impatient') await world.server.kill();
      else if (code !== 0) {
        const what = `SIGTERM ended with code ${code}: ${world.server.readLog()}`;
        world.recorder.add({ type: 'incident', what });
      }
    }),
  SIGSTOP: async ({ server, random }) => {
    server.pause();
    await sleep(random.int(SECOND, 4 * SECOND));
    server.resume();
  },
  'drop up': (world) => holdFaults(world, { drop: ['up'] }, world.random.int(SECOND, 4 * SECOND)),
  'drop down': (world) => holdFaults(world, { drop: ['down'] }, world.random.int(SECOND, 4 * SECOND)),
  latency: (world) => holdFaults(world, { latencyMs: world.random.int(20, 400), jitterMs: 200 }, 2 * SECOND),
  'one byte at a time': (world) => holdFaults(world, { sliceBytes: 1 }, 2 * SECOND),
  reset: async (world) => {
    for (const proxy of pickProxies(world)) proxy.resetAll();
  },
  'half-open': async (world) => {
    const holdMs = world.random.int(SECOND, 3 * SECOND);
    for (const proxy of pickProxies(world)) proxy.resetAll();
    await holdFaults(world, { swallow: true }, holdMs);
    // What was swallowed stays deaf for ever; a real middlebox forgets it some day.
    world.proxies.visitors.resetAll();
    world.proxies.staff.resetAll();
  },
  refuse: async (world) => {
    for (const proxy of pickProxies(world)) proxy.resetAll();
    await holdFaults(world, { refuse: true }, world.random.int(SECOND, 3 * SECOND));
  },
  'cut inside an acknowledgement': cutFrames,
  'clock jump': async ({ businesses, random }) => {
    const visitors = businesses.flatMap((business) => business.visitors);
    const offsetMs = random.pick([-3_600_000, 3_600_000, -300_000, 300_000, 0]);
    for (const { browser } of visitors) if (random.chance(0.5)) browser.skewClock(offsetMs);
  },
};

export const NEMESIS_NAMES = Object.keys(NEMESES) as NemesisName[];

export async function unleash(world: World, name: NemesisName): Promise<void> {
  world.recorder.add({ type: 'fault', name, phase: 'start' });
  await NEMESES[name](world);
  world.recorder.add({ type: 'fault', name, phase: 'stop' });
}
