/**
 * The commands of one location, one batch after the other (decision 0009): decide on the floor at revision n, insert n+1, and only
 * then is it true. A floor that somebody was shown never changes any more; the next one is another object.
 *
 * What is refused is as much a statement about the queue as what is written: it is said at the end of the log and nowhere before. A
 * batch that was inserted has proven that it stood there; one that writes nothing looks first.
 */
import { createFloor, type LiveFloor } from '@frontdesk/domain/queue/apply-event';
import { decideDay } from '@frontdesk/domain/queue/decide-location';
import type { Decision, Situation } from '@frontdesk/domain/queue/decision';
import type { QueueActor } from '@frontdesk/domain/queue/events';
import type { Clock } from '../core/clock.js';
import { AppError, duplicateKeyFields } from '../core/errors.js';
import type { EventStore } from './event.store.js';
import type { FullSetup, LiveSituation, LoggedEvent, QueueHandle, Setups } from './queue.types.js';

/** Commands that share an insert. More would make the first wait for the last. */
const BATCH_SIZE = 16;
/** More waiting commands than this at one location means that the store is not keeping up. */
const MAX_WAITING = 2_000;
const MAX_TRIES = 20;
const RETRY_BASE_MS = 2;
const RETRY_MAX_MS = 100;

export const clockActor: QueueActor = { kind: 'system', id: 'clock', name: 'clock' };

export interface QueueCommand {
  readonly actor: QueueActor;
  /** Idempotency key and hash of the input; null for what the clock does and for reads. */
  readonly key: string | null;
  readonly inputHash: string | null;
  /** Pure; may be asked again when somebody else was faster. */
  readonly decide: (situation: Situation) => Decision;
}

export interface Committed {
  /** The event of this command; null when there was nothing to change. */
  readonly event: LoggedEvent | null;
  /** True when an earlier try had written it. */
  readonly isRepeat: boolean;
  readonly situation: LiveSituation;
}

interface Waiting {
  readonly command: QueueCommand;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome =
  | { readonly kind: 'written' | 'repeated'; readonly event: LoggedEvent }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly error: AppError };

/** What a batch would make of the queue. */
interface Round {
  readonly floor: LiveFloor;
  readonly setup: FullSetup;
  readonly nowMs: number;
  readonly events: readonly LoggedEvent[];
  readonly outcomes: readonly Outcome[];
}

export interface QueueLane extends QueueHandle {
  /** Throws the refusal of the decision as an AppError, IDEMPOTENCY_MISMATCH, or BUSY. */
  enqueue(command: QueueCommand): Promise<Committed>;
  /** As this process last knew it; null until it was read. */
  peek(): LiveFloor | null;
  /** Reads what other processes wrote, unless it is busy and will do so anyway. */
  catchUp(): Promise<void>;
  isBusy(): boolean;
  /** Resolves when nothing runs and nothing waits. */
  settle(): Promise<void>;
}

export interface QueueLaneDeps {
  readonly store: Pick<EventStore, 'insert' | 'readAfter' | 'readCurrentDay' | 'findByKey'>;
  readonly setups: Setups;
  readonly clock: Clock;
  /** Told of everything that stands in the log from now on, in order. */
  readonly tell: (queue: QueueHandle, event: LoggedEvent, situation: LiveSituation) => void;
}

function pause(attempt: number): Promise<void> {
  const delayMs = Math.random() * Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

function toError({ refusal }: Extract<Decision, { readonly ok: false }>): AppError {
  const { code, message, retryAfterMs, current } = refusal;
  return new AppError(code, {
    message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(current !== undefined && { current }),
  });
}

function toEvent(floor: LiveFloor, command: QueueCommand, changes: LoggedEvent['changes'], atMs: number): LoggedEvent {
  const { actor, key, inputHash } = command;
  const day = changes.find((change) => change.type === 'day-began');
  return { rev: floor.rev + 1, atMs, serviceDay: day?.serviceDay ?? floor.serviceDay, actor, changes, key, inputHash };
}

/** The same key is the same command, or a mistake of whoever made it. */
function repeat(command: QueueCommand, earlier: LoggedEvent): Outcome {
  if (earlier.inputHash === command.inputHash) return { kind: 'repeated', event: earlier };
  return { kind: 'refused', error: new AppError('IDEMPOTENCY_MISMATCH') };
}

/** Begins today, before everything else of its batch. */
const beginDay: QueueCommand = {
  actor: clockActor,
  key: null,
  inputHash: null,
  decide: (now) => ({ ok: true, changes: decideDay(now) }),
};

export function createQueueLane(queue: QueueHandle, deps: QueueLaneDeps): QueueLane {
  const { store, setups, clock } = deps;
  const { tenantId, locationId } = queue;
  const waiting: Waiting[] = [];
  /** Events of the day by their key, so that a retry needs no look-up. */
  const keys = new Map<string, LoggedEvent>();
  let floor: LiveFloor | null = null;
  /** A write whose outcome nobody knows: the log knows it. */
  let isInDoubt = false;
  let running: Promise<void> | null = null;

  function noteKeys(events: readonly LoggedEvent[]): void {
    for (const event of events) {
      if (event.changes.some(({ type }) => type === 'day-began')) keys.clear();
      if (event.key !== null) keys.set(event.key, event);
    }
  }

  /** The floor at the end of the log. Listeners hear of what they missed; at the first look that is nothing. */
  async function readLog(): Promise<LiveFloor> {
    const before = floor;
    const events = before
      ? await store.readAfter(queue, locationId, before.rev, Number.MAX_SAFE_INTEGER)
      : await store.readCurrentDay(queue, locationId);
    isInDoubt = false;
    if (before && events.length === 0) return before;
    const setup = await setups.read(queue, locationId);
    const next = before ? before.copy() : createFloor();
    for (const event of events) next.apply(event);
    noteKeys(events);
    floor = next;
    if (before) tellAll(events, { floor: next, setup, nowMs: clock.now() });
    return next;
  }

  function tellAll(events: readonly LoggedEvent[], situation: LiveSituation): void {
    for (const event of events) deps.tell(queue, event, situation);
  }

  /** Decides one after the other, each on the floor that the ones before it would make. */
  function decideAll(
    base: LiveFloor,
    setup: FullSetup,
    commands: readonly QueueCommand[],
    older: ReadonlyMap<string, LoggedEvent>,
  ): Round {
    const nowMs = clock.now();
    const events: LoggedEvent[] = [];
    const mine = new Map<string, LoggedEvent>();
    let working = base;
    const decideOne = (command: QueueCommand): Outcome => {
      const { key } = command;
      const earlier = key === null ? undefined : (keys.get(key) ?? mine.get(key) ?? older.get(key));
      if (earlier) return repeat(command, earlier);
      const decision = command.decide({ floor: working, setup, nowMs });
      if (!decision.ok) return { kind: 'refused', error: toError(decision) };
      if (decision.changes.length === 0) return { kind: 'unchanged' };
      const event = toEvent(working, command, decision.changes, nowMs);
      if (working === base) working = base.copy();
      working.apply(event);
      events.push(event);
      if (key !== null) mine.set(key, event);
      return { kind: 'written', event };
    };
    decideOne(beginDay);
    const outcomes = commands.map(decideOne);
    return { floor: working, setup, nowMs, events, outcomes };
  }

  /** False when the log had moved on, and the batch must be decided again. */
  async function write({ events, outcomes }: Round, batch: readonly Waiting[]): Promise<boolean> {
    if (events.length > 0) {
      try {
        await store.insert(queue, locationId, events);
        return true;
      } catch (error) {
        isInDoubt = true;
        if (!duplicateKeyFields(error)) throw error;
        return false;
      }
    }
    const isStatement = outcomes.some(
      ({ kind }, at) => kind === 'refused' || (kind === 'unchanged' && batch[at]?.command.key !== null),
    );
    if (!isStatement) return true;
    const before = floor;
    return (await readLog()) === before;
  }

  /** Commands that were written before the day that is in memory began. */
  async function findOlder(batch: readonly Waiting[]): Promise<Map<string, LoggedEvent>> {
    const older = new Map<string, LoggedEvent>();
    for (const { command } of batch) {
      const { key } = command;
      const event = key === null || keys.has(key) ? undefined : await store.findByKey(queue, locationId, key);
      if (event && key !== null) older.set(key, event);
    }
    return older;
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    let older: ReadonlyMap<string, LoggedEvent> = new Map();
    for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
      const base = floor && !isInDoubt ? floor : await readLog();
      const setup = await setups.read(queue, locationId);
      const commands = batch.map(({ command }) => command);
      const round = decideAll(base, setup, commands, older);
      if (await write(round, batch)) {
        finish(round, batch);
        return;
      }
      // Nobody was faster, so it is a key that stands further back in the log than today.
      if ((await readLog()) === base) older = await findOlder(batch);
      await pause(attempt);
    }
    for (const { reject } of batch) reject(new AppError('BUSY', { retryAfterMs: RETRY_MAX_MS }));
  }

  function finish(round: Round, batch: readonly Waiting[]): void {
    const { setup, nowMs, events, outcomes } = round;
    const situation = { floor: round.floor, setup, nowMs };
    if (events.length > 0) {
      floor = round.floor;
      noteKeys(events);
      tellAll(events, situation);
    }
    for (const [at, outcome] of outcomes.entries()) {
      const one = batch[at];
      if (outcome.kind === 'refused') one?.reject(outcome.error);
      else
        one?.resolve({
          event: 'event' in outcome ? outcome.event : null,
          isRepeat: outcome.kind === 'repeated',
          situation,
        });
    }
  }

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH_SIZE);
      try {
        await commit(batch);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  /** One thing at a time; what came meanwhile is taken up afterwards. */
  function run(action: () => Promise<void>): Promise<void> {
    const outcome = action().finally(() => {
      running = null;
      wake();
    });
    running = outcome.catch(() => undefined);
    return outcome;
  }

  function wake(): void {
    if (!running && waiting.length > 0) void run(work);
  }

  return {
    tenantId,
    locationId,
    async enqueue(command) {
      if (waiting.length >= MAX_WAITING) throw new AppError('BUSY', { retryAfterMs: 500 });
      return new Promise((resolve, reject) => {
        waiting.push({ command, resolve, reject });
        wake();
      });
    },
    peek: () => floor,
    async catchUp() {
      if (!running && floor) await run(async () => void (await readLog()));
    },
    isBusy: () => running !== null,
    async settle() {
      while (running) await running;
    },
  };
}
