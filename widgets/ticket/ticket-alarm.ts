/**
 * Makes a phone ring, as far as its browser lets a page: sound after a touch, vibration, and a screen that stays on so that the page
 * keeps running. A page that was closed or put away for long is told by Web Push only.
 */
import { createNamedTimers, type Clock } from '../core/client/clock.js';
import { createStore, type ReadableStore } from '../core/client/store.js';

/** A call rings until somebody answers, at most this often. */
const MAX_RINGS = 20;
const RING_INTERVAL_MS = 2_500;
const VIBRATION_MS = [400, 150, 400, 150, 700];
/** Two rising notes, twice: heard through a pocket, and not mistaken for a message. */
const NOTES: readonly (readonly [hertz: number, atSeconds: number])[] = [
  [784, 0],
  [1_047, 0.22],
  [784, 0.6],
  [1_047, 0.82],
];
const NOTE_SECONDS = 0.32;
const LOUD = 0.5;
const SOFT = 0.12;

export interface AlarmState {
  /** True after somebody asked for it with a touch. */
  readonly isArmed: boolean;
}

export interface Alarm extends ReadableStore<AlarmState> {
  /** Call it from the handler of a touch; sounds once, softly, so that the person hears what to listen for. */
  arm(): void;
  disarm(): void;
  /** Rings until {@link quiet}. Vibrates where the browser allows it, armed or not. */
  ring(): void;
  quiet(): void;
  close(): void;
}

export interface AlarmParts {
  readonly clock: Clock;
  readonly createContext?: () => AudioContext;
  readonly navigator?: Partial<Pick<Navigator, 'vibrate' | 'wakeLock'>>;
  readonly document?: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>;
}

function sound(context: AudioContext, volume: number): void {
  for (const [hertz, atSeconds] of NOTES) {
    const start = context.currentTime + atSeconds;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(volume, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_SECONDS);
    gain.connect(context.destination);
    const tone = context.createOscillator();
    tone.type = 'triangle';
    tone.frequency.value = hertz;
    tone.connect(gain);
    tone.start(start);
    tone.stop(start + NOTE_SECONDS);
  }
}

export function createAlarm(parts: AlarmParts): Alarm {
  const { clock, createContext = () => new AudioContext() } = parts;
  const device = parts.navigator ?? navigator;
  const page = parts.document ?? document;
  const store = createStore<AlarmState>({ isArmed: false });
  const timers = createNamedTimers<'ring'>(clock);
  let context: AudioContext | undefined;
  let lock: WakeLockSentinel | undefined;

  async function keepAwake(): Promise<void> {
    if (!store.getState().isArmed || page.visibilityState !== 'visible') return;
    try {
      lock = await device.wakeLock?.request('screen');
    } catch {
      lock = undefined; // Low battery: the phone decides, and the page does not promise a bright screen.
    }
  }
  const handleVisibility = (): void => void keepAwake();
  page.addEventListener('visibilitychange', handleVisibility);

  function ringOnce(rings: number): void {
    if (rings >= MAX_RINGS) return;
    device.vibrate?.(VIBRATION_MS);
    if (context && store.getState().isArmed) {
      // A phone that was locked has put the sound to sleep.
      void context.resume();
      sound(context, LOUD);
    }
    timers.start('ring', RING_INTERVAL_MS, () => ringOnce(rings + 1));
  }

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    arm() {
      try {
        context ??= createContext();
        void context.resume();
        sound(context, SOFT);
      } catch {
        context = undefined; // No audio device: vibration and the screen are left.
      }
      store.patch({ isArmed: true });
      void keepAwake();
    },
    disarm() {
      store.patch({ isArmed: false });
      void lock?.release();
      lock = undefined;
    },
    ring() {
      ringOnce(0);
    },
    quiet() {
      timers.stop('ring');
      device.vibrate?.(0);
    },
    close() {
      timers.stopAll();
      page.removeEventListener('visibilitychange', handleVisibility);
      void lock?.release();
      void context?.close();
      context = undefined;
    },
  };
}
