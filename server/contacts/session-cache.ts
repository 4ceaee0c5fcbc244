/**
 * What this process knows of visitor tokens, for a few seconds. Commands of an open socket ask before each act, so the
 * answer must be cheap; a sign-out in another process is known here within TTL_MS (SES-04 wants 5 s).
 */
import type { Clock } from '../core/clock.js';
import type { VisitorSession } from './contacts.types.js';

const TTL_MS = 4_000;
const MAX_ENTRIES = 20_000;

export interface SessionCache {
  read(key: string, load: () => Promise<VisitorSession | undefined>): Promise<VisitorSession | undefined>;
  forget(key: string): void;
}

export function createSessionCache(clock: Clock): SessionCache {
  const entries = new Map<string, { readonly session: VisitorSession | undefined; readonly expiresAtMs: number }>();
  /** Counts forgets, so that a load which began before one does not write its old answer back. */
  let generation = 0;

  return {
    async read(key, load) {
      const known = entries.get(key);
      if (known && known.expiresAtMs > clock.now()) return known.session;
      const before = generation;
      const session = await load();
      if (before === generation) {
        entries.delete(key);
        entries.set(key, { session, expiresAtMs: clock.now() + TTL_MS });
        if (entries.size > MAX_ENTRIES) entries.delete(entries.keys().next().value!);
      }
      return session;
    },
    forget(key) {
      generation += 1;
      entries.delete(key);
    },
  };
}
