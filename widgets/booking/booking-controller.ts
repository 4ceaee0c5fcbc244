/**
 * Does what the booking elements ask for: browses, holds, keeps, books. Framework-free; tests bring their own clock and connection.
 *
 * Whatever is written is asked with a key that stays the same until the answer is known, so that a lost answer never books twice.
 */
import type { BookedDto, HoldDto } from '@frontdesk/protocol/booking-visitor';
import type { BookableId, BookingServiceId, LocationId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { VisitorCommands } from '@frontdesk/protocol/visitor';
import type { BookingClient } from '../core/client/booking-client.js';
import { computeBackoffMs, createNamedTimers } from '../core/client/clock.js';
import { createUnknownOutcome, isRetryable } from '../core/client/outcome.js';
import { createStore, type ReadableStore } from '../core/client/store.js';
import { readAlternatives } from './alternatives.js';
import {
  FrontdeskBookingBookedEvent,
  FrontdeskBookingErrorEvent,
  FrontdeskBookingHoldEvent,
  FrontdeskBookingHoldExpiredEvent,
  FrontdeskBookingReadyEvent,
  FrontdeskBookingServiceSelectEvent,
  FrontdeskBookingSlotSelectEvent,
  FrontdeskBookingBeforeSubmitEvent,
  type BookingRequest,
} from './booking-events.js';
import { checkDraft, toInput, type Draft } from './booking-form.js';
import {
  createBookingState,
  reduceBooking,
  serviceOf,
  type BookingEvent,
  type BookingState,
  type Preset,
} from './booking-store.js';
import { toInstant } from './booking-time.js';
import type { Submitter, Unproved } from './details/booking-submit.js';
import { createRequester } from './requester.js';
import { createSlotWatcher } from './slot-watcher.js';
import { nextMonth, slotRangeOf } from './slots-store.js';

const TICK_MS = 1_000;
/** Without an answer for this many tries the page's own link is shown, while the tries go on. */
const TRIES_BEFORE_FALLBACK = 2;
/** What a hold lasts at most; a clock that says otherwise is wrong. */
const MAX_HOLD_MS = 15 * 60_000;
const USUAL_HOLD_MS = 5 * 60_000;
/** Months that are passed over by themselves, when the first has nothing free any more. */
const MAX_SKIPPED_MONTHS = 2;

export interface BookingControllerOptions {
  readonly client: BookingClient;
  readonly locationId: LocationId | null;
  readonly preset: Preset;
  readonly draft: Draft;
  readonly visitorZone: string;
  /** False books without keeping the time while somebody types. */
  readonly isHolding: boolean;
  readonly getLocale: () => Locale;
  /** Tests bring their own. */
  readonly loadSubmitter?: () => Promise<Submitter>;
  /** Tells the page; false when it does not want it to happen. */
  readonly emit: (event: Event) => boolean;
}

export interface BookingController extends ReadableStore<BookingState> {
  start(): void;
  stop(): void;
  handle(request: BookingRequest): void;
}

export function createBookingController(options: BookingControllerOptions): BookingController {
  const { client, emit } = options;
  const { environment, storage } = client;
  const { clock } = environment;
  const store = createStore<BookingState>(createBookingState(clock.now(), options.visitorZone, options.draft));
  const timers = createNamedTimers<'browse' | 'tick'>(clock);
  const requester = createRequester(client);
  const slots = createSlotWatcher({ client, getState: store.getState, dispatch });
  let kept = storage.takeHold();
  let submitter: Promise<Submitter> | undefined;
  let isStopped = false;
  let skippedMonths = 0;
  if (kept) client.setToken(kept.token);

  function dispatch(event: BookingEvent): void {
    if (isStopped) return;
    store.patch(reduceBooking(store.getState(), event));
    slots.follow(findQuestion());
    skipEmptyMonth();
  }

  function findQuestion(): VisitorCommands['slot:list']['input'] | null {
    const state = store.getState();
    const { step, serviceId, staffId } = state;
    if (serviceId === null || serviceOf(state)?.isClass) return null;
    if (step !== 'time' && step !== 'details') return null;
    return { serviceId, staffId, ...slotRangeOf(state) };
  }

  /** Somebody who comes on the 31st wants to see times, not an empty page. */
  function skipEmptyMonth(): void {
    const state = store.getState();
    const next = nextMonth(state);
    const isEmpty = state.step === 'time' && state.slots?.starts.length === 0 && state.date === null;
    if (!isEmpty || next === null || skippedMonths >= MAX_SKIPPED_MONTHS) return;
    skippedMonths += 1;
    dispatch({ type: 'month-shown', month: next });
  }

  async function browse(tries = 1): Promise<void> {
    const { locationId } = options;
    const result = await client.request('booking:browse', { locationId });
    if (isStopped) return;
    if (result.ok) {
      dispatch({ type: 'catalogue-arrived', catalogue: result.data, preset: options.preset });
      goOn();
      emit(new FrontdeskBookingReadyEvent());
      return;
    }
    const { code, retryAfterMs = 0 } = result.error;
    if (tries === TRIES_BEFORE_FALLBACK || !isRetryable(result.error)) {
      dispatch({ type: 'catalogue-missing' });
      emit(new FrontdeskBookingErrorEvent(code));
    }
    if (!isRetryable(result.error)) return;
    timers.start('browse', Math.max(retryAfterMs, computeBackoffMs(tries, clock)), () => void browse(tries + 1));
  }

  /** A time that was held before the page was loaded again. */
  function goOn(): void {
    const hold = kept?.hold;
    kept = null;
    const isOffered = store.getState().catalogue?.services.some(({ id }) => id === hold?.serviceId);
    if (!hold || !isOffered || Date.parse(hold.expiresAt) <= clock.now()) return;
    dispatch({ type: 'service-chosen', serviceId: hold.serviceId });
    if (hold.staffId !== null) dispatch({ type: 'staff-chosen', staffId: hold.staffId });
    keep(hold);
  }

  function keep(hold: HoldDto): void {
    const leftMs = Date.parse(hold.expiresAt) - clock.now();
    const isPlausible = leftMs > 0 && leftMs <= MAX_HOLD_MS;
    storage.writeHold({ token: client.getToken(), hold });
    dispatch({ type: 'held', held: { hold, endsAtMs: clock.now() + (isPlausible ? leftMs : USUAL_HOLD_MS) } });
    tick();
  }

  function tick(): void {
    const { held, busy } = store.getState();
    if (!held) return;
    const nowMs = clock.now();
    dispatch({ type: 'ticked', nowMs });
    if (nowMs < held.endsAtMs || busy === 'confirming') return timers.start('tick', TICK_MS, tick);
    storage.writeHold(null);
    dispatch({ type: 'hold-expired' });
    emit(new FrontdeskBookingHoldExpiredEvent());
  }

  function refuse(error: ErrorBody): void {
    if (error.code === 'VALIDATION' && error.fields && 'phone' in error.fields) {
      return dispatch({ type: 'checked', errors: { phone: 'phone' } });
    }
    if (!store.getState().held) storage.writeHold(null);
    dispatch({ type: 'refused', code: error.code, alternatives: readAlternatives(error) });
    emit(new FrontdeskBookingErrorEvent(error.code));
  }

  const hold = (serviceId: BookingServiceId, staffId: BookableId | null, start: number): Promise<Result<HoldDto>> =>
    requester.request('hold:create', { serviceId, staffId, start: toInstant(start) });

  async function choose(start: number): Promise<void> {
    const { serviceId, staffId, busy } = store.getState();
    if (serviceId === null || busy !== null) return;
    emit(new FrontdeskBookingSlotSelectEvent(serviceId, toInstant(start)));
    if (!options.isHolding) return dispatch({ type: 'start-chosen', start });
    dispatch({ type: 'started', what: 'holding' });
    const result = await hold(serviceId, staffId, start);
    if (isStopped || store.getState().busy !== 'holding') return void (result.ok && letGo(result.data));
    if (!result.ok) return refuse(result.error);
    keep(result.data);
    emit(new FrontdeskBookingHoldEvent(result.data.start, result.data.expiresAt));
  }

  async function extend(): Promise<void> {
    const { held, busy } = store.getState();
    if (!held || busy !== null) return;
    dispatch({ type: 'started', what: 'extending' });
    const result = await requester.request('hold:extend', { holdId: held.hold.id });
    if (result.ok) keep(result.data);
    else refuse(result.error);
  }

  const letGo = ({ id }: HoldDto): void => void client.request('hold:release', { holdId: id });

  function goBack(to: 'service' | 'staff' | 'time'): void {
    const { held } = store.getState();
    dispatch({ type: 'gone-back', to });
    if (!held) return;
    storage.writeHold(null);
    letGo(held.hold);
  }

  /** Its code comes while somebody types. */
  function loadSubmitter(): Promise<Submitter> {
    submitter ??=
      options.loadSubmitter?.() ??
      import('./details/booking-submit.js').then((code) => code.createSubmitter(requester));
    return submitter;
  }

  const confirm = (input: Unproved): Promise<Result<BookedDto>> =>
    loadSubmitter().then(
      (code) => code.send('booking:confirm', input),
      (error: unknown) => {
        submitter = undefined;
        return createUnknownOutcome(String(error));
      },
    );

  async function submit(): Promise<void> {
    const state = store.getState();
    const service = serviceOf(state);
    if (!service || state.start === null || state.busy !== null) return;
    const errors = checkDraft(service, state.draft);
    dispatch({ type: 'checked', errors });
    if (Object.keys(errors).length > 0 || !emit(new FrontdeskBookingBeforeSubmitEvent())) return;
    dispatch({ type: 'started', what: 'confirming' });
    const input = { ...toInput(service, state.draft), locale: options.getLocale() };
    const held = state.held?.hold;
    let result = held ? await confirm({ holdId: held.id, ...input }) : null;
    // Never kept, or kept too short: whoever is first has it.
    if (!result || (!result.ok && result.error.code === 'HOLD_EXPIRED')) {
      const fresh = await hold(service.id, state.staffId, state.start);
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

  function handle({ name, detail }: BookingRequest): void {
    if (name === 'service') {
      skippedMonths = 0;
      dispatch({ type: 'service-chosen', serviceId: detail.serviceId });
      emit(new FrontdeskBookingServiceSelectEvent(detail.serviceId));
    } else if (name === 'staff') dispatch({ type: 'staff-chosen', staffId: detail.staffId });
    else if (name === 'back') goBack(detail.to);
    else if (name === 'month') {
      skippedMonths = MAX_SKIPPED_MONTHS;
      dispatch({ type: 'month-shown', month: detail.month });
    } else if (name === 'date') dispatch({ type: 'date-chosen', date: detail.date });
    else if (name === 'zone') dispatch({ type: 'zone-shown', timeZone: detail.timeZone });
    else if (name === 'start') void choose(detail.start);
    else if (name === 'extend') void extend();
    else if (name === 'typed') {
      dispatch({ type: 'typed', draft: detail.draft });
      loadSubmitter().then(
        (code) => code.prepare(),
        () => (submitter = undefined),
      );
    } else if (name === 'submit') void submit();
    else slots.refresh();
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start: () => void browse(),
    stop() {
      isStopped = true;
      timers.stopAll();
      requester.stop();
      slots.stop();
    },
    handle,
  };
}
