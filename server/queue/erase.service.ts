/**
 * Erases on request whoever holds tickets with a phone number (QA-12). The ticket goes on without a name; once it is over, its link
 * opens nothing either. People who queued are known to the queue alone (IC-24), so nothing is left anywhere else.
 */
import { isOpenTicket } from '@frontdesk/domain/queue/floor';
import type { LocationId, TicketId } from '@frontdesk/protocol/ids';
import type { EventBus } from '../core/bus.js';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import { rooms } from '../core/rooms.js';
import type { EraseStore } from './erase.store.js';
import type { TicketStore } from './ticket.store.js';

export interface EraseDeps {
  readonly store: EraseStore;
  readonly tickets: Pick<TicketStore, 'findRow'>;
  readonly flushRows: () => Promise<void>;
  readonly forgetToken: (id: TicketId) => void;
  readonly facts: FactPublisher;
  readonly bus: EventBus;
  readonly clock: Clock;
}

export type EraseService = ReturnType<typeof createEraseService>;

export function createEraseService({ store, tickets, flushRows, forgetToken, facts, bus, clock }: EraseDeps) {
  async function eraseOne(context: StaffContext, id: TicketId): Promise<void> {
    const row = await tickets.findRow(context, id);
    // Whoever missed their call may still come back with it.
    const isOver = row?.ticket ? !isOpenTicket(row.ticket) && row.ticket.state !== 'no-show' : false;
    await store.anonymise(context, id, isOver);
    if (!isOver) return;
    forgetToken(id);
    facts.closeRoom(rooms.ticket(context.tenantId, id), 'expired');
  }

  return {
    async erase(context: StaffContext, { phone, reason }: { phone: string; reason: string }) {
      if (reason.replaceAll(/\D/g, '').includes(phone.slice(-7))) {
        throw new AppError('VALIDATION', { fields: { reason: 'must not name the phone number: it is kept' } });
      }
      await flushRows();
      const found = await store.listOfPhone(context, phone);
      for (const { ticketId } of found) await eraseOne(context, ticketId);
      const erased = found.length;
      const proof = { at: new Date(clock.now()), memberId: context.actor.membershipId, reason };
      await store.addProof(context, { ...proof, persons: erased, tickets: erased });
      for (const locationId of new Set<LocationId>(found.map((ticket) => ticket.locationId))) {
        bus.publish('queue:setup-changed', { tenantId: context.tenantId, locationId });
      }
      return { erased };
    },
  };
}
