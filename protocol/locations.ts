/** Locations: physical branches with a zone and opening hours. Queue, booking and contact card read the same one. */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { id, instant, line, locale, nothing, timeZone } from './fields.js';
import { openingHours, wallTime } from './hours.js';
import type { LocationId } from './ids.js';
import { phoneNumber } from './queue-fields.js';

/** Remote joining is allowed inside this circle; degrees (WGS 84) and metres. */
export const geofence = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  radiusMeters: z.number().int().min(20).max(50_000),
});
export type Geofence = z.output<typeof geofence>;

const locationSettings = {
  name: line(80),
  address: z.string().max(300),
  /** A change takes effect with the next service day (QA-1). */
  timeZone,
  /** When a service day begins, so that a place open past midnight keeps one day; `04:00` by default. */
  dayStart: wallTime,
  hours: openingHours,
  /** Languages that customers are served in; the first one is what screens and kiosks return to. */
  languages: z.array(locale).min(1).max(6),
  /** ISO 3166-1 alpha-2; national phone numbers are read as this country's. */
  country: z.string().regex(/^[A-Z]{2}$/, 'must be two capital letters'),
  geofence: geofence.nullable(),
  /** Where customers call when they cannot book by themselves; a national number is read in the country of the branch. */
  phone: z.string().trim().max(32).nullable(),
};

export const locationDto = z.strictObject({
  id: id<LocationId>(),
  ...z.strictObject(locationSettings).extend({ name: z.string(), timeZone: z.string(), phone: phoneNumber.nullable() })
    .shape,
  /** A zone that waits for the next service day; null when none does. */
  nextTimeZone: z.string().nullable(),
  isArchived: z.boolean(),
  createdAt: instant,
});
export type LocationDto = z.output<typeof locationDto>;

export const locationStaffCommands = {
  'location:list': defineCommand({
    name: 'location:list',
    audience: 'staff',
    summary: 'The branches of the business.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ locations: z.array(locationDto) }),
  }),
  'location:create': defineCommand({
    name: 'location:create',
    audience: 'staff',
    summary: 'Add a branch; opens with the zone of the business and no hours unless they are given.',
    idempotency: 'key',
    input: z.strictObject({
      name: locationSettings.name,
      ...z.strictObject(locationSettings).partial().omit({ name: true }).shape,
    }),
    output: locationDto,
  }),
  'location:update': defineCommand({
    name: 'location:update',
    audience: 'staff',
    summary: 'Change a branch: name, address, zone, hours, languages, geofence, phone; archive or bring back.',
    idempotency: 'key',
    input: z.strictObject({
      locationId: id<LocationId>(),
      ...z.strictObject(locationSettings).partial().shape,
      isArchived: z.boolean().optional(),
    }),
    output: locationDto,
  }),
} as const;
