/** Repository of ticket rows and of the people behind them. */
import { trusted, Types } from 'mongoose';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import type { LocationId, TenantId, TicketId } from '@frontdesk/protocol/ids';
import { duplicateKeyFields } from '../core/errors.js';
import { scope } from '../core/store/scope.js';
import type { Person, Scoped, TicketRow } from './queue.types.js';
import type { PersonRecord, TicketModels, TicketRecord } from './ticket.model.js';

export interface NewTicketRow {
  readonly ticketId: TicketId;
  readonly locationId: LocationId;
  readonly tokenHash: string;
  readonly spareUntil: Date;
  readonly now: Date;
}

export type StoredPromise = TicketRow['promises'][number];

export interface TicketStore {
  /** Doing it twice with the same id and token makes one row. `taken`: the token names another ticket. */
  insertRow(context: Scoped, row: NewTicketRow): Promise<'inserted' | 'taken'>;
  findRow(context: Scoped, id: TicketId): Promise<TicketRow | undefined>;
  findByToken(tokenHash: string): Promise<TicketRow | undefined>;
  /** Tickets of this location that the log knew later than this; for rebuilding what a dead process did not write. */
  listRevs(context: Scoped, locationId: LocationId, serviceDay: string): Promise<Map<TicketId, number>>;
  /** Only forwards: a row that knows a later event stays. */
  project(
    context: Scoped,
    rows: readonly { readonly ticket: FloorTicket; readonly serviceDay: string; readonly purgeAt: Date | null }[],
  ): Promise<void>;
  putPerson(context: Scoped, id: TicketId, person: Person): Promise<void>;
  findPersons(context: Scoped, ids: readonly TicketId[]): Promise<Map<TicketId, Person>>;
  /** Name, phone and note; with them the push address, and what a rating says in words (the stars stay). */
  erasePerson(context: Scoped, id: TicketId): Promise<void>;
  /** The token opens nothing from now on. */
  closeToken(context: Scoped, id: TicketId): Promise<void>;
  /** Tickets that this number holds at a location. */
  findTicketsOfPhone(context: Scoped, locationId: LocationId, phone: string): Promise<TicketId[]>;
}

const objectId = (id: string): Types.ObjectId => new Types.ObjectId(id);

export function toRow(record: TicketRecord): TicketRow {
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

function toPerson({ locationId, name, phone, note, consentAt, serviceDay, purgeAt }: PersonRecord): Person {
  return { locationId: locationId.toHexString() as LocationId, name, phone, note, consentAt, serviceDay, purgeAt };
}

/** What a holder wrote about the visit is theirs, and goes with them; how many stars they gave says nothing of who they are. */
export async function wipeRating(
  Ticket: TicketModels['Ticket'],
  row: { readonly tenantId: Types.ObjectId; readonly _id: Types.ObjectId },
): Promise<void> {
  await Ticket.updateOne({ ...row, rating: trusted({ $ne: null }) }, { $set: { 'rating.text': '' } });
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
        if (!duplicateKeyFields(error)) throw error;
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
      const record = await Ticket.findOne({ tokenHash })
        .setOptions({ crossTenant: "the ticket's token names it and its tenant" })
        .lean<TicketRecord>();
      return record ? toRow(record) : undefined;
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
    async erasePerson(context, id) {
      await Person.deleteOne(byId(context, id));
      await Ticket.updateOne(byId(context, id), { $set: { push: null } });
      await wipeRating(Ticket, byId(context, id));
    },
    async closeToken(context, id) {
      await Ticket.updateOne(byId(context, id), { $unset: { tokenHash: '' }, $set: { purgeAt: null } });
    },
    async findTicketsOfPhone(context, locationId, phone) {
      const records = await Person.find({ ...scope(context), phone, locationId: objectId(locationId) })
        .select({ _id: 1 })
        .lean<Pick<PersonRecord, '_id'>[]>();
      return records.map(({ _id }) => _id.toHexString() as TicketId);
    },
  };
}
