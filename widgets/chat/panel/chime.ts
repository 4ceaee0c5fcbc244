/** A short, soft tone made on the spot: no file to fetch. */

/** A lively conversation must not become a ringing telephone (CH-14). */
export const CHIME_INTERVAL_MS = 3_000;
const TONE_SECONDS = 0.28;
const VOLUME = 0.06;

export interface Chime {
  /** Browsers allow sound only after the visitor touched something; call it from such a handler. */
  unlock(): void;
  /** True when it sounded. */
  play(): boolean;
}

export function createChime(
  createContext: () => AudioContext = () => new AudioContext(),
  now: () => number = () => performance.now(),
): Chime {
  let context: AudioContext | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    unlock() {
      try {
        context ??= createContext();
        void context.resume();
      } catch {
        context = undefined; // No audio device: the chat is as good without.
      }
    },
    play() {
      if (!context || now() - lastAt < CHIME_INTERVAL_MS) return false;
      lastAt = now();
      const start = context.currentTime;
      const gain = context.createGain();
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(VOLUME, start + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, start + TONE_SECONDS);
      gain.connect(context.destination);
      for (const [frequency, offset] of [
        [659.26, 0],
        [880, 0.09],
      ] as const) {
        const tone = context.createOscillator();
        tone.frequency.value = frequency;
        tone.connect(gain);
        tone.start(start + offset);
        tone.stop(start + TONE_SECONDS);
      }
      return true;
    },
  };
}
