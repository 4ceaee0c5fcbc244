/** New tickets: at the kiosk, from a phone, at the desk, handed out offline; and arrivals of those that were booked or remote. */
import type { DeviceId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { TicketPresence, TicketSource } from '@frontdesk/protocol/vocabulary';
import { readAvailability, type Availability } from './availability.js';
import { allow, refuse, refuseState, ticketGone, type Decision, type Situation } from './decision.js';
import type { TicketIssued } from './events.js';
import type { FloorTicket } from './floor.js';
import { formatLabel, nextBlock, nextNumber } from './numbering.js';

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
}

const capReasons: readonly string[] = ['day-full', 'line-full'];

function refuseClosed(availability: Extract<Availability, { readonly kind: 'closed' }>): Decision {
  const { reason, message } = availability;
  const code = capReasons.includes(reason) ? 'CAP_REACHED' : 'QUEUE_CLOSED';
  return refuse(code, message ?? 'This service takes no tickets now.', { current: { reason } });
}

/** undefined when the class may be given: it exists, may be declared, and its quota is not used up. */
function refuseClass({ floor, setup }: Situation, { classKey, isClassConfirmed }: IssueRequest): Decision | undefined {
  if (classKey === null) return undefined;
  const priority = setup.policy.classes.find(({ key }) => key === classKey);
  if (!priority || (!isClassConfirmed && priority.declaration === null)) {
    return refuse('VALIDATION', 'This class cannot be declared.');
  }
  if (priority.quota === null) return undefined;
  const given = [...floor.tickets.values()].filter((ticket) => ticket.classKey === classKey).length;
  return given < priority.quota ? undefined : refuse('CAP_REACHED', 'No more tickets of this class are given today.');
}

export function decideIssue(situation: Situation, request: IssueRequest): Decision {
  const { floor, setup, nowMs } = situation;
  const service = setup.services.get(request.serviceId);
  if (!service || service.isArchived) return refuse('NOT_FOUND', 'There is no such service.');
  const availability = readAvailability(floor, setup, request.serviceId, nowMs);
  if (availability.kind === 'closed' && !request.overridesLimits) return refuseClosed(availability);
  if (request.hasOpenTicket) return refuse('CONFLICT', 'This phone number waits for the service already.');
  const refused = refuseClass(situation, request);
  if (refused) return refused;
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

function describe(
  request: IssueRequest,
): Omit<TicketIssued, 'prefix' | 'number' | 'label' | 'queuedAtMs' | 'isOffline'> {
  const { ticketId, serviceId, source, presence, classKey, isClassConfirmed, language, bookedForMs } = request;
  return {
    type: 'ticket-issued',
    ticketId,
    serviceId,
    source,
    presence,
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
  const block = nextBlock(floor, request.deviceId, request.serviceId, service.series, request.count);
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

/** What is on paper is valid, whatever hours and caps say by now; only a number that was never reserved is refused. */
export function decideOfflineIssue({ floor, setup, nowMs }: Situation, issue: OfflineIssue): Decision {
  const service = setup.services.get(issue.request.serviceId);
  if (!service) return refuse('NOT_FOUND', 'There is no such service.');
  if (issue.serviceDay !== floor.serviceDay) return refuse('CONFLICT', 'This ticket is of another day.');
  const found = findInBlocks(floor.blocks, issue, service.series.width);
  if (!found) return refuse('VALIDATION', 'This number was never reserved for the device.');
  const isKnown = [...floor.tickets.values()].some(({ label }) => label === issue.label);
  if (isKnown) return refuse('CONFLICT', 'This number was handed out already.');
  const queuedAtMs = Math.min(nowMs, Math.max(nowMs - issue.ageMs, issue.lastContactMs));
  return allow({ ...describe(issue.request), ...found, label: issue.label, queuedAtMs, isOffline: true });
}

function findInBlocks(
  blocks: Situation['floor']['blocks'],
  { request, deviceId, label }: OfflineIssue,
  width: number,
): { prefix: string; number: number } | undefined {
  for (const block of blocks) {
    if (block.deviceId !== deviceId || block.serviceId !== request.serviceId) continue;
    const number = Number(label.slice(block.prefix.length));
    const isInside = number >= block.from && number <= block.to;
    if (isInside && label === formatLabel(block.prefix, number, width)) return { prefix: block.prefix, number };
  }
  return undefined;
}

/** Arrival of an appointment or of somebody who joined from afar. */
export function decideCheckIn({ setup, nowMs, floor }: Situation, ticketId: TicketId): Decision {
  const ticket: FloorTicket | undefined = floor.tickets.get(ticketId);
  if (!ticket) return ticketGone;
  if (ticket.state === 'waiting' && ticket.presence === 'remote') {
    return allow({ type: 'ticket-checked-in', ticketId, isLate: false });
  }
  if (ticket.state !== 'booked' || ticket.bookedForMs === null) {
    return refuseState(ticket, 'This ticket is checked in already.');
  }
  const { earlyMinutes, lateMinutes } = setup.policy.appointment;
  const earliestMs = ticket.bookedForMs - earlyMinutes * minuteMs;
  if (nowMs < earliestMs) {
    return refuse('OUTSIDE_WINDOW', 'It is too early to check in.', { retryAfterMs: earliestMs - nowMs });
  }
  const isLate = nowMs > ticket.bookedForMs + lateMinutes * minuteMs;
  return allow({ type: 'ticket-checked-in', ticketId, isLate });
}
