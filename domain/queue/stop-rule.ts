/** The stop rule: tickets whose holders would not be served before closing are warned about or refused (QK-13). */
import type { QueuePolicy } from './setup.js';

/** `p80FinishMs`: when eight of ten such tickets are through; null while nobody knows, or it never closes. */
export function wouldEndAfterClosing(p80FinishMs: number | null, closesAtMs: number | null, graceMs: number): boolean {
  return p80FinishMs !== null && closesAtMs !== null && p80FinishMs > closesAtMs + graceMs;
}

export function checkStopRule(
  { stopRule, graceMinutes }: Pick<QueuePolicy, 'stopRule' | 'graceMinutes'>,
  p80FinishMs: number | null,
  closesAtMs: number | null,
): 'take' | 'warn' | 'refuse' {
  if (stopRule === 'off' || !wouldEndAfterClosing(p80FinishMs, closesAtMs, graceMinutes * 60_000)) return 'take';
  return stopRule;
}
