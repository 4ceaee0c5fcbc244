/** Does what the holder of a booking's link asks for: find it, move it, give it up. Framework-free. */
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { BookingClient, SlotQuestion } from '../../core/client/booking-client.js';
import { isRetryable } from '../../core/client/outcome.js';
import { createStore, type ReadableStore } from '../../core/client/store.js';
import { readAlternatives } from '../alternatives.js';
import { FrontdeskBookingCancelledEvent, FrontdeskBookingRescheduledEvent } from '../visit-events.js';
import { FrontdeskBookingErrorEvent, type BookingRequest } from '../booking-events.js';
import { toInstant } from '../booking-time.js';
import { createRequester } from '../requester.js';
import { createSlotWatcher } from '../slot-watcher.js';
import { slotRangeOf } from '../slots-store.js';
import { createManageState, reduceManage, type ManageEvent, type ManageState } from './manage-store.js';

export interface ManageControllerOptions {
  readonly client: BookingClient;
  /** null asks for code and phone number first. */
  readonly token: string | null;
  readonly visitorZone: string;
  readonly emit: (event: Event) => boolean;
  /** The booking's link is another one now. */
  readonly onToken: (token: string) => void;
}

export interface ManageController extends ReadableStore<ManageState> {
  start(): void;
  stop(): void;
  /** After the server did not answer. */
  retry(): void;
  find(code: string, phoneEnd: string): void;
  choose(mode: ManageState['mode']): void;
  /** Of the calendar. */
  handle(request: BookingRequest): void;
  move(): void;
  cancel(reason: string): void;
}

function describe({ booking }: BookedDto) {
  const { code: ref, serviceId: service, start, timeZone: zone, state: status } = booking;
  return { ref, service, start, zone, status };
}

export function createManageController(options: ManageControllerOptions): ManageController {
  const { client, emit } = options;
  const phase = options.token === null ? 'find' : 'loading';
  const store = createStore<ManageState>(createManageState(client.environment.clock.now(), options.visitorZone, phase));
  const requester = createRequester(client);
  const slots = createSlotWatcher({ client, getState: store.getState, dispatch });
  let isStopped = false;
  /** What found the booking, or did not. */
  let look = (): void => undefined;

  function dispatch(event: ManageEvent): void {
    if (isStopped) return;
    store.patch(reduceManage(store.getState(), event));
    slots.follow(findQuestion());
  }

  function findQuestion(): SlotQuestion | null {
    const state = store.getState();
    if (!state.booked || state.mode !== 'move') return null;
    const { serviceId, staffId, followedBy } = state.booked.booking;
    const others = followedBy.map((part) => ({ serviceId: part.serviceId, staffId: part.staffId }));
    return { serviceId, staffId, ...slotRangeOf(state), ...(others.length > 0 && { followedBy: others }) };
  }

  function show(booked: BookedDto, news: ManageState['news']): void {
    // The page may be another one by now, whose address is not ours to change.
    if (isStopped) return;
    dispatch({ type: 'arrived', booked, news });
    if (booked.manageToken !== options.token) options.onToken(booked.manageToken);
    if (!store.getState().catalogue) void browse();
  }

  /** How far ahead it may be moved, and the business's phone number: good to know, and no reason to wait. */
  async function browse(): Promise<void> {
    const result = await client.request('booking:browse', { locationId: null });
    if (result.ok) dispatch({ type: 'catalogue-arrived', catalogue: result.data });
  }

  async function read(token: string, news: ManageState['news'] = null): Promise<void> {
    look = () => void read(token);
    dispatch({ type: 'asked' });
    const result = await requester.request('booking:read-own', { manageToken: token });
    if (result.ok) return show(result.data, news);
    lose(result.error);
  }

  function lose(error: ErrorBody): void {
    if (isStopped) return;
    dispatch({ type: 'lost', phase: isRetryable(error) ? 'unavailable' : 'gone' });
    emit(new FrontdeskBookingErrorEvent(error.code));
  }

  async function find(code: string, phoneEnd: string): Promise<void> {
    look = () => void find(code, phoneEnd);
    dispatch({ type: 'asked' });
    const result = await requester.request('booking:find-own', { code, phoneEnd });
    if (result.ok) show(result.data, null);
    else lose(result.error);
  }

  async function change(name: 'booking:reschedule-own' | 'booking:cancel-own', more: object): Promise<void> {
    const { booked, isBusy } = store.getState();
    if (!booked || isBusy) return;
    dispatch({ type: 'sent' });
    const { manageToken, booking } = booked;
    const result = await requester.request(name, { manageToken, version: booking.version, ...more } as never);
    if (isStopped) return;
    if (result.ok) {
      const isMove = name === 'booking:reschedule-own';
      show(result.data, isMove ? 'moved' : 'cancelled');
      const detail = describe(result.data);
      emit(isMove ? new FrontdeskBookingRescheduledEvent(detail) : new FrontdeskBookingCancelledEvent(detail));
      return;
    }
    const { error } = result;
    emit(new FrontdeskBookingErrorEvent(error.code));
    // Somebody else changed it: what was decided was decided about another state.
    if (error.code === 'CONFLICT') return void read(manageToken, 'changed');
    dispatch({ type: 'refused', code: error.code, alternatives: readAlternatives(error) });
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start() {
      if (options.token !== null) void read(options.token);
    },
    stop() {
      isStopped = true;
      requester.stop();
      slots.stop();
    },
    retry: () => look(),
    find: (code, phoneEnd) => void find(code.trim().toUpperCase(), phoneEnd),
    choose: (mode) => dispatch({ type: 'mode-chosen', mode }),
    handle({ name, detail }) {
      if (name === 'month') dispatch({ type: 'month-shown', month: detail.month });
      else if (name === 'date') dispatch({ type: 'date-chosen', date: detail.date });
      else if (name === 'zone') dispatch({ type: 'zone-shown', timeZone: detail.timeZone });
      else if (name === 'start') dispatch({ type: 'start-chosen', start: detail.start });
      else if (name === 'retry') slots.refresh();
    },
    move() {
      const { start } = store.getState();
      if (start !== null) void change('booking:reschedule-own', { start: toInstant(start) });
    },
    cancel: (reason) => void change('booking:cancel-own', { reason: reason.trim() }),
  };
}
