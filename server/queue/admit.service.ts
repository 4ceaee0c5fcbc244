/**
 * Visitors with an appointment enter the queue when they have arrived: once for a booking, whoever says so and however often. The ticket
 * is an appointment's (queue.md 3.1, layer 3): it keeps its time, and the policy says from when on and before whom it is called.
 */
import { decideAdmission } from '@frontdesk/domain/queue/decide-issue';
import { isOpenTicket, type FloorTicket } from '@frontdesk/domain/queue/floor';
import type { BookingId, LocationId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { CheckedInTicket } from '@frontdesk/protocol/queue-device';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import { createSystemContext, type DeviceContext, type StaffContext, type SystemContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { hashInput } from '../core/idempotency.js';
import { keyOf, ticketIdOf, ticketTokenOf, toQueueActor } from './actors.js';
import { ticketUrl, type IssueService } from './issue.service.js';
import { presentStaffTicket } from './queue.presenter.js';
import type { QueueLog } from './queue-log.js';
import type { QueueHandle } from './queue.types.js';
import type { TicketStore } from './ticket.store.js';

export interface Arrival {
  readonly bookingId: BookingId;
  readonly locationId: LocationId;
  readonly serviceId: ServiceId;
  readonly startMs: number;
  readonly name: string;
  readonly phone: string | null;
  readonly language: Locale;
}

export interface Admission {
  readonly ticket: StaffTicketDto;
  /** Where the visitor follows it; null when they had a ticket already, whose address only they know. */
  readonly url: string | null;
}

export interface AdmitDeps {
  readonly issue: Pick<IssueService, 'issue' | 'present'>;
  readonly queueLog: QueueLog;
  readonly tickets: Pick<TicketStore, 'findTicketsOfPhone'>;
  readonly publicUrl: string;
  readonly secret: Buffer;
}

export type AdmitService = ReturnType<typeof createAdmitService>;

/** The same for everybody who says that the visitor of a booking is here. */
function contextOf({ tenantId, log }: StaffContext | DeviceContext, bookingId: BookingId): SystemContext {
  return { ...createSystemContext(tenantId, 'booking', log), idempotencyKey: bookingId as string as never };
}

export function createAdmitService({ issue, queueLog, tickets, publicUrl, secret }: AdmitDeps) {
  async function findTicket(queue: QueueHandle, ticketId: TicketId): Promise<FloorTicket | undefined> {
    return (await queueLog.read(queue)).floor.tickets.get(ticketId);
  }

  /** Somebody who took a number at the door before they came to the desk. */
  async function findOther(queue: QueueHandle, { serviceId, phone }: Arrival): Promise<FloorTicket | undefined> {
    if (phone === null) return undefined;
    const { floor } = await queueLog.read(queue);
    const ids = await tickets.findTicketsOfPhone(queue, queue.locationId, phone);
    const theirs = ids.flatMap((id) => floor.tickets.get(id) ?? []);
    return theirs.find((ticket) => ticket.serviceId === serviceId && isOpenTicket(ticket));
  }

  async function issueFor(context: SystemContext, arrival: Arrival): Promise<void> {
    const { locationId, serviceId, language, name, phone, startMs } = arrival;
    const token = ticketTokenOf(context, keyOf(context), secret);
    const asked = { serviceId, language, classKey: null, name, phone, hasConsented: true, token };
    await issue.issue(context, locationId, 'booking:admit', asked, {
      source: 'appointment',
      presence: 'onsite',
      isClassConfirmed: true,
      overridesLimits: true,
      bookedForMs: startMs,
      note: '',
    });
  }

  /** The ticket of the booking, or the one that its visitor has already. */
  async function findOrIssue(context: SystemContext, queue: QueueHandle, arrival: Arrival): Promise<FloorTicket> {
    const ticketId = ticketIdOf(context, keyOf(context));
    const known = (await findTicket(queue, ticketId)) ?? (await findOther(queue, arrival));
    if (known) return known;
    try {
      await issueFor(context, arrival);
    } catch (error) {
      // A twin was first, with another service perhaps; or the visitor took a number in between.
      const isRace = error instanceof AppError && ['IDEMPOTENCY_MISMATCH', 'CONFLICT'].includes(error.code);
      if (!isRace) throw error;
    }
    const ticket = (await findTicket(queue, ticketId)) ?? (await findOther(queue, arrival));
    if (!ticket) throw new AppError('CONFLICT');
    return ticket;
  }

  async function enter(context: StaffContext | DeviceContext, arrival: Arrival) {
    const { tenantId } = context;
    const queue = { tenantId, locationId: arrival.locationId };
    const system = contextOf(context, arrival.bookingId);
    const key = keyOf(system);
    const { id } = await findOrIssue(system, queue, arrival);
    const { situation } = await queueLog.run(queue, {
      actor: toQueueActor(context),
      key: `${key}:${id}`,
      inputHash: hashInput('booking:admit', { ticketId: id }),
      decide: (now) => decideAdmission(now, id),
    });
    const isOwn = id === ticketIdOf(system, key);
    const url = isOwn ? ticketUrl(publicUrl, ticketTokenOf(system, key, secret)) : null;
    return { id, queue, situation, url };
  }

  return {
    async admit(context: StaffContext, arrival: Arrival): Promise<Admission> {
      const { id, situation, url } = await enter(context, arrival);
      const ticket = situation.floor.tickets.get(id);
      if (!ticket) throw new AppError('NOT_FOUND');
      return { ticket: presentStaffTicket(ticket, null), url };
    },
    /** The visitor says so at a kiosk. */
    async admitAtKiosk(context: DeviceContext, arrival: Arrival): Promise<CheckedInTicket> {
      const { id, queue, situation, url } = await enter(context, arrival);
      return { ...(await issue.present(situation, id, queue)), url };
    },
  };
}
