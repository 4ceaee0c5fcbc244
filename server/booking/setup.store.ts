/** Repository of services, resources, pools and time off. */
import { trusted, Types, type Model } from 'mongoose';
import type { BookableId, BookingServiceId, LocationId, ResourcePoolId, TimeBlockId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { withoutUndefined } from '../core/patch.js';
import { scope } from '../core/store/scope.js';
import type { BookingService, Pool, Resource, Scoped, TimeBlock } from './booking.types.js';
import type { BlockRecord, ResourceRecord, SetupModels } from './setup.model.js';

export type Patch<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | undefined };

/** Of one kind of setup: service, resource or pool. */
interface Part<Id extends string, Item extends { readonly id: Id; readonly locationId: LocationId }> {
  list(context: Scoped): Promise<Item[]>;
  find(context: Scoped, id: Id): Promise<Item | undefined>;
  /** Made once per id: a second try answers with the first one's. */
  insert(context: Scoped, item: Item, now: Date): Promise<Item>;
  update(context: Scoped, id: Id, patch: Patch<Omit<Item, 'id' | 'locationId'>>): Promise<Item | undefined>;
}

export interface SetupStore {
  readonly services: Part<BookingServiceId, BookingService>;
  readonly resources: Part<BookableId, Resource>;
  readonly pools: Part<ResourcePoolId, Pool>;
  /** Those that end after this instant, earliest first. */
  listBlocks(context: Scoped, after: Date): Promise<TimeBlock[]>;
  /** The one that is there already when an earlier try made it. */
  insertBlock(context: Scoped, block: TimeBlock): Promise<TimeBlock>;
  /** undefined when there is none. */
  deleteBlock(context: Scoped, id: TimeBlockId): Promise<TimeBlock | undefined>;
}

interface PartRecord {
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  locationId: Types.ObjectId;
  fields: object;
  rseq?: number;
  createdAt: Date;
}

const objectId = (id: string): Types.ObjectId => new Types.ObjectId(id);

function createPart<Id extends string, Item extends { readonly id: Id; readonly locationId: LocationId }>(
  Stored: Model<PartRecord>,
  /** Of fields that are younger than some documents. */
  defaults: object = {},
): Part<Id, Item> {
  const byId = (context: Scoped, id: Id) => ({ ...scope(context), _id: objectId(id) });
  const toItem = ({ _id, locationId, fields, rseq }: PartRecord): Item =>
    ({
      id: _id.toHexString(),
      locationId: locationId.toHexString(),
      ...defaults,
      ...fields,
      ...(rseq === undefined ? {} : { rseq }),
    }) as unknown as Item;

  async function find(context: Scoped, id: Id): Promise<Item | undefined> {
    const record = await Stored.findOne(byId(context, id)).lean<PartRecord>();
    return record ? toItem(record) : undefined;
  }

  return {
    find,
    async list(context) {
      const records = await Stored.find(scope(context)).sort({ createdAt: 1, _id: 1 }).lean<PartRecord[]>();
      return records.map(toItem);
    },
    async insert(context, item, now) {
      const { id, locationId, rseq, ...fields } = item as Item & { readonly rseq?: number };
      const place = { ...byId(context, id), locationId: objectId(locationId), createdAt: now };
      try {
        await Stored.create({ ...place, fields, ...(rseq === undefined ? {} : { rseq }) });
        return item;
      } catch (error) {
        const first = duplicateKeyFields(error)?.includes('_id') ? await find(context, id) : undefined;
        if (!first) throw error;
        return first;
      }
    },
    async update(context, id, patch) {
      const changes = Object.entries(withoutUndefined(patch)).map(([name, value]) => [`fields.${name}`, value]);
      if (changes.length === 0) return find(context, id);
      const record = await Stored.findOneAndUpdate(
        byId(context, id),
        { $set: Object.fromEntries(changes) as Record<string, unknown> },
        { returnDocument: 'after' },
      ).lean<PartRecord>();
      return record ? toItem(record) : undefined;
    },
  };
}

function toBlock({ _id, locationId, resourceId, start, end, reason }: BlockRecord): TimeBlock {
  return {
    id: _id.toHexString() as TimeBlockId,
    locationId: locationId.toHexString() as LocationId,
    resourceId: resourceId.toHexString() as BookableId,
    start,
    end,
    reason,
  };
}

export function createSetupStore({ Service, Resource: Bookable, Pool: Pooled, Block }: SetupModels): SetupStore {
  const asPart = (model: unknown): Model<PartRecord> => model as Model<PartRecord>;
  return {
    services: createPart<BookingServiceId, BookingService>(asPart(Service), { capacity: null, verification: 'none' }),
    resources: createPart<BookableId, Resource>(asPart(Bookable satisfies Model<ResourceRecord>)),
    pools: createPart<ResourcePoolId, Pool>(asPart(Pooled)),
    async listBlocks(context, after) {
      const records = await Block.find({ ...scope(context), end: trusted({ $gt: after }) })
        .sort({ end: 1 })
        .lean<BlockRecord[]>();
      return records.map(toBlock);
    },
    async insertBlock(context, block) {
      const { id, locationId, resourceId, ...rest } = block;
      const record = {
        ...rest,
        ...scope(context),
        _id: objectId(id),
        locationId: objectId(locationId),
        resourceId: objectId(resourceId),
      };
      try {
        await Block.create(record);
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
        const first = await Block.findOne({ ...scope(context), _id: objectId(id) }).lean<BlockRecord>();
        if (first) return toBlock(first);
      }
      return block;
    },
    async deleteBlock(context, id) {
      const record = await Block.findOneAndDelete({ ...scope(context), _id: objectId(id) }).lean<BlockRecord>();
      return record ? toBlock(record) : undefined;
    },
  };
}
