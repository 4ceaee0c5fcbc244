/** Agendas that a calendar program reads by a secret address. */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { id } from './fields.js';
import type { BookableId } from './ids.js';

const resourceId = id<BookableId>();

export const bookingFeedStaffCommands = {
  'feed:read': defineCommand({
    name: 'feed:read',
    audience: 'staff',
    summary:
      'The secret address of the calendar of a person, room or thing: one’s own, or anybody’s for who manages booking.',
    idempotency: 'read',
    input: z.strictObject({ resourceId }),
    /** null until somebody asks for an address. */
    output: z.strictObject({ url: z.string().nullable() }),
  }),
  'feed:rotate': defineCommand({
    name: 'feed:rotate',
    audience: 'staff',
    summary: 'Make an address for a calendar; the one before it shows nothing any more.',
    idempotency: 'key',
    input: z.strictObject({ resourceId }),
    output: z.strictObject({ url: z.string() }),
  }),
} as const;
