/**
 * Lists of free times. One is worked out once per revision of setup and agenda, and again each minute, because notice passes, and when a
 * hold in it runs out. Nothing is pushed that was not read from the store.
 */
import { createHash } from 'node:crypto';
import { encodeSlots } from '@frontdesk/domain/booking/slot-codec';
import { findSlots, nearestStarts, type SlotDays } from '@frontdesk/domain/booking/slots';
import type { SlotList } from '@frontdesk/protocol/booking-visitor';
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { Availability } from './availability.js';
import { staffOf } from './booking.catalogue.js';
import type { BookingService, Revisions, Schedule, Scoped, Situation } from './booking.types.js';
import type { Schedules } from './schedules.js';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const MAX_CACHED = 500;
const DIGEST_CHARACTERS = 12;
const MAX_ALTERNATIVES = 6;
/** Other times are looked for on the day that was asked for and on these after it. */
const ALTERNATIVE_DAYS = 3;

export interface SlotQuestion {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
  /** Local date of the branch. */
  readonly from: string;
  readonly days: number;
}

export interface SlotView {
  readonly list: SlotList;
  readonly days: SlotDays;
  /** When it may change by itself. */
  readonly untilMs: number;
}

export interface Slots {
  read(context: Scoped, question: SlotQuestion): Promise<SlotView>;
  readAt(context: Scoped, situation: Situation, question: SlotQuestion): Promise<SlotView>;
  /** Up to six other starts, the nearest, as instants. */
  findAlternatives(
    context: Scoped,
    wish: { readonly service: BookingService; readonly staffId: BookableId | null; readonly start: number },
  ): Promise<string[]>;
}

/** Of a service whose times customers choose; a class takes place on its own dates. */
export function requireAppointments({ capacity }: BookingService): void {
  if (capacity !== null) throw new AppError('NOT_FOUND');
}

/** A service that can be booked, and by whom; anything else is as unknown as a random id. */
export function findOffered(
  schedule: Schedule,
  serviceId: BookingServiceId,
  staffId: BookableId | null,
): BookingService {
  const service = schedule.services.get(serviceId);
  const isOpen = service && !service.isArchived && schedule.locations.get(service.locationId)?.isArchived === false;
  if (!isOpen) throw new AppError('NOT_FOUND');
  if (staffId !== null && !staffOf(schedule, service).some(({ id }) => id === staffId)) throw new AppError('NOT_FOUND');
  return service;
}

/** `1.7.…`: numbers that only grow, and a digest of what is offered. */
function toRevision({ setup, agenda }: Revisions, days: SlotDays): string {
  const digest = createHash('sha256').update(JSON.stringify(days)).digest('base64url').slice(0, DIGEST_CHARACTERS);
  return `${setup}.${agenda}.${digest}`;
}

export function createSlots(deps: {
  readonly schedules: Schedules;
  readonly availability: Availability;
  readonly clock: Clock;
}): Slots {
  const { schedules, availability, clock } = deps;
  const cache = new Map<string, { readonly view: Promise<SlotView>; untilMs: number }>();

  async function compute(context: Scoped, situation: Situation, question: SlotQuestion): Promise<SlotView> {
    const { schedule, revisions } = situation;
    const service = findOffered(schedule, question.serviceId, question.staffId);
    const firstMs = Date.parse(question.from);
    // Zones are up to a day away from UTC, and a window may end on the next date.
    const from = new Date(firstMs - dayMs);
    const to = new Date(firstMs + (question.days + 2) * dayMs);
    const { situation: now, nextExpiryMs } = await availability.look(context, schedule, { service, from, to });
    const days = findSlots(now, question);
    const rev = toRevision(revisions, days);
    const nextMinuteMs = (Math.floor(now.nowMs / minuteMs) + 1) * minuteMs;
    return {
      list: encodeSlots(days, { rev, timeZone: now.branch.zone.name, from: question.from }),
      days,
      untilMs: Math.min(nextMinuteMs, nextExpiryMs),
    };
  }

  function keyOf({ tenantId }: Scoped, { setup, agenda }: Revisions, question: SlotQuestion): string {
    const { serviceId, staffId, from, days } = question;
    return [tenantId, setup, agenda, serviceId, staffId, from, days].join(' ');
  }

  function readAt(context: Scoped, situation: Situation, question: SlotQuestion): Promise<SlotView> {
    const key = keyOf(context, situation.revisions, question);
    const known = cache.get(key);
    if (known && known.untilMs > clock.now()) return known.view;
    const entry = { view: compute(context, situation, question), untilMs: Infinity };
    cache.delete(key);
    cache.set(key, entry);
    entry.view.then(
      ({ untilMs }) => {
        entry.untilMs = untilMs;
      },
      () => cache.delete(key),
    );
    const oldest = cache.keys().next();
    if (cache.size > MAX_CACHED && !oldest.done) cache.delete(oldest.value);
    return entry.view;
  }

  async function read(context: Scoped, question: SlotQuestion): Promise<SlotView> {
    const situation = await schedules.read(context);
    requireAppointments(findOffered(situation.schedule, question.serviceId, question.staffId));
    return readAt(context, situation, question);
  }

  return {
    read,
    readAt,
    async findAlternatives(context, { service, staffId, start }) {
      const situation = await schedules.read(context);
      const { zone } = availability.branchOf(situation.schedule, service.locationId);
      const from = zone.toWall(start * minuteMs).date;
      const question = { serviceId: service.id, staffId, from, days: ALTERNATIVE_DAYS };
      const { days } = await readAt(context, situation, question);
      return nearestStarts(days, start, MAX_ALTERNATIVES).map((other) => new Date(other * minuteMs).toISOString());
    },
  };
}
