/** A ticket as each audience sees it. Allow-lists: what is not here does not leave the server. */
import { z } from 'zod';
import { id, instant, locale } from './fields.js';
import type { CounterId, MembershipId, ServiceId, TicketId } from './ids.js';
import { classKey, localizedLine, revision, ticketLabel, waitRange } from './queue-fields.js';
import {
  DELAY_REASONS,
  HOLD_SCOPES,
  PRINT_STATES,
  TICKET_PRESENCES,
  TICKET_SOURCES,
  TICKET_STATES,
} from './vocabulary.js';

const nullableInstant = instant.nullable();

/** Name, phone and note: seen by staff while the ticket lives, then gone. */
export const ticketPerson = z.strictObject({ name: z.string(), phone: z.string().nullable(), note: z.string() });
export type TicketPerson = z.output<typeof ticketPerson>;

export const staffTicketDto = z.strictObject({
  id: id<TicketId>(),
  label: ticketLabel,
  serviceId: id<ServiceId>(),
  state: z.enum(TICKET_STATES),
  source: z.enum(TICKET_SOURCES),
  presence: z.enum(TICKET_PRESENCES),
  classKey: classKey.nullable(),
  /** False until staff confirmed a class that the customer declared. */
  isClassConfirmed: z.boolean(),
  language: locale,
  /** Revision of the last event of this ticket. */
  rev: revision,
  issuedAt: instant,
  queuedAt: instant,
  bookedFor: nullableInstant,
  calledAt: nullableInstant,
  startedAt: nullableInstant,
  endedAt: nullableInstant,
  recallCount: z.number().int(),
  returnCount: z.number().int(),
  counterId: id<CounterId>().nullable(),
  hold: z
    .strictObject({
      scope: z.enum(HOLD_SCOPES),
      counterId: id<CounterId>(),
      memberId: id<MembershipId>().nullable(),
      dueAt: nullableInstant,
    })
    .nullable(),
  print: z.enum(PRINT_STATES),
  /** Only for the staff who serve it (QC-10). */
  person: ticketPerson.nullable(),
});
export type StaffTicketDto = z.output<typeof staffTicketDto>;

/** What a holder's phone shows; nothing of anybody else. */
export const holderTicketDto = z.strictObject({
  label: ticketLabel,
  state: z.enum(TICKET_STATES),
  presence: z.enum(TICKET_PRESENCES),
  language: locale,
  businessName: z.string(),
  locationName: z.string(),
  timeZone: z.string(),
  serviceNames: localizedLine(60),
  issuedAt: instant,
  calledAt: nullableInstant,
  endedAt: nullableInstant,
  /** Label of the counter that called. */
  counterLabel: z.string().nullable(),
  /** Number of calls, so that a recall can ring again. */
  callCount: z.number().int(),
  canComeBack: z.boolean(),
  canDefer: z.boolean(),
  canRate: z.boolean(),
  rev: revision,
  /** What the business tells all holders. */
  notice: z.string().nullable(),
});
export type HolderTicketDto = z.output<typeof holderTicketDto>;

/** Place in the line, as calling next again and again would serve it. */
export const place = z.strictObject({
  /** How many would be called before. */
  ahead: z.number().int().min(0),
  /** Revision of the order that `ahead` belongs to. */
  orderRev: z.number().int(),
  estimate: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('range'), ...waitRange.shape, reason: z.enum(DELAY_REASONS).nullable() }),
    z.strictObject({ kind: z.literal('next') }),
    z.strictObject({ kind: z.literal('position-only') }),
    z.strictObject({ kind: z.literal('opens'), at: instant }),
  ]),
});
export type Place = z.output<typeof place>;

/** Everything from which a phone computes its own range (`domain/queue/estimate.ts`); one for a whole pool. */
export const estimateParameters = z.strictObject({
  at: instant,
  /** Mean seconds between departures with the counters of now; null while nobody knows. */
  meanGapSeconds: z.number().nullable(),
  /** Seconds until the first call, before a day's first one. */
  openInSeconds: z.number(),
  /** What has passed of the gap since the last departure; the whole gap before the first. */
  elapsedSeconds: z.number(),
  /** Closed times ahead (lunch), in order: they lengthen the waits that reach them. */
  breaks: z.array(z.strictObject({ startsInSeconds: z.number(), lastsSeconds: z.number() })).max(8),
  /** Expected overtakers per second. */
  overtakeRate: z.number(),
  /** Quantiles of actual ÷ expected, by bucket of people ahead (0–3, 4–7, 8–11, 12+). */
  q50: z.array(z.number()).length(4),
  q80: z.array(z.number()).length(4),
  hasEnoughHistory: z.boolean(),
  /** No counter is open: when the first is expected. */
  opensAt: nullableInstant,
  reason: z.enum(DELAY_REASONS).nullable(),
});
export type EstimateParameters = z.output<typeof estimateParameters>;
