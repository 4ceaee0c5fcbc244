/** New tickets: at the kiosk, from a phone, at the desk, handed out offline; and arrivals of those that were booked or remote. */
import type { DeviceId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { TicketPresence, TicketSource } from '@frontdesk/protocol/vocabulary';
import { serviceDayOf } from '../hours/service-day.js';
import { getZone } from '../hours/zone.js';
import { readAvailability, type Availability } from './availability.js';
import { allow, refuse, refuseState, ticketGone, type Decision, type Situation } from './decision.js';
import type { TicketIssued } from './events.js';
import type { Floor, FloorTicket } from './floor.js';
import type { PriorityClass, QueueSetup } from './setup.js';
import { findReserved, formatLabel, nextBlock, nextNumber } from './numbering.js';
import { checkStopRule } from './stop-rule.js';

const minuteMs = 60_000;

export interface IssueRequest {
  readonly ticketId: TicketId;
  readonly serviceId: ServiceId;
  readonly source: TicketSource;
  readonly presence: TicketPresence;
  readonly classKey: string | null;
  /** Given by staff, not declared by the customer. */
  readonly isClassConfirmed: boolean;
  readonly language: Locale;
  readonly bookedForMs: number | null;
  /** Staff may go past hours, caps and stop times. */
  readonly overridesLimits: boolean;
  /** The same phone waits for this service already (one open ticket each, 5.2). */
  readonly hasOpenTicket: boolean;
  /** When eight of ten such tickets would be through, for the stop rule; absent while nobody knows. */
  readonly p80FinishMs?: number;
}

const capReasons: readonly string[] = ['day-full', 'line-full'];

function refuseClosed(availability: Extract<Availability, { readonly kind: 'closed' }>): Decision {
  const { reason, message } = availability;
  const code = capReasons.includes(reason) ? 'CAP_REACHED' : 'QUEUE_CLOSED';
  return refuse(code, message ?? 'This service takes no tickets now.', { current: { reason } });
}

export function findClass({ policy }: QueueSetup, classKey: string | null): PriorityClass | undefined {
  return policy.classes.find(({ key }) => key === classKey);
}

/** Tickets of a class today, whatever became of them. */
function countOfClass(floor: Floor, classKey: string): number {
  let count = 0;
  for (const ticket of floor.tickets.values()) if (ticket.classKey === classKey) count += 1;
  return count;
}

function mayHaveClass(setup: QueueSetup, { classKey, isClassConfirmed }: IssueRequest): boolean {
  const priority = findClass(setup, classKey);
  return classKey === null || (priority !== undefined && (isClassConfirmed || priority.declaration !== null));
}

/** undefined when the class may be given: it exists, may be declared, and its quota is not used up. */
function refuseClass({ floor, setup }: Situation, request: IssueRequest): Decision | undefined {
  const { classKey } = request;
  if (classKey === null) return undefined;
  if (!mayHaveClass(setup, request)) return refuse('VALIDATION', 'This class cannot be declared.');
  return refuseQuota(floor, setup, classKey);
}

export function refuseQuota(floor: Floor, setup: QueueSetup, classKey: string): Decision | undefined {
  const quota = findClass(setup, classKey)?.quota ?? null;
  return quota === null || countOfClass(floor, classKey) < quota
    ? undefined
    : refuse('CAP_REACHED', 'No more tickets of this class are given today.');
}

/** undefined when the service takes this ticket now; staff may go past hours, caps, stop times and the stop rule. */
function refuseNow(situation: Situation, request: IssueRequest): Decision | undefined {
  if (request.overridesLimits) return undefined;
  const { floor, setup, nowMs } = situation;
  const availability = readAvailability(floor, setup, request.serviceId, nowMs);
  if (availability.kind === 'closed') return refuseClosed(availability);
  const rule = checkStopRule(setup.policy, request.p80FinishMs ?? null, availability.closesAtMs);
  return rule === 'refuse'
    ? refuse('QUEUE_CLOSED', 'Nobody who comes now would be served before closing.', {
        current: { reason: 'after-stop' },
      })
    : undefined;
}

export function decideIssue(situation: Situation, request: IssueRequest): Decision {
  const { floor, setup, nowMs } = situation;
  const service = setup.services.get(request.serviceId);
  if (!service || service.isArchived) return refuse('NOT_FOUND', 'There is no such service.');
  const refused = refuseNow(situation, request) ?? refuseBooking(situation, request);
  if (refused) return refused;
  if (request.hasOpenTicket) return refuse('CONFLICT', 'This phone number waits for the service already.');
  const refusedClass = refuseClass(situation, request);
  if (refusedClass) return refusedClass;
  const number = nextNumber(floor, service.series);
  if (number === undefined) return refuse('CAP_REACHED', 'Every number of this series is in use.');
  const { prefix, width } = service.series;
  return allow({
    ...describe(request),
    prefix,
    number,
    label: formatLabel(prefix, number, width),
    queuedAtMs: nowMs,
    isOffline: false,
  });
}

/** A floor lives for a day; an appointment gets its ticket on the day that it is for. */
function refuseBooking({ floor, setup }: Situation, { bookedForMs }: IssueRequest): Decision | undefined {
  if (bookedForMs === null) return undefined;
  const isToday = serviceDayOf(getZone(floor.timeZone), setup.dayStart, bookedForMs) === floor.serviceDay;
  return isToday ? undefined : refuse('VALIDATION', 'A ticket can be given for an appointment of today.');
}

function describe(
  request: IssueRequest,
): Omit<TicketIssued, 'prefix' | 'number' | 'label' | 'queuedAtMs' | 'isOffline'> {
  const { ticketId, serviceId, source, classKey, isClassConfirmed, language, bookedForMs } = request;
  return {
    type: 'ticket-issued',
    ticketId,
    serviceId,
    source,
    // Whoever has an appointment is here when they check in.
    presence: bookedForMs === null ? request.presence : 'remote',
    classKey,
    isClassConfirmed,
    language,
    bookedForMs,
  };
}

export function decideBlock(
  { floor, setup }: Situation,
  request: { readonly deviceId: DeviceId; readonly serviceId: ServiceId; readonly count: number },
): Decision {
  const service = setup.services.get(request.serviceId);
  if (!service || service.isArchived) return refuse('NOT_FOUND', 'There is no such service.');
  const block = nextBlock(floor, setup.services, { ...request, series: service.series });
  return block ? allow({ type: 'block-reserved', ...block }) : refuse('CAP_REACHED', 'Too many kiosks today.');
}

export interface OfflineIssue {
  readonly request: IssueRequest;
  readonly deviceId: DeviceId;
  readonly label: string;
  readonly serviceDay: string;
  /** How long before now by the device's monotonic clock. */
  readonly ageMs: number;
  /** When the device was last heard of; nothing it handed out offline can be older (QK-11). */
  readonly lastContactMs: number;
}

/**
 * What is on paper is valid, whatever hours and caps say by now; only a number that was never reserved is refused. A class that
 * cannot be declared is left out.
 */
export function decideOfflineIssue({ floor, setup, nowMs }: Situation, issue: OfflineIssue): Decision {
  const { request, deviceId, label } = issue;
  if (!setup.services.has(request.serviceId)) return refuse('NOT_FOUND', 'There is no such service.');
  if (issue.serviceDay !== floor.serviceDay) return refuse('CONFLICT', 'This ticket is of another day.');
  const found = findReserved(floor.blocks, { deviceId, serviceId: request.serviceId, label });
  if (!found) return refuse('VALIDATION', 'This number was never reserved for the device.');
  for (const { prefix, number } of floor.tickets.values()) {
    const isKnown = prefix === found.prefix && number === found.number;
    if (isKnown) return refuse('CONFLICT', 'This number was handed out already.');
  }
  const classKey = mayHaveClass(setup, request) ? request.classKey : null;
  const queuedAtMs = Math.min(nowMs, Math.max(nowMs - issue.ageMs, issue.lastContactMs));
  return allow({ ...describe({ ...request, classKey }), ...found, label, queuedAtMs, isOffline: true });
}

/** Arrival of an appointment or of somebody who joined from afar; who is here already may say so again. */
export function decideCheckIn({ setup, nowMs, floor }: Situation, ticketId: TicketId): Decision {
  const ticket: FloorTicket | undefined = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (ticket.state === 'waiting') {
    return ticket.presence === 'onsite' ? allow() : allow({ type: 'ticket-checked-in', ticketId, isLate: false });
  }
  if (ticket.state !== 'booked' || ticket.bookedForMs === null) {
    return refuseState(ticket, 'This ticket cannot be checked in any more.');
  }
  const earliestMs = ticket.bookedForMs - setup.policy.appointment.earlyMinutes * minuteMs;
  if (nowMs < earliestMs) {
    return refuse('OUTSIDE_WINDOW', 'It is too early to check in.', { retryAfterMs: earliestMs - nowMs });
  }
  return arrive({ setup, nowMs }, ticket);
}

function arrive({ setup, nowMs }: Pick<Situation, 'setup' | 'nowMs'>, { id, bookedForMs }: FloorTicket): Decision {
  const lateMs = setup.policy.appointment.lateMinutes * minuteMs;
  return allow({ type: 'ticket-checked-in', ticketId: id, isLate: nowMs > (bookedForMs ?? nowMs) + lateMs });
}

/**
 * Staff see that somebody is here, so nobody is too early: who comes long before their time is called at it. Whoever is further on already
 * stays where they are.
 */
export function decideAdmission(situation: Situation, ticketId: TicketId): Decision {
  const ticket = situation.floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (ticket.state === 'booked') return arrive(situation, ticket);
  return ticket.state === 'waiting' ? decideCheckIn(situation, ticketId) : allow();
}
