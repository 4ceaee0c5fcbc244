/**
 * Does what the first questions of booking ask for: which service, and with whom. Framework-free; tests bring their own clock and
 * connection.
 *
 * Everything from the calendar on is in visit.ts, which is fetched while somebody reads what there is to choose from.
 */
import type { LocationId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { BookingClient } from '../core/client/booking-client.js';
import { computeBackoffMs, createNamedTimers } from '../core/client/clock.js';
import { isRetryable } from '../core/client/outcome.js';
import { createStore, type ReadableStore } from '../core/client/store.js';
import {
  FrontdeskBookingErrorEvent,
  FrontdeskBookingReadyEvent,
  FrontdeskBookingServiceSelectEvent,
  type BookingRequest,
} from './booking-events.js';
import type { Draft } from './booking-form.js';
import {
  createBookingState,
  reduceStart,
  type BookingEvent,
  type BookingState,
  type PageChoices,
  type Preset,
} from './start-store.js';
import type { Submitter } from './details/booking-submit.js';
import type { createVisit, Visit } from './visit-controller.js';

/** Without an answer for this many tries the page's own link is shown, while the tries go on. */
const TRIES_BEFORE_FALLBACK = 2;

/** What changes the visit. */
const CHOICES = new Set<BookingRequest['name']>(['service', 'staff', 'back', 'part', 'parts']);

export interface BookingControllerOptions {
  readonly client: BookingClient;
  readonly locationId: LocationId | null;
  readonly preset: Preset;
  readonly draft: Draft;
  readonly choices: PageChoices;
  /** What the website's server signed about the customer. */
  readonly prefill?: string | null;
  readonly visitorZone: string;
  /** False books without keeping the time while somebody types. */
  readonly isHolding: boolean;
  readonly getLocale: () => Locale;
  /** Fetches what comes after the first questions; rejects when it does not arrive, and is called again. */
  readonly loadVisit: () => Promise<{ readonly createVisit: typeof createVisit }>;
  /** Tests bring their own. */
  readonly loadSubmitter?: () => Promise<Submitter>;
  /** Tells the page; false when it does not want it to happen. */
  readonly emit: (event: Event) => boolean;
}

export interface BookingController extends ReadableStore<BookingState> {
  start(): void;
  stop(): void;
  /** What is out of sight is not watched; a time that is held stays held. */
  setVisible(isVisible: boolean): void;
  handle(request: BookingRequest): void;
}

export function createBookingController(options: BookingControllerOptions): BookingController {
  const { client, emit } = options;
  const { clock } = client.environment;
  const { visitorZone, draft, choices } = options;
  const store = createStore<BookingState>(createBookingState(clock.now(), visitorZone, draft, choices));
  const timers = createNamedTimers<'browse' | 'visit'>(clock);
  const kept = client.storage.takeHold();
  let visit: Visit | null = null;
  let isStopped = false;
  let isVisible = true;
  let loading: Promise<void> | null = null;
  if (kept) client.setToken(kept.token);

  function dispatch(event: BookingEvent): void {
    if (isStopped) return;
    store.patch((visit?.reduce ?? reduceStart)(store.getState(), event));
    visit?.update();
  }

  const loadVisit = (): Promise<void> => (loading ??= tryLoadVisit());

  /** Settles once it is there: whoever waits for it has nothing else to do. */
  async function tryLoadVisit(tries = 1): Promise<void> {
    try {
      const loaded = await options.loadVisit();
      if (isStopped) return;
      visit = loaded.createVisit({ ...options, getState: store.getState, dispatch, isVisible: () => isVisible });
      dispatch({ type: 'visit-loaded' });
    } catch {
      await new Promise<void>((resolve) => timers.start('visit', computeBackoffMs(tries, clock), resolve));
      return tryLoadVisit(tries + 1);
    }
  }

  async function browse(tries = 1): Promise<void> {
    const result = await client.request('booking:browse', { locationId: options.locationId });
    if (isStopped) return;
    if (result.ok) {
      // A time that was held before the page was loaded again: nobody sees the first questions in between.
      if (kept) await loadVisit();
      dispatch({ type: 'catalogue-arrived', catalogue: result.data, preset: options.preset });
      if (kept) visit?.goOn(kept.hold);
      emit(new FrontdeskBookingReadyEvent());
      return void loadVisit();
    }
    const { code, retryAfterMs = 0 } = result.error;
    if (tries === TRIES_BEFORE_FALLBACK || !isRetryable(result.error)) {
      dispatch({ type: 'catalogue-missing' });
      emit(new FrontdeskBookingErrorEvent(code));
    }
    if (!isRetryable(result.error)) return;
    timers.start('browse', Math.max(retryAfterMs, computeBackoffMs(tries, clock)), () => void browse(tries + 1));
  }

  function handle(request: BookingRequest): void {
    const { name, detail } = request;
    // What is being booked is booked as it was when it was sent.
    const isSent = store.getState().busy === 'confirming';
    if (isSent && CHOICES.has(name)) return;
    if (name === 'service') {
      dispatch({ type: 'service-chosen', serviceId: detail.serviceId });
      emit(new FrontdeskBookingServiceSelectEvent(detail.serviceId));
    } else if (name === 'staff') dispatch({ type: 'staff-chosen', staffId: detail.staffId });
    else if (name === 'back') {
      visit?.letGo();
      dispatch({ type: 'gone-back', to: detail.to });
    } else visit?.handle(request);
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start: () => void browse(),
    stop() {
      isStopped = true;
      timers.stopAll();
      visit?.stop();
    },
    setVisible(next) {
      isVisible = next;
      visit?.update();
    },
    handle,
  };
}
