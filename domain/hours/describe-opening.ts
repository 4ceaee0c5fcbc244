/** What to say about opening right now, and until when saying it is right. */
import type { OpeningHours } from '@frontdesk/protocol/hours';
import { openWindowsBetween } from './opening-hours.js';
import { addDays, type Zone } from './zone.js';

/** Further ahead an opening is not named: nobody plans around it, and hours that far are rarely kept up to date (CC-4). */
export const OPENING_HORIZON_DAYS = 14;
const dayMs = 86_400_000;

export type Opening =
  | {
      readonly kind: 'open';
      /** null: it does not close within the horizon. */
      readonly closesAtMs: number | null;
      readonly changesAtMs: number;
    }
  | { readonly kind: 'closed'; readonly opensAtMs: number; readonly changesAtMs: number }
  | { readonly kind: 'closed-until-further-notice'; readonly changesAtMs: number };

/**
 * `changesAtMs` is the first instant at which the answer, or the words for it, may be others: the opening or closing, and the midnight
 * in the zone that turns "tomorrow" into "today" and brings another day within the horizon.
 */
export function describeOpening(hours: OpeningHours, zone: Zone, nowMs: number): Opening {
  const midnightMs = zone.toInstant(addDays(zone.toWall(nowMs).date, 1), 0);
  const horizonMs = nowMs + OPENING_HORIZON_DAYS * dayMs;
  // Windows of days that touch are one, so a place that never closes is seen as one long window.
  const window = openWindowsBetween(hours, zone, nowMs, horizonMs).find(({ toMs }) => toMs > nowMs);
  if (!window) return { kind: 'closed-until-further-notice', changesAtMs: midnightMs };
  if (window.fromMs > nowMs) {
    const opensAtMs = window.fromMs;
    return { kind: 'closed', opensAtMs, changesAtMs: Math.min(opensAtMs, midnightMs) };
  }
  const closesAtMs = window.toMs < horizonMs ? window.toMs : null;
  return { kind: 'open', closesAtMs, changesAtMs: Math.min(closesAtMs ?? midnightMs, midnightMs) };
}
