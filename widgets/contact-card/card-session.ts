/**
 * A card's life on a page: fetched once, described anew at each opening and closing, asked for again when somebody comes back to the
 * page after a while. Framework-free; there is one timer, and no polling (CC-3).
 */
import { describeOpening, type Opening } from '@frontdesk/domain/hours/opening';
import type { CardView } from '@frontdesk/protocol/cards';
import type { CardId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { ErrorCode } from '@frontdesk/protocol/result';
import { computeBackoffMs, type TimerHandle } from '../core/client/clock.js';
import { createStore, type ReadableStore } from '../core/client/store.js';
import type { CardEnvironment } from './card-environment.js';
import type { ReadCard } from './card-reader.js';

/** Whoever comes back later than this sees what the business says now. */
const STALE_AFTER_MS = 5 * 60_000;
/** A page that nobody leaves runs out of the days that it knows after a week. */
const SPENT_AFTER_MS = 6 * 86_400_000;
/** Refusals that end by themselves; no answer at all says the first of them. The catalogue with all of them weighs too much here. */
export const PASSING: readonly ErrorCode[] = ['STORE_UNAVAILABLE', 'RATE_LIMITED', 'BUSY', 'DRAINING', 'INTERNAL'];

/** - `unavailable`: there is no such card here. - `ready`: shown, also while it is fetched again. */
export interface CardState {
  readonly phase: 'loading' | 'unavailable' | 'ready';
  readonly view: CardView | null;
  /** null where hours are not shown. */
  readonly opening: Opening | null;
  /** The instant that `opening` was described for. */
  readonly nowMs: number;
  /** Hidden contact data were asked for and are on their way, or could not be had. */
  readonly reveal: 'idle' | 'busy' | 'failed';
}

export interface CardSession extends ReadableStore<CardState> {
  start(): void;
  stop(): void;
  speak(locale: Locale): void;
  /** Shows what the card hides. */
  reveal(): Promise<void>;
}

export interface CardSessionOptions {
  readonly environment: Pick<CardEnvironment, 'clock' | 'lifecycle'>;
  readonly request: ReadCard;
  readonly cardId: CardId;
  readonly locale: Locale;
}

export function describeView(view: CardView, nowMs: number): Pick<CardState, 'view' | 'opening' | 'nowMs'> {
  const opening = view.days && describeOpening(view.days, nowMs);
  return { view, opening, nowMs };
}

export function createCardSession({ environment, request, cardId, ...options }: CardSessionOptions): CardSession {
  const { clock, lifecycle } = environment;
  const store = createStore<CardState>({
    phase: 'loading',
    view: null,
    opening: null,
    nowMs: clock.now(),
    reveal: 'idle',
  });
  let { locale } = options;
  let isRevealed = false;
  /** 0: not at all, or not in the way that was asked for last. */
  let loadedAtMs = 0;
  let boundary: TimerHandle;
  let retry: TimerHandle;
  /** Counts questions, so that a late answer never replaces a newer one. */
  let asked = 0;
  let stopListening: (() => void) | undefined;

  function describe(view: CardView): void {
    const described = describeView(view, clock.now());
    store.patch({ phase: 'ready', ...described });
    const { opening, nowMs } = described;
    clock.clearTimeout(boundary);
    if (opening) boundary = clock.setTimeout(() => turn(view), opening.changesAtMs - nowMs);
  }

  function turn(view: CardView): void {
    describe(view);
    if (clock.now() - loadedAtMs > SPENT_AFTER_MS) void load();
  }

  async function load(tries = 1): Promise<boolean> {
    const question = (asked += 1);
    clock.clearTimeout(retry);
    const result = await request(isRevealed ? 'card:reveal' : 'card:read', { cardId, locale });
    if (question !== asked) return false;
    if (result.ok) {
      loadedAtMs = clock.now();
      describe(result.data);
      return true;
    }
    if (PASSING.includes(result.error.code)) {
      loadedAtMs = 0;
      const delayMs = Math.max(result.error.retryAfterMs ?? 0, computeBackoffMs(tries, clock));
      retry = clock.setTimeout(() => void load(tries + 1), delayMs);
    } else if (!store.getState().view) {
      store.patch({ phase: 'unavailable' });
    }
    return false;
  }

  /** A phone that slept has missed its timer. */
  function handleWake(): void {
    const { view } = store.getState();
    if (view) describe(view);
    if (clock.now() - loadedAtMs > STALE_AFTER_MS) void load();
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start() {
      stopListening = lifecycle.on('wake', handleWake);
      void load();
    },
    stop() {
      asked += 1;
      stopListening?.();
      clock.clearTimeout(boundary);
      clock.clearTimeout(retry);
    },
    speak(next) {
      if (next === locale) return;
      locale = next;
      void load();
    },
    async reveal() {
      isRevealed = true;
      store.patch({ reveal: 'busy' });
      const isThere = await load();
      store.patch({ reveal: isThere ? 'idle' : 'failed' });
      // What could not be had now is asked for by the next press, not by itself.
      if (!isThere) isRevealed = false;
    },
  };
}
