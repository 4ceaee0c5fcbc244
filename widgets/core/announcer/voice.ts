/** Says one announcement in one language with what there is: recorded clips, else a voice of the browser, else the chime alone. */
import type { Clock } from '../client/clock.js';
import { PAUSE, planClips, writeSentence, type Announcement } from './announcement.js';
import type { AudioOutput, Playing } from './audio-output.js';
import type { ClipLibrary } from './clip-library.js';
import type { Speech } from './speech.js';

const PAUSE_SECONDS = 0.28;
/** Between the chime and the words. */
const AFTER_CHIME_SECONDS = 0.15;
/** A piece of sound whose end is not reported is over by then. */
const GRACE_MS = 2_000;

export type SpokenBy = 'clips' | 'speech' | 'none';

export interface Voice {
  /** Resolves when it has been said, or could not be. Never rejects. */
  say(announcement: Announcement, language: string): Promise<SpokenBy>;
  /** Before the first language of a call. */
  chime(): Promise<void>;
  stop(): void;
}

export interface VoiceParts {
  readonly output: AudioOutput;
  readonly clips: ClipLibrary;
  readonly speech: Speech;
  readonly clock: Clock;
}

export function createVoice({ output, clips, speech, clock }: VoiceParts): Voice {
  let playing: Playing | undefined;
  const isOn = (): boolean => output.getState().sound === 'on';

  async function play(pieces: readonly (AudioBuffer | number)[]): Promise<void> {
    const current = output.play(pieces);
    playing = current;
    const timer = clock.setTimeout(() => current.stop(), current.durationMs + GRACE_MS);
    await current.ended;
    clock.clearTimeout(timer);
  }

  async function sayByClips(announcement: Announcement, language: string): Promise<boolean> {
    const plan = isOn() ? planClips(language, announcement) : undefined;
    if (!plan) return false;
    const buffers = await clips.get(
      language,
      plan.filter((name) => name !== PAUSE),
    );
    if (!buffers) return false;
    const rest = [...buffers];
    await play(plan.map((name) => (name === PAUSE ? PAUSE_SECONDS : (rest.shift() ?? 0))));
    return true;
  }

  return {
    async say(announcement, language) {
      try {
        if (await sayByClips(announcement, language)) return 'clips';
        return (await speech.say(writeSentence(language, announcement), language)) ? 'speech' : 'none';
      } catch {
        return 'none';
      }
    },
    async chime() {
      try {
        if (isOn()) await play([output.chime(), AFTER_CHIME_SECONDS]);
      } catch {
        // Without a chime the words still come.
      }
    },
    stop() {
      playing?.stop();
      speech.stop();
    },
  };
}
