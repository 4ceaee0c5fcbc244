/** What displays and kiosks ask of the queue. */
import { z } from 'zod';
import { accepted } from './auth.js';
import { defineCommand } from './command.js';
import { id, idempotencyKey, instant, line, locale, nothing, token } from './fields.js';
import type { CounterId, ServiceId, TicketId, TicketToken } from './ids.js';
import { classKey, localizedLine, revision, ticketLabel } from './queue-fields.js';
import { place } from './queue-tickets.js';
import { ASK_RULES, CLOSED_REASONS, PRINT_STATES } from './vocabulary.js';

/** One call on the board. `id` is the same for a recall; `sequence` grows with every call and recall of the location. */
export const boardCall = z.strictObject({
  id: z.string(),
  sequence: z.number().int(),
  label: ticketLabel,
  counterId: id<CounterId>(),
  counterLabel: z.string(),
  counterGroup: z.string(),
  serviceId: id<ServiceId>(),
  /** Languages to speak, in their order. */
  languages: z.array(locale),
  calledAt: instant,
  recalledAt: instant.nullable(),
  /** Masked; null unless the display may show names. */
  maskedName: z.string().nullable(),
  /** `called` and `serving` stand on the board; `gone` only in the list of recent calls. */
  state: z.enum(['called', 'serving', 'gone']),
});
export type BoardCall = z.output<typeof boardCall>;

/** The whole board; small enough to be sent whole, so that a display that missed something needs no repair. */
export const board = z.strictObject({
  rev: revision,
  at: instant,
  calls: z.array(boardCall).max(80),
  waiting: z.array(z.strictObject({ serviceId: id<ServiceId>(), names: localizedLine(60), count: z.number().int() })),
  notice: z.string().nullable(),
  isOpen: z.boolean(),
  opensAt: instant.nullable(),
  /** Shown as a code for phones in the room; null or absent where nobody joins by phone. */
  joinUrl: z.string().nullable().optional(),
});
export type Board = z.output<typeof board>;

/** A service as a customer chooses it. */
export const serviceOffer = z.strictObject({
  id: id<ServiceId>(),
  names: localizedLine(60),
  prefix: z.string(),
  state: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('open'), closesAt: instant.nullable(), warnsOfClosing: z.boolean() }),
    z.strictObject({
      kind: z.literal('closed'),
      reason: z.enum(CLOSED_REASONS),
      opensAt: instant.nullable(),
      message: z.string().nullable(),
    }),
  ]),
  waiting: z.number().int(),
  estimate: place.shape.estimate,
  askName: z.enum(ASK_RULES),
  askPhone: z.enum(ASK_RULES),
  consentText: z.string(),
});
export type ServiceOffer = z.output<typeof serviceOffer>;

export const queueOffer = z.strictObject({
  serverTime: instant,
  locationName: z.string(),
  timeZone: z.string(),
  languages: z.array(locale),
  country: z.string(),
  services: z.array(serviceOffer),
  /** Priority classes that a customer may declare. */
  declarations: z.array(z.strictObject({ key: classKey, names: localizedLine(60), text: localizedLine(300) })),
  hitRatePercent: z.number().int().min(0).max(100).nullable(),
});
export type QueueOffer = z.output<typeof queueOffer>;

/** What the customer of a new ticket gives; name and phone as far as the service asks. */
export const ticketRequest = {
  serviceId: id<ServiceId>(),
  /** Made by the device, so that a repeated try names the same ticket and its link can be shown before the answer. */
  token: token<TicketToken>(),
  language: locale,
  classKey: classKey.nullable(),
  name: line(80).nullable(),
  /** As typed; the server reads it in the country of the location and keeps E.164. */
  phone: line(30).nullable(),
  hasConsented: z.boolean(),
};

export const issuedTicket = z.strictObject({
  ticketId: id<TicketId>(),
  label: ticketLabel,
  serviceNames: localizedLine(60),
  issuedAt: instant,
  place,
  /** Address of the live ticket, for the code on paper and screen. */
  url: z.string(),
  /** Set when the wait would end after closing and the location only warns. */
  warnsOfClosing: z.boolean(),
});
export type IssuedTicket = z.output<typeof issuedTicket>;

/** Like a new ticket; the address only where the code was the ticket's own link, because nobody but the customer has it. */
export const checkedInTicket = issuedTicket.extend({ url: z.string().nullable() });
export type CheckedInTicket = z.output<typeof checkedInTicket>;

/** Labels that a kiosk may hand out without a network: a sub-series of its own, so that nothing can collide (QK-10). */
export const numberBlock = z.strictObject({
  serviceId: id<ServiceId>(),
  serviceDay: z.iso.date(),
  labels: z.array(ticketLabel).max(200),
});
export type NumberBlock = z.output<typeof numberBlock>;

export const queueDeviceCommands = {
  'board:read': defineCommand({
    name: 'board:read',
    audience: 'device',
    summary: 'The board as this display may show it.',
    idempotency: 'read',
    input: nothing,
    output: board,
  }),
  'call:shown': defineCommand({
    name: 'call:shown',
    audience: 'device',
    summary: 'A call is on the screen, and whether it was spoken: the counter sees a tick.',
    idempotency: 'natural',
    input: z.strictObject({
      calls: z
        .array(
          z.strictObject({
            id: z.string().max(64),
            sequence: z.number().int(),
            shownAt: instant,
            spokenAt: instant.nullable(),
          }),
        )
        .min(1)
        .max(50),
    }),
    output: accepted,
  }),
  'queue:offer': defineCommand({
    name: 'queue:offer',
    audience: 'device',
    summary: 'What a customer can queue for now.',
    idempotency: 'read',
    input: nothing,
    output: queueOffer,
  }),
  'ticket:issue': defineCommand({
    name: 'ticket:issue',
    audience: 'device',
    summary: 'A new ticket at the kiosk.',
    idempotency: 'key',
    input: z.strictObject(ticketRequest),
    output: issuedTicket,
    errors: ['QUEUE_CLOSED', 'CAP_REACHED', 'CONFLICT'],
  }),
  'ticket:reserve-block': defineCommand({
    name: 'ticket:reserve-block',
    audience: 'device',
    summary: 'Labels to hand out while the network is away, until the day ends.',
    idempotency: 'key',
    input: z.strictObject({ serviceId: id<ServiceId>(), count: z.number().int().min(1).max(200) }),
    output: numberBlock,
  }),
  'ticket:sync-issued': defineCommand({
    name: 'ticket:sync-issued',
    audience: 'device',
    summary:
      'Tickets handed out offline, oldest first. Each carries the key of its own issue; known ones are answered again.',
    idempotency: 'natural',
    input: z.strictObject({
      tickets: z
        .array(
          z.strictObject({
            ...ticketRequest,
            idempotencyKey,
            label: ticketLabel,
            serviceDay: z.iso.date(),
            /** Seconds before this request on the device's monotonic clock; its wall clock may be wrong (QK-11). */
            ageSeconds: z.number().min(0).max(172_800),
          }),
        )
        .min(1)
        .max(50),
    }),
    output: z.strictObject({
      results: z.array(
        z.discriminatedUnion('state', [
          z.strictObject({ state: z.literal('stored'), label: ticketLabel, ticketId: id<TicketId>() }),
          /** `reason` is the code of the error that issuing it would have answered. */
          z.strictObject({ state: z.literal('refused'), label: ticketLabel, reason: z.string() }),
        ]),
      ),
    }),
  }),
  'ticket:check-in': defineCommand({
    name: 'ticket:check-in',
    audience: 'device',
    summary:
      'Somebody with an appointment, or a remote ticket, has arrived: by the number or link of the ticket, or by phone number.',
    idempotency: 'key',
    input: z.strictObject({ code: z.string().min(1).max(300), language: locale }),
    output: checkedInTicket,
    errors: ['OUTSIDE_WINDOW', 'CONFLICT'],
  }),
  'ticket:report-print': defineCommand({
    name: 'ticket:report-print',
    audience: 'device',
    summary: 'Whether the paper came out.',
    idempotency: 'natural',
    input: z.strictObject({ ticketId: id<TicketId>(), print: z.enum(PRINT_STATES) }),
    output: accepted,
  }),
} as const;
