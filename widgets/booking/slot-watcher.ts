/**
 * Keeps a calendar's list of free starts right: asks over HTTP at once, watches over the socket as soon as there is one, and asks again
 * when a change does not follow on what is known, or when a look over HTTP finds another revision.
 */
import type { BookingClient, SlotQuestion } from '../core/client/booking-client.js';
import { computeBackoffMs, createNamedTimers } from '../core/client/clock.js';
import { isRetryable } from '../core/client/outcome.js';
import type { SlotsEvent, SlotsState } from './slots-store.js';

export interface SlotWatcher {
  /** The list that is looked at from now on; null is none, and then nobody is connected for it. */
  follow(question: SlotQuestion | null): void;
  /** Asks for the same list again. */
  refresh(): void;
  stop(): void;
}

export interface SlotWatcherOptions {
  readonly client: BookingClient;
  getState(): SlotsState;
  dispatch(event: SlotsEvent): void;
}

export function createSlotWatcher({ client, getState, dispatch }: SlotWatcherOptions): SlotWatcher {
  const { connection, environment } = client;
  const timers = createNamedTimers<'again'>(environment.clock);
  let question: SlotQuestion | null = null;
  let release: (() => void) | null = null;
  let isOnline = false;

  async function ask(tries = 1): Promise<void> {
    if (!question) return;
    timers.stop('again');
    const asked = question;
    const number = getState().ask + 1;
    dispatch({ type: 'slots-asked', ask: number });
    const result = isOnline
      ? await connection.request('slot:watch', asked, { via: 'socket' })
      : await connection.request('slot:list', asked, { via: 'http' });
    if (asked !== question || getState().ask !== number) return;
    if (result.ok) return dispatch({ type: 'slots-arrived', ask: number, list: result.data });
    dispatch({ type: 'slots-failed', ask: number });
    if (!isRetryable(result.error)) return;
    const delayMs = Math.max(result.error.retryAfterMs ?? 0, computeBackoffMs(tries + 1, environment.clock));
    timers.start('again', delayMs, () => void ask(tries + 1));
  }

  const stops = [
    connection.subscribe(({ phase }) => {
      const wasOnline = isOnline;
      isOnline = phase === 'online';
      if (isOnline && !wasOnline) void ask();
    }),
    connection.on('slots:changed', (change) => {
      if (!question) return;
      if (getState().slots?.rev === change.prev && getState().slotsPhase === 'shown') {
        dispatch({ type: 'slots-changed', change });
      } else void ask();
    }),
    connection.on('slots:checked', ({ question: checked, list }) => {
      if (checked === question && getState().slotsPhase !== 'asking' && list.rev !== getState().slots?.rev) void ask();
    }),
  ];

  return {
    follow(next) {
      if (JSON.stringify(next) === JSON.stringify(question)) return;
      question = next;
      timers.stopAll();
      if (next === null) {
        if (isOnline) void connection.request('slot:unwatch', {}, { via: 'socket' });
        release?.();
        release = null;
        return;
      }
      client.setQuestion(next);
      void ask();
      release ??= connection.acquire();
    },
    refresh: () => void ask(),
    stop() {
      question = null;
      timers.stopAll();
      release?.();
      release = null;
      for (const stop of stops) stop();
      connection.close();
    },
  };
}
