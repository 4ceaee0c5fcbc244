/**
 * How other systems take part: webhooks that tell them what happens to tickets, and API keys with which they act themselves.
 *
 * A webhook is a `POST` of {@link webhookMessage} as JSON, signed as Standard Webhooks describes: `webhook-id` (the same on every try),
 * `webhook-timestamp` (seconds), and `webhook-signature` (`v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64, one for each live
 * secret, separated by spaces). Messages of a location come in the order of `rev`; the next one is sent when the one before was answered
 * with 2xx.
 */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { id, instant, line } from './fields.js';
import type { ApiKeyId, CounterId, LocationId, ServiceId, TicketId, WebhookId } from './ids.js';
import { revision, ticketLabel } from './queue-fields.js';
import { API_SCOPES, TICKET_EVENTS, TICKET_STATES } from './vocabulary.js';

export const ticketChange = z.strictObject({
  type: z.enum(TICKET_EVENTS),
  ticketId: id<TicketId>(),
  label: ticketLabel.nullable(),
  from: z.enum(TICKET_STATES).nullable(),
  to: z.enum(TICKET_STATES).nullable(),
  /** Set where the change names one: issue and transfer. */
  serviceId: id<ServiceId>().nullable(),
  /** Set where the change names one: calls and holds. */
  counterId: id<CounterId>().nullable(),
});
export type TicketChange = z.output<typeof ticketChange>;

export const webhookMessage = z.strictObject({
  type: z.literal('queue.tickets'),
  locationId: id<LocationId>(),
  rev: revision,
  at: instant,
  changes: z.array(ticketChange),
});
export type WebhookMessage = z.output<typeof webhookMessage>;

export const webhookDto = z.strictObject({
  id: id<WebhookId>(),
  url: z.string(),
  /** Empty for all of them. */
  events: z.array(z.enum(TICKET_EVENTS)),
  isEnabled: z.boolean(),
  /** Why it was switched off by itself; null while it is on, or after somebody switched it off. */
  disabledReason: z.enum(['failing', 'gone']).nullable(),
  createdAt: instant,
  /** How far each location is told. */
  progress: z.array(
    z.strictObject({
      locationId: id<LocationId>(),
      rev: revision,
      /** Tries in a row without success. */
      failures: z.number().int(),
      /** HTTP status of the last answer; null when there was none. */
      lastStatus: z.number().int().nullable(),
      lastTryAt: instant.nullable(),
    }),
  ),
});
export type WebhookDto = z.output<typeof webhookDto>;

export const apiKeyDto = z.strictObject({
  id: id<ApiKeyId>(),
  name: z.string(),
  /** How the key begins, to tell it from others. */
  hint: z.string(),
  scopes: z.array(z.enum(API_SCOPES)),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export type ApiKeyDto = z.output<typeof apiKeyDto>;

const url = z.url({ protocol: /^https?$/ }).max(500);
const events = z.array(z.enum(TICKET_EVENTS)).max(TICKET_EVENTS.length);
const webhookId = id<WebhookId>();

export const webhookStaffCommands = {
  'webhook:list': defineCommand({
    name: 'webhook:list',
    audience: 'staff',
    summary: 'Webhooks and how far they are told.',
    idempotency: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ webhooks: z.array(webhookDto) }),
  }),
  'webhook:create': defineCommand({
    name: 'webhook:create',
    audience: 'staff',
    summary: 'Tell a public https address what happens to tickets from now on. The secret is shown this once.',
    idempotency: 'key',
    input: z.strictObject({ url, events }),
    output: z.strictObject({ webhook: webhookDto, secret: z.string() }),
    errors: ['CAP_REACHED'],
  }),
  'webhook:update': defineCommand({
    name: 'webhook:update',
    audience: 'staff',
    summary: 'Change where a webhook goes and what it tells, switch it off, or on again where it stopped.',
    idempotency: 'natural',
    input: z.strictObject({
      webhookId,
      url: url.optional(),
      events: events.optional(),
      isEnabled: z.boolean().optional(),
    }),
    output: webhookDto,
  }),
  'webhook:remove': defineCommand({
    name: 'webhook:remove',
    audience: 'staff',
    summary: 'Remove a webhook and its secrets.',
    idempotency: 'natural',
    input: z.strictObject({ webhookId }),
    output: z.strictObject({}),
  }),
  'webhook:rotate-secret': defineCommand({
    name: 'webhook:rotate-secret',
    audience: 'staff',
    summary: 'Make a new secret. Messages carry signatures of both until the next rotation. Shown this once.',
    idempotency: 'key',
    input: z.strictObject({ webhookId }),
    output: z.strictObject({ secret: z.string() }),
  }),
  'webhook:replay': defineCommand({
    name: 'webhook:replay',
    audience: 'staff',
    summary: 'Tell everything of a location again, from this revision on.',
    idempotency: 'natural',
    input: z.strictObject({ webhookId, locationId: id<LocationId>(), fromRev: z.number().int().min(1) }),
    output: z.strictObject({ fromRev: revision }),
  }),
} as const;

export const apiKeyStaffCommands = {
  'api-key:list': defineCommand({
    name: 'api-key:list',
    audience: 'staff',
    summary: 'API keys that work. The keys themselves are not kept.',
    idempotency: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ apiKeys: z.array(apiKeyDto) }),
  }),
  'api-key:create': defineCommand({
    name: 'api-key:create',
    audience: 'staff',
    summary: 'Make a key for a program. It is shown this once.',
    idempotency: 'key',
    input: z.strictObject({ name: line(60), scopes: z.array(z.enum(API_SCOPES)).min(1).max(API_SCOPES.length) }),
    output: z.strictObject({ apiKey: apiKeyDto, key: z.string() }),
    errors: ['CAP_REACHED'],
  }),
  'api-key:revoke': defineCommand({
    name: 'api-key:revoke',
    audience: 'staff',
    summary: 'From now on this key opens nothing.',
    idempotency: 'natural',
    input: z.strictObject({ apiKeyId: id<ApiKeyId>() }),
    output: z.strictObject({}),
  }),
} as const;
