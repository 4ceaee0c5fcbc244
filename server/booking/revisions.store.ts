/** One document per tenant that counts: numbers of resources, changes of the setup, changes of the agenda. */
import { trusted, Types, type Model } from 'mongoose';
import type { TenantId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { Revisions, Scoped } from './booking.types.js';
import type { RevisionRecord } from './setup.model.js';

type Counter = 'resources' | 'setup' | 'agenda';
const NOTHING_YET = { resources: 0, setup: 0, agenda: 0 };

export interface RevisionStore {
  read(context: Scoped): Promise<Revisions>;
  /** Of several tenants at once, for a process that shows their lists. */
  readAll(tenantIds: readonly TenantId[]): Promise<ReadonlyMap<TenantId, Revisions>>;
  /** After the write that it counts: who reads in between sees newer data under an older number, never the reverse. */
  bump(context: Scoped, counter: Exclude<Counter, 'resources'>): Promise<void>;
  /** A number that no resource of the tenant has or had. */
  nextResource(context: Scoped): Promise<number>;
}

export function createRevisionStore(Revision: Model<RevisionRecord>): RevisionStore {
  async function increment(context: Scoped, counter: Counter): Promise<RevisionRecord | null> {
    return Revision.findOneAndUpdate(
      scope(context),
      { $inc: { [counter]: 1 } },
      { returnDocument: 'after' },
    ).lean<RevisionRecord>();
  }

  /** The first change of a tenant makes its document; of two that try, one goes on with the other's. */
  async function grow(context: Scoped, counter: Counter): Promise<RevisionRecord> {
    const known = await increment(context, counter);
    if (known) return known;
    try {
      await Revision.create({ ...scope(context), ...NOTHING_YET });
    } catch (error) {
      if (!duplicateKeyFields(error)) throw error;
    }
    const made = await increment(context, counter);
    if (!made) throw new Error('The revisions of a tenant were removed.');
    return made;
  }

  const toRevisions = ({ setup, agenda }: Revisions): Revisions => ({ setup, agenda });

  return {
    async read(context) {
      const record = await Revision.findOne(scope(context)).lean<RevisionRecord>();
      return toRevisions(record ?? NOTHING_YET);
    },
    async readAll(tenantIds) {
      const records = await Revision.find({ tenantId: trusted({ $in: tenantIds.map((id) => new Types.ObjectId(id)) }) })
        .setOptions({ crossTenant: 'one look for all tenants whose free times somebody watches' })
        .lean<RevisionRecord[]>();
      return new Map(records.map((record) => [record.tenantId.toHexString() as TenantId, toRevisions(record)]));
    },
    async bump(context, counter) {
      await grow(context, counter);
    },
    nextResource: async (context) => (await grow(context, 'resources')).resources,
  };
}
