/** Repository of what is kept of a person in bookings, and of the proof that it was forgotten. */
import { trusted, Types, type Model } from 'mongoose';
import type { Customer } from '@frontdesk/protocol/booking-fields';
import { createSecret } from '../core/secrets.js';
import { scope } from '../core/store/scope.js';
import type { AllocationRecord } from './allocation.model.js';
import { toAllocation } from './allocation.store.js';
import type { Allocation, Scoped } from './booking.types.js';
import type { BookingErasureRecord } from './privacy.model.js';

/** Stands where a name was; no letter of any language. */
const NOBODY: Customer = { name: '—', phone: null, email: null };

export type Person = Pick<Customer, 'phone' | 'email'>;
export type PrivacyStore = ReturnType<typeof createPrivacyStore>;

const escapePattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function isOf({ phone, email }: Person) {
  return {
    $or: [
      ...(phone === null ? [] : [{ 'customer.phone': phone }]),
      // People write their own address in capitals now and then.
      ...(email === null
        ? []
        : [{ 'customer.email': trusted({ $regex: `^${escapePattern(email)}$`, $options: 'i' }) }]),
    ],
  };
}

export function createPrivacyStore(Stored: Model<AllocationRecord>, Erasure: Model<BookingErasureRecord>) {
  return {
    /** By their start, whatever became of them. */
    async list(context: Scoped, person: Person): Promise<Allocation[]> {
      const records = await Stored.find({ ...scope(context), ...isOf(person) })
        .sort({ start: 1, _id: 1 })
        .lean<AllocationRecord[]>();
      return records.map(toAllocation);
    },
    /**
     * Who it was, what they answered, agreed to and wrote, and every way to them or in by their link. When, where, with whom and what
     * became of it stays. One write, so that a booking that changes at that moment is forgotten as well.
     */
    async forget(context: Scoped, { id }: Pick<Allocation, 'id'>): Promise<void> {
      const nothing = { answers: {}, sealedAnswers: null, consents: [], outbox: [], writes: [] };
      const noWayIn = { holder: null, address: null, manageSalt: createSecret(), replacedSalt: null };
      const noTrace = { locale: null, customerZone: null, 'history.$[].reason': '' };
      await Stored.updateOne(
        { ...scope(context), _id: new Types.ObjectId(id) },
        { $set: { customer: NOBODY, ...nothing, ...noWayIn, ...noTrace }, $inc: { version: 1 } },
      );
    },
    async addProof(context: Scoped, proof: Omit<BookingErasureRecord, '_id' | 'tenantId'>): Promise<void> {
      await Erasure.create({ ...scope(context), ...proof });
    },
  };
}
