/**
 * A morning in the waiting room, for whoever wants to see the queue move: people take numbers at the kiosk, two rooms and the pharmacy
 * call, serve, miss and send on. It is a client like any other: what it does went through the commands of the product. The first
 * room is left to the newcomer. A seed repeats the same morning, as far as real clocks let it.
 */
import type { CounterId } from '@frontdesk/protocol/ids';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import { COLLEAGUES, DEMO_PASSWORD } from './clinic.js';
import { createRandom, type Random } from './random.js';
import { createSeedClient, RefusedError, type StaffSession } from './seed-client.js';
import { takeNumber, type WaitingRoom } from './seed-queue.js';
import { COUNTERS } from './waiting-room.js';

/** A waiting room in a hurry: minutes of a real one pass in seconds. */
const secondsBetweenArrivals = 10;
const secondsUntilStart = 4;
const secondsOfService = 22;
const secondsBetweenCustomers = 3;
/** Longer than the least time that the rules give a customer to come. */
const secondsUntilMissed = 7;
const secondsWhenEmpty = 2;
const missedShare = 0.08;
const sentOnShare = 0.35;
/** Who arrives at a line longer than this goes home. */
const longestLine = 25;

export interface Simulation {
  readonly isRunning: boolean;
  start(): void;
  /** Resolves when nobody of the simulation does anything any more; their counters are closed. */
  stop(): Promise<void>;
}

export interface SimulationOptions {
  readonly serverUrl: string;
  readonly room: WaitingRoom;
  readonly seed?: number;
  /** Below 1 everything happens faster; tests are in a hurry. */
  readonly pace?: number;
  readonly handleError: (error: unknown) => void;
}

interface Shift {
  readonly random: Random;
  readonly signal: AbortSignal;
  wait(seconds: number): Promise<void>;
}

function createShift(seed: number, pace: number, signal: AbortSignal): Shift {
  return {
    random: createRandom(seed),
    signal,
    wait: (seconds) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const timer = setTimeout(finish, seconds * pace * 1_000);
        function finish(): void {
          clearTimeout(timer);
          signal.removeEventListener('abort', finish);
          resolve();
        }
        signal.addEventListener('abort', finish);
      }),
  };
}

export function createSimulation(options: SimulationOptions): Simulation {
  const { serverUrl, room, seed = 1, pace = 1 } = options;
  const client = createSeedClient(serverUrl);
  let controller: AbortController | null = null;
  let running: Promise<unknown> = Promise.resolve();

  async function welcome({ random, signal, wait }: Shift): Promise<void> {
    while (!signal.aborted) {
      await wait(random.gap(secondsBetweenArrivals));
      if (signal.aborted) return;
      const { services } = await client.callDevice(room.kioskToken, 'queue:offer', {});
      const waiting = services.reduce((sum, service) => sum + service.waiting, 0);
      if (waiting < longestLine) await attempt(() => takeNumber(client, room, random));
    }
  }

  /** What somebody else did first (a newcomer at the same counter), or a closed door, is no reason to stop. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RefusedError) return null;
      throw error;
    }
  }

  async function serveOne(staff: StaffSession, counterId: CounterId, { random, wait }: Shift): Promise<void> {
    const view = await attempt(() => staff.call('ticket:call-next', { counterId }));
    const ticketId = view?.current?.ticket.id;
    if (!ticketId) return wait(secondsWhenEmpty);
    const here = { counterId, ticketId };
    if (random.next() < missedShare) {
      await wait(secondsUntilMissed);
      await attempt(() => staff.call('ticket:mark-no-show', here));
      return;
    }
    await wait(random.duration(secondsUntilStart));
    await attempt(() => staff.call('ticket:start', here));
    await wait(random.duration(secondsOfService));
    const isSentOn = view.current?.ticket.serviceId !== room.serviceIds.pharmacy && random.next() < sentOnShare;
    const pharmacy = { serviceId: room.serviceIds.pharmacy, mode: 'sorted', toCounterId: null, note: null } as const;
    await attempt(() =>
      isSentOn
        ? staff.call('ticket:transfer', { ...here, ...pharmacy })
        : staff.call('ticket:complete', { ...here, outcome: null }),
    );
    await wait(random.duration(secondsBetweenCustomers));
  }

  async function serve(counterId: CounterId, firstName: string, shift: Shift): Promise<void> {
    const member = COLLEAGUES.find(({ name }) => name.startsWith(firstName));
    if (!member) return;
    const staff = await client.openSession(member.email, DEMO_PASSWORD);
    const opened = await attempt(() => staff.call('counter:open', { counterId }));
    if (!opened) return;
    await clearDesk(staff, opened);
    while (!shift.signal.aborted) await serveOne(staff, counterId, shift);
    await attempt(() => staff.call('counter:close', { counterId }));
  }

  /** A ticket that an earlier run left at the counter. */
  async function clearDesk(staff: StaffSession, { counter, current }: CounterView): Promise<void> {
    if (!current) return;
    const here = { counterId: counter.id, ticketId: current.ticket.id };
    await attempt(() => staff.call('ticket:complete', { ...here, outcome: null }));
  }

  return {
    get isRunning() {
      return controller !== null;
    },
    start() {
      if (controller) return;
      controller = new AbortController();
      const { signal } = controller;
      const staffed = COUNTERS.flatMap(({ simulatedBy }, at) => {
        const counterId = room.counterIds[at];
        return simulatedBy !== null && counterId ? [{ counterId, simulatedBy }] : [];
      });
      const shifts = [
        welcome(createShift(seed, pace, signal)),
        ...staffed.map(({ counterId, simulatedBy }, at) =>
          serve(counterId, simulatedBy, createShift(seed + at + 1, pace, signal)),
        ),
      ];
      running = Promise.all(shifts.map((shift) => shift.catch(options.handleError)));
    },
    async stop() {
      controller?.abort();
      await running;
      controller = null;
    },
  };
}
