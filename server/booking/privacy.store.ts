/** Repository of what is kept of a person in bookings, and of the proof that it was forgotten. */
import { trusted, Types, type Model } from 'mongoose';
import type { Customer } from '@frontdesk/protocol/booking-fields';
import { createSecret } from '../core/secrets.js';
import { scope } from '../core/store/scope.js';
import type { AllocationRecord } from './allocation.model.js';
import { toAllocation } from './allocation.store.js';
import type { Allocation, Scoped } from './booking.types.js';
import type { Enrolment, Session } from './class.types.js';
import { toSession } from './session.store.js';
import type { BookingErasureRecord } from './privacy.model.js';

/** Stands where a name was; no letter of any language. */
const NOBODY: Customer = { name: '—', phone: null, email: null };

export type Person = Pick<Customer, 'phone' | 'email'>;
export type PrivacyStore = ReturnType<typeof createPrivacyStore>;

const escapePattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function isOf({ phone, email }: Person, field = 'customer') {
  return {
    $or: [
      ...(phone === null ? [] : [{ [`${field}.phone`]: phone }]),
      // People write their own address in capitals now and then.
      ...(email === null
        ? []
        : [{ [`${field}.email`]: trusted({ $regex: `^${escapePattern(email)}$`, $options: 'i' }) }]),
    ],
  };
}

function isTheirs({ phone, email }: Person, customer: Customer | null): boolean {
  if (!customer) return false;
  const isSameAddress = email !== null && customer.email?.toLowerCase() === email.toLowerCase();
  return isSameAddress || (phone !== null && customer.phone === phone);
}

/** What stands where the person was: no answers, no consents, no language, and no way in. */
const forgotten = () => ({
  customer: NOBODY,
  answers: {},
  sealedAnswers: null,
  consents: [],
  locale: null,
  writes: [],
});

export interface KeptEntry {
  readonly session: Session;
  readonly entry: Enrolment;
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
      const noWayIn = { holder: null, address: null, manageSalt: createSecret(), replacedSalt: null };
      const noTrace = { customerZone: null, outbox: [], 'history.$[].reason': '' };
      await Stored.updateOne(
        { ...scope(context), _id: new Types.ObjectId(id) },
        { $set: { ...forgotten(), ...noWayIn, ...noTrace }, $inc: { version: 1 } },
      );
    },
    /** Their seats and places in lines, of all classes. */
    async listSeats(context: Scoped, person: Person): Promise<KeptEntry[]> {
      const theirs = isOf(person, 'session.entries.customer');
      const records = await Stored.find({ ...scope(context), ...theirs })
        .sort({ start: 1 })
        .lean<AllocationRecord[]>();
      return records
        .map(toSession)
        .flatMap((session) =>
          session.session.entries
            .filter(({ customer }) => isTheirs(person, customer))
            .map((entry) => ({ session, entry })),
        );
    },
    /** The seats stay taken. It is another version of the session, so that whoever was about to write it reads it again. */
    async forgetSeats(context: Scoped, { session, entry }: KeptEntry): Promise<void> {
      const noWayIn = { holder: null, address: null, salt: createSecret(), customerZone: null };
      // To the unique index of keys an empty list is a key as well, which another session may have already.
      const writes = [{ key: `forgotten ${entry.id}`, hash: '' }];
      const fields = { ...forgotten(), ...noWayIn, writes, 'history.$[].reason': '' };
      const set = Object.entries(fields).map(([name, value]) => [`session.entries.$[seat].${name}`, value]);
      await Stored.updateOne(
        { ...scope(context), _id: new Types.ObjectId(session.id) },
        { $set: Object.fromEntries(set), $inc: { version: 1 } },
        { arrayFilters: [{ 'seat.id': entry.id }] },
      );
    },
    /** Visits and sessions that ended before then and whose people are still known, the oldest first. */
    async listEnded(context: Scoped, before: Date, limit: number): Promise<Allocation[]> {
      const records = await Stored.find({
        ...scope(context),
        end: trusted({ $lt: before }),
        'writes.key': trusted({ $exists: true }),
        // A hold that ran out has nobody, and goes by itself.
        state: trusted({ $ne: 'held' }),
      })
        .sort({ end: 1 })
        .limit(limit)
        .lean<AllocationRecord[]>();
      return records.map(toAllocation);
    },
    /**
     * After the people in it were forgotten, who are all there are only in this version: what staff wrote about them, and what was still
     * to be said.
     */
    async closeSession(context: Scoped, { id, version }: Pick<Allocation, 'id' | 'version'>): Promise<void> {
      await Stored.updateOne(
        { ...scope(context), _id: new Types.ObjectId(id), version },
        { $set: { writes: [], outbox: [], 'history.$[].reason': '' }, $inc: { version: 1 } },
      );
    },
    async addProof(context: Scoped, proof: Omit<BookingErasureRecord, '_id' | 'tenantId'>): Promise<void> {
      await Erasure.create({ ...scope(context), ...proof });
    },
  };
}
