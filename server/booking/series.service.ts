/**
 * Repeated visits of one customer (BK-29). Every visit is a booking of its own, so that it is shown, moved, marked and cancelled like any
 * other. All of them are held first, each by its claims; only when every one is held do they become bookings, in one write. Until then
 * they are holds that run out by themselves, so a server that dies in between leaves nothing. A store that dies inside that write has
 * booked some: a second try under the same key holds what is left anew and books it, or takes all back and says so.
 */
import { findBookingTransition } from '@frontdesk/domain/booking/booking-states';
import { listOccurrences, type Occurrence, type RecurrenceRule } from '@frontdesk/domain/booking/recurrence';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { Answers, BookingDto, Customer } from '@frontdesk/protocol/booking-fields';
import type { SeriesVisit } from '@frontdesk/protocol/booking-series';
import type { BookableId, BookingId, BookingServiceId, SeriesId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { deriveId, nameTry } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import type { AllocationStore, Change, NewAllocation } from './allocation.store.js';
import type { Announcer, Place } from './announcer.js';
import { readStaffForm } from './booking-form.js';
import { presentBooking } from './booking.presenter.js';
import type { Allocation, BookingChange, Placement, Schedule, Scoped, Write } from './booking.types.js';
import type { Claims, Wish } from './claim.js';
import { claimNew, createAllocation } from './holds.service.js';
import type { Messenger } from './messenger.js';
import { planMessages } from './outbox.js';
import { toWrite, writeFor } from './requests.js';
import type { Schedules } from './schedules.js';
import type { AnswerSeal } from './sealed-answers.js';
import type { SeriesStore } from './series.store.js';
import { readVisit, requireAppointments, type Visit } from './visits.js';

const minuteMs = 60_000;
/** Far longer than a hundred claims take; what a dead server left is gone after it. */
const HOLD_MS = 10 * minuteMs;
/** Far longer than from one visit to the next, so that the one mail about them is not sent before the last of them is cancelled. */
const CANCEL_NEWS_DELAY_MS = 3_000;
/** Nobody changes one visit this often while it is being cancelled. */
const MAX_TURNS = 8;

type Rule = Pick<RecurrenceRule, 'unit' | 'every' | 'count' | 'date' | 'time'> & {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
};

interface NewSeries extends Rule {
  readonly without: readonly string[];
  readonly customer: Customer;
  readonly answers: Answers;
}

interface Cancellation {
  /** One moment for all of them, by which the one mail finds what it speaks of. */
  readonly at: Date;
  /** What begins before it stays. */
  readonly fromMs: number;
  readonly reason: string;
  readonly isToldOf: boolean;
}

export interface SeriesDeps {
  readonly allocations: AllocationStore;
  readonly series: SeriesStore;
  readonly schedules: Schedules;
  readonly claims: Claims;
  readonly announcer: Announcer;
  readonly messenger: Pick<Messenger, 'wake'>;
  readonly seal: AnswerSeal;
  readonly clock: Clock;
}

type Planned = Occurrence & { readonly start: number };

const isVisit = (occurrence: Occurrence): occurrence is Planned => occurrence.start !== null;
const isInTheWay = ({ outlook }: SeriesVisit): boolean => outlook !== 'free' && outlook !== 'skipped';
const toInstant = (start: number): string => new Date(start * minuteMs).toISOString();

/** Where the clock of the branch stands, in its present zone. */
function zoneOf(schedule: Schedule, { service }: Visit): string {
  const location = schedule.locations.get(service.locationId);
  if (!location) throw new AppError('NOT_FOUND');
  return getZone(location.nextTimeZone ?? location.timeZone).name;
}

const seriesWrite = (context: StaffContext, input: NewSeries, date: string): Write =>
  writeFor(toWrite(context, 'series:create', input), date);

/** Written by this very request, whatever became of it since and on whichever of its dates. */
const isOf = ({ writes }: Allocation, { key, hash }: Write): boolean =>
  writes.some((write) => write.key.startsWith(key) && write.hash === hash);

export type SeriesService = ReturnType<typeof createSeriesService>;

export function createSeriesService(deps: SeriesDeps) {
  const { allocations, series, schedules, claims, announcer, clock } = deps;

  async function foresee(context: Scoped, schedule: Schedule, visit: Visit, one: Occurrence): Promise<SeriesVisit> {
    const { date, start } = one;
    if (start === null) return { date, start, outlook: 'skipped', alternatives: [] };
    const known = { date, start: toInstant(start) };
    if (start * minuteMs <= clock.now()) return { ...known, outlook: 'past', alternatives: [] };
    return { ...known, ...(await claims.probe(context, schedule, { ...visit, start, by: 'staff' })) };
  }

  /** One after the other: a preview is no reason to ask the store a hundred questions at once. */
  async function foreseeAll(context: Scoped, schedule: Schedule, visit: Visit, rule: RecurrenceRule) {
    const visits: SeriesVisit[] = [];
    for (const one of listOccurrences(rule)) visits.push(await foresee(context, schedule, visit, one));
    return visits;
  }

  function toHistory({ actor }: StaffContext, from: BookingChange['from'], to: BookingChange['to'], reason: string) {
    const change = { at: new Date(clock.now()), by: 'staff', memberId: actor.membershipId, from, to, reason } as const;
    return change satisfies BookingChange;
  }

  /** Holds every visit; throws at the first that cannot be, with those before it still held. */
  async function holdAll(
    context: StaffContext,
    seriesId: SeriesId,
    {
      visit,
      planned,
      input,
    }: { readonly visit: Visit; readonly planned: readonly Planned[]; readonly input: NewSeries },
  ): Promise<void> {
    const { open, sensitive } = readStaffForm(visit.service, input.answers);
    for (const [index, { date, start }] of planned.entries()) {
      const id = deriveId<BookingId>(nameTry(context, `series visit ${date}`));
      const write = seriesWrite(context, input, date);
      const build = (placement: Placement): NewAllocation => {
        const now = new Date(clock.now());
        const allocation = createAllocation(visit.service, placement, write, now);
        const booking = { ...allocation, state: 'confirmed', customer: input.customer } as const;
        return {
          ...booking,
          id,
          seriesId,
          state: 'held',
          holdExpiresAt: new Date(now.getTime() + HOLD_MS),
          // One mail says that they are booked; before each visit its reminders.
          outbox: planMessages(booking, index === 0 ? 'confirmed' : null, now.getTime()),
          answers: open,
          sealedAnswers: deps.seal.seal({ tenantId: context.tenantId, id }, sensitive),
          history: [],
        };
      };
      const wish: Wish = { ...visit, start, by: 'staff' };
      await claimNew(deps, context, wish, { write, build });
    }
  }

  async function readPlan(context: Scoped, input: Rule) {
    const { schedule } = await schedules.read(context);
    const visit = readVisit(schedule, { serviceId: input.serviceId, staffId: input.staffId });
    requireAppointments(visit);
    const { unit, every, count, date, time } = input;
    const rule: RecurrenceRule = { unit, every, count, date, time, timeZone: zoneOf(schedule, visit) };
    return { schedule, visit, rule };
  }

  async function readSeries(context: Scoped, seriesId: SeriesId) {
    const bookings = await series.list(context, seriesId);
    const [first] = bookings;
    if (!first) throw new AppError('NOT_FOUND');
    return { bookings, first };
  }

  /**
   * Each visit has the news, of which the last alone becomes a mail (composer.ts): wherever a server dies, what it had cancelled is told.
   * Whoever else writes the visit at that moment does not keep it booked. Answers whether it was cancelled; throws BUSY.
   */
  async function cancelVisit(context: StaffContext, visit: Allocation, cancellation: Cancellation): Promise<boolean> {
    const { at, fromMs, reason, isToldOf } = cancellation;
    let booking: Allocation | undefined = visit;
    for (let turn = 0; turn < MAX_TURNS && booking; turn += 1) {
      const { id, version, state, start }: Allocation = booking;
      const to = findBookingTransition('cancel', state, 'staff')?.to;
      if (!to || start.getTime() < fromMs) return false;
      const news = isToldOf ? 'cancelled-by-business' : null;
      const change: Change = {
        set: { state: to, live: false },
        write: null,
        history: { ...toHistory(context, state, to, reason), at },
        outbox: planMessages({ ...booking, state: to }, news, clock.now(), CANCEL_NEWS_DELAY_MS),
      };
      const written = await allocations.change(context, id, { version }, change);
      if (written !== undefined && typeof written !== 'string') return true;
      booking = await allocations.find(context, id);
    }
    throw new AppError('BUSY');
  }

  /** All or none: what is held goes, and what half a write has booked already is cancelled. */
  async function takeBack(context: StaffContext, place: Place, seriesId: SeriesId): Promise<void> {
    await series.discard(context, seriesId);
    const booked = (await series.list(context, seriesId)).filter(({ state }) => state === 'confirmed');
    // Who did not hear of them yet need not hear that they are off.
    const at = new Date(clock.now());
    const isToldOf = booked[0]?.outbox.every(({ kind }) => kind !== 'confirmed') === true;
    for (const booking of booked) await cancelVisit(context, booking, { at, fromMs: 0, reason: '', isToldOf });
    await announcer.timeChanged(place, booked.length > 0 ? 'for-staff' : 'held');
    if (isToldOf) deps.messenger.wake(CANCEL_NEWS_DELAY_MS);
  }

  return {
    async preview(context: StaffContext, input: Rule): Promise<{ timeZone: string; visits: SeriesVisit[] }> {
      const { schedule, visit, rule } = await readPlan(context, input);
      return { timeZone: rule.timeZone, visits: await foreseeAll(context, schedule, visit, rule) };
    },
    async create(context: StaffContext, input: NewSeries) {
      const { schedule, visit, rule } = await readPlan(context, input);
      const seriesId = deriveId<SeriesId>(nameTry(context, 'series'));
      const planned = listOccurrences(rule)
        .filter(isVisit)
        .filter(({ date }) => !input.without.includes(date));
      if (planned.length === 0) throw new AppError('VALIDATION', { fields: { without: 'leaves nothing' } });
      // Of a try whose answer was lost, or that the ledger forgot; once booked, a series is never booked anew.
      const known = await series.list(context, seriesId);
      const answer = { seriesId, visits: planned.map(({ date, start }) => ({ date, start: toInstant(start) })) };
      if (known.some((one) => !isOf(one, seriesWrite(context, input, '')))) throw new AppError('IDEMPOTENCY_MISMATCH');
      const place = { tenantId: context.tenantId, locationId: visit.service.locationId };
      if (known.length === planned.length) {
        // The try that booked them may have died before it told anybody.
        await announcer.timeChanged(place, 'for-staff');
        return answer;
      }
      if (planned.some(({ start }) => start * minuteMs <= clock.now())) {
        throw new AppError('VALIDATION', { fields: { date: 'must not have begun' } });
      }
      try {
        await series.renew(context, seriesId, new Date(clock.now() + HOLD_MS));
        await holdAll(context, seriesId, { visit, planned, input });
      } catch (error) {
        // What the store did not answer is asked for again, and goes on with what is held by then.
        if (!(error instanceof AppError) || (error.code !== 'SLOT_TAKEN' && error.code !== 'SLOT_CLOSED')) throw error;
        await takeBack(context, place, seriesId);
        const visits = await foreseeAll(context, schedule, visit, rule);
        const conflicts = visits.filter((one) => isInTheWay(one) && !input.without.includes(one.date));
        throw new AppError(error.code, { current: { conflicts } });
      }
      const booked = await series.confirm(context, seriesId, toHistory(context, null, 'confirmed', ''));
      if (booked !== planned.length) {
        await takeBack(context, place, seriesId);
        throw new AppError('CONFLICT');
      }
      await announcer.timeChanged(place, 'for-staff');
      deps.messenger.wake();
      return answer;
    },
    async read(context: StaffContext, seriesId: SeriesId): Promise<{ bookings: BookingDto[] }> {
      const { bookings } = await readSeries(context, seriesId);
      return { bookings: bookings.map(presentBooking) };
    },
    async cancel(
      context: StaffContext,
      { seriesId, from, reason }: { readonly seriesId: SeriesId; readonly from: string; readonly reason: string },
    ): Promise<{ cancelled: number }> {
      const { bookings, first } = await readSeries(context, seriesId);
      let cancelled = 0;
      const at = new Date(clock.now());
      const cancellation = { at, fromMs: Date.parse(from), reason, isToldOf: true };
      for (const booking of bookings) if (await cancelVisit(context, booking, cancellation)) cancelled += 1;
      if (cancelled > 0) {
        await announcer.timeChanged(first, 'for-staff');
        deps.messenger.wake(CANCEL_NEWS_DELAY_MS);
      }
      return { cancelled };
    },
  };
}
