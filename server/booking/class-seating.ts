/**
 * Who has which seats is decided by one write of the session's document, on the condition that nobody wrote it since it was read
 * (ADR 0014). Whoever is refused reads again; somebody else's change is in the store by then, so each turn one of them goes on. In one
 * process they wait for each other, so that a full class costs one write for each that got something.
 *
 * Every write settles the session: holds and offers that ran out end, and what is free is offered along the line.
 */
import { nextExpiryMs, settle } from '@frontdesk/domain/booking/seating';
import type { ClassSessionId } from '@frontdesk/protocol/ids';
import type { EnrolmentState } from '@frontdesk/protocol/vocabulary';
import type { EventBus } from '../core/bus.js';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { AllocationStore, Change } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import type { Scoped } from './booking.types.js';
import type { ClassSession, Enrolment, SeatNews, SeatOutboxEntry, Session } from './class.types.js';
import type { Messenger } from './messenger.js';
import { planSeatMessages } from './seat-outbox.js';
import type { SessionStore } from './session.store.js';

/** As many servers as could be faster each time. */
const MAX_TURNS = 64;
const LOOK_INTERVAL_MS = 2_000;

/** What a change makes of a session; null leaves it as it is. */
export interface SeatChange {
  readonly entries: readonly Enrolment[];
  readonly session?: Partial<Pick<ClassSession, 'capacity' | 'edition'>>;
  readonly change?: Omit<Change, 'set'> & { readonly set?: Change['set'] };
  /** Whom something happened to that their state does not say. */
  readonly news?: readonly { readonly id: Enrolment['id']; readonly news: SeatNews }[];
  /** To be said besides the news, each at its own time. */
  readonly planned?: readonly SeatOutboxEntry[];
  /** Of what became of their state they hear otherwise. */
  readonly isToldOtherwise?: true;
  /** Staff see it, although nobody's seats changed. */
  readonly isForStaff?: true;
}

/** Writes the change; undefined when somebody else was faster. Without one of its own a session is written where it is. */
export type WriteSession = (before: Session, change: Change) => Promise<Session | undefined>;

export interface Seating {
  /** Answers the session as it is after the change. Throws NOT_FOUND, and whatever `act` throws. */
  change(
    context: Scoped,
    id: ClassSessionId,
    act: (session: Session, nowMs: number) => SeatChange | null,
    write?: WriteSession,
  ): Promise<Session>;
  /** As it would be written now. */
  settled(session: Session): Session;
  start(): void;
  stop(): Promise<void>;
}

const NEWS: Readonly<Record<EnrolmentState, SeatNews | null>> = {
  held: null,
  enrolled: 'enrolled',
  waiting: 'waiting',
  offered: 'offered',
  lapsed: 'lapsed',
  cancelled: 'cancelled',
};

export interface SeatingDeps {
  readonly allocations: Pick<AllocationStore, 'change'>;
  readonly sessions: Pick<SessionStore, 'find' | 'listDue'>;
  readonly announcer: Announcer;
  readonly messenger: Pick<Messenger, 'wake'>;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What one state of the entries says to people that the one before did not. */
function newsBetween(before: readonly Enrolment[], after: readonly Enrolment[]): NonNullable<SeatChange['news']> {
  const states = new Map(before.map(({ id, state }) => [id, state]));
  return after.flatMap(({ id, state }) => {
    const news = states.get(id) === state ? null : NEWS[state];
    return news ? [{ id, news }] : [];
  });
}

export function createSeating(deps: SeatingDeps): Seating {
  const { allocations, sessions, announcer, messenger, bus, clock, log } = deps;
  const lines = new Map<ClassSessionId, Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  function settleEntries(entries: readonly Enrolment[], { capacity }: ClassSession, start: Date, nowMs: number) {
    return settle(entries, { capacity, startMs: start.getTime(), nowMs });
  }

  function settled(one: Session): Session {
    if (!one.live) return one;
    const entries = settleEntries(one.session.entries, one.session, one.start, clock.now());
    return { ...one, session: { ...one.session, entries } };
  }

  function toChange(
    before: Session,
    { entries, session, change, news = [], planned = [], isToldOtherwise }: SeatChange,
    nowMs: number,
  ): Change {
    const { settleAt: _before, ...kept } = { ...before.session, ...session };
    const start = change?.set?.start ?? before.start;
    const isLive = change?.set?.live ?? before.live;
    const after = isLive ? settleEntries(entries, kept, start, nowMs) : entries;
    const next = nextExpiryMs(after);
    const settleAt = next === null ? {} : { settleAt: new Date(next) };
    const between = newsBetween(before.session.entries, after);
    // Who waits and is offered seats by this change hears of it in any case.
    const told = [...(isToldOtherwise ? between.filter((one) => one.news === 'offered') : between), ...news];
    return {
      write: null,
      ...change,
      set: { ...change?.set, session: { ...kept, entries: after, ...settleAt } },
      seatOutbox: [
        ...planSeatMessages({ ...before, start, session: { ...kept, entries: after } }, told, nowMs),
        ...planned,
      ],
    };
  }

  const writeHere: WriteSession = async (before, change) => {
    const written = await allocations.change(before, before.id, { version: before.version }, change);
    if (typeof written === 'string') throw new AppError('IDEMPOTENCY_MISMATCH');
    return written as Session | undefined;
  };

  async function announce(before: Session, after: Session, { news = [], isForStaff }: SeatChange): Promise<void> {
    const told = [...newsBetween(before.session.entries, after.session.entries), ...news];
    const isChanged = isForStaff === true || told.length > 0 || before.session.edition !== after.session.edition;
    await announcer.timeChanged(after, isChanged ? 'for-staff' : 'held');
    if (told.length > 0) messenger.wake();
    const { tenantId, locationId } = after;
    const sessionId = after.id as string as ClassSessionId;
    for (const one of told)
      bus.publish('seat:changed', { tenantId, locationId, sessionId, enrolmentId: one.id, news: one.news });
  }

  async function changeNow(
    context: Scoped,
    id: ClassSessionId,
    act: Parameters<Seating['change']>[2],
    write: WriteSession,
  ): Promise<Session> {
    for (let turn = 0; turn < MAX_TURNS; turn += 1) {
      const before = await sessions.find(context, id);
      if (!before) throw new AppError('NOT_FOUND');
      const nowMs = clock.now();
      const wanted = act(settled(before), nowMs);
      if (!wanted) return settled(before);
      const after = await write(before, toChange(before, wanted, nowMs));
      if (!after) continue;
      await announce(before, after, wanted);
      return after;
    }
    throw new AppError('BUSY');
  }

  async function change(...[context, id, act, write = writeHere]: Parameters<Seating['change']>): Promise<Session> {
    const ahead = lines.get(id) ?? Promise.resolve();
    const mine = ahead.then(() => changeNow(context, id, act, write));
    const end = mine.then(
      () => undefined,
      () => undefined,
    );
    lines.set(id, end);
    try {
      return await mine;
    } finally {
      if (lines.get(id) === end) lines.delete(id);
    }
  }

  const warn = (error: unknown): void => log.warn({ err: error }, 'offers that ran out could not be ended');

  /** What ran out ends without anybody asking, so that the next in line hears of it. */
  async function settleDue(): Promise<void> {
    for (const { tenantId, id } of await sessions.listDue(new Date(clock.now()))) {
      const settling = change({ tenantId }, id, ({ session: { settleAt, entries } }, nowMs) =>
        // Another process may have been here.
        settleAt && settleAt.getTime() <= nowMs ? { entries } : null,
      );
      // Of a session that cannot be settled the others know nothing.
      await settling.catch(warn);
    }
  }

  return {
    change,
    settled,
    start() {
      timer = setInterval(() => {
        looking = looking.then(settleDue).catch(warn);
      }, LOOK_INTERVAL_MS);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
