/** Counters opening and closing, notices, and what the clock does by itself. */
import { serviceDayBounds, serviceDayOf } from '../hours/service-day.js';
import { getZone } from '../hours/zone.js';
import type { CounterId, MembershipId, ServiceId } from '@frontdesk/protocol/ids';
import { allow, refuse, type Decision, type Situation } from './decision.js';
import type { CarriedOver, QueueChange } from './events.js';
import { findCounter, type Floor, type FloorTicket } from './floor.js';

const minuteMs = 60_000;

/** Whoever sits down leaves the counter where they sat before; somebody else's counter is taken over only when it is idle. */
export function decideOpenCounter(
  { floor, setup }: Situation,
  request: { readonly counterId: CounterId; readonly memberId: MembershipId; readonly memberName: string },
): Decision {
  const known = setup.counters.get(request.counterId);
  if (!known || known.isArchived) return refuse('NOT_FOUND', 'There is no such counter.');
  const counter = findCounter(floor, request.counterId);
  if (counter.status === 'open' && counter.memberId === request.memberId) return allow();
  if (counter.ticketId !== null && counter.memberId !== request.memberId) {
    return refuse('COUNTER_BUSY', `${counter.memberName ?? 'Somebody'} is serving at this counter.`);
  }
  const before = [...floor.counters.values()].filter(
    (other) => other.memberId === request.memberId && other.id !== request.counterId && other.status !== 'closed',
  );
  if (before.some(({ ticketId }) => ticketId !== null)) {
    return refuse('CONFLICT', 'Finish the ticket at your other counter first.');
  }
  const closings = before.map(({ id }): QueueChange => ({ type: 'counter-closed', counterId: id }));
  return allow(...closings, { type: 'counter-opened', ...request });
}

export function decidePauseCounter(
  { floor, nowMs }: Situation,
  request: { readonly counterId: CounterId; readonly reason: string; readonly resumeAfterMinutes: number | null },
): Decision {
  const counter = findCounter(floor, request.counterId);
  if (counter.status !== 'open') return refuse('CONFLICT', 'Only an open counter can be paused.');
  const { counterId, reason, resumeAfterMinutes } = request;
  const resumeAtMs = resumeAfterMinutes === null ? null : nowMs + resumeAfterMinutes * minuteMs;
  return allow({ type: 'counter-paused', counterId, reason, resumeAtMs });
}

export function decideResumeCounter({ floor }: Situation, counterId: CounterId): Decision {
  return findCounter(floor, counterId).status === 'paused'
    ? allow({ type: 'counter-resumed', counterId })
    : refuse('CONFLICT', 'This counter is not paused.');
}

export function decideCloseCounter({ floor }: Situation, counterId: CounterId): Decision {
  const counter = findCounter(floor, counterId);
  if (counter.ticketId !== null) return refuse('CONFLICT', 'Finish the ticket at this counter first.');
  return counter.status === 'closed' ? allow() : allow({ type: 'counter-closed', counterId });
}

export function decideFinishLine(
  { floor, setup }: Situation,
  serviceIds: readonly ServiceId[],
  isFinishing: boolean,
): Decision {
  if (!serviceIds.every((id) => setup.services.has(id))) return refuse('NOT_FOUND', 'There is no such service.');
  const changed = serviceIds.filter((id) => floor.finishing.has(id) !== isFinishing);
  return changed.length === 0 ? allow() : allow({ type: 'line-finishing', serviceIds: changed, isFinishing });
}

/** A closed service takes no tickets and no transfers; staff may still call those who wait. */
export function decideCloseService(
  { floor, setup }: Situation,
  serviceId: ServiceId,
  message: string | null,
): Decision {
  if (!setup.services.has(serviceId)) return refuse('NOT_FOUND', 'There is no such service.');
  const isSame = (floor.closures.get(serviceId)?.message ?? null) === message;
  return isSame ? allow() : allow({ type: 'service-closed', serviceId, message });
}

export function decideNotice(notice: string | null): Decision {
  return allow({ type: 'notice-set', notice });
}

/**
 * When the running day ends: by the zone that it began with, and not before the next one begins in the zone that it will have. A
 * day never comes back, even if the location was moved to a zone further west.
 */
function dayEndsAtMs({ floor, setup }: Situation): number {
  if (floor.serviceDay === '') return -Infinity;
  const ends = [floor.timeZone, setup.timeZone].map(
    (zone) => serviceDayBounds(getZone(zone), setup.dayStart, floor.serviceDay).endMs,
  );
  return Math.max(...ends);
}

/** A new service day: what waited has expired, what is being served goes on (5.2). Empty while the day is the same. */
export function decideDay(situation: Situation): readonly QueueChange[] {
  const { floor, setup, nowMs } = situation;
  if (nowMs < dayEndsAtMs(situation)) return [];
  const serviceDay = serviceDayOf(getZone(setup.timeZone), setup.dayStart, nowMs);
  const expiring = [...floor.tickets.values()].filter(({ state }) => expiresAtRollover(state));
  return [
    ...expiring.map(({ id }): QueueChange => ({ type: 'ticket-expired', ticketId: id })),
    { type: 'day-began', serviceDay, timeZone: setup.timeZone, carried: carryOver(floor) },
  ];
}

function carryOver(floor: Floor): CarriedOver {
  return {
    tickets: [...floor.tickets.values()].filter(({ state }) => state === 'called' || state === 'serving'),
    counters: [...floor.counters.values()],
    callSequence: floor.callSequence,
    closures: [...floor.closures].map(([serviceId, closure]) => ({ serviceId, ...closure })),
    notice: floor.notice,
  };
}

function expiresAtRollover(state: FloorTicket['state']): boolean {
  return state === 'waiting' || state === 'held' || state === 'no-show' || state === 'booked';
}

/** When a called ticket becomes a no-show by itself; null when the policy leaves it to staff. */
export function autoNoShowAtMs({ setup }: Pick<Situation, 'setup'>, ticket: FloorTicket): number | null {
  const { autoAfterSeconds } = setup.policy.noShow;
  if (ticket.state !== 'called' || autoAfterSeconds === null) return null;
  return (ticket.recalledAtMs.at(-1) ?? ticket.calledAtMs ?? 0) + autoAfterSeconds * 1_000;
}

interface Due {
  readonly atMs: number;
  readonly change: QueueChange;
}

/** What becomes of a called ticket by itself, whichever comes first; of two at once the kind one. */
function dueOfTicket(situation: Situation, ticket: FloorTicket | undefined): Due | undefined {
  if (ticket?.state !== 'called') return undefined;
  const { autoStartSeconds } = situation.setup.policy;
  const startsAtMs = autoStartSeconds === null ? Infinity : (ticket.calledAtMs ?? 0) + autoStartSeconds * 1_000;
  const missedAtMs = autoNoShowAtMs(situation, ticket) ?? Infinity;
  if (startsAtMs === Infinity && missedAtMs === Infinity) return undefined;
  const type = startsAtMs <= missedAtMs ? 'ticket-started' : 'ticket-missed';
  return { atMs: Math.min(startsAtMs, missedAtMs), change: { type, ticketId: ticket.id, isAutomatic: true } };
}

function listDue(situation: Situation): Due[] {
  const { floor } = situation;
  const due: Due[] = [];
  for (const { id, status, resumeAtMs, ticketId } of floor.counters.values()) {
    if (status === 'paused' && resumeAtMs !== null) {
      due.push({ atMs: resumeAtMs, change: { type: 'counter-resumed', counterId: id } });
    }
    const ofTicket = dueOfTicket(situation, ticketId === null ? undefined : floor.tickets.get(ticketId));
    if (ofTicket) due.push(ofTicket);
  }
  return due;
}

/**
 * What is due by the clock at this moment: starts, no-shows, counters that go on, or a new day. A day begins alone, because it
 * carries the floor along as it was; what else is due follows right after.
 */
export function decideDue(situation: Situation): readonly QueueChange[] {
  const day = decideDay(situation);
  if (day.length > 0) return day;
  return listDue(situation)
    .filter(({ atMs }) => atMs <= situation.nowMs)
    .map(({ change }) => change);
}

/** The moment at which `decideDue` has something to do next, unless something else happens before; not after now when it has. */
export function nextDueAtMs(situation: Situation): number {
  return Math.min(dayEndsAtMs(situation), ...listDue(situation).map(({ atMs }) => atMs));
}
