/** What a kiosk asks for somebody who arrives for a visit and knows their booking code (QK-14, booking.md 5.6). */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { id, locale } from './fields.js';
import type { ServiceId } from './ids.js';
import { checkedInTicket } from './queue-device.js';

export const bookingDeviceCommands = {
  'booking:check-in': defineCommand({
    name: 'booking:check-in',
    audience: 'device',
    summary:
      'Somebody has arrived for a visit, and waits in the queue: by booking code and the end of the phone number, or by the link of the booking.',
    idempotency: 'natural',
    input: z.strictObject({
      /** As typed, or the whole link as a reader has it. */
      code: z.string().min(1).max(500),
      /** The last four digits; null with a link. */
      phoneEnd: z
        .string()
        .regex(/^\d{4}$/, 'must be four digits')
        .nullable(),
      /** null leaves it to the server; it answers VALIDATION for `queueServiceId` where somebody has to choose. */
      queueServiceId: id<ServiceId>().nullable(),
      language: locale,
    }),
    output: checkedInTicket,
    errors: ['OUTSIDE_WINDOW', 'CONFLICT', 'CAP_REACHED'],
  }),
} as const;
