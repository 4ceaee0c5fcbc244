/** Calendars that somebody reads by a secret address: of which resource, and the salt that the secret follows from. */
import { Schema, trusted, Types, type Connection } from 'mongoose';
import type { BookableId, TenantId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import { tenantScope } from '../core/store/tenant-scope.js';
import type { Scoped, Write } from './booking.types.js';

/** Rotations that are remembered, so that a late second try does not make yet another secret. */
const REMEMBERED_WRITES = 50;

interface FeedRecord {
  /** The resource's. */
  _id: Types.ObjectId;
  tenantId: Types.ObjectId;
  salt: string;
  writes: Write[];
}

export interface Feed {
  readonly resourceId: BookableId;
  readonly tenantId: TenantId;
  readonly salt: string;
  readonly writes: readonly Write[];
}

const feedSchema = new Schema<FeedRecord>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    salt: { type: String, required: true },
    writes: [{ type: Schema.Types.Mixed, required: true }],
  },
  { collection: 'booking_feeds', strict: 'throw', versionKey: false },
);
feedSchema.plugin(tenantScope);
/** A command is carried out once. */
feedSchema.index({ tenantId: 1, 'writes.key': 1 }, { unique: true });

const toFeed = ({ _id, tenantId, salt, writes }: FeedRecord): Feed => ({
  resourceId: _id.toHexString() as BookableId,
  tenantId: tenantId.toHexString() as TenantId,
  salt,
  writes,
});

export type FeedStore = ReturnType<typeof createFeedStore>;

export function createFeedStore(connection: Connection) {
  const Stored = connection.model<FeedRecord>('BookingFeed', feedSchema);
  return {
    async find(context: Scoped, resourceId: BookableId): Promise<Feed | undefined> {
      const record = await Stored.findOne({
        ...scope(context),
        _id: new Types.ObjectId(resourceId),
      }).lean<FeedRecord>();
      return record ? toFeed(record) : undefined;
    },
    /** Whose feed an address speaks of, before its secret is believed. */
    async findByAddress(resourceId: BookableId): Promise<Feed | undefined> {
      const record = await Stored.findOne({ _id: new Types.ObjectId(resourceId) })
        .setOptions({ crossTenant: 'the address of a calendar names it and its tenant' })
        .lean<FeedRecord>();
      return record ? toFeed(record) : undefined;
    },
    /** undefined when this command was carried out before. */
    async rotate(context: Scoped, resourceId: BookableId, salt: string, write: Write): Promise<Feed | undefined> {
      try {
        const record = await Stored.findOneAndUpdate(
          { ...scope(context), _id: new Types.ObjectId(resourceId), 'writes.key': trusted({ $ne: write.key }) },
          { $set: { salt }, $push: { writes: { $each: [write], $slice: -REMEMBERED_WRITES } } },
          { upsert: true, returnDocument: 'after' },
        ).lean<FeedRecord>();
        return toFeed(record);
      } catch (error) {
        if (!duplicateKeyFields(error)) throw error;
        return undefined;
      }
    },
  };
}
