/** Repository of the log. Rows are only ever added; nothing here changes or removes one. */
import { trusted, Types, type Model } from 'mongoose';
import type { QueueChange } from '@frontdesk/domain/queue/events';
import type { LocationId } from '@frontdesk/protocol/ids';
import { scope } from '../core/store/scope.js';
import type { EventRecord } from './event.model.js';
import type { LoggedEvent, Scoped } from './queue.types.js';

export interface AuditFilter {
  readonly ticketId?: string | undefined;
  readonly counterId?: string | undefined;
  readonly actorId?: string | undefined;
  readonly beforeRev?: number | undefined;
}

export interface EventStore {
  /** In order; stops at the first that the unique indexes refuse, with the driver's duplicate-key error. */
  insert(context: Scoped, locationId: LocationId, events: readonly LoggedEvent[]): Promise<void>;
  /** The log from the beginning of its last day; empty for a location that never had one. */
  readCurrentDay(context: Scoped, locationId: LocationId): Promise<LoggedEvent[]>;
  readAfter(context: Scoped, locationId: LocationId, rev: number, limit: number): Promise<LoggedEvent[]>;
  findByKey(context: Scoped, locationId: LocationId, key: string): Promise<LoggedEvent | undefined>;
  readDays(context: Scoped, locationId: LocationId, from: string, to: string): Promise<LoggedEvent[]>;
  /** Service days that the log knows, since this one. */
  listDays(context: Scoped, locationId: LocationId, from: string): Promise<string[]>;
  /** Everything that happened to these tickets up to this revision, in order. */
  readTickets(
    context: Scoped,
    locationId: LocationId,
    ticketIds: readonly string[],
    upToRev: number,
  ): Promise<LoggedEvent[]>;
  /** Newest first. */
  audit(context: Scoped, locationId: LocationId, filter: AuditFilter, limit: number): Promise<LoggedEvent[]>;
}

/** On a replica set, what a decision rests on must survive a fail-over. */
const DURABLE = 'majority';

function listIds(changes: readonly QueueChange[], field: 'ticketId' | 'counterId'): string[] {
  const ids = changes.flatMap((change) => (field in change ? [(change as Record<typeof field, string>)[field]] : []));
  return [...new Set(ids)];
}

function toEvent(record: EventRecord): LoggedEvent {
  const { rev, at, serviceDay, actor, changes, key, inputHash } = record;
  return { rev, atMs: at.getTime(), serviceDay, actor, changes, key: key ?? null, inputHash: inputHash ?? null };
}

export function createEventStore(Event: Model<EventRecord>): EventStore {
  const inLog = (context: Scoped, locationId: LocationId) => ({
    ...scope(context),
    locationId: new Types.ObjectId(locationId),
  });

  function toRecord(context: Scoped, locationId: LocationId, event: LoggedEvent): Omit<EventRecord, '_id'> {
    const { rev, atMs, serviceDay, actor, changes, key, inputHash } = event;
    return {
      ...inLog(context, locationId),
      rev,
      at: new Date(atMs),
      serviceDay,
      ...(changes.some(({ type }) => type === 'day-began') && { isDayStart: true as const }),
      actor,
      changes: [...changes],
      ticketIds: listIds(changes, 'ticketId'),
      counterIds: listIds(changes, 'counterId'),
      ...(key !== null && { key }),
      ...(inputHash !== null && { inputHash }),
    };
  }

  return {
    async insert(context, locationId, events) {
      const records = events.map((event) => toRecord(context, locationId, event));
      await Event.insertMany(records as never[], { ordered: true, lean: true });
    },
    async readCurrentDay(context, locationId) {
      const start = await Event.findOne({ ...inLog(context, locationId), isDayStart: true })
        .sort({ rev: -1 })
        .select({ rev: 1 })
        .readConcern(DURABLE)
        .lean<Pick<EventRecord, 'rev'>>();
      return start ? this.readAfter(context, locationId, start.rev - 1, Number.MAX_SAFE_INTEGER) : [];
    },
    async readAfter(context, locationId, rev, limit) {
      const query = Event.find({ ...inLog(context, locationId), rev: trusted({ $gt: rev }) })
        .sort({ rev: 1 })
        .readConcern(DURABLE);
      const records = await (limit < Number.MAX_SAFE_INTEGER ? query.limit(limit) : query).lean<EventRecord[]>();
      return records.map(toEvent);
    },
    async findByKey(context, locationId, key) {
      const record = await Event.findOne({ ...inLog(context, locationId), key })
        .readConcern(DURABLE)
        .lean<EventRecord>();
      return record ? toEvent(record) : undefined;
    },
    async readDays(context, locationId, from, to) {
      const records = await Event.find({
        ...inLog(context, locationId),
        serviceDay: trusted({ $gte: from, $lte: to }),
      })
        .sort({ serviceDay: 1, rev: 1 })
        .lean<EventRecord[]>();
      return records.map(toEvent);
    },
    async listDays(context, locationId, from) {
      const records = await Event.find({
        ...inLog(context, locationId),
        isDayStart: true,
        serviceDay: trusted({ $gte: from }),
      })
        .select({ serviceDay: 1 })
        .lean<Pick<EventRecord, 'serviceDay'>[]>();
      return [...new Set(records.map(({ serviceDay }) => serviceDay))];
    },
    async readTickets(context, locationId, ticketIds, upToRev) {
      const records = await Event.find({
        ...inLog(context, locationId),
        ticketIds: trusted({ $in: [...ticketIds] }),
        rev: trusted({ $lte: upToRev }),
      })
        .sort({ rev: 1 })
        .lean<EventRecord[]>();
      return records.map(toEvent);
    },
    async audit(context, locationId, { ticketId, counterId, actorId, beforeRev }, limit) {
      const records = await Event.find({
        ...inLog(context, locationId),
        ...(ticketId !== undefined && { ticketIds: ticketId }),
        ...(counterId !== undefined && { counterIds: counterId }),
        ...(actorId !== undefined && { 'actor.id': actorId }),
        ...(beforeRev !== undefined && { rev: trusted({ $lt: beforeRev }) }),
      })
        .sort({ rev: -1 })
        .limit(limit)
        .lean<EventRecord[]>();
      return records.map(toEvent);
    },
  };
}
