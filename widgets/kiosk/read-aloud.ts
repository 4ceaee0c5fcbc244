/**
 * Reads the screen to those who cannot see it, through the browser's own voice. A voice that hangs is cut off: some engines never say
 * that they have ended.
 */
import type { Clock } from '../core/client/clock.js';

export interface ReadAloud {
  /** Some voice speaks this language. */
  canSpeak(tag: string): boolean;
  /** Cuts off what is being said. */
  say(text: string, tag: string): void;
  stop(): void;
}

const WATCHDOG_MS = 15_000;

export const SILENT: ReadAloud = { canSpeak: () => false, say() {}, stop() {} };

const languageOf = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? '';

export function createReadAloud(clock: Clock): ReadAloud {
  const engine = typeof speechSynthesis === 'undefined' ? null : speechSynthesis;
  if (engine === null) return SILENT;
  let watchdog: unknown;
  const findVoice = (tag: string): SpeechSynthesisVoice | undefined =>
    engine.getVoices().find(({ lang }) => languageOf(lang) === languageOf(tag));
  // The list is empty until it was asked for once.
  engine.getVoices();
  const stop = (): void => {
    clock.clearTimeout(watchdog);
    engine.cancel();
  };
  return {
    canSpeak: (tag) => findVoice(tag) !== undefined,
    say(text, tag) {
      stop();
      const voice = findVoice(tag);
      if (!voice || text === '') return;
      // A fresh one each time: engines repeat the old text of one that is used again.
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.lang = voice.lang;
      utterance.voice = voice;
      watchdog = clock.setTimeout(stop, WATCHDOG_MS);
      utterance.addEventListener('end', () => clock.clearTimeout(watchdog));
      engine.speak(utterance);
    },
    stop,
  };
}
