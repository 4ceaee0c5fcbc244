/** Counters opening and closing, notices, and what the clock does by itself. */
import { serviceDayOf } from '../hours/service-day.js';
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
  { setup }: Situation,
  serviceIds: readonly ServiceId[],
  isFinishing: boolean,
): Decision {
  const isKnown = serviceIds.every((id) => setup.services.has(id));
  return isKnown
    ? allow({ type: 'line-finishing', serviceIds, isFinishing })
    : refuse('NOT_FOUND', 'There is no such service.');
}

export function decideCloseService({ setup }: Situation, serviceId: ServiceId, message: string | null): Decision {
  return setup.services.has(serviceId)
    ? allow({ type: 'service-closed', serviceId, message })
    : refuse('NOT_FOUND', 'There is no such service.');
}

export function decideNotice(notice: string | null): Decision {
  return allow({ type: 'notice-set', notice });
}

/** A new service day: what waited has expired, what is being served goes on (5.2). Empty while the day is the same. */
export function decideDay({ floor, setup, nowMs }: Situation): readonly QueueChange[] {
  const serviceDay = serviceDayOf(getZone(setup.timeZone), setup.dayStart, nowMs);
  // A day never comes back, even if the zone of the location was changed to one further west.
  if (floor.serviceDay !== '' && serviceDay <= floor.serviceDay) return [];
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

/** What is due by the clock at this moment: starts, no-shows, counters that go on, a new day. */
export function decideDue(situation: Situation): readonly QueueChange[] {
  const { floor, setup, nowMs } = situation;
  const changes: QueueChange[] = [];
  for (const counter of floor.counters.values()) {
    if (counter.status === 'paused' && counter.resumeAtMs !== null && counter.resumeAtMs <= nowMs) {
      changes.push({ type: 'counter-resumed', counterId: counter.id });
    }
    const ticket = counter.ticketId === null ? undefined : floor.tickets.get(counter.ticketId);
    if (ticket?.state !== 'called') continue;
    const { autoStartSeconds } = setup.policy;
    const noShowAtMs = autoNoShowAtMs(situation, ticket);
    const startsAtMs = autoStartSeconds === null ? null : (ticket.calledAtMs ?? 0) + autoStartSeconds * 1_000;
    if (startsAtMs !== null && startsAtMs <= nowMs) {
      changes.push({ type: 'ticket-started', ticketId: ticket.id, isAutomatic: true });
    } else if (noShowAtMs !== null && noShowAtMs <= nowMs) {
      changes.push({ type: 'ticket-missed', ticketId: ticket.id, isAutomatic: true });
    }
  }
  return [...changes, ...decideDay(situation)];
}
