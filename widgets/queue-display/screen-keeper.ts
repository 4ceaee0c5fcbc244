/**
 * Keeps the screen awake and offers to fill it. Both are the browser's to give: what it refuses is reported and asked for again, and
 * the operating system's own sleep setting remains the real cure (QD-15).
 */
import type { DeviceHealth } from '@frontdesk/protocol/devices';
import type { Clock, TimerHandle } from '../core/client/clock.js';
import { createStore, type ReadableStore } from '../core/client/store.js';

/** A lock that was taken away (low battery, another window) is asked for again after this. */
const RETRY_MS = 30_000;
/** The offer of a full screen does not stand on the board for ever. */
const OFFER_MS = 60_000;

export interface ScreenState {
  readonly wakeLock: DeviceHealth['wakeLock'];
  readonly offersFullScreen: boolean;
}

export interface ScreenKeeper extends ReadableStore<ScreenState> {
  start(): void;
  stop(): void;
  /** From the handler of a touch. */
  enterFullScreen(): Promise<void>;
}

export interface ScreenParts {
  readonly clock: Clock;
  readonly document: Document;
  readonly navigator: Navigator;
  /** A browser that was started in kiosk mode fills the screen without saying so. */
  readonly window: { readonly innerHeight: number; readonly screen: { readonly height: number } };
  /** The display is the whole page, so it may fill the screen. */
  readonly ownsPage: boolean;
}

export function createScreenKeeper({ clock, document, navigator, window, ownsPage }: ScreenParts): ScreenKeeper {
  const wakeLocks = 'wakeLock' in navigator ? navigator.wakeLock : undefined;
  const store = createStore<ScreenState>({
    wakeLock: wakeLocks ? 'missing' : 'unsupported',
    offersFullScreen: false,
  });
  let lock: WakeLockSentinel | undefined;
  let isRunning = false;
  let retry: TimerHandle;
  let offer: TimerHandle;

  async function hold(): Promise<void> {
    if (!wakeLocks || !isRunning || document.hidden || (lock && !lock.released)) return;
    try {
      lock = await wakeLocks.request('screen');
      lock.addEventListener('release', handleRelease);
      store.patch({ wakeLock: 'held' });
    } catch {
      handleRelease();
    }
  }

  function handleRelease(): void {
    store.patch({ wakeLock: 'missing' });
    clock.clearTimeout(retry);
    if (isRunning) retry = clock.setTimeout(() => void hold(), RETRY_MS);
  }

  const isFull = (): boolean => document.fullscreenElement !== null || window.innerHeight >= window.screen.height - 1;

  function offerFullScreen(): void {
    const canOffer = ownsPage && document.fullscreenEnabled && !isFull();
    store.patch({ offersFullScreen: canOffer });
    clock.clearTimeout(offer);
    if (canOffer) offer = clock.setTimeout(() => store.patch({ offersFullScreen: false }), OFFER_MS);
  }
  const handleVisible = (): void => void hold();

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    start() {
      isRunning = true;
      document.addEventListener('visibilitychange', handleVisible, { passive: true });
      document.addEventListener('fullscreenchange', offerFullScreen, { passive: true });
      // Somebody who comes with a mouse or a finger wants something.
      document.addEventListener('pointerdown', offerFullScreen, { passive: true });
      void hold();
      offerFullScreen();
    },
    stop() {
      isRunning = false;
      clock.clearTimeout(retry);
      clock.clearTimeout(offer);
      document.removeEventListener('visibilitychange', handleVisible);
      document.removeEventListener('fullscreenchange', offerFullScreen);
      document.removeEventListener('pointerdown', offerFullScreen);
      void lock?.release().catch(() => {});
      lock = undefined;
    },
    async enterFullScreen() {
      await hold();
      if (!ownsPage || isFull()) return;
      await document.documentElement.requestFullscreen().catch(() => {});
      store.patch({ offersFullScreen: false });
    },
  };
}
