/** What the agenda asks besides its bookings. */
import { z } from 'zod';
import { bookingDto, slotDate } from './booking-fields.js';
import { defineCommand } from './command.js';
import { id, instant } from './fields.js';
import type { BookableId, BookingId, BookingServiceId, ServiceId } from './ids.js';
import { staffTicketDto } from './queue-tickets.js';

export const bookingAgendaCommands = {
  'agenda:list-starts': defineCommand({
    name: 'agenda:list-starts',
    audience: 'staff',
    summary:
      'Free starts for somebody who calls, or for a booking that moves; notice, horizon and limits do not bind staff.',
    idempotency: 'read',
    input: z.strictObject({
      serviceId: id<BookingServiceId>(),
      /** null is anybody. */
      staffId: id<BookableId>().nullable(),
      from: slotDate,
      days: z.number().int().min(1).max(14),
      /** This booking is not in its own way. */
      moving: id<BookingId>().nullable(),
    }),
    output: z.strictObject({ starts: z.array(instant) }),
  }),
  'booking:admit': defineCommand({
    name: 'booking:admit',
    audience: 'staff',
    summary:
      'Somebody has arrived, and waits in the queue of the branch; a booking has one ticket, however often it is asked for.',
    idempotency: 'key',
    input: z.strictObject({
      bookingId: id<BookingId>(),
      version: z.number().int().min(1),
      queueServiceId: id<ServiceId>(),
    }),
    output: z.strictObject({
      booking: bookingDto,
      ticket: staffTicketDto,
      /** Where the visitor follows it; null when they had taken a ticket by themselves. */
      url: z.string().nullable(),
    }),
    errors: ['CONFLICT', 'CAP_REACHED', 'OUTSIDE_WINDOW'],
  }),
} as const;
