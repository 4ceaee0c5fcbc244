/** Reads of sessions of classes. They are written as the allocations that they are (allocation.store.ts). */
import { trusted, Types, type Model } from 'mongoose';
import type { Seat } from '@frontdesk/domain/booking/seating';
import type {
  BookingServiceId,
  ClassSessionId,
  CourseId,
  EnrolmentId,
  LocationId,
  TenantId,
} from '@frontdesk/protocol/ids';
import { scope } from '../core/store/scope.js';
import type { AllocationRecord } from './allocation.model.js';
import { LONGEST_MS, toAllocation } from './allocation.store.js';
import type { Scoped } from './booking.types.js';
import type { CountedSession, Enrolment, EnrolmentChange, Session } from './class.types.js';

const MAX_DUE = 100;
const BY_START = { start: 1, _id: 1 } as const;
const objectId = (id: string): Types.ObjectId => new Types.ObjectId(id);
export const toSession = (record: AllocationRecord): Session => toAllocation(record) as Session;

/** Lists count seats and show nobody, so they read nobody. */
const COUNTED = {
  start: 1,
  end: 1,
  zone: 1,
  staffId: 1,
  serviceId: 1,
  locationId: 1,
  'session.capacity': 1,
  'session.courseId': 1,
  'session.entries.id': 1,
  'session.entries.seats': 1,
  'session.entries.state': 1,
  'session.entries.expiresAtMs': 1,
} as const;

interface CountedRecord extends Pick<
  AllocationRecord,
  '_id' | 'start' | 'end' | 'zone' | 'staffId' | 'serviceId' | 'locationId'
> {
  session: { capacity: number; courseId: CourseId | null; entries: Seat[] };
}

function toCounted({ _id, start, end, zone, staffId, serviceId, locationId, session }: CountedRecord): CountedSession {
  return {
    id: _id.toHexString() as ClassSessionId,
    start,
    end,
    zone,
    staffId: staffId && (staffId.toHexString() as CountedSession['staffId']),
    serviceId: serviceId.toHexString() as BookingServiceId,
    locationId: locationId.toHexString() as LocationId,
    capacity: session.capacity,
    courseId: session.courseId,
    entries: session.entries,
  };
}

export interface SessionSpan {
  readonly locationId: LocationId;
  readonly from: Date;
  readonly to: Date;
}

export type SessionStore = ReturnType<typeof createSessionStore>;

export function createSessionStore(Stored: Model<AllocationRecord>) {
  const isSession = trusted({ $exists: true });
  const within = ({ locationId, from, to }: SessionSpan) => ({
    locationId: objectId(locationId),
    session: isSession,
    start: trusted({ $gte: new Date(from.getTime() - LONGEST_MS), $lt: to }),
    end: trusted({ $gt: from }),
  });
  const ofCourse = (context: Scoped, courseId: CourseId, after: Date) => ({
    ...scope(context),
    'session.courseId': courseId,
    live: true,
    start: trusted({ $gt: after }),
  });

  return {
    async find(context: Scoped, id: ClassSessionId): Promise<Session | undefined> {
      const record = await Stored.findOne({
        ...scope(context),
        _id: objectId(id),
        session: isSession,
      }).lean<AllocationRecord>();
      return record ? toSession(record) : undefined;
    },
    async findByEnrolment(context: Scoped, id: EnrolmentId): Promise<Session | undefined> {
      const record = await Stored.findOne({ ...scope(context), 'session.entries.id': id }).lean<AllocationRecord>();
      return record ? toSession(record) : undefined;
    },
    /** Dates of a course that take place and have not begun by this instant, by their start. */
    async listCourse(context: Scoped, courseId: CourseId, after: Date): Promise<Session[]> {
      const records = await Stored.find(ofCourse(context, courseId, after))
        .sort(BY_START)
        .lean<AllocationRecord[]>();
      return records.map(toSession);
    },
    /** The same without anybody in them. */
    async listCourseCounted(context: Scoped, courseId: CourseId, after: Date): Promise<CountedSession[]> {
      const records = await Stored.find(ofCourse(context, courseId, after))
        .select(COUNTED)
        .sort(BY_START)
        .lean<CountedRecord[]>();
      return records.map(toCounted);
    },
    /** Dates in which seats were taken at once, whatever became of them, by their start. */
    async listTogether(context: Scoped, courseEntryId: EnrolmentId): Promise<Session[]> {
      const records = await Stored.find({ ...scope(context), 'session.entries.courseEntryId': courseEntryId })
        .sort(BY_START)
        .lean<AllocationRecord[]>();
      return records.map(toSession);
    },
    /**
     * All seats that are held together become taken, in one write; what was to be said of it may be said from then on. Those whose hold ran
     * out stay as they are.
     */
    async enrolTogether(context: Scoped, courseEntryId: EnrolmentId, history: EnrolmentChange): Promise<void> {
      const isHeld = { courseEntryId, state: 'held', expiresAtMs: { $gt: history.at.getTime() } };
      await Stored.updateMany(
        { ...scope(context), live: true, 'session.entries': trusted({ $elemMatch: isHeld }) },
        {
          $set: {
            'session.entries.$[seat].state': 'enrolled',
            'session.entries.$[seat].expiresAtMs': null,
            'session.entries.$[seat].address': null,
            'outbox.$[news].dueAt': history.at,
          },
          $push: { 'session.entries.$[seat].history': history },
          $inc: { version: 1 },
        },
        {
          arrayFilters: [
            { 'seat.courseEntryId': courseEntryId, 'seat.state': 'held' },
            { 'news.kind': 'course', 'news.seatId': courseEntryId },
          ],
        },
      );
    },
    /** Of a location, those that were called off too, by their start. */
    async list(context: Scoped, span: SessionSpan): Promise<Session[]> {
      const records = await Stored.find({ ...scope(context), ...within(span) })
        .sort(BY_START)
        .lean<AllocationRecord[]>();
      return records.map(toSession);
    },
    /** Those of one service that take place. */
    async listCounted(context: Scoped, serviceId: BookingServiceId, span: SessionSpan): Promise<CountedSession[]> {
      const records = await Stored.find({
        ...scope(context),
        ...within(span),
        serviceId: objectId(serviceId),
        live: true,
      })
        .select(COUNTED)
        .sort(BY_START)
        .lean<CountedRecord[]>();
      return records.map(toCounted);
    },
    /** Holds that run of one address, in all sessions; found by their index, and nobody's details are read. */
    async countHolds(context: Scoped, address: string, nowMs: number): Promise<number> {
      const rows = await Stored.find({
        ...scope(context),
        live: true,
        'session.entries.address': address,
        'session.entries': trusted({ $elemMatch: { address, state: 'held', expiresAtMs: { $gt: nowMs } } }),
      })
        .select({ 'session.entries.address': 1, 'session.entries.state': 1, 'session.entries.expiresAtMs': 1 })
        .lean<{ session: { entries: Pick<Enrolment, 'address' | 'state' | 'expiresAtMs'>[] } }[]>();
      const entries = rows.flatMap(({ session }) => session.entries);
      return entries.filter(
        (entry) => entry.address === address && entry.state === 'held' && (entry.expiresAtMs ?? 0) > nowMs,
      ).length;
    },
    /** In which a hold or an offer has ended by this instant, of all tenants. */
    async listDue(now: Date): Promise<{ readonly tenantId: TenantId; readonly id: ClassSessionId }[]> {
      const records = await Stored.find({ 'session.settleAt': trusted({ $lte: now }), live: true })
        .setOptions({ crossTenant: 'one look for all tenants whose offers end' })
        .select({ tenantId: 1 })
        .limit(MAX_DUE)
        .lean<Pick<AllocationRecord, '_id' | 'tenantId'>[]>();
      return records.map(({ _id, tenantId }) => ({
        tenantId: tenantId.toHexString() as TenantId,
        id: _id.toHexString() as ClassSessionId,
      }));
    },
  };
}
