/** Records → what an audience sees. Allow-lists: a new field is private until somebody adds it here. */
import type { CallReason } from '@frontdesk/domain/queue/events';
import { findCounter, type Floor, type FloorTicket } from '@frontdesk/domain/queue/floor';
import type { SelectionReason } from '@frontdesk/protocol/queue-counter';
import type { CounterDto, ServiceDto } from '@frontdesk/protocol/queue-setup';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import type { Counter, Person, Service } from './queue.types.js';

export function toInstant(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString();
}

export function presentService(service: Service, floor: Floor | undefined): ServiceDto {
  const closure = floor?.closures.get(service.id);
  return {
    ...service,
    closure: closure ? { message: closure.message, since: new Date(closure.sinceMs).toISOString() } : null,
    isFinishing: floor?.finishing.has(service.id) ?? false,
  };
}

export function presentCounter(counter: Counter, floor: Floor | undefined): CounterDto {
  const live = floor && findCounter(floor, counter.id);
  return {
    id: counter.id,
    locationId: counter.locationId,
    label: counter.label,
    group: counter.group,
    serviceIds: [...counter.serviceIds],
    status: live?.status ?? 'closed',
    pauseReason: live?.pauseReason ?? null,
    resumeAt: toInstant(live?.resumeAtMs ?? null),
    staff: live?.memberId ? { id: live.memberId, name: live.memberName ?? '' } : null,
    isArchived: counter.isArchived,
  };
}

/** `person` only for whoever serves the ticket (QC-10). */
export function presentStaffTicket(ticket: FloorTicket, person: Person | null): StaffTicketDto {
  const { hold } = ticket;
  return {
    id: ticket.id,
    label: ticket.label,
    serviceId: ticket.serviceId,
    state: ticket.state,
    source: ticket.source,
    presence: ticket.presence,
    classKey: ticket.classKey,
    isClassConfirmed: ticket.isClassConfirmed,
    language: ticket.language,
    rev: ticket.rev,
    issuedAt: new Date(ticket.issuedAtMs).toISOString(),
    queuedAt: new Date(ticket.queuedAtMs).toISOString(),
    bookedFor: toInstant(ticket.bookedForMs),
    calledAt: toInstant(ticket.calledAtMs),
    startedAt: toInstant(ticket.startedAtMs),
    endedAt: toInstant(ticket.endedAtMs),
    recallCount: ticket.recalledAtMs.length,
    returnCount: ticket.returnCount,
    counterId: ticket.counterId,
    hold: hold && {
      scope: hold.scope,
      counterId: hold.counterId,
      memberId: hold.memberId,
      dueAt: toInstant(hold.dueAtMs),
    },
    print: ticket.print,
    person: person && { name: person.name, phone: person.phone, note: person.note },
  };
}

export function presentReason({ rule, classKey, waitedMs, note }: CallReason): SelectionReason {
  return { rule, classKey, waitedSeconds: Math.max(0, Math.round(waitedMs / 1_000)), note };
}
