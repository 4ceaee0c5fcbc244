/**
 * Calls wait here until they are spoken: one at a time, in the order of their sequence, each at least once. When more than a
 * minute of speech is waiting, what is said again is said no more; what was never said stays (QD-8).
 */
import type { Announcement } from './announcement.js';
import type { SpokenBy, Voice } from './voice.js';

/** More than this of speech is a backlog. */
const BACKLOG_MS = 60_000;
/** A guess until some were spoken. */
const FIRST_GUESS_MS = 5_000;

export interface AnnouncementQueue {
  /** Takes calls in any order; a sequence that was taken before is left. */
  add(announcements: readonly Announcement[], repeat: number): void;
  /** Still to be said, times included. */
  readonly length: number;
  readonly isSpeaking: boolean;
  /** Takes calls back that nobody has heard yet. */
  remove(isUnwanted: (announcement: Announcement) => boolean): void;
  /** Forgets everything that waits and falls silent. */
  clear(): void;
}

export interface AnnouncementQueueOptions {
  readonly voice: Voice;
  readonly now: () => number;
  /** The first word of a call for the first time. */
  onSpoken(announcement: Announcement, by: SpokenBy): void;
  onSpeaking(isSpeaking: boolean): void;
}

interface Waiting {
  readonly announcement: Announcement;
  /** False for what is said again: a second time, or the recall of a call that still waits. */
  readonly isFirst: boolean;
}

export function createAnnouncementQueue(options: AnnouncementQueueOptions): AnnouncementQueue {
  const { voice, now, onSpoken, onSpeaking } = options;
  let waiting: Waiting[] = [];
  let lastSequence = 0;
  let averageMs = FIRST_GUESS_MS;
  let isSpeaking = false;
  let run = 0;

  /** One mention of each call is left: the earliest place in the line, with the words of the latest. */
  function mergeRepeats(): void {
    if (waiting.length * averageMs <= BACKLOG_MS) return;
    const merged = new Map<string, Waiting>();
    for (const one of waiting) {
      const isFirst = one.isFirst || (merged.get(one.announcement.id)?.isFirst ?? false);
      merged.set(one.announcement.id, { ...one, isFirst });
    }
    waiting = [...merged.values()];
  }

  async function sayOne({ announcement, isFirst }: Waiting, current: number): Promise<void> {
    const begin = now();
    await voice.chime();
    let by: SpokenBy = 'none';
    for (const language of announcement.languages) {
      if (current !== run) return;
      const result = await voice.say(announcement, language);
      if (result !== 'none') by = result;
    }
    if (current !== run) return;
    averageMs = (3 * averageMs + (now() - begin)) / 4;
    if (isFirst) onSpoken(announcement, by);
  }

  async function speak(): Promise<void> {
    if (isSpeaking) return;
    isSpeaking = true;
    const current = run;
    onSpeaking(true);
    for (let next = waiting.shift(); next && current === run; next = waiting.shift()) await sayOne(next, current);
    if (current !== run) return;
    isSpeaking = false;
    onSpeaking(false);
  }

  return {
    get length() {
      return waiting.length;
    },
    get isSpeaking() {
      return isSpeaking;
    },
    add(announcements, repeat) {
      const fresh = announcements
        .filter(({ sequence }) => sequence > lastSequence)
        .sort((one, other) => one.sequence - other.sequence);
      for (const announcement of fresh) {
        lastSequence = announcement.sequence;
        for (let time = 0; time < repeat; time += 1) waiting.push({ announcement, isFirst: time === 0 });
      }
      mergeRepeats();
      if (waiting.length > 0) void speak();
    },
    remove(isUnwanted) {
      waiting = waiting.filter(({ announcement }) => !isUnwanted(announcement));
    },
    clear() {
      run += 1;
      waiting = [];
      voice.stop();
      if (isSpeaking) onSpeaking(false);
      isSpeaking = false;
    },
  };
}
