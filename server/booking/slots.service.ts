/**
 * Lists of free times. One is worked out once per revision of setup and agenda, and again each minute, because notice passes, and when a
 * hold in it runs out. Nothing is pushed that was not read from the store.
 */
import { createHash } from 'node:crypto';
import { visitMinutes } from '@frontdesk/domain/booking/fit';
import { encodeSlots } from '@frontdesk/domain/booking/slot-codec';
import { nearestStarts, type SlotDays } from '@frontdesk/domain/booking/slots';
import { findVisitSlots } from '@frontdesk/domain/booking/visit';
import type { SlotList } from '@frontdesk/protocol/booking-visitor';
import type { FollowingService } from '@frontdesk/protocol/booking-fields';
import type { BookableId, BookingId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { Availability } from './availability.js';
import type { BookingService, Revisions, Schedule, Scoped, Situation } from './booking.types.js';
import type { Schedules } from './schedules.js';
import { readVisit, requireAppointments, servicesOf, type VisitService } from './visits.js';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
const MAX_CACHED = 500;
/** The numbers before it tell revisions apart; it only has to differ when a list changed by itself. */
const DIGEST_CHARACTERS = 6;
const MAX_ALTERNATIVES = 6;
/** Whoever stands here may still be given the visit that has just begun. */
const STAFF_GRACE_MS = 15 * minuteMs;
const STAFF_HORIZON_DAYS = 400;
/** Other times are looked for on the day that was asked for and on these after it. */
const ALTERNATIVE_DAYS = 3;

export interface SlotQuestion {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
  /** Local date of the branch. */
  readonly from: string;
  readonly days: number;
  /** Services of the same visit. */
  readonly followedBy?: readonly FollowingService[] | undefined;
}

interface UnmetWish extends VisitService {
  readonly start: number;
  readonly by: 'customer' | 'staff';
  readonly followedBy?: readonly VisitService[];
  readonly moving?: BookingId;
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
  /** As staff may book, who are bound by hours and by what is taken alone; a booking that moves is not in its own way. */
  listForStaff(context: Scoped, question: SlotQuestion, moving: BookingId | null): Promise<string[]>;
  /** Up to six other starts, the nearest, as instants. */
  findAlternatives(context: Scoped, wish: UnmetWish): Promise<string[]>;
}

const toInstant = (start: number): string => new Date(start * minuteMs).toISOString();
const minutesOf = (services: readonly BookingService[]): number =>
  services.reduce((sum, service) => sum + visitMinutes(service), 0);

/** The same text for the same question. */
export function nameQuestion({ serviceId, staffId, from, days, followedBy = [] }: SlotQuestion): string {
  const others = followedBy.map((other) => `${other.serviceId}/${other.staffId}`);
  return [serviceId, staffId, from, days, ...others].join(' ');
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

  /** What was read for each service of a visit, the first one first. */
  async function look(context: Scoped, schedule: Schedule, question: SlotQuestion, ignore?: BookingId) {
    const visit = readVisit(schedule, question);
    const firstMs = Date.parse(question.from);
    // Zones are up to a day away from UTC, a window may end on the next date, and services that follow begin later.
    const from = new Date(firstMs - dayMs);
    const to = new Date(firstMs + (question.days + 2) * dayMs + minutesOf(servicesOf(visit)) * minuteMs);
    const looks = await Promise.all(
      [visit, ...visit.followedBy].map(async ({ service, staffId }) => ({
        staffId,
        ...(await availability.look(context, schedule, { service, staffId, from, to, ...(ignore && { ignore }) })),
      })),
    );
    const [first, ...rest] = looks;
    if (!first) throw new Error('A visit has a service.');
    return [first, ...rest] as const;
  }

  async function compute(context: Scoped, situation: Situation, question: SlotQuestion): Promise<SlotView> {
    const { schedule, revisions } = situation;
    const looks = await look(context, schedule, question);
    const days = findVisitSlots(looks, question);
    const { situation: now } = looks[0];
    const nextExpiryMs = Math.min(...looks.map((look) => look.nextExpiryMs));
    const rev = toRevision(revisions, days);
    const nextMinuteMs = (Math.floor(now.nowMs / minuteMs) + 1) * minuteMs;
    return {
      list: encodeSlots(days, { rev, timeZone: now.branch.zone.name, from: question.from }),
      days,
      untilMs: Math.min(nextMinuteMs, nextExpiryMs),
    };
  }

  function keyOf({ tenantId }: Scoped, { setup, agenda }: Revisions, question: SlotQuestion): string {
    return [tenantId, setup, agenda, nameQuestion(question)].join(' ');
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

  async function findForStaff(
    context: Scoped,
    { schedule }: Situation,
    question: SlotQuestion,
    moving: BookingId | null,
  ): Promise<SlotDays> {
    const looks = await look(context, schedule, question, moving ?? undefined);
    const [first, ...rest] = looks.map(({ situation: { fullDates: _limits, ...open }, ...part }) => {
      const service = { ...open.service, minNoticeMinutes: 0, horizonDays: STAFF_HORIZON_DAYS };
      return { ...part, situation: { ...open, service, nowMs: open.nowMs - STAFF_GRACE_MS } };
    });
    if (!first) throw new Error('A visit has a service.');
    return findVisitSlots([first, ...rest], question);
  }

  async function read(context: Scoped, question: SlotQuestion): Promise<SlotView> {
    const situation = await schedules.read(context);
    requireAppointments(readVisit(situation.schedule, question));
    return readAt(context, situation, question);
  }

  return {
    read,
    readAt,
    async listForStaff(context, question, moving) {
      return (await findForStaff(context, await schedules.read(context), question, moving)).flat().map(toInstant);
    },
    async findAlternatives(context, { service, staffId, start, by, followedBy = [], moving = null }) {
      const situation = await schedules.read(context);
      const { zone } = availability.branchOf(situation.schedule, service.locationId);
      const from = zone.toWall(start * minuteMs).date;
      const others = followedBy.map((other) => ({ serviceId: other.service.id, staffId: other.staffId }));
      const question = { serviceId: service.id, staffId, from, days: ALTERNATIVE_DAYS, followedBy: others };
      const days =
        by === 'staff'
          ? await findForStaff(context, situation, question, moving)
          : (await readAt(context, situation, question)).days;
      return nearestStarts(days, start, MAX_ALTERNATIVES).map(toInstant);
    },
  };
}
