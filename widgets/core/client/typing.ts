/** Typing signs: ours are throttled, those of others vanish by themselves. Nothing of it is ever stored. */
import { TYPING_INTERVAL_MS, TYPING_TTL_MS } from '@frontdesk/protocol/limits';
import type { Clock, TimerHandle } from './clock.js';

export interface TypingSignal<Mode> {
  set(isTyping: boolean, mode: Mode): void;
}

/** `on` at most every TYPING_INTERVAL_MS, `off` once. */
export function createTypingSignal<Mode>(
  clock: Clock,
  send: (isTyping: boolean, mode: Mode) => void,
): TypingSignal<Mode> {
  let lastSentAt = -Infinity;
  let last: { isOn: boolean; mode?: Mode } = { isOn: false };
  return {
    set(isTyping, mode) {
      if (!isTyping) {
        if (last.isOn) send(false, last.mode ?? mode);
        last = { isOn: false };
        return;
      }
      const now = clock.now();
      if (last.isOn && last.mode === mode && now - lastSentAt < TYPING_INTERVAL_MS) return;
      last = { isOn: true, mode };
      lastSentAt = now;
      send(true, mode);
    },
  };
}

export interface TypingWatch<Person> {
  set(id: string, person: Person | null): void;
  clear(): void;
}

/** Who is typing, in the order they began; a sign that is not renewed within TYPING_TTL_MS is gone. */
export function createTypingWatch<Person>(
  clock: Clock,
  handleChange: (people: readonly Person[]) => void,
): TypingWatch<Person> {
  const people = new Map<string, { person: Person; timer: TimerHandle }>();
  const tell = (): void => handleChange([...people.values()].map(({ person }) => person));
  const drop = (id: string): boolean => {
    const known = people.get(id);
    if (known !== undefined) clock.clearTimeout(known.timer);
    return people.delete(id);
  };
  return {
    set(id, person) {
      const wasKnown = drop(id);
      if (person === null) {
        if (wasKnown) tell();
        return;
      }
      const timer = clock.setTimeout(() => {
        if (people.delete(id)) tell();
      }, TYPING_TTL_MS);
      people.set(id, { person, timer });
      tell();
    },
    clear() {
      const hadAny = people.size > 0;
      for (const id of [...people.keys()]) drop(id);
      if (hadAny) tell();
    },
  };
}
