/** What to say about opening right now, and until when saying it is right: from days that are instants already. */
import type { OpeningDay } from '@frontdesk/protocol/hours';

/** Further ahead an opening is not named: nobody plans around it, and hours that far are rarely kept up to date (CC-4). */
export const OPENING_HORIZON_DAYS = 14;
const dayMinutes = 1_440;
const minuteMs = 60_000;

export type Opening =
  | {
      readonly kind: 'open';
      /** null: it does not close within the horizon. */
      readonly closesAtMs: number | null;
      readonly changesAtMs: number;
    }
  | { readonly kind: 'closed'; readonly opensAtMs: number; readonly changesAtMs: number }
  | { readonly kind: 'closed-until-further-notice'; readonly changesAtMs: number };

/** Index of the day that an instant lies in; -1 before the first. */
export function indexOfDay(days: readonly OpeningDay[], atMs: number): number {
  return days.findLastIndex(({ start }) => start * minuteMs <= atMs);
}

/** The first opening after `now`, from and to, together with those that follow it without a break. Epoch minutes. */
function findWindow(days: readonly OpeningDay[], now: number): [number, number] | undefined {
  let window: [number, number] | undefined;
  for (const [from, to] of days.flatMap(({ spans }) => spans)) {
    if (!window && to > now) window = [from, to];
    if (window && from <= window[1]) window[1] = Math.max(window[1], to);
  }
  return window;
}

/**
 * `changesAtMs` is the first instant at which the answer, or the words for it, may be others: the opening or closing, and the midnight
 * in the zone that turns "tomorrow" into "today" and brings another day within the horizon. null beyond the days that are known.
 */
export function describeOpening(days: readonly OpeningDay[], nowMs: number): Opening | null {
  const today = indexOfDay(days, nowMs);
  const tomorrow = days[today + 1];
  if (today < 0 || !tomorrow) return null;
  const midnightMs = tomorrow.start * minuteMs;
  const horizonMs = nowMs + OPENING_HORIZON_DAYS * dayMinutes * minuteMs;
  const [from, to] = findWindow(days, nowMs / minuteMs) ?? [Infinity, Infinity];
  const [fromMs, toMs] = [from * minuteMs, to * minuteMs];
  if (fromMs >= horizonMs) return { kind: 'closed-until-further-notice', changesAtMs: midnightMs };
  if (fromMs > nowMs) return { kind: 'closed', opensAtMs: fromMs, changesAtMs: Math.min(fromMs, midnightMs) };
  const closesAtMs = toMs < horizonMs ? toMs : null;
  return { kind: 'open', closesAtMs, changesAtMs: Math.min(closesAtMs ?? midnightMs, midnightMs) };
}
