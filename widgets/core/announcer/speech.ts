/**
 * The browser's own voices, for languages and counters that were not recorded. Each text gets a new utterance, because one that is
 * used again repeats its last text on some systems, and a voice that does not begin or end in time is given up.
 */
import type { Clock } from '../client/clock.js';

const START_WITHIN_MS = 2_000;
const END_WITHIN_MS = 15_000;

export interface Speech {
  /** Some voice speaks this language. The list may fill a moment after the page has loaded. */
  hasVoice(language: string): boolean;
  /** True when the text was spoken to its end. */
  say(text: string, language: string): Promise<boolean>;
  stop(): void;
}

export interface SpeechParts {
  readonly synthesis: SpeechSynthesis | undefined;
  readonly createUtterance: (text: string) => SpeechSynthesisUtterance;
  readonly clock: Clock;
}

export function createSpeech({ synthesis, createUtterance, clock }: SpeechParts): Speech {
  /** Android writes `en_US`. */
  const languageOf = (tag: string): string => tag.split(/[-_]/)[0]?.toLowerCase() ?? '';
  const findVoice = (language: string): SpeechSynthesisVoice | undefined => {
    const voices = (synthesis?.getVoices() ?? []).filter(({ lang }) => languageOf(lang) === languageOf(language));
    return voices.find(({ localService }) => localService) ?? voices[0];
  };
  let giveUp: () => void = () => {};

  return {
    hasVoice: (language) => findVoice(language) !== undefined,
    async say(text, language) {
      const voice = findVoice(language);
      if (!synthesis || !voice) return false;
      return new Promise<boolean>((resolve) => {
        const utterance = createUtterance(text);
        utterance.voice = voice;
        utterance.lang = voice.lang.replace(/_/g, '-');
        utterance.rate = 0.9;
        const finish = (isSpoken: boolean): void => {
          clock.clearTimeout(timer);
          utterance.onstart = utterance.onend = utterance.onerror = null;
          if (!isSpoken) synthesis.cancel();
          resolve(isSpoken);
        };
        giveUp = () => finish(false);
        let timer = clock.setTimeout(giveUp, START_WITHIN_MS);
        utterance.onstart = () => {
          clock.clearTimeout(timer);
          timer = clock.setTimeout(giveUp, END_WITHIN_MS);
        };
        utterance.onend = () => finish(true);
        utterance.onerror = () => finish(false);
        synthesis.speak(utterance);
      });
    },
    stop: () => giveUp(),
  };
}

/** The page's own voices. */
export function createPageSpeech(clock: Clock): Speech {
  const synthesis = 'speechSynthesis' in globalThis ? globalThis.speechSynthesis : undefined;
  return createSpeech({ synthesis, createUtterance: (text) => new SpeechSynthesisUtterance(text), clock });
}
