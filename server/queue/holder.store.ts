/** Repository of ticket rows as far as their holders are concerned: who may come in, what they were told, what is forgotten. */
import { trusted, Types } from 'mongoose';
import type { LocationId, TenantId, TicketId } from '@frontdesk/protocol/ids';
import { scope } from '../core/store/scope.js';
import { queueKey } from './queue-key.js';
import type { QueueHandle, Scoped, TicketRow } from './queue.types.js';
import type { TicketModels, TicketRecord } from './ticket.model.js';
import { toRow, type StoredPromise } from './ticket.store.js';

export interface OpenRow {
  readonly row: TicketRow;
  readonly tokenHash: string;
}

export interface NoticeClaim {
  readonly key: string;
  /** Set for notices that say "your turn"; such a one must not have been sent after `quietSince`. */
  readonly turn?: { readonly now: Date; readonly quietSince: Date | null };
}

/** More than anybody reads; a day that goes on and off would fill the row. */
const MAX_PROMISES = 40;
const MAX_NOTICES = 60;
const NEVER = new Date(0);

export interface HolderStore {
  /** The rows of those that are open, in no order. */
  findByTokens(tokenHashes: readonly string[]): Promise<OpenRow[]>;
  /** Those of them that open something. */
  listOpen(tokenHashes: readonly string[]): Promise<string[]>;
  /** Rows of a location whose tokens open something: those of this day, and those that no event was written to yet. */
  listHolders(context: Scoped, locationId: LocationId, serviceDay: string | null): Promise<OpenRow[]>;
  /** Rows of a day whose holders were promised a range. */
  listPromised(context: Scoped, locationId: LocationId, serviceDay: string): Promise<TicketRow[]>;
  /** Bounded; the first ones stay, because they are what a holder decided by. */
  addPromise(context: Scoped, id: TicketId, promise: StoredPromise): Promise<void>;
  /** `false`: rated before, or its token opens nothing any more. */
  rate(context: Scoped, id: TicketId, rating: NonNullable<TicketRow['rating']>): Promise<boolean>;
  putPush(context: Scoped, id: TicketId, push: TicketRow['push']): Promise<void>;
  /** Tickets of a location whose holders gave an address to tell them at. */
  listPushed(context: Scoped, locationId: LocationId): Promise<TicketId[]>;
  /** Branches of all tenants where somebody did. */
  listQueuesWithPush(): Promise<QueueHandle[]>;
  /** True for the one caller who may send this notice. */
  claimNotice(context: Scoped, id: TicketId, claim: NoticeClaim): Promise<boolean>;
  /** It was not sent after all. */
  releaseNotice(context: Scoped, id: TicketId, key: string): Promise<void>;
  /** Tickets of all tenants whose time is over, the oldest first. */
  listDue(now: Date, limit: number): Promise<TicketRow[]>;
  postponePurge(context: Scoped, id: TicketId, until: Date): Promise<void>;
  /** What still waited when its day ended. Answers how many. */
  expireBefore(
    context: Scoped,
    locationId: LocationId,
    end: { readonly serviceDay: string; readonly rev: number; readonly atMs: number; readonly purgeAt: Date },
  ): Promise<number>;
  /** Only this address: the holder may have given another one meanwhile. */
  dropPush(context: Scoped, id: TicketId, endpoint: string): Promise<void>;
}

const objectId = (id: string): Types.ObjectId => new Types.ObjectId(id);

function toOpenRow(record: TicketRecord): OpenRow[] {
  return record.tokenHash === undefined ? [] : [{ row: toRow(record), tokenHash: record.tokenHash }];
}

export function createHolderStore({ Ticket }: Pick<TicketModels, 'Ticket'>): HolderStore {
  const byId = (context: Scoped, id: TicketId) => ({ ...scope(context), _id: objectId(id) });

  return {
    async findByTokens(tokenHashes) {
      const records = await Ticket.find({ tokenHash: trusted({ $in: tokenHashes }) })
        .setOptions({ crossTenant: "the ticket's token names it and its tenant" })
        .lean<TicketRecord[]>();
      return records.flatMap(toOpenRow);
    },
    async listOpen(tokenHashes) {
      const records = await Ticket.find({ tokenHash: trusted({ $in: tokenHashes }) })
        .setOptions({ crossTenant: 'phones of every tenant are connected' })
        .select({ _id: 0, tokenHash: 1 })
        .lean<Pick<TicketRecord, 'tokenHash'>[]>();
      return records.flatMap(({ tokenHash }) => tokenHash ?? []);
    },
    async listHolders(context, locationId, serviceDay) {
      const days = [...new Set([serviceDay, null])];
      const records = await Ticket.find({
        ...scope(context),
        locationId: objectId(locationId),
        serviceDay: trusted({ $in: days }),
      }).lean<TicketRecord[]>();
      return records.flatMap(toOpenRow);
    },
    async listPromised(context, locationId, serviceDay) {
      const filter = { ...scope(context), locationId: objectId(locationId), serviceDay };
      const records = await Ticket.find({ ...filter, 'promises.0': trusted({ $exists: true }) }).lean<TicketRecord[]>();
      return records.map(toRow);
    },
    async addPromise(context, id, promise) {
      await Ticket.updateOne(byId(context, id), {
        $push: { promises: { $each: [promise], $slice: MAX_PROMISES } },
      });
    },
    async rate(context, id, rating) {
      const filter = { ...byId(context, id), rating: null, tokenHash: trusted({ $exists: true }) };
      const update = await Ticket.updateOne(filter, { $set: { rating } });
      return update.modifiedCount === 1;
    },
    async putPush(context, id, push) {
      await Ticket.updateOne({ ...byId(context, id), tokenHash: trusted({ $exists: true }) }, { $set: { push } });
    },
    async listPushed(context, locationId) {
      const records = await Ticket.find({
        ...scope(context),
        locationId: objectId(locationId),
        'push.endpoint': trusted({ $exists: true }),
      })
        .select({ _id: 1 })
        .lean<Pick<TicketRecord, '_id'>[]>();
      return records.map(({ _id }) => _id.toHexString() as TicketId);
    },
    async listQueuesWithPush() {
      const records = await Ticket.find({ 'push.endpoint': trusted({ $exists: true }) })
        .setOptions({ crossTenant: 'a process that starts tells the holders of every tenant' })
        .select({ tenantId: 1, locationId: 1 })
        .lean<Pick<TicketRecord, 'tenantId' | 'locationId'>[]>();
      const queues = records.map(({ tenantId, locationId }) => ({
        tenantId: tenantId.toHexString() as TenantId,
        locationId: locationId.toHexString() as LocationId,
      }));
      return [...new Map(queues.map((queue) => [queueKey(queue), queue])).values()];
    },
    async claimNotice(context, id, { key, turn }) {
      const filter = {
        ...byId(context, id),
        noticed: trusted({ $ne: key }),
        push: trusted({ $ne: null }),
        ...(turn?.quietSince && { toldAt: trusted({ $lte: turn.quietSince }) }),
      };
      const update = await Ticket.updateOne(filter, {
        $push: { noticed: { $each: [key], $slice: -MAX_NOTICES } },
        ...(turn && { $set: { toldAt: turn.now } }),
      });
      return update.modifiedCount === 1;
    },
    async releaseNotice(context, id, key) {
      await Ticket.updateOne(byId(context, id), { $pull: { noticed: key }, $set: { toldAt: NEVER } });
    },
    async listDue(now, limit) {
      const records = await Ticket.find({ purgeAt: trusted({ $ne: null, $lte: now }) })
        .setOptions({ crossTenant: 'the sweep ends what is due in every tenant' })
        .sort({ purgeAt: 1 })
        .limit(limit)
        .lean<TicketRecord[]>();
      return records.map(toRow);
    },
    async postponePurge(context, id, until) {
      await Ticket.updateOne(byId(context, id), { $set: { purgeAt: until } });
    },
    async expireBefore(context, locationId, { serviceDay, rev, atMs, purgeAt }) {
      const update = await Ticket.updateMany(
        {
          ...scope(context),
          locationId: objectId(locationId),
          'ticket.state': trusted({ $in: ['booked', 'waiting', 'held', 'no-show'] }),
          serviceDay: trusted({ $lt: serviceDay }),
        },
        { $set: { 'ticket.state': 'expired', 'ticket.endedAtMs': atMs, 'ticket.rev': rev, rev, purgeAt } },
      );
      return update.modifiedCount;
    },
    async dropPush(context, id, endpoint) {
      await Ticket.updateOne({ ...byId(context, id), 'push.endpoint': endpoint }, { $set: { push: null } });
    },
  };
}
