/** Repeated visits of one customer: the weekly lesson (BK-29). Each visit is a booking of its own; a series is booked whole or not at all. */
import { z } from 'zod';
import { answers, bookingDto, customer, slotDate } from './booking-fields.js';
import { defineCommand } from './command.js';
import { id, instant, timeZone } from './fields.js';
import { wallTime } from './hours.js';
import type { BookableId, BookingServiceId, SeriesId } from './ids.js';
import { RECURRENCE_UNITS, VISIT_OUTLOOKS } from './vocabulary.js';

/** Two years of weeks. */
export const MAX_SERIES_VISITS = 104;

const seriesId = id<SeriesId>();
const recurrence = {
  serviceId: id<BookingServiceId>(),
  /** null is anybody, who may be somebody else each time. */
  staffId: id<BookableId>().nullable(),
  /** The first visit, by the clock on the branch's wall; the others keep it when the clock changes. */
  date: slotDate,
  time: wallTime,
  unit: z.enum(RECURRENCE_UNITS),
  /** Every so many of them. */
  every: z.number().int().min(1).max(12),
  /** Visits, those that are left out included. */
  count: z.number().int().min(1).max(MAX_SERIES_VISITS),
};

/** `taken`, `closed` and `past` are in the way; `skipped`: there is no such day or no such time on it, so there is no visit. */
export const seriesVisit = z.strictObject({
  /** Where a month has no such day, the month alone. */
  date: z.string(),
  start: instant.nullable(),
  outlook: z.enum(VISIT_OUTLOOKS),
  /** Other starts near one that is in the way. */
  alternatives: z.array(instant).max(6),
});
export type SeriesVisit = z.output<typeof seriesVisit>;

/** `current` of SLOT_TAKEN and SLOT_CLOSED. */
export const seriesConflicts = z.strictObject({ conflicts: z.array(seriesVisit) });
export type SeriesConflicts = z.output<typeof seriesConflicts>;

export const bookingSeriesCommands = {
  'series:preview': defineCommand({
    name: 'series:preview',
    audience: 'staff',
    summary: 'What repeated visits would be, with what is in the way of each; books nothing.',
    idempotency: 'read',
    input: z.strictObject(recurrence),
    output: z.strictObject({ timeZone, visits: z.array(seriesVisit) }),
  }),
  'series:create': defineCommand({
    name: 'series:create',
    audience: 'staff',
    summary:
      'Book repeated visits for one customer: all of them or none; dates in the way are named, or left out by `without`.',
    idempotency: 'key',
    input: z.strictObject({
      ...recurrence,
      /** Dates of visits that are not to be. */
      without: z.array(slotDate).max(MAX_SERIES_VISITS),
      customer,
      answers,
    }),
    output: z.strictObject({ seriesId, visits: z.array(z.strictObject({ date: slotDate, start: instant })) }),
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED', 'CONFLICT'],
  }),
  'series:read': defineCommand({
    name: 'series:read',
    audience: 'staff',
    summary: 'All visits of a series, whatever became of them.',
    idempotency: 'read',
    input: z.strictObject({ seriesId }),
    output: z.strictObject({ bookings: z.array(bookingDto) }),
  }),
  'series:cancel': defineCommand({
    name: 'series:cancel',
    audience: 'staff',
    summary: 'Cancel the rest: every visit of a series from a moment on. One alone is cancelled as any booking.',
    idempotency: 'key',
    input: z.strictObject({ seriesId, from: instant, reason: z.string().max(200) }),
    output: z.strictObject({ cancelled: z.number().int() }),
  }),
} as const;
