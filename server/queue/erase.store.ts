/** Repository of erasure: who holds tickets with a phone number, and the proof that nobody does any more. */
import { Types, type Model } from 'mongoose';
import type { LocationId, TicketId } from '@frontdesk/protocol/ids';
import { scope } from '../core/store/scope.js';
import type { ErasureRecord } from './erase.model.js';
import type { Scoped } from './queue.types.js';
import type { PersonRecord, TicketModels } from './ticket.model.js';
import { wipeRating } from './ticket.store.js';

export interface EraseStore {
  /** Tickets of this number at all branches of the business. */
  listOfPhone(
    context: Scoped,
    phone: string,
  ): Promise<{ readonly ticketId: TicketId; readonly locationId: LocationId }[]>;
  /**
   * Where to tell the holder, what they wrote about the visit (the stars stay), and name, phone and note; `isOver`: the token too, first,
   * so that nothing is written after it is wiped. The phone number goes last: a try that was cut off finds what is left by it.
   */
  anonymise(context: Scoped, id: TicketId, isOver: boolean): Promise<void>;
  addProof(context: Scoped, proof: Omit<ErasureRecord, '_id' | 'tenantId'>): Promise<void>;
}

export function createEraseStore({ Ticket, Person }: TicketModels, Erasure: Model<ErasureRecord>): EraseStore {
  return {
    async listOfPhone(context, phone) {
      const records = await Person.find({ ...scope(context), phone })
        .select({ locationId: 1 })
        .lean<Pick<PersonRecord, '_id' | 'locationId'>[]>();
      return records.map(({ _id, locationId }) => ({
        ticketId: _id.toHexString() as TicketId,
        locationId: locationId.toHexString() as LocationId,
      }));
    },
    async anonymise(context, id, isOver) {
      const row = { ...scope(context), _id: new Types.ObjectId(id) };
      const closing = isOver ? { $unset: { tokenHash: '' } } : {};
      await Ticket.updateOne(row, { $set: { push: null, ...(isOver && { purgeAt: null }) }, ...closing });
      await wipeRating(Ticket, row);
      await Person.deleteOne(row);
    },
    async addProof(context, proof) {
      await Erasure.create({ ...scope(context), ...proof });
    },
  };
}
