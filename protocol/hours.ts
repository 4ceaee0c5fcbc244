/** Opening hours on the wire: a weekly plan, special days that replace it, and holidays that close. */
import { z } from 'zod';
import { line } from './fields.js';

/** Wall time in the location's zone, `HH:MM`; `24:00` ends a day. */
export const wallTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be HH:MM');

/** A calendar date in the location's zone, `YYYY-MM-DD`. */
export const calendarDate = z.iso.date();

/** Open from `from` until `to`; `to` at or before `from` means the next day (a bar that closes at 02:00). */
export const timeWindow = z.strictObject({ from: wallTime, to: wallTime });
export type TimeWindow = z.output<typeof timeWindow>;

const windows = z.array(timeWindow).max(6);

/** Seven lists of windows, Monday first (ISO 8601 weekdays). */
export const weeklyHours = z.array(windows).length(7);
export type WeeklyHours = z.output<typeof weeklyHours>;

/** Replaces the weekly plan on one date; without windows the location is closed. */
export const specialDay = z.strictObject({
  date: calendarDate,
  windows,
  label: line(80).nullable(),
  /** A night that began the evening before ends at midnight; otherwise it is open to its end. */
  cutsNightBefore: z.boolean().optional(),
});
export type SpecialDay = z.output<typeof specialDay>;

export const openingHours = z.strictObject({
  weekly: weeklyHours,
  specialDays: z.array(specialDay).max(400),
  /** Closed days; a special day on the same date wins. */
  holidays: z.array(z.strictObject({ date: calendarDate, label: line(80) })).max(400),
});
export type OpeningHours = z.output<typeof openingHours>;

/** A date of a location as instants, for readers that have no rules of zones. Everything is epoch minutes. */
export const openingDay = z.strictObject({
  /** The first minute of the date in the location's zone. */
  start: z.int(),
  /** Openings that begin on this date, in order: from, and to (excluded). */
  spans: z.array(z.tuple([z.int(), z.int()])),
  /** Why it differs from other weeks. */
  label: z.string().nullable(),
});
export type OpeningDay = z.output<typeof openingDay>;
