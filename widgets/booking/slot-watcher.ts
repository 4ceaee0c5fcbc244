/**
 * Keeps a calendar's list of free starts right: asks over HTTP at once, watches over the socket as soon as there is one, and asks again
 * when a change does not follow on what is known, or when a look over HTTP finds another revision.
 */
import type { BookingClient, BookingLive, SlotQuestion } from '../core/client/booking-client.js';
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
  const { clock } = client.environment;
  const timers = createNamedTimers<'again'>(clock);
  let question: SlotQuestion | null = null;
  let live: BookingLive | null = null;
  let isLoading = false;
  let isStopped = false;
  let isOnline = false;
  let release: (() => void) | null = null;
  let stops: (() => void)[] = [];

  async function ask(tries = 1): Promise<void> {
    if (!question) return;
    timers.stop('again');
    const asked = question;
    const number = getState().ask + 1;
    dispatch({ type: 'slots-asked', ask: number });
    const result =
      live && isOnline
        ? await live.connection.request('slot:watch', asked, { via: 'socket' })
        : await client.request('slot:list', asked);
    if (asked !== question || getState().ask !== number) return;
    if (result.ok) {
      dispatch({ type: 'slots-arrived', ask: number, list: result.data });
      return void goLive();
    }
    dispatch({ type: 'slots-failed', ask: number });
    if (!isRetryable(result.error)) return;
    const delayMs = Math.max(result.error.retryAfterMs ?? 0, computeBackoffMs(tries + 1, clock));
    timers.start('again', delayMs, () => void ask(tries + 1));
  }

  /** After the first answer, because a socket is for those who stay. */
  async function goLive(): Promise<void> {
    if (live || isLoading) return connect();
    isLoading = true;
    try {
      const loaded = await client.loadLive();
      if (isStopped) return loaded.connection.close();
      live = loaded;
      stops = listen(loaded);
      connect();
    } catch {
      // Without the code of the socket the list is as it was asked for; holding a time tells the truth.
    } finally {
      isLoading = false;
    }
  }

  function connect(): void {
    if (!live || !question) return;
    live.setQuestion(question);
    release ??= live.connection.acquire();
  }

  const listen = ({ connection, readChange }: BookingLive): (() => void)[] => [
    connection.subscribe(({ phase }) => {
      const wasOnline = isOnline;
      isOnline = phase === 'online';
      if (isOnline && !wasOnline) void ask();
    }),
    connection.on('slots:changed', (fact) => {
      const { slots, slotsPhase } = getState();
      const change = readChange(fact);
      if (slots?.rev.endsWith(change.prev) && slotsPhase === 'shown') dispatch({ type: 'slots-changed', change });
      else void ask();
    }),
    connection.on('slots:checked', ({ question: checked, list }) => {
      const { slots, slotsPhase } = getState();
      if (checked === question && slotsPhase !== 'asking' && !(slots && list.rev.endsWith(slots.rev))) void ask();
    }),
  ];

  function disconnect(): void {
    release?.();
    release = null;
  }

  return {
    follow(next) {
      if (JSON.stringify(next) === JSON.stringify(question)) return;
      question = next;
      timers.stopAll();
      if (next !== null) return void ask();
      if (isOnline) void live?.connection.request('slot:unwatch', {}, { via: 'socket' });
      disconnect();
    },
    refresh: () => void ask(),
    stop() {
      isStopped = true;
      question = null;
      timers.stopAll();
      disconnect();
      for (const stop of stops.splice(0)) stop();
      live?.connection.close();
    },
  };
}
