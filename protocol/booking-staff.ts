/** What staff ask: setting booking up, and the agenda. */
import { z } from 'zod';
import {
  answers,
  bookingDto,
  bookingServiceDto,
  bookingServiceFields,
  customer,
  followingServices,
  poolDto,
  poolFields,
  resourceDto,
  resourceFields,
  slotDate,
  timeBlockDto,
} from './booking-fields.js';
import { accepted } from './auth.js';
import { classSessionDto } from './booking-class-staff.js';
import { defineCommand } from './command.js';
import { id, instant } from './fields.js';
import type { BookableId, BookingId, BookingServiceId, LocationId, ResourcePoolId, TimeBlockId } from './ids.js';
import { STAFF_MARKS } from './vocabulary.js';

const locationId = id<LocationId>();
const bookingId = id<BookingId>();
const version = z.number().int().min(1);
const { locationId: _ofResource, kind: _kind, ...resourcePatch } = resourceFields;
const { locationId: _ofPool, ...poolPatch } = poolFields;
const { locationId: _ofService, ...servicePatch } = bookingServiceFields;

export const bookingSetup = z.strictObject({
  services: z.array(bookingServiceDto),
  resources: z.array(resourceDto),
  pools: z.array(poolDto),
});
export type BookingSetup = z.output<typeof bookingSetup>;

export const agenda = z.strictObject({
  bookings: z.array(bookingDto),
  blocks: z.array(timeBlockDto),
});
export type Agenda = z.output<typeof agenda>;

export const bookingStaffCommands = {
  'booking:read-setup': defineCommand({
    name: 'booking:read-setup',
    audience: 'staff',
    summary: 'Services, people, rooms and pools of a location.',
    idempotency: 'read',
    input: z.strictObject({ locationId }),
    output: bookingSetup,
  }),
  'booking-service:create': defineCommand({
    name: 'booking-service:create',
    audience: 'staff',
    summary: 'Add a service that can be booked.',
    idempotency: 'key',
    input: z.strictObject({
      locationId,
      names: bookingServiceFields.names,
      segments: bookingServiceFields.segments,
      ...z.strictObject(servicePatch).partial().omit({ names: true, segments: true }).shape,
    }),
    output: bookingServiceDto,
  }),
  'booking-service:update': defineCommand({
    name: 'booking-service:update',
    audience: 'staff',
    summary: 'Change a service; archive it or bring it back. What is booked stays as it was booked.',
    idempotency: 'key',
    input: z.strictObject({
      serviceId: id<BookingServiceId>(),
      ...z.strictObject(servicePatch).partial().shape,
      isArchived: z.boolean().optional(),
    }),
    output: bookingServiceDto,
  }),
  'resource:create': defineCommand({
    name: 'resource:create',
    audience: 'staff',
    summary: 'Add a person, room or thing that can be booked.',
    idempotency: 'key',
    input: z.strictObject({
      locationId,
      kind: resourceFields.kind,
      name: resourceFields.name,
      ...z.strictObject(resourcePatch).partial().omit({ name: true }).shape,
    }),
    output: resourceDto,
  }),
  'resource:update': defineCommand({
    name: 'resource:update',
    audience: 'staff',
    summary: 'Change a person, room or thing; archive it or bring it back.',
    idempotency: 'key',
    input: z.strictObject({
      resourceId: id<BookableId>(),
      ...z.strictObject(resourcePatch).partial().shape,
      isArchived: z.boolean().optional(),
    }),
    output: resourceDto,
  }),
  'pool:create': defineCommand({
    name: 'pool:create',
    audience: 'staff',
    summary: 'Add a pool of rooms or things of which any one will do.',
    idempotency: 'key',
    input: z.strictObject(poolFields),
    output: poolDto,
  }),
  'pool:update': defineCommand({
    name: 'pool:update',
    audience: 'staff',
    summary: 'Rename a pool, or change what is in it.',
    idempotency: 'key',
    input: z.strictObject({ poolId: id<ResourcePoolId>(), ...z.strictObject(poolPatch).partial().shape }),
    output: poolDto,
  }),
  'block:create': defineCommand({
    name: 'block:create',
    audience: 'staff',
    summary:
      'Take somebody or something out of booking for a time; answers what is booked in it already, and the dates of classes in it.',
    idempotency: 'key',
    input: z
      .strictObject({ resourceId: id<BookableId>(), start: instant, end: instant, reason: z.string().max(200) })
      .refine(({ start, end }) => start < end, 'must end after it starts'),
    output: z.strictObject({
      block: timeBlockDto,
      overlapping: z.array(bookingDto),
      sessions: z.array(classSessionDto),
    }),
  }),
  'block:delete': defineCommand({
    name: 'block:delete',
    audience: 'staff',
    summary: 'Open the time again.',
    idempotency: 'key',
    input: z.strictObject({ blockId: id<TimeBlockId>() }),
    output: accepted,
  }),
  'agenda:read': defineCommand({
    name: 'agenda:read',
    audience: 'staff',
    summary: 'Bookings, requests and time off of a location, by dates of its zone.',
    idempotency: 'read',
    input: z.strictObject({ locationId, from: slotDate, days: z.number().int().min(1).max(42) }),
    output: agenda,
  }),
  'booking:create': defineCommand({
    name: 'booking:create',
    audience: 'staff',
    summary: 'Book for somebody who calls or stands here; notice and horizon do not bind staff, taken time does.',
    idempotency: 'key',
    input: z.strictObject({
      serviceId: id<BookingServiceId>(),
      staffId: id<BookableId>().nullable(),
      start: instant,
      followedBy: followingServices.optional(),
      /** The phone number as typed; a national one is read in the country of the location. */
      customer: customer.extend({ phone: z.string().trim().max(32).nullable() }),
      answers,
    }),
    output: bookingDto,
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED'],
  }),
  'booking:read-answers': defineCommand({
    name: 'booking:read-answers',
    audience: 'staff',
    summary: 'What a customer answered, the sensitive answers included.',
    idempotency: 'read',
    input: z.strictObject({ bookingId }),
    output: z.strictObject({ answers }),
  }),
  'booking:move': defineCommand({
    name: 'booking:move',
    audience: 'staff',
    summary: 'Move a booking in time or to somebody else.',
    idempotency: 'key',
    input: z.strictObject({ bookingId, version, start: instant, staffId: id<BookableId>().nullable() }),
    output: bookingDto,
    errors: ['SLOT_TAKEN', 'SLOT_CLOSED', 'CONFLICT'],
  }),
  'booking:mark': defineCommand({
    name: 'booking:mark',
    audience: 'staff',
    summary:
      'Approve or decline a request; say that somebody arrived, was served, did not come; cancel for the business.',
    idempotency: 'key',
    input: z.strictObject({ bookingId, version, mark: z.enum(STAFF_MARKS), reason: z.string().max(200) }),
    output: bookingDto,
    errors: ['SLOT_TAKEN', 'TOO_SOON', 'CONFLICT'],
  }),
} as const;
