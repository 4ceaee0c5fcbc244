/** Tickets that staff make at the desk, and numbers on paper again. */
import type { LocationId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { keyOf, ticketTokenOf } from './actors.js';
import { ticketUrl, type IssueService } from './issue.service.js';
import { presentStaffTicket } from './queue.presenter.js';
import type { QueueLog } from './queue-log.js';
import type { TicketStore } from './ticket.store.js';

export interface DeskServiceDeps {
  readonly issue: IssueService;
  readonly queueLog: QueueLog;
  readonly tickets: Pick<TicketStore, 'findRow'>;
  readonly publicUrl: string;
  /** Makes the links of tickets that staff hand out. */
  readonly secret: Buffer;
}

export interface DeskTicket {
  readonly locationId: LocationId;
  readonly serviceId: ServiceId;
  readonly language: Locale;
  readonly classKey: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly note: string;
  readonly overridesLimits: boolean;
  readonly bookedFor: string | null;
}

export type DeskService = ReturnType<typeof createDeskService>;

export function createDeskService({ issue, queueLog, tickets, publicUrl, secret }: DeskServiceDeps) {
  return {
    async issue(context: StaffContext, input: DeskTicket): Promise<{ ticket: StaffTicketDto; url: string }> {
      const { locationId, note, overridesLimits, bookedFor, ...asked } = input;
      const token = ticketTokenOf(context, keyOf(context), secret);
      const { ticketId } = await issue.issue(
        context,
        locationId,
        'ticket:issue-at-desk',
        // Staff write down what the customer tells them: the person stands there and agrees by telling.
        { ...asked, token, hasConsented: true },
        {
          source: bookedFor === null ? 'staff' : 'appointment',
          presence: bookedFor === null ? 'onsite' : 'remote',
          isClassConfirmed: true,
          overridesLimits,
          bookedForMs: bookedFor === null ? null : Date.parse(bookedFor),
          note,
        },
      );
      const { floor } = await queueLog.read({ tenantId: context.tenantId, locationId });
      const ticket = floor.tickets.get(ticketId);
      if (!ticket) throw new AppError('NOT_FOUND');
      return { ticket: presentStaffTicket(ticket, null), url: ticketUrl(publicUrl, token) };
    },
    /** The token is only in the customer's hand, so paper printed again shows number and place, without the link. */
    async reprint(context: StaffContext, ticketId: TicketId) {
      const row = await tickets.findRow(context, ticketId);
      if (!row) throw new AppError('NOT_FOUND');
      const { floor } = await queueLog.read(row);
      const ticket = floor.tickets.get(ticketId);
      if (!ticket) throw new AppError('NOT_FOUND');
      return { label: ticket.label, ticket: presentStaffTicket(ticket, null) };
    },
  };
}
