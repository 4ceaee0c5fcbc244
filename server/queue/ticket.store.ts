/** Repository of ticket rows and of the people behind them. */
import { trusted, Types } from 'mongoose';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import type { LocationId, TenantId, TicketId } from '@frontdesk/protocol/ids';
import { scope } from '../core/store/scope.js';
import type { Person, QueueHandle, Scoped, TicketRow } from './queue.types.js';
import type { PersonRecord, TicketModels, TicketRecord } from './ticket.model.js';

export interface NewTicketRow {
  readonly ticketId: TicketId;
  readonly locationId: LocationId;
  readonly tokenHash: string;
  readonly spareUntil: Date;
  readonly now: Date;
}

export interface OpenRow {
  readonly row: TicketRow;
  readonly tokenHash: string;
}

export interface NoticeClaim {
  readonly key: string;
  /** Set for notices that say "your turn"; such a one must not have been sent after `quietSince`. */
  readonly turn?: { readonly now: Date; readonly quietSince: Date | null };
}

export type StoredPromise = TicketRow['promises'][number];

/** More than anybody reads; a day that goes on and off would fill the row. */
const MAX_PROMISES = 40;
const MAX_NOTICES = 60;
const NEVER = new Date(0);

export interface TicketStore {
  /** Doing it twice with the same id and token makes one row. `taken`: the token names another ticket. */
  insertRow(context: Scoped, row: NewTicketRow): Promise<'inserted' | 'taken'>;
  findRow(context: Scoped, id: TicketId): Promise<TicketRow | undefined>;
  findByToken(tokenHash: string): Promise<TicketRow | undefined>;
  /** The rows of those that are open, in no order. */
  findByTokens(tokenHashes: readonly string[]): Promise<OpenRow[]>;
  /** Rows of a location whose tokens open something: those of this day, and those that no event was written to yet. */
  listHolders(context: Scoped, locationId: LocationId, serviceDay: string | null): Promise<OpenRow[]>;
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
  /** Name, phone and note; the push address with them. */
  erasePerson(context: Scoped, id: TicketId): Promise<void>;
  /** The token opens nothing from now on. */
  closeToken(context: Scoped, id: TicketId): Promise<void>;
  postponePurge(context: Scoped, id: TicketId, until: Date): Promise<void>;
  /** What still waited when its day ended. Answers how many. */
  expireBefore(
    context: Scoped,
    locationId: LocationId,
    end: { readonly serviceDay: string; readonly rev: number; readonly atMs: number; readonly purgeAt: Date },
  ): Promise<number>;
  /** Only this address: the holder may have given another one meanwhile. */
  dropPush(context: Scoped, id: TicketId, endpoint: string): Promise<void>;
  /** Tickets of this location that the log knew later than this; for rebuilding what a dead process did not write. */
  listRevs(context: Scoped, locationId: LocationId, serviceDay: string): Promise<Map<TicketId, number>>;
  /** Only forwards: a row that knows a later event stays. */
  project(
    context: Scoped,
    rows: readonly { readonly ticket: FloorTicket; readonly serviceDay: string; readonly purgeAt: Date | null }[],
  ): Promise<void>;
  putPerson(context: Scoped, id: TicketId, person: Person): Promise<void>;
  findPersons(context: Scoped, ids: readonly TicketId[]): Promise<Map<TicketId, Person>>;
  /** Tickets that this number holds at a location. */
  findTicketsOfPhone(context: Scoped, locationId: LocationId, phone: string): Promise<TicketId[]>;
}

const objectId = (id: string): Types.ObjectId => new Types.ObjectId(id);
const DUPLICATE_KEY = 11000;

function toRow(record: TicketRecord): TicketRow {
  const { _id, tenantId, locationId, ticket, serviceDay, rev, promises, rating, push, purgeAt } = record;
  return {
    id: _id.toHexString() as TicketId,
    tenantId: tenantId.toHexString() as TenantId,
    locationId: locationId.toHexString() as LocationId,
    isOpen: record.tokenHash !== undefined,
    ticket,
    serviceDay,
    rev,
    promises,
    rating,
    push,
    purgeAt,
  };
}

function toOpenRow(record: TicketRecord): OpenRow[] {
  return record.tokenHash === undefined ? [] : [{ row: toRow(record), tokenHash: record.tokenHash }];
}

function toPerson({ locationId, name, phone, note, consentAt, serviceDay, purgeAt }: PersonRecord): Person {
  return { locationId: locationId.toHexString() as LocationId, name, phone, note, consentAt, serviceDay, purgeAt };
}

export function createTicketStore({ Ticket, Person }: TicketModels): TicketStore {
  const byId = (context: Scoped, id: TicketId) => ({ ...scope(context), _id: objectId(id) });

  async function projectOne(
    context: Scoped,
    { ticket, serviceDay, purgeAt }: { ticket: FloorTicket; serviceDay: string; purgeAt: Date | null },
  ): Promise<void> {
    await Ticket.updateOne(
      { ...byId(context, ticket.id), rev: trusted({ $lt: ticket.rev }) },
      { $set: { ticket, serviceDay, rev: ticket.rev, purgeAt }, $unset: { spareUntil: '' } },
    );
  }

  return {
    async insertRow(context, { ticketId, locationId, tokenHash, spareUntil, now }) {
      try {
        await Ticket.create({
          ...byId(context, ticketId),
          locationId: objectId(locationId),
          tokenHash,
          rev: 0,
          spareUntil,
          createdAt: now,
        });
        return 'inserted';
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
        const row = await Ticket.findOne({ ...byId(context, ticketId), tokenHash })
          .select({ _id: 1 })
          .lean();
        return row ? 'inserted' : 'taken';
      }
    },
    async findRow(context, id) {
      const record = await Ticket.findOne(byId(context, id)).lean<TicketRecord>();
      return record ? toRow(record) : undefined;
    },
    async findByToken(tokenHash) {
      return (await this.findByTokens([tokenHash]))[0]?.row;
    },
    async findByTokens(tokenHashes) {
      const records = await Ticket.find({ tokenHash: trusted({ $in: tokenHashes }) })
        .setOptions({ crossTenant: "the ticket's token names it and its tenant" })
        .lean<TicketRecord[]>();
      return records.flatMap(toOpenRow);
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
    async addPromise(context, id, promise) {
      await Ticket.updateOne(byId(context, id), {
        $push: { promises: { $each: [promise], $slice: MAX_PROMISES } },
      } as never);
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
      return [...new Map(queues.map((queue) => [`${queue.tenantId}:${queue.locationId}`, queue])).values()];
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
      } as never);
      return update.modifiedCount === 1;
    },
    async releaseNotice(context, id, key) {
      await Ticket.updateOne(byId(context, id), { $pull: { noticed: key }, $set: { toldAt: NEVER } } as never);
    },
    async listDue(now, limit) {
      const records = await Ticket.find({ purgeAt: trusted({ $ne: null, $lte: now }) })
        .setOptions({ crossTenant: 'the sweep ends what is due in every tenant' })
        .sort({ purgeAt: 1 })
        .limit(limit)
        .lean<TicketRecord[]>();
      return records.map(toRow);
    },
    async erasePerson(context, id) {
      await Person.deleteOne(byId(context, id));
      await Ticket.updateOne(byId(context, id), { $set: { push: null } });
    },
    async closeToken(context, id) {
      await Ticket.updateOne(byId(context, id), { $unset: { tokenHash: '' }, $set: { purgeAt: null } });
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
    async listRevs(context, locationId, serviceDay) {
      const records = await Ticket.find({ ...scope(context), locationId: objectId(locationId), serviceDay })
        .select({ rev: 1 })
        .lean<Pick<TicketRecord, '_id' | 'rev'>[]>();
      return new Map(records.map(({ _id, rev }) => [_id.toHexString() as TicketId, rev]));
    },
    async project(context, rows) {
      await Promise.all(rows.map((row) => projectOne(context, row)));
    },
    async putPerson(context, id, { locationId, ...person }) {
      await Person.updateOne(
        byId(context, id),
        { $setOnInsert: { ...person, locationId: objectId(locationId) } },
        { upsert: true },
      );
    },
    async findPersons(context, ids) {
      if (ids.length === 0) return new Map();
      const records = await Person.find({
        ...scope(context),
        _id: trusted({ $in: ids.map(objectId) }),
      }).lean<PersonRecord[]>();
      return new Map(records.map((record) => [record._id.toHexString() as TicketId, toPerson(record)]));
    },
    async findTicketsOfPhone(context, locationId, phone) {
      const records = await Person.find({ ...scope(context), phone, locationId: objectId(locationId) })
        .select({ _id: 1 })
        .lean<Pick<PersonRecord, '_id'>[]>();
      return records.map(({ _id }) => _id.toHexString() as TicketId);
    },
  };
}
