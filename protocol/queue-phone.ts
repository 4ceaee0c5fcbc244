/** What customers ask with their own phone: joining from a website (visitor) and holding a ticket (ticket). */
import { z } from 'zod';
import { accepted } from './auth.js';
import { defineCommand } from './command.js';
import { id, locale, nothing } from './fields.js';
import type { LocationId } from './ids.js';
import { issuedTicket, queueOffer, ticketRequest } from './queue-device.js';
import { estimateParameters, holderTicketDto, place } from './queue-tickets.js';

/** Why somebody who is not at the kiosk may join: the code on today's poster, or where the phone is (used once, not stored). */
export const joinProof = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('day-code'), code: z.string().max(64) }),
  z.strictObject({
    kind: z.literal('position'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    accuracyMeters: z.number().min(0).max(100_000),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);
export type JoinProof = z.output<typeof joinProof>;

export const holderState = z.strictObject({
  ticket: holderTicketDto,
  /** null when the ticket is not waiting. */
  place: place.nullable(),
  parameters: estimateParameters.nullable(),
});
export type HolderState = z.output<typeof holderState>;

export const queueVisitorCommands = {
  'queue:browse': defineCommand({
    name: 'queue:browse',
    audience: 'visitor',
    summary: 'What can be queued for at a location of this business.',
    idempotency: 'read',
    input: z.strictObject({ locationId: id<LocationId>() }),
    output: queueOffer,
  }),
  'ticket:join': defineCommand({
    name: 'ticket:join',
    audience: 'visitor',
    summary: 'Join from a phone: on site with the code of the day, or near enough.',
    idempotency: 'key',
    input: z.strictObject({ locationId: id<LocationId>(), ...ticketRequest, proof: joinProof }),
    output: issuedTicket,
    errors: ['QUEUE_CLOSED', 'CAP_REACHED', 'TOO_FAR', 'CONFLICT'],
  }),
} as const;

export const queueTicketCommands = {
  'ticket:read': defineCommand({
    name: 'ticket:read',
    audience: 'ticket',
    summary: 'My ticket, my place and an honest range.',
    idempotency: 'read',
    input: nothing,
    output: holderState,
  }),
  'ticket:arrive': defineCommand({
    name: 'ticket:arrive',
    audience: 'ticket',
    summary: 'I am here.',
    idempotency: 'key',
    input: nothing,
    output: holderState,
    errors: ['CONFLICT'],
  }),
  'ticket:defer': defineCommand({
    name: 'ticket:defer',
    audience: 'ticket',
    summary: 'I need more time: let a few go first.',
    idempotency: 'key',
    input: z.strictObject({ places: z.number().int().min(1).max(20) }),
    output: holderState,
    errors: ['CONFLICT'],
  }),
  'ticket:leave': defineCommand({
    name: 'ticket:leave',
    audience: 'ticket',
    summary: 'Give the ticket up.',
    idempotency: 'key',
    input: nothing,
    output: holderState,
    errors: ['CONFLICT'],
  }),
  'ticket:come-back': defineCommand({
    name: 'ticket:come-back',
    audience: 'ticket',
    summary: 'I missed my call; take me in again.',
    idempotency: 'key',
    input: nothing,
    output: holderState,
    errors: ['CONFLICT', 'QUEUE_CLOSED'],
  }),
  'ticket:rate': defineCommand({
    name: 'ticket:rate',
    audience: 'ticket',
    summary: 'How was it? Once, within a day of the end.',
    idempotency: 'key',
    input: z.strictObject({ stars: z.number().int().min(1).max(5), text: z.string().max(1_000) }),
    output: accepted,
    errors: ['CONFLICT'],
  }),
  'ticket:set-language': defineCommand({
    name: 'ticket:set-language',
    audience: 'ticket',
    summary: 'Speak to me in this language, also on the display.',
    idempotency: 'natural',
    input: z.strictObject({ language: locale }),
    output: holderState,
  }),
  'ticket:subscribe-push': defineCommand({
    name: 'ticket:subscribe-push',
    audience: 'ticket',
    summary: 'Tell this browser when it is my turn, also while the page is closed (Web Push, RFC 8030).',
    idempotency: 'natural',
    input: z.strictObject({
      subscription: z
        .strictObject({
          endpoint: z.url({ protocol: /^https$/ }).max(1_000),
          keys: z.strictObject({ p256dh: z.string().max(200), auth: z.string().max(100) }),
        })
        .nullable(),
    }),
    output: z.strictObject({ isSubscribed: z.boolean() }),
  }),
  'ticket:read-push-key': defineCommand({
    name: 'ticket:read-push-key',
    audience: 'ticket',
    summary: 'The key that a push subscription is made with; null when push is not set up.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ publicKey: z.string().nullable() }),
  }),
} as const;
