/**
 * Visitors who look at a list (free times, sessions of a class) are told what changes. Those who asked the same question are one group:
 * the list is worked out once for all of them and the difference is sent once, at most four times a second (booking.md 5.5).
 *
 * A list changes when time is taken or given back in this process, when another process did so (the revisions are read once a second),
 * when a hold in it runs out, and when notice passes.
 */
import type { TenantId } from '@frontdesk/protocol/ids';
import type { EventBus } from '../core/bus.js';
import type { Clock } from '../core/clock.js';
import type { VisitorContext } from '../core/context.js';
import type { FactPublisher } from '../core/facts.js';
import type { Logger } from '../core/logger.js';
import { createCoalescer } from '../core/coalescer.js';
import type { Revisions, Scoped } from './booking.types.js';
import type { RevisionStore } from './revisions.store.js';

const PUSH_INTERVAL_MS = 250;
/** How late a list may notice that a hold ran out, at most. */
const LOOK_INTERVAL_MS = 250;
const REVISION_INTERVAL_MS = 1_000;

/** A list as it was worked out. */
export interface WatchedView {
  /** When it may change by itself. */
  readonly untilMs: number;
}

interface Group<Question, View> {
  readonly tenantId: TenantId;
  readonly question: Question;
  readonly room: string;
  /** null until it was read for the first time. */
  view: View | null;
  reading: Promise<void>;
}

export interface ListWatch<Question, View> {
  /** The list as the group has it; from now on the socket hears what changes. */
  watch(context: VisitorContext, question: Question): Promise<View>;
  unwatch(context: VisitorContext): void;
  start(): void;
  stop(): Promise<void>;
}

export interface WatchDeps {
  readonly revisions: Pick<RevisionStore, 'readAll'>;
  readonly facts: Pick<FactPublisher, 'toVisitors' | 'joinSocket' | 'leaveSocket' | 'countSockets'>;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is watched. */
export interface Watched<Question, View> {
  roomOf(tenantId: TenantId, question: Question): string;
  read(context: Scoped, question: Question): Promise<View>;
  /** Tells the room what changed; false when nothing did, and the list keeps its revision. */
  tell(room: string, before: View, after: View): boolean;
}

const isSame = (one: Revisions | undefined, other: Revisions): boolean =>
  one?.setup === other.setup && one.agenda === other.agenda;

export function createListWatch<Question, View extends WatchedView>(
  { revisions, facts, bus, clock, log }: WatchDeps,
  { roomOf, read, tell }: Watched<Question, View>,
): ListWatch<Question, View> {
  type WatchGroup = Group<Question, View>;
  const groups = new Map<string, WatchGroup>();
  const watched = new Map<string, string>();
  const seen = new Map<TenantId, Revisions>();
  let timers: NodeJS.Timeout[] = [];
  let unsubscribe: (() => void)[] = [];
  let looking: Promise<void> = Promise.resolve();
  const warn = (error: unknown): void => log.warn({ err: error }, 'a watched list could not be read');
  const coalescer = createCoalescer<string>({
    intervalMs: PUSH_INTERVAL_MS,
    keyOf: (room) => room,
    run: refresh,
    handleError: warn,
  });

  function take(group: WatchGroup, view: View): void {
    const isChanged = group.view === null || tell(group.room, group.view, view);
    group.view = isChanged || group.view === null ? view : { ...group.view, untilMs: view.untilMs };
  }

  /** One after the other, so that a list that was read later is never replaced by one that was read before. */
  function readAgain(group: WatchGroup): Promise<void> {
    group.reading = group.reading
      .catch(() => undefined)
      .then(async () => take(group, await read(group, group.question)));
    return group.reading;
  }

  async function refresh(room: string): Promise<void> {
    const group = groups.get(room);
    if (!group) return;
    if (facts.countSockets(room) > 0) await readAgain(group);
    else groups.delete(room);
  }

  function askAll(matches: (group: WatchGroup) => boolean): void {
    for (const [room, group] of groups) if (matches(group)) coalescer.ask(room);
  }

  async function readRevisions(): Promise<void> {
    const tenantIds = [...new Set([...groups.values()].map(({ tenantId }) => tenantId))];
    if (tenantIds.length === 0) return;
    for (const [tenantId, now] of await revisions.readAll(tenantIds)) {
      if (!isSame(seen.get(tenantId), now)) askAll((group) => group.tenantId === tenantId);
      seen.set(tenantId, now);
    }
  }

  function leave(socketId: string): void {
    const room = watched.get(socketId);
    if (room === undefined) return;
    watched.delete(socketId);
    facts.leaveSocket(socketId, room);
  }

  /** Everybody in a group goes on from the same revision. */
  async function join({ tenantId }: { readonly tenantId: TenantId }, room: string, question: Question): Promise<View> {
    // There before its list is read, so that what changes meanwhile is asked for again and not lost.
    const group = groups.get(room) ?? { tenantId, question, room, view: null, reading: Promise.resolve() };
    groups.set(room, group);
    const reading = readAgain(group);
    try {
      await reading;
    } catch (error) {
      // Whoever asked after this one reads it once more, and has to be told of what changes.
      if (group.view === null && group.reading === reading) groups.delete(room);
      throw error;
    }
    if (group.view === null) throw new Error('a list was read and is not there');
    return group.view;
  }

  return {
    async watch(context, question) {
      const { socketId, tenantId } = context;
      const room = roomOf(tenantId, question);
      if (socketId !== undefined) {
        leave(socketId);
        watched.set(socketId, room);
        // Before the list is read: what changes in between is told, and a client that has a newer list drops it.
        facts.joinSocket(socketId, room);
      }
      return join(context, room, question);
    },
    unwatch({ socketId }) {
      if (socketId !== undefined) leave(socketId);
    },
    start() {
      unsubscribe = [
        bus.subscribe('booking:changed', ({ tenantId }) => askAll((group) => group.tenantId === tenantId)),
        bus.subscribe('visitor-socket:closed', ({ socketId }) => void watched.delete(socketId)),
      ];
      timers = [
        setInterval(() => askAll(({ view }) => view !== null && view.untilMs <= clock.now()), LOOK_INTERVAL_MS),
        setInterval(() => {
          looking = looking.then(readRevisions).catch(warn);
        }, REVISION_INTERVAL_MS),
      ];
      for (const timer of timers) timer.unref();
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      for (const end of unsubscribe) end();
      coalescer.stop();
      await looking;
    },
  };
}
