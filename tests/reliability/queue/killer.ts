/** Kills the server as often as it is told, spread over the day, in moments that matter; and starts it again at the same port. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerProcess } from '../server-process.js';
import type { Moment } from './day-history.js';
import type { Stage } from './stage.js';

/** A moment that does not come is not waited for. */
const IMPATIENCE_MS = 3_000;
const LOOK_MS = 10;
/** How far into its start a server gets that is killed again. */
const START_MS = [50, 700] as const;

export interface KillPlan {
  readonly kills: number;
  readonly tickets: number;
  readonly moments: readonly Moment[];
}

export async function killThrough(stage: Stage, server: ServerProcess, plan: KillPlan): Promise<void> {
  const random = stage.random.fork();
  for (let kill = 1; kill <= plan.kills; kill += 1) {
    const dueAt = (plan.tickets * (kill - random.next())) / plan.kills;
    while (plan.tickets - stage.unissued < dueAt) {
      if (Date.now() > stage.endsAtMs) return;
      await sleep(LOOK_MS);
    }
    const moment = random.pick(plan.moments);
    await strike(stage, server, moment === 'start' ? 'any' : moment);
    await sleep(random.pick([0, 0, 200]));
    if (moment === 'start' && kill < plan.kills) {
      kill += 1;
      await killInStart(stage, server);
    }
    await startAgain(stage, server);
  }
}

/** In the very moment: the signal is sent before whoever announced it goes on. */
function strike({ moments, recorder, random }: Stage, server: ServerProcess, moment: Moment): Promise<void> {
  return new Promise((resolve, reject) => {
    let isDone = false;
    const act = (): void => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      moments.off(moment, act);
      recorder.add({ type: 'kill', moment });
      server.kill().then(resolve, reject);
    };
    const timer = setTimeout(act, moment === 'any' ? random.int(0, 100) : IMPATIENCE_MS);
    // What was sent is somewhere on its way to the disk a few milliseconds later.
    if (moment === 'command sent') moments.once(moment, () => setTimeout(act, random.int(0, 12)));
    else moments.once(moment, act);
  });
}

async function killInStart({ recorder, random }: Stage, server: ServerProcess): Promise<void> {
  const started = server.start().catch(() => {});
  await sleep(random.int(...START_MS));
  recorder.add({ type: 'kill', moment: 'start' });
  await server.kill();
  await started;
}

async function startAgain({ recorder }: Stage, server: ServerProcess): Promise<void> {
  const startedAt = performance.now();
  await server.start();
  recorder.add({ type: 'back', tookMs: performance.now() - startedAt });
}
