/**
 * Does what is asked from the calendar to the receipt: keeps the list of times right, holds one, keeps it longer, books.
 *
 * Whatever is written is asked with a key that stays the same until the answer is known, so that a lost answer never books twice.
 */
import type { FollowingService } from '@frontdesk/protocol/booking-fields';
import type { BookedDto, HoldDto } from '@frontdesk/protocol/booking-visitor';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { SlotQuestion } from '../core/client/booking-client.js';
import { createNamedTimers } from '../core/client/clock.js';
import { readAlternatives } from './alternatives.js';
import type { BookingControllerOptions } from './booking-controller.js';
import {
  FrontdeskBookingBeforeSubmitEvent,
  FrontdeskBookingBookedEvent,
  FrontdeskBookingHoldEvent,
  FrontdeskBookingHoldExpiredEvent,
  FrontdeskBookingSlotSelectEvent,
} from './visit-events.js';
import {
  FrontdeskBookingErrorEvent,
  FrontdeskBookingServiceSelectEvent,
  type BookingRequest,
} from './booking-events.js';
import { checkDraft, readRefusal, toInput } from './booking-form.js';
import { reduceBooking } from './booking-store.js';
import { serviceOf, type BookingEvent, type BookingState } from './start-store.js';
import { toInstant } from './booking-time.js';
import { createSubmitter, type Unproved } from './details/booking-submit.js';
import { readPrefill } from './prefill.js';
import { createLazyParts } from './lazy-parts.js';
import { createRequester } from './requester.js';
import { createSlotWatcher } from './slot-watcher.js';
import { nextMonth, slotRangeOf } from './slots-store.js';
import { partsOf, visitOf } from './visit-parts.js';

const TICK_MS = 1_000;
/** What a hold lasts at most; a clock that says otherwise is wrong. */
const MAX_HOLD_MS = 15 * 60_000;
const USUAL_HOLD_MS = 5 * 60_000;
/** Months that are passed over by themselves, when the first has nothing free any more. */
const MAX_SKIPPED_MONTHS = 2;

/** What is asked for a visit of several services, and not at all for one. */
const toFollowedBy = (followedBy: readonly FollowingService[]) =>
  followedBy.length > 0 ? { followedBy: [...followedBy] } : {};

export interface VisitOptions extends Pick<
  BookingControllerOptions,
  'client' | 'isHolding' | 'getLocale' | 'loadSubmitter' | 'emit' | 'prefill'
> {
  getState(): BookingState;
  dispatch(event: BookingEvent): void;
  isVisible(): boolean;
}

export interface Visit {
  /** What an event makes of a state, from now on. */
  readonly reduce: typeof reduceBooking;
  /** To be called after every change of the state. */
  update(): void;
  /** With a time that was held before. */
  goOn(hold: HoldDto): void;
  /** Gives the time that is held to others. */
  letGo(): void;
  handle(request: BookingRequest): void;
  stop(): void;
}

export function createVisit(options: VisitOptions): Visit {
  const { client, emit, getState, dispatch } = options;
  const { environment, storage } = client;
  const { clock } = environment;
  const timers = createNamedTimers<'tick' | 'classes' | 'parts'>(clock);
  let prefill = readPrefill(options.prefill);
  const requester = createRequester(client);
  const submitter = options.loadSubmitter?.() ?? Promise.resolve(createSubmitter(requester));
  const slots = createSlotWatcher({ client, getState, dispatch });
  let isStopped = false;
  /** Times asked for; an answer about another than the last one is too late. */
  let choices = 0;
  let skippedMonths = 0;
  const lazy = createLazyParts(timers, () => isStopped);
  let followed = '';

  function findQuestion(): SlotQuestion | null {
    const state = getState();
    const { step, serviceId, staffId, followedBy } = state;
    const isAsked = (step === 'time' || step === 'details') && !serviceOf(state)?.isClass;
    return serviceId === null || !isAsked || !options.isVisible()
      ? null
      : { serviceId, staffId, ...slotRangeOf(state), ...toFollowedBy(followedBy) };
  }

  function update(): void {
    const signed = prefill;
    prefill = null;
    if (signed) return dispatch({ type: 'prefilled', prefill: signed });
    const { serviceId, followedBy, step } = getState();
    const visit = [serviceId, ...followedBy.map((other) => other.serviceId)].join(' ');
    if (visit !== followed) skippedMonths = 0;
    followed = visit;
    slots.follow(findQuestion());
    if (serviceOf(getState())?.isClass) lazy.load('classes');
    if (step === 'add' || followedBy.length > 0) lazy.load('parts');
    skipEmptyMonth();
  }

  /** Somebody who comes on the 31st wants to see times, not an empty page. */
  function skipEmptyMonth(): void {
    const state = getState();
    const next = nextMonth(state);
    const isEmpty = state.step === 'time' && state.slots?.starts.length === 0 && state.date === null;
    if (!isEmpty || next === null || skippedMonths >= MAX_SKIPPED_MONTHS) return;
    skippedMonths += 1;
    dispatch({ type: 'month-shown', month: next });
  }

  function goOn(held: HoldDto): void {
    const parts = [held, ...(held.followedBy ?? [])].map(({ serviceId, staffId }) => ({ serviceId, staffId }));
    const services = getState().catalogue?.services ?? [];
    const isOffered = parts.every(({ serviceId }) => services.some(({ id }) => id === serviceId));
    if (!isOffered || Date.parse(held.expiresAt) <= clock.now()) return;
    dispatch({ type: 'parts-changed', parts });
    keep(held);
  }

  function keep(hold: HoldDto): void {
    const leftMs = Date.parse(hold.expiresAt) - clock.now();
    const isPlausible = leftMs > 0 && leftMs <= MAX_HOLD_MS;
    storage.writeHold({ token: client.getToken(), hold });
    dispatch({ type: 'held', held: { hold, endsAtMs: clock.now() + (isPlausible ? leftMs : USUAL_HOLD_MS) } });
    tick();
  }

  function tick(): void {
    const { held, busy } = getState();
    if (!held) return;
    const nowMs = clock.now();
    dispatch({ type: 'ticked', nowMs });
    if (nowMs < held.endsAtMs || busy === 'confirming') return timers.start('tick', TICK_MS, tick);
    storage.writeHold(null);
    dispatch({ type: 'hold-expired' });
    emit(new FrontdeskBookingHoldExpiredEvent());
  }

  function refuse(error: ErrorBody): void {
    const errors = readRefusal(error);
    if (errors) return dispatch({ type: 'checked', errors });
    if (!getState().held) storage.writeHold(null);
    if (error.code === 'VERIFICATION_REQUIRED') return void verify();
    dispatch({ type: 'refused', code: error.code, alternatives: readAlternatives(error) });
    emit(new FrontdeskBookingErrorEvent(error.code));
  }

  /** The code takes its time, so the time that is kept is kept longer without being asked. */
  async function verify(): Promise<void> {
    const { serviceId, draft, held } = getState();
    if (serviceId === null) return;
    try {
      const [{ createVerification }, sender] = await Promise.all([import('./verify/define.js'), submitter]);
      if (isStopped || getState().step !== 'details') return;
      const whose = { serviceId, address: draft.email.trim(), locale: options.getLocale() };
      const verified = (): void => {
        dispatch({ type: 'verifying', verification: null });
        void submit(false);
      };
      const verification = createVerification({ ...whose, clock, requester, submitter: sender, verified });
      dispatch({ type: 'verifying', verification });
      if (held?.hold.canExtend) await extend();
    } catch {
      dispatch({ type: 'refused', code: 'INTERNAL', alternatives: [] });
    }
  }

  const hold = (
    serviceId: BookingServiceId,
    { staffId, followedBy }: BookingState,
    start: number,
  ): Promise<Result<HoldDto>> =>
    requester.request('hold:create', { serviceId, staffId, start: toInstant(start), ...toFollowedBy(followedBy) });

  async function choose(start: number): Promise<void> {
    const state = getState();
    const { serviceId, busy } = state;
    if (serviceId === null || busy !== null) return;
    emit(new FrontdeskBookingSlotSelectEvent(serviceId, toInstant(start)));
    if (!options.isHolding) return dispatch({ type: 'start-chosen', start });
    dispatch({ type: 'started', what: 'holding' });
    const mine = (choices += 1);
    const result = await hold(serviceId, state, start);
    if (isStopped || mine !== choices || getState().busy !== 'holding')
      return void (result.ok && giveBack(result.data));
    if (!result.ok) return refuse(result.error);
    keep(result.data);
    emit(new FrontdeskBookingHoldEvent(result.data.start, result.data.expiresAt));
  }

  async function extend(): Promise<void> {
    const { held, busy } = getState();
    if (!held || busy !== null) return;
    dispatch({ type: 'started', what: 'extending' });
    const result = await requester.request('hold:extend', { holdId: held.hold.id });
    // Whoever went back meanwhile has given it to others.
    if (isStopped || getState().busy !== 'extending') return;
    if (result.ok) keep(result.data);
    else refuse(result.error);
  }

  const giveBack = ({ id }: HoldDto): void => void client.request('hold:release', { holdId: id });

  function letGo(): void {
    const { held } = getState();
    if (!held) return;
    storage.writeHold(null);
    giveBack(held.hold);
  }

  const confirm = async (input: Unproved): Promise<Result<BookedDto>> =>
    (await submitter).send('booking:confirm', input);

  /** The page is asked once, also when a code comes in between. */
  async function submit(isAsking = true): Promise<void> {
    const state = getState();
    const service = visitOf(state);
    if (!service || state.start === null || state.busy !== null) return;
    const errors = checkDraft(service, state.draft);
    dispatch({ type: 'checked', errors });
    if (Object.keys(errors).length > 0 || (isAsking && !emit(new FrontdeskBookingBeforeSubmitEvent()))) return;
    dispatch({ type: 'started', what: 'confirming' });
    const token = state.prefill && { prefill: state.prefill.token };
    const input = { ...toInput(service, state.draft), locale: options.getLocale(), ...token };
    const held = state.held?.hold;
    let result = held ? await confirm({ holdId: held.id, ...input }) : null;
    // Never kept, or kept too short: whoever is first has it.
    if (!result || (!result.ok && result.error.code === 'HOLD_EXPIRED')) {
      const fresh = await hold(service.id, state, state.start);
      result = fresh.ok ? await confirm({ holdId: fresh.data.id, ...input }) : fresh;
    }
    if (isStopped) return;
    if (!result.ok) return refuse(result.error);
    storage.writeHold(null);
    dispatch({ type: 'booked', booked: result.data });
    const { booking } = result.data;
    const { code: ref, start, timeZone: zone, state: status } = booking;
    emit(new FrontdeskBookingBookedEvent({ ref, service: booking.serviceId, start, zone, status }));
  }

  /** Another visit has other times, so that the one that is held is given to others. */
  function changeParts(parts: readonly FollowingService[]): void {
    const before = partsOf(getState());
    letGo();
    dispatch({ type: 'parts-changed', parts });
    for (const { serviceId } of parts) {
      if (before.every(({ service }) => service.id !== serviceId))
        emit(new FrontdeskBookingServiceSelectEvent(serviceId));
    }
  }

  function handle({ name, detail }: BookingRequest): void {
    if (name === 'month') {
      skippedMonths = MAX_SKIPPED_MONTHS;
      dispatch({ type: 'month-shown', month: detail.month });
    } else if (name === 'date') dispatch({ type: 'date-chosen', date: detail.date });
    else if (name === 'zone') dispatch({ type: 'zone-shown', timeZone: detail.timeZone });
    else if (name === 'part') {
      letGo();
      dispatch({ type: 'part-asked', at: detail.at });
    } else if (name === 'parts') changeParts(detail.parts);
    else if (name === 'start') void choose(detail.start);
    else if (name === 'extend') void extend();
    else if (name === 'typed') {
      dispatch({ type: 'typed', draft: detail.draft });
      void submitter.then(({ prepare }) => prepare());
    } else if (name === 'submit') void submit();
    else if (name === 'unverify') dispatch({ type: 'verifying', verification: null });
    else if (name === 'retry') slots.refresh();
    else if (name === 'files') detail.connect(client);
  }

  return {
    reduce: reduceBooking,
    update,
    goOn,
    letGo,
    handle,
    stop() {
      isStopped = true;
      timers.stopAll();
      requester.stop();
      slots.stop();
    },
  };
}
