/** What the agenda asks besides its bookings. */
import { z } from 'zod';
import { slotDate } from './booking-fields.js';
import { defineCommand } from './command.js';
import { id, instant } from './fields.js';
import type { BookableId, BookingId, BookingServiceId } from './ids.js';

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
} as const;
