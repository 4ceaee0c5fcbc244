/** Does what the holder of a link to seats asks for: read it, accept an offer, give up. Framework-free. */
import type { SeatAnswer } from '@frontdesk/protocol/booking-class';
import type { CourseAnswer } from '@frontdesk/protocol/booking-course';
import type { BookingClient } from '../../core/client/booking-client.js';
import { createNamedTimers } from '../../core/client/clock.js';
import { isRetryable } from '../../core/client/outcome.js';
import { createStore, type ReadableStore } from '../../core/client/store.js';
import { createRequester } from '../requester.js';

/** Somebody who waits with the page open sees an offer within this. */
const LOOK_MS = 20_000;

export interface SeatState {
  readonly phase: 'loading' | 'shown' | 'gone' | 'unavailable';
  readonly answer: SeatAnswer | null;
  /** All dates of the course, where they were taken together. */
  readonly together: CourseAnswer['dates'];
  readonly isLeaving: boolean;
  /** All of them. */
  readonly isLeavingAll: boolean;
  readonly isBusy: boolean;
  readonly notice: 'changed' | 'late' | 'failed' | null;
}

export interface SeatController extends ReadableStore<SeatState> {
  start(): void;
  stop(): void;
  /** After the server did not answer. */
  retry(): void;
  accept(): void;
  /** Asks first; `yes` does it. */
  leave(answer: 'ask' | 'ask-all' | 'yes' | 'no'): void;
}

const NOTICES: Readonly<Record<string, SeatState['notice']>> = { CONFLICT: 'changed', TOO_LATE: 'late' };

export function createSeatController(client: BookingClient, seatToken: string): SeatController {
  const store = createStore<SeatState>({
    phase: 'loading',
    answer: null,
    together: [],
    isLeaving: false,
    isLeavingAll: false,
    isBusy: false,
    notice: null,
  });
  const timers = createNamedTimers<'look'>(client.environment.clock);
  const requester = createRequester(client);
  let isStopped = false;
  let asked = 0;
  const patch = (change: Partial<SeatState>): void => {
    if (!isStopped) store.patch({ ...store.getState(), ...change });
  };

  const lookLater = (): void => timers.start('look', LOOK_MS, () => void read(store.getState().notice));

  async function read(notice: SeatState['notice'] = null): Promise<void> {
    asked += 1;
    const mine = asked;
    const result = await requester.request('seat:read-own', { seatToken });
    // A reading that was asked for before a change knows nothing of it.
    if (isStopped || mine !== asked) return;
    lookLater();
    if (result.ok) {
      patch({ phase: 'shown', answer: result.data, isBusy: false, notice });
      if (result.data.seat.isInCourse) await readTogether();
      return;
    }
    if (store.getState().answer && isRetryable(result.error)) return;
    patch({ phase: isRetryable(result.error) ? 'unavailable' : 'gone', answer: null });
  }

  async function readTogether(): Promise<void> {
    const result = await requester.request('course:read-own', { seatToken });
    if (result.ok) patch({ together: result.data.dates });
  }

  async function leaveAll(): Promise<void> {
    if (store.getState().isBusy) return;
    asked += 1;
    timers.stop('look');
    patch({ isBusy: true, notice: null });
    const result = await requester.request('course:cancel-own', { seatToken, reason: '' });
    patch({ isBusy: false, isLeaving: false, isLeavingAll: false });
    return read(result.ok ? null : (NOTICES[result.error.code] ?? 'failed'));
  }

  async function change(name: 'seat:accept-own' | 'seat:cancel-own', more: object): Promise<void> {
    if (store.getState().isBusy) return;
    asked += 1;
    timers.stop('look');
    patch({ isBusy: true, notice: null });
    const result = await requester.request(name, { seatToken, ...more });
    if (isStopped) return;
    const notice = result.ok ? null : (NOTICES[result.error.code] ?? 'failed');
    patch({ isBusy: false, isLeaving: false, isLeavingAll: false, notice });
    if (!result.ok) return read(notice);
    patch({ answer: result.data });
    lookLater();
    if (result.data.seat.isInCourse) await readTogether();
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start: () => void read(),
    stop() {
      isStopped = true;
      timers.stopAll();
      requester.stop();
    },
    retry() {
      patch({ phase: 'loading' });
      void read();
    },
    accept: () => void change('seat:accept-own', {}),
    leave(answer) {
      if (answer !== 'yes') patch({ isLeaving: answer !== 'no', isLeavingAll: answer === 'ask-all', notice: null });
      else if (store.getState().isLeavingAll) void leaveAll();
      else void change('seat:cancel-own', { reason: '' });
    },
  };
}
