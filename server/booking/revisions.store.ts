/** One document per tenant that counts: numbers of resources, changes of the setup, changes of the agenda. */
import { trusted, Types, type Model } from 'mongoose';
import type { LocationId, TenantId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { Revisions, Scoped } from './booking.types.js';
import type { RevisionRecord } from './setup.model.js';

type Counter = 'resources' | 'setup' | 'agenda';
const NOTHING_YET = { resources: 0, setup: 0, agenda: 0 };

/** What of a business staff look at changed how often. */
export interface StaffRevisions {
  readonly setup: number;
  readonly places: Readonly<Record<LocationId, number>>;
}

export interface RevisionStore {
  read(context: Scoped): Promise<Revisions>;
  /** Of several tenants at once, for a process that shows their lists. */
  readAll(tenantIds: readonly TenantId[]): Promise<ReadonlyMap<TenantId, Revisions>>;
  /** The same for processes whose staff look at agendas. */
  readForStaff(tenantIds: readonly TenantId[]): Promise<ReadonlyMap<TenantId, StaffRevisions>>;
  /**
   * After the write that it counts: who reads in between sees newer data under an older number, never the reverse. `place` is the
   * location whose agenda looks otherwise to staff; null when nothing does, as with a hold.
   */
  bump(context: Scoped, counter: Exclude<Counter, 'resources'>, place?: LocationId | null): Promise<StaffRevisions>;
  /** A number that no resource of the tenant has or had. */
  nextResource(context: Scoped): Promise<number>;
  /**
   * A tenant whose visits are to be compared with the rules of their zones, and nobody else's until the instant. Rules of a later
   * version than these were applied already where it is not answered: a process with older ones must not turn the clock back.
   */
  leaseZoneCheck(rules: string, now: Date, until: Date): Promise<TenantId | undefined>;
  /** Whoever holds the lease until that instant says when the next look is due; nothing when it has lost it. */
  settleZoneCheck(context: Scoped, until: Date, nextAt: Date): Promise<void>;
}

export function createRevisionStore(Revision: Model<RevisionRecord>): RevisionStore {
  async function increment(
    context: Scoped,
    counter: Counter,
    place: LocationId | null,
  ): Promise<RevisionRecord | null> {
    return Revision.findOneAndUpdate(
      scope(context),
      { $inc: { [counter]: 1, ...(place && { [`places.${place}`]: 1 }) } },
      { returnDocument: 'after' },
    ).lean<RevisionRecord>();
  }

  /** The first change of a tenant makes its document; of two that try, one goes on with the other's. */
  async function grow(context: Scoped, counter: Counter, place: LocationId | null = null): Promise<RevisionRecord> {
    const known = await increment(context, counter, place);
    if (known) return known;
    try {
      await Revision.create({ ...scope(context), ...NOTHING_YET });
    } catch (error) {
      if (!duplicateKeyFields(error)) throw error;
    }
    const made = await increment(context, counter, place);
    if (!made) throw new Error('The revisions of a tenant were removed.');
    return made;
  }

  async function readRecords(tenantIds: readonly TenantId[], crossTenant: string): Promise<RevisionRecord[]> {
    return Revision.find({ tenantId: trusted({ $in: tenantIds.map((id) => new Types.ObjectId(id)) }) })
      .setOptions({ crossTenant })
      .lean<RevisionRecord[]>();
  }

  const toStaffRevisions = ({ setup, places = {} }: RevisionRecord): StaffRevisions => ({ setup, places });
  const toRevisions = ({ setup, agenda }: Revisions): Revisions => ({ setup, agenda });

  return {
    async read(context) {
      const record = await Revision.findOne(scope(context)).lean<RevisionRecord>();
      return toRevisions(record ?? NOTHING_YET);
    },
    async readAll(tenantIds) {
      const records = await readRecords(tenantIds, 'one look for all tenants whose free times somebody watches');
      return new Map(records.map((record) => [record.tenantId.toHexString() as TenantId, toRevisions(record)]));
    },
    async readForStaff(tenantIds) {
      const records = await readRecords(tenantIds, 'one look for all tenants whose agenda staff look at');
      return new Map(records.map((record) => [record.tenantId.toHexString() as TenantId, toStaffRevisions(record)]));
    },
    async bump(context, counter, place = null) {
      return toStaffRevisions(await grow(context, counter, place));
    },
    async leaseZoneCheck(rules, now, until) {
      const record = await Revision.findOneAndUpdate(
        {
          $or: [
            { zonesDueAt: trusted({ $exists: false }) },
            { zonesDueAt: trusted({ $lte: now }), zoneRules: trusted({ $lte: rules }) },
            { zoneRules: trusted({ $lt: rules }) },
          ],
        },
        { $set: { zonesDueAt: until, zoneRules: rules } },
        { returnDocument: 'after' },
      )
        .setOptions({ crossTenant: 'one look a day at the visits of every tenant' })
        .lean<RevisionRecord>();
      return record ? (record.tenantId.toHexString() as TenantId) : undefined;
    },
    async settleZoneCheck(context, until, nextAt) {
      await Revision.updateOne({ ...scope(context), zonesDueAt: until }, { $set: { zonesDueAt: nextAt } });
    },
    nextResource: async (context) => (await grow(context, 'resources')).resources,
  };
}
