/** Dates of a class come instead of a calendar, and a visit's parts beside it, each with code of their own that is tried again. */
import type { NamedTimers } from '../core/client/clock.js';

const RETRY_MS = 3_000;
const LAZY_PARTS = { classes: () => import('./classes/define.js'), parts: () => import('./parts/define.js') };
export type LazyPart = keyof typeof LAZY_PARTS;

export function createLazyParts(timers: Pick<NamedTimers<LazyPart>, 'start'>, isStopped: () => boolean) {
  const loaded = new Set<LazyPart>();
  async function load(part: LazyPart): Promise<void> {
    if (loaded.has(part)) return;
    loaded.add(part);
    try {
      await LAZY_PARTS[part]();
    } catch {
      loaded.delete(part);
      if (!isStopped()) timers.start(part, RETRY_MS, () => void load(part));
    }
  }
  return { load: (part: LazyPart) => void load(part) };
}
