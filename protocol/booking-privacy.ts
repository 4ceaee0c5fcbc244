/** What a business keeps of one customer of booking, handed out and forgotten on request (BK-33). */
import { z } from 'zod';
import { enrolmentDto } from './booking-class-staff.js';
import { bookingFile } from './booking-files.js';
import { answers, bookingDto, givenConsent } from './booking-fields.js';
import { defineCommand } from './command.js';
import { id, instant, line, locale } from './fields.js';
import type { BookingServiceId } from './ids.js';
import { phoneNumber } from './queue-fields.js';

/** Either is enough; a booking belongs to whoever has the number or the address. */
const person = z
  .strictObject({ phone: phoneNumber.nullable(), email: z.email().max(254).nullable() })
  .refine(({ phone, email }) => phone !== null || email !== null, 'must name a phone number or an e-mail address');

const files = z.array(bookingFile.extend({ url: z.string(), expiresAt: instant }));

/** Everything that is kept, the answers given in confidence and the consents with version and time included. */
export const keptBooking = z.strictObject({
  booking: bookingDto,
  answers,
  /** Each with an address at which it can be fetched for a few minutes. */
  files,
  locale: locale.nullable(),
  createdAt: instant,
});
export type KeptBooking = z.output<typeof keptBooking>;

/** Seats of a class, or a place in its line. */
export const keptSeats = z.strictObject({
  serviceId: id<BookingServiceId>(),
  start: instant,
  enrolment: enrolmentDto,
  answers,
  files,
  consents: z.array(givenConsent.extend({ at: instant })),
  locale: locale.nullable(),
});
export type KeptSeats = z.output<typeof keptSeats>;

/** Two years: what a business that does not say otherwise may still need for warranties, disputes and the next visit. */
export const DEFAULT_KEEP_DAYS = 730;

/** Days after the end of a visit for which it is kept who it was with; null is for ever. */
const retention = z.strictObject({ keepDays: z.number().int().min(1).max(3_650).nullable() });

export const bookingPrivacyCommands = {
  'booking:read-retention': defineCommand({
    name: 'booking:read-retention',
    audience: 'staff',
    summary: 'For how long it is kept who a visit was with.',
    idempotency: 'read',
    input: z.strictObject({}),
    output: retention,
  }),
  'booking:update-retention': defineCommand({
    name: 'booking:update-retention',
    audience: 'staff',
    summary: 'Forget after so many days who a visit was with; what is older already goes within minutes.',
    idempotency: 'natural',
    input: retention,
    output: retention,
  }),
  'booking:export-person': defineCommand({
    name: 'booking:export-person',
    audience: 'staff',
    summary: 'Everything kept of a customer of booking, by phone number or e-mail address.',
    idempotency: 'read',
    input: person,
    output: z.strictObject({ bookings: z.array(keptBooking), seats: z.array(keptSeats) }),
  }),
  'booking:erase-person': defineCommand({
    name: 'booking:erase-person',
    audience: 'staff',
    summary:
      'Forget a customer of booking: their bookings go on without a name, answers, consents and reasons; times stay counted.',
    idempotency: 'natural',
    input: z
      .strictObject({ ...person.shape, reason: line(200) })
      .refine(({ phone, email }) => phone !== null || email !== null, 'must name a phone number or an e-mail address'),
    output: z.strictObject({ erased: z.number().int() }),
  }),
} as const;
