/**
 * Once a day, and when a process starts that knows newer rules, every visit that lies ahead is compared with the clock of its branch
 * (booking.md 5.2, rule 5). Where the rules of the zone were changed since it was booked, it keeps its time on the wall: instant and
 * claims move in one write, staff see a flag, and the customer's calendar gets the right instant. What somebody else has taken meanwhile
 * stays where it is, with a flag that says so, and is tried again the next day.
 *
 * Each tenant is leased, and every write is on the condition that nobody wrote since, so that a process that dies or comes too late does
 * no harm: what was done already begins when its clock says so.
 */
import type { TenantId } from '@frontdesk/protocol/ids';
import { ZONE_RULES_REASON, ZONE_TAKEN_REASON } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import { createSweeper } from '../core/sweeper.js';
import type { AllocationStore, Change } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import type { Allocation, BookingChange, ZoneChange } from './booking.types.js';
import type { Claims } from './claim.js';
import type { SeatChange, Seating, WriteSession } from './class-seating.js';
import { isSession, type Session } from './class.types.js';
import { sessionIdOf } from './enrolments.js';
import type { Messenger } from './messenger.js';
import { planMessages } from './outbox.js';
import type { RevisionStore } from './revisions.store.js';
import { dueStart, placeAt, type ZoneRules } from './zone-shift.js';

const minuteMs = 60_000;
const LOOK_INTERVAL_MS = 5 * minuteMs;
const DAILY_MS = 24 * 60 * minuteMs;
/** Longer than a tenant takes; somebody else goes on where a process died. */
const LEASE_MS = 10 * minuteMs;

/** What became of one visit: `again` when somebody else wrote it at that moment. */
type Outcome = 'right' | 'moved' | 'taken' | 'again';

export interface ZoneCheckDeps {
  readonly allocations: Pick<AllocationStore, 'listAhead' | 'find' | 'change'>;
  readonly claims: Pick<Claims, 'place'>;
  readonly seating: Pick<Seating, 'change'>;
  readonly revisions: Pick<RevisionStore, 'leaseZoneCheck' | 'settleZoneCheck'>;
  readonly announcer: Announcer;
  readonly messenger: Pick<Messenger, 'wake'>;
  readonly rules: ZoneRules;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface ZoneCheck {
  start(): void;
  /** Compares what is due; for tests, whose clock runs faster. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

const isKnown = ({ zoneChange }: Allocation, due: Date): boolean =>
  zoneChange?.isMoved === false && zoneChange.to.getTime() === due.getTime();

/** Neighbours of one day move one after the other, each to a time that the one before has just left. */
function inOrder(found: readonly { readonly id: Allocation['id']; readonly start: Date; readonly due: Date }[]) {
  const ascending = found.toSorted((one, other) => one.start.getTime() - other.start.getTime());
  const earlier = ascending.filter(({ start, due }) => due < start);
  const later = ascending.filter(({ start, due }) => due > start);
  return [...earlier, ...later.toReversed()].map(({ id }) => id);
}

export function createZoneCheck(deps: ZoneCheckDeps): ZoneCheck {
  const { allocations, claims, seating, revisions, announcer, clock, log } = deps;

  function describe({ start, state }: Allocation, due: Date, isMoved: boolean) {
    const at = new Date(clock.now());
    const zoneChange: ZoneChange = { at, from: start, to: due, isMoved };
    const reason = isMoved ? ZONE_RULES_REASON : ZONE_TAKEN_REASON;
    const history: BookingChange = { at, by: 'system', memberId: null, from: state, to: state, reason };
    return { zoneChange, history };
  }

  async function moveBooking(booking: Allocation, due: Date): Promise<Outcome> {
    const { zoneChange, history } = describe(booking, due, true);
    const written = await claims.place(booking, placeAt(booking, due), (placement) => {
      const outbox = planMessages({ ...booking, ...placement }, 'zone-changed', clock.now());
      const change: Change = { set: { ...placement, zoneChange }, write: null, history, outbox };
      return allocations.change(booking, booking.id, { version: booking.version }, change);
    });
    if (written === 'claims') return 'taken';
    return written === undefined || typeof written === 'string' ? 'again' : 'moved';
  }

  async function flagBooking(booking: Allocation, due: Date): Promise<Outcome> {
    const { zoneChange, history } = describe(booking, due, false);
    const change: Change = { set: { zoneChange }, write: null, history };
    const written = await allocations.change(booking, booking.id, { version: booking.version }, change);
    return written === undefined ? 'again' : 'taken';
  }

  function writeAt(due: Date): WriteSession {
    return async (before, change) => {
      const written = await claims.place(before, placeAt(before, due), (placement) => {
        const set = { ...change.set, ...placement };
        return allocations.change(before, before.id, { version: before.version }, { ...change, set });
      });
      if (written === 'claims') throw new AppError('SLOT_TAKEN');
      return typeof written === 'string' ? undefined : (written as Session | undefined);
    };
  }

  /** Everybody in it moves with it. */
  async function moveSession(booking: Session, due: Date): Promise<Outcome> {
    const act = (session: Session): SeatChange | null => {
      if (dueStart(session, deps.rules)?.getTime() !== due.getTime()) return null;
      const { zoneChange, history } = describe(session, due, true);
      const { entries, edition } = session.session;
      const isIn = (state: string): boolean => state === 'enrolled' || state === 'waiting' || state === 'offered';
      return {
        entries,
        session: { edition: edition + 1 },
        change: { set: { start: due, zoneChange }, write: null, history },
        news: entries.filter(({ state }) => isIn(state)).map(({ id }) => ({ id, news: 'moved' })),
      };
    };
    try {
      const after = await seating.change(booking, sessionIdOf(booking), act, writeAt(due));
      return after.start.getTime() === due.getTime() ? 'moved' : 'again';
    } catch (error) {
      if (error instanceof AppError && error.code === 'SLOT_TAKEN') return 'taken';
      throw error;
    }
  }

  async function flagSession(booking: Session, due: Date): Promise<Outcome> {
    await seating.change(booking, sessionIdOf(booking), (session) => {
      if (isKnown(session, due) || !session.live) return null;
      const { zoneChange, history } = describe(session, due, false);
      const { entries } = session.session;
      return { entries, change: { set: { zoneChange }, write: null, history }, isForStaff: true };
    });
    return 'taken';
  }

  async function checkOne(tenantId: TenantId, id: Allocation['id'], isLastTry: boolean): Promise<Outcome> {
    const booking = await allocations.find({ tenantId }, id);
    const due = booking?.live && booking.state !== 'held' ? dueStart(booking, deps.rules) : null;
    if (!booking || !due) return 'right';
    const outcome = isSession(booking) ? await moveSession(booking, due) : await moveBooking(booking, due);
    if (outcome === 'taken' && isLastTry && !isKnown(booking, due)) {
      const flagged = isSession(booking) ? await flagSession(booking, due) : await flagBooking(booking, due);
      if (flagged === 'taken') await announcer.timeChanged(booking, 'for-staff');
      return flagged;
    }
    if (outcome === 'moved' && !isSession(booking)) await announcer.timeChanged(booking, 'for-staff');
    return outcome;
  }

  /** True when all is right, or as right as it can be today. */
  async function checkTenant(tenantId: TenantId): Promise<boolean> {
    const ahead = await allocations.listAhead({ tenantId }, new Date(clock.now()));
    const found = ahead.flatMap((one) => {
      const due = dueStart(one, deps.rules);
      return due ? [{ id: one.id, start: one.start, due }] : [];
    });
    let left = inOrder(found);
    // What is in somebody's way may itself be about to move, so those that found it taken are asked once more.
    for (const isLastTry of [false, true]) {
      const outcomes = new Map<Allocation['id'], Outcome>();
      for (const id of left) outcomes.set(id, await checkOne(tenantId, id, isLastTry));
      const count = (wanted: Outcome): number => [...outcomes.values()].filter((outcome) => outcome === wanted).length;
      const counts = { moved: count('moved'), taken: count('taken') };
      if (left.length > 0) log.warn({ tenantId, rules: deps.rules.version, ...counts }, 'the rules of a zone changed');
      if (counts.moved > 0) deps.messenger.wake();
      const isOpen = (outcome: Outcome | undefined) => outcome === 'again' || (!isLastTry && outcome === 'taken');
      left = left.filter((id) => isOpen(outcomes.get(id)));
    }
    return left.length === 0;
  }

  async function check(): Promise<void> {
    for (;;) {
      const now = clock.now();
      const until = new Date(now + LEASE_MS);
      const tenantId = await revisions.leaseZoneCheck(deps.rules.version, new Date(now), until);
      if (tenantId === undefined) return;
      // Who failed is looked at again when the lease ends, and keeps nobody else waiting.
      const isDone = await checkTenant(tenantId).catch((error: unknown) => {
        log.warn({ err: error, tenantId }, 'visits could not be compared with the rules of their zones');
        return false;
      });
      if (isDone) await revisions.settleZoneCheck({ tenantId }, until, new Date(now + DAILY_MS));
    }
  }

  const sweeper = createSweeper(check, {
    everyMs: LOOK_INTERVAL_MS,
    log,
    failure: 'rules of zones could not be compared',
  });
  return {
    check,
    ...sweeper,
  };
}
