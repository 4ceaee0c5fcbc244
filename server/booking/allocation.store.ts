/** Repository of holds and bookings: conditional writes that own time, and the reads that lists are made of. */
import { trusted, Types, type Model } from 'mongoose';
import type { BookableId, BookingId, BookingServiceId, LocationId, TenantId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { AllocationRecord } from './allocation.model.js';
import type { Allocation, BookingChange, OutboxEntry, Placement, Scoped, Taken, Write } from './booking.types.js';
import type { SeatOutboxEntry } from './class.types.js';

/** Longer than anything that can be booked: eight segments of a day, and buffers. */
export const LONGEST_MS = 9 * 24 * 60 * 60 * 1_000;
/** Writes that a document remembers. Somebody's retry comes within minutes, and nobody moves one booking this often. */
const REMEMBERED_WRITES = 100;

export type NewAllocation = Omit<Allocation, 'id' | 'tenantId'> & { readonly id?: BookingId };

/** What refused a write: the time, a command that ran already, a code or an id that is in use. */
export type Refusal = 'claims' | 'key' | 'code' | 'id';

export interface Guard {
  /** Only in this version. */
  readonly version?: number;
  /** Only a hold of this visitor that has not expired at this instant. */
  readonly holder?: string;
  readonly unexpiredAt?: Date;
  /** Only while nobody extended it. */
  readonly isExtended?: false;
}

export interface Change {
  readonly set: Partial<
    Omit<Allocation, 'id' | 'tenantId' | 'version' | 'history' | 'writes' | 'outbox' | 'holdExpiresAt'>
  > & {
    readonly holdExpiresAt?: Date;
  };
  /** It is no hold any more, so the sweeper must not touch it. */
  readonly endsHold?: true;
  readonly write: Write | null;
  readonly history?: BookingChange;
  /** What the customer is to be told. A change of time or state without it leaves nothing that was still to be said. */
  readonly outbox?: readonly OutboxEntry[];
  /** Of a class, whose people are told each for themselves: joins what is still to be said. */
  readonly seatOutbox?: readonly SeatOutboxEntry[];
}

const objectId = (id: string): Types.ObjectId => new Types.ObjectId(id);
const hex = <Id extends string>(id: Types.ObjectId): Id => id.toHexString() as Id;

export function toAllocation({
  _id,
  tenantId,
  locationId,
  serviceId,
  staffId,
  rids: _rids,
  ...rest
}: AllocationRecord): Allocation {
  return {
    ...rest,
    // Not there in bookings of an older release.
    followedBy: rest.followedBy ?? [],
    // Bookings made before there were messages have none.
    outbox: rest.outbox ?? [],
    customerZone: rest.customerZone ?? null,
    siteId: rest.siteId ?? null,
    id: hex<BookingId>(_id),
    tenantId: hex<TenantId>(tenantId),
    locationId: hex<LocationId>(locationId),
    serviceId: hex<BookingServiceId>(serviceId),
    staffId: staffId && hex<BookableId>(staffId),
  };
}

const ridsOf = ({ spans }: Pick<Placement, 'spans'>): Types.ObjectId[] =>
  [...new Set(spans.map(({ resourceId }) => resourceId))].map(objectId);

/** Ids as the collection keeps them. */
function toStored(fields: Change['set']): Record<string, unknown> {
  const { locationId, serviceId, staffId, ...rest } = fields;
  return {
    ...rest,
    ...(locationId && { locationId: objectId(locationId) }),
    ...(serviceId && { serviceId: objectId(serviceId) }),
    ...(staffId !== undefined && { staffId: staffId && objectId(staffId) }),
    ...(fields.spans && { rids: ridsOf({ spans: fields.spans }) }),
  };
}

function refusalOf(error: unknown): Refusal | undefined {
  const fields = duplicateKeyFields(error);
  if (!fields) return undefined;
  if (fields.includes('claims')) return 'claims';
  if (fields.includes('writes.key') || fields.includes('session.entries.writes.key')) return 'key';
  return fields.includes('code') ? 'code' : 'id';
}

async function orRefusal<T>(write: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await write();
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return refusal;
  }
}

function guardFilter({ version, holder, unexpiredAt, isExtended }: Guard): Record<string, unknown> {
  return {
    ...(version === undefined ? {} : { version }),
    ...(isExtended === undefined ? {} : { isExtended }),
    ...(holder === undefined ? {} : { holder, state: 'held' }),
    ...(unexpiredAt === undefined ? {} : { holdExpiresAt: trusted({ $gt: unexpiredAt }) }),
  };
}

function toUpdate({ set, endsHold, write, history, outbox, seatOutbox }: Change): Record<string, unknown> {
  const push = {
    ...(write && { writes: { $each: [write], $slice: -REMEMBERED_WRITES } }),
    ...(history && { history }),
    // A worker may lease one at this moment, so those that are there are left alone; what is due first is taken first.
    ...(seatOutbox && { outbox: { $each: [...seatOutbox], $sort: { dueAt: 1 } } }),
  };
  const isNews = !seatOutbox && (set.state !== undefined || set.start !== undefined);
  const unset = {
    ...(endsHold && { holdExpiresAt: '' }),
    // Whoever moves it has seen to what the clock did.
    ...(set.start !== undefined && !set.zoneChange && { zoneChange: '' }),
  };
  return {
    $set: { ...toStored(set), ...(isNews && { outbox: outbox ?? [] }) },
    $inc: { version: 1 },
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
    ...(Object.keys(push).length > 0 && { $push: push }),
  };
}

const TAKEN = {
  serviceId: 1,
  followedBy: 1,
  staffId: 1,
  start: 1,
  spans: 1,
  holdExpiresAt: 1,
  createdAt: 1,
  state: 1,
} as const;

function toTaken({ _id, serviceId, staffId, ...rest }: AllocationRecord): Taken {
  const followedBy = rest.followedBy ?? [];
  return { ...rest, followedBy, id: hex(_id), serviceId: hex(serviceId), staffId: staffId && hex(staffId) };
}

export type Ahead = Pick<Allocation, 'id' | 'start' | 'zone' | 'wallStart'>;

export type AllocationStore = ReturnType<typeof createAllocationStore>;

export function createAllocationStore(Stored: Model<AllocationRecord>) {
  const byId = (context: Scoped, id: BookingId) => ({ ...scope(context), _id: objectId(id) });

  return {
    /** Takes the time, all of it or nothing. */
    insert(context: Scoped, { id, ...fields }: NewAllocation): Promise<Allocation | Refusal> {
      const record = {
        ...toStored(fields),
        ...scope(context),
        version: fields.version,
        writes: [...fields.writes],
        history: [...fields.history],
        outbox: [...fields.outbox],
        _id: id ? objectId(id) : new Types.ObjectId(),
      } as unknown as AllocationRecord;
      return orRefusal(async () => {
        await Stored.create(record);
        return toAllocation(record);
      });
    },
    /** Changes it if it is live and as the guard says; undefined when it is not. */
    change(context: Scoped, id: BookingId, guard: Guard, change: Change): Promise<Allocation | Refusal | undefined> {
      return orRefusal(async () => {
        const record = await Stored.findOneAndUpdate(
          { ...byId(context, id), live: true, ...guardFilter(guard) },
          toUpdate(change),
          { returnDocument: 'after' },
        ).lean<AllocationRecord>();
        return record ? toAllocation(record) : undefined;
      });
    },
    /** Back from an end, which has to take its time anew. */
    revive(context: Scoped, id: BookingId, version: number, change: Change): Promise<Allocation | Refusal | undefined> {
      return orRefusal(async () => {
        const record = await Stored.findOneAndUpdate({ ...byId(context, id), live: false, version }, toUpdate(change), {
          returnDocument: 'after',
        }).lean<AllocationRecord>();
        return record ? toAllocation(record) : undefined;
      });
    },
    async find(context: Scoped, id: BookingId): Promise<Allocation | undefined> {
      const record = await Stored.findOne(byId(context, id)).lean<AllocationRecord>();
      return record ? toAllocation(record) : undefined;
    },
    async findByWrite(context: Scoped, key: string): Promise<Allocation | undefined> {
      const record = await Stored.findOne({
        ...scope(context),
        'writes.key': key,
      }).lean<AllocationRecord>();
      return record ? toAllocation(record) : undefined;
    },
    async findByCode(context: Scoped, code: string): Promise<Allocation | undefined> {
      const record = await Stored.findOne({ ...scope(context), code }).lean<AllocationRecord>();
      return record ? toAllocation(record) : undefined;
    },
    /** Live ones that take any of these, touching `[from, to)`. Expired holds are among them: who asks knows the time. */
    async listTaken(context: Scoped, resourceIds: readonly BookableId[], from: Date, to: Date): Promise<Taken[]> {
      const records = await Stored.find({
        ...scope(context),
        live: true,
        rids: trusted({ $in: resourceIds.map(objectId) }),
        start: trusted({ $gte: new Date(from.getTime() - LONGEST_MS), $lt: to }),
        end: trusted({ $gt: from }),
      })
        .select(TAKEN)
        .lean<AllocationRecord[]>();
      return records.map(toTaken);
    },
    /** Live ones in the way of these claims. */
    async listBlockers(context: Scoped, claims: readonly number[]): Promise<Taken[]> {
      const records = await Stored.find({ ...scope(context), live: true, claims: trusted({ $in: [...claims] }) })
        .select(TAKEN)
        .lean<AllocationRecord[]>();
      return records.map(toTaken);
    },
    /** Bookings of a location, whatever became of them, by their start; holds are nobody's business yet. */
    async listAgenda(context: Scoped, locationId: LocationId, from: Date, to: Date): Promise<Allocation[]> {
      const records = await Stored.find({
        ...scope(context),
        locationId: objectId(locationId),
        start: trusted({ $gte: new Date(from.getTime() - LONGEST_MS), $lt: to }),
        end: trusted({ $gt: from }),
        state: trusted({ $ne: 'held' }),
        session: trusted({ $exists: false }),
      })
        .sort({ start: 1, _id: 1 })
        .lean<AllocationRecord[]>();
      return records.map(toAllocation);
    },
    /** What is booked of a tenant and has not begun, with no more than says when that is. */
    async listAhead(context: Scoped, now: Date): Promise<Ahead[]> {
      const records = await Stored.find({
        ...scope(context),
        live: true,
        start: trusted({ $gt: now }),
        state: trusted({ $ne: 'held' }),
      })
        .select({ start: 1, zone: 1, wallStart: 1 })
        .lean<Pick<AllocationRecord, '_id' | 'start' | 'zone' | 'wallStart'>[]>();
      return records.map(({ _id, start, zone, wallStart }) => ({ id: hex(_id), start, zone, wallStart }));
    },
    /** Requests of all tenants that nobody decided before they would have begun, the oldest first. */
    async listMissedRequests(now: Date, limit: number): Promise<Allocation[]> {
      const records = await Stored.find({ state: 'requested', live: true, start: trusted({ $lte: now }) })
        .setOptions({ crossTenant: 'one sweep for all tenants' })
        .sort({ start: 1 })
        .limit(limit)
        .lean<AllocationRecord[]>();
      return records.map(toAllocation);
    },
    /** Live ones of a service that start on a day, holds that ran out left aside. */
    async listOfDay(
      context: Scoped,
      { locationId, serviceId }: Pick<Allocation, 'locationId' | 'serviceId'>,
      day: { readonly from: Date; readonly to: Date },
      now: Date,
    ): Promise<Allocation[]> {
      const records = await Stored.find({
        ...scope(context),
        locationId: objectId(locationId),
        $or: [{ serviceId: objectId(serviceId) }, { 'followedBy.serviceId': serviceId }],
        live: true,
        start: trusted({ $gte: day.from, $lt: day.to }),
      }).lean<AllocationRecord[]>();
      return records.map(toAllocation).filter(({ holdExpiresAt }) => !holdExpiresAt || holdExpiresAt > now);
    },
    /** Holds of a visitor that run. */
    async listHolds(context: Scoped, holder: string, now: Date): Promise<Allocation[]> {
      const records = await Stored.find({
        ...scope(context),
        holder,
        state: 'held',
        holdExpiresAt: trusted({ $gt: now }),
      }).lean<AllocationRecord[]>();
      return records.map(toAllocation);
    },
    /** How many holds of an address run; no further than `most`. */
    countHolds(context: Scoped, address: string, now: Date, most: number): Promise<number> {
      const running = { ...scope(context), address, state: 'held' as const, holdExpiresAt: trusted({ $gt: now }) };
      return Stored.countDocuments(running, { limit: most });
    },
    /** What was confirmed and may not be, before anybody heard of it: a hold that ran out, with nothing of the person in it. */
    async undoConfirm(context: Scoped, id: BookingId, version: number, now: Date): Promise<void> {
      const nobody = { customer: null, answers: {}, sealedAnswers: null, consents: [] };
      // Without what was written, or a second try would find itself carried out.
      const empty = { ...nobody, history: [], outbox: [], writes: [] };
      await Stored.updateOne(
        { ...byId(context, id), version, live: true },
        { $set: { ...empty, state: 'held', holdExpiresAt: now }, $inc: { version: 1 } },
      );
    },
    /** Removes a hold: its visitor's, or one that expired by this instant. Bookings are never removed. */
    async removeHold(
      context: Scoped,
      id: BookingId,
      condition: { readonly holder: string } | { readonly expiredBy: Date },
    ): Promise<boolean> {
      const guard =
        'holder' in condition
          ? { holder: condition.holder }
          : { holdExpiresAt: trusted({ $lte: condition.expiredBy }) };
      const { deletedCount } = await Stored.deleteOne({ ...byId(context, id), state: 'held', ...guard });
      return deletedCount === 1;
    },
  };
}
