/** What staff do at a counter. Every move carries the ticket's revision as far as it matters, and answers with what is true. */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { id, instant, line, locale } from './fields.js';
import type { CounterId, LocationId, ServiceId, TicketId } from './ids.js';
import { classKey, revision, ticketLabel } from './queue-fields.js';
import { counterDto } from './queue-setup.js';
import { staffTicketDto } from './queue-tickets.js';
import { HOLD_SCOPES, TRANSFER_MODES } from './vocabulary.js';

const locationId = id<LocationId>();
const counterId = id<CounterId>();
const ticketId = id<TicketId>();

/** Why this ticket is next (QC-5); the console says it in one sentence. */
export const selectionReason = z.strictObject({
  rule: z.enum(['pinned', 'statutory', 'appointment', 'credit', 'longest-wait', 'chosen', 'held', 'alternation']),
  classKey: classKey.nullable(),
  waitedSeconds: z.number().int(),
  /** What staff gave as reason when they chose by hand. */
  note: z.string().nullable(),
});
export type SelectionReason = z.output<typeof selectionReason>;

export const screenReceipt = z.strictObject({
  /** Displays that should show the call, and how many said that they do. */
  expected: z.number().int(),
  shown: z.number().int(),
});

/** Everything a console shows. Sent whole and often: it is small, and a console that missed something needs no repair. */
export const counterView = z.strictObject({
  rev: revision,
  serverTime: instant,
  timeZone: z.string(),
  counter: counterDto,
  /** The ticket that is called or served here. */
  current: z
    .strictObject({
      ticket: staffTicketDto,
      reason: selectionReason,
      receipt: screenReceipt,
      undoUntil: instant.nullable(),
      noShowFrom: instant.nullable(),
      autoNoShowAt: instant.nullable(),
      recallFrom: instant.nullable(),
      /** Longer than three times the usual (QC-14). */
      isLong: z.boolean(),
    })
    .nullable(),
  /** The next three, as calling would take them. */
  next: z.array(z.strictObject({ ticket: staffTicketDto, reason: selectionReason })).max(3),
  waiting: z.array(
    z.strictObject({
      serviceId: id<ServiceId>(),
      count: z.number().int(),
      longestSeconds: z.number().int(),
      breaches: z.number().int(),
    }),
  ),
  /** Everybody who waits for what this counter serves, in order; at most 200. */
  line: z.array(staffTicketDto).max(200),
  held: z.array(staffTicketDto).max(100),
  noShows: z.array(staffTicketDto).max(100),
  printFailures: z.array(staffTicketDto).max(50),
  isFinishing: z.boolean(),
});
export type CounterView = z.output<typeof counterView>;

const onTicket = { counterId, ticketId };
const view = { output: counterView };

export const queueCounterStaffCommands = {
  'counter:read': defineCommand({
    name: 'counter:read',
    audience: 'staff',
    summary: 'The console of a counter.',
    idempotency: 'read',
    input: z.strictObject({ counterId }),
    ...view,
  }),
  'counter:open': defineCommand({
    name: 'counter:open',
    audience: 'staff',
    summary: 'Sit down at a counter and open it; leaves the one before.',
    idempotency: 'key',
    input: z.strictObject({ counterId }),
    ...view,
    errors: ['CONFLICT'],
  }),
  'counter:pause': defineCommand({
    name: 'counter:pause',
    audience: 'staff',
    summary: 'Pause with a reason; capacity shrinks at once.',
    idempotency: 'key',
    input: z.strictObject({
      counterId,
      reason: line(80),
      resumeAfterMinutes: z.number().int().min(1).max(480).nullable(),
    }),
    ...view,
    errors: ['CONFLICT'],
  }),
  'counter:resume': defineCommand({
    name: 'counter:resume',
    audience: 'staff',
    summary: 'Go on after a pause.',
    idempotency: 'key',
    input: z.strictObject({ counterId }),
    ...view,
    errors: ['CONFLICT'],
  }),
  'counter:close': defineCommand({
    name: 'counter:close',
    audience: 'staff',
    summary: 'Close the counter; refused while a ticket is called or served here.',
    idempotency: 'key',
    input: z.strictObject({ counterId }),
    ...view,
    errors: ['CONFLICT'],
  }),
  'ticket:call-next': defineCommand({
    name: 'ticket:call-next',
    audience: 'staff',
    summary: 'Call the next ticket by the policy. QUEUE_EMPTY only when nobody waits for what this counter serves.',
    idempotency: 'key',
    input: z.strictObject({ counterId }),
    ...view,
    errors: ['QUEUE_EMPTY', 'COUNTER_BUSY', 'CONFLICT'],
  }),
  'ticket:call': defineCommand({
    name: 'ticket:call',
    audience: 'staff',
    summary: 'Call this very ticket, with a reason that is kept.',
    idempotency: 'key',
    input: z.strictObject({ ...onTicket, reason: line(200) }),
    ...view,
    errors: ['COUNTER_BUSY', 'CONFLICT'],
  }),
  'ticket:recall': defineCommand({
    name: 'ticket:recall',
    audience: 'staff',
    summary: 'Call again; five seconds apart and five times at most.',
    idempotency: 'key',
    input: z.strictObject(onTicket),
    ...view,
    errors: ['TOO_SOON', 'CONFLICT'],
  }),
  'ticket:start': defineCommand({
    name: 'ticket:start',
    audience: 'staff',
    summary: 'The customer is here.',
    idempotency: 'key',
    input: z.strictObject(onTicket),
    ...view,
    errors: ['CONFLICT'],
  }),
  'ticket:complete': defineCommand({
    name: 'ticket:complete',
    audience: 'staff',
    summary: 'Served; with an outcome if the business keeps one.',
    idempotency: 'key',
    input: z.strictObject({ ...onTicket, outcome: line(80).nullable() }),
    ...view,
    errors: ['CONFLICT'],
  }),
  'ticket:mark-no-show': defineCommand({
    name: 'ticket:mark-no-show',
    audience: 'staff',
    summary: 'Called and not there.',
    idempotency: 'key',
    input: z.strictObject(onTicket),
    ...view,
    errors: ['TOO_SOON', 'CONFLICT'],
  }),
  'ticket:undo-call': defineCommand({
    name: 'ticket:undo-call',
    audience: 'staff',
    summary: 'Take a call back within 15 seconds; the ticket stands where it stood.',
    idempotency: 'key',
    input: z.strictObject(onTicket),
    ...view,
    errors: ['CONFLICT'],
  }),
  'ticket:transfer': defineCommand({
    name: 'ticket:transfer',
    audience: 'staff',
    summary: 'Send on to another service, optionally to one counter; the number stays.',
    idempotency: 'key',
    input: z.strictObject({
      ...onTicket,
      serviceId: id<ServiceId>(),
      mode: z.enum(TRANSFER_MODES),
      toCounterId: counterId.nullable(),
      note: z.string().max(500).nullable(),
    }),
    ...view,
    errors: ['CONFLICT', 'QUEUE_CLOSED'],
  }),
  'ticket:hold': defineCommand({
    name: 'ticket:hold',
    audience: 'staff',
    summary: 'Set aside a ticket that is being served (a form to fill in), for this counter, me, or anybody.',
    idempotency: 'key',
    input: z.strictObject({
      ...onTicket,
      scope: z.enum(HOLD_SCOPES),
      minutes: z.number().int().min(1).max(480).nullable(),
    }),
    ...view,
    errors: ['CONFLICT'],
  }),
  'ticket:call-held': defineCommand({
    name: 'ticket:call-held',
    audience: 'staff',
    summary: 'Call a ticket that was set aside.',
    idempotency: 'key',
    input: z.strictObject(onTicket),
    ...view,
    errors: ['COUNTER_BUSY', 'NOT_YOUR_TICKET', 'CONFLICT'],
  }),
  'ticket:return': defineCommand({
    name: 'ticket:return',
    audience: 'staff',
    summary: 'A no-show came back after all.',
    idempotency: 'key',
    input: z.strictObject(onTicket),
    ...view,
    errors: ['CONFLICT'],
  }),
  'ticket:cancel': defineCommand({
    name: 'ticket:cancel',
    audience: 'staff',
    summary: 'Take a ticket out of the line.',
    idempotency: 'key',
    input: z.strictObject({ ...onTicket, reason: line(200) }),
    ...view,
    errors: ['CONFLICT'],
  }),
  'ticket:set-class': defineCommand({
    name: 'ticket:set-class',
    audience: 'staff',
    summary: 'Confirm, correct or remove a priority class.',
    idempotency: 'key',
    input: z.strictObject({ ...onTicket, classKey: classKey.nullable() }),
    ...view,
    errors: ['CONFLICT'],
  }),
  'ticket:serve-walk-in': defineCommand({
    name: 'ticket:serve-walk-in',
    audience: 'staff',
    summary: 'Serve somebody who has no ticket; counted like the others.',
    idempotency: 'key',
    input: z.strictObject({ counterId, serviceId: id<ServiceId>() }),
    ...view,
    errors: ['COUNTER_BUSY', 'CONFLICT'],
  }),
  'ticket:issue-at-desk': defineCommand({
    name: 'ticket:issue-at-desk',
    audience: 'staff',
    summary: 'A ticket for somebody at the desk; may go past caps and stop times (QK-13).',
    idempotency: 'key',
    input: z.strictObject({
      locationId,
      serviceId: id<ServiceId>(),
      language: locale,
      classKey: classKey.nullable(),
      name: line(80).nullable(),
      phone: line(30).nullable(),
      note: z.string().max(500),
      overridesLimits: z.boolean(),
      /** An appointment at this instant waits as `booked` until it checks in. */
      bookedFor: instant.nullable(),
    }),
    output: z.strictObject({ ticket: staffTicketDto, url: z.string() }),
    errors: ['QUEUE_CLOSED', 'CAP_REACHED'],
  }),
  'ticket:reprint': defineCommand({
    name: 'ticket:reprint',
    audience: 'staff',
    summary: 'Show number and code again for paper; the number stays.',
    idempotency: 'read',
    input: z.strictObject({ ticketId }),
    output: z.strictObject({ label: ticketLabel, ticket: staffTicketDto }),
  }),
  'queue:finish-line': defineCommand({
    name: 'queue:finish-line',
    audience: 'staff',
    summary: 'No new tickets for these services; who waits is served (QC-18).',
    idempotency: 'key',
    input: z.strictObject({ locationId, serviceIds: z.array(id<ServiceId>()).max(100), isFinishing: z.boolean() }),
    output: z.strictObject({ isFinishing: z.boolean() }),
  }),
  'service:close': defineCommand({
    name: 'service:close',
    audience: 'staff',
    summary: 'Close a service at once and tell everybody who holds a ticket why (QA-16); null opens it again.',
    idempotency: 'key',
    input: z.strictObject({ serviceId: id<ServiceId>(), message: line(200).nullable() }),
    output: z.strictObject({ isClosed: z.boolean() }),
  }),
  'queue:broadcast': defineCommand({
    name: 'queue:broadcast',
    audience: 'staff',
    summary: 'A notice on all displays and phones of a location; null takes it down.',
    idempotency: 'key',
    input: z.strictObject({ locationId, notice: line(200).nullable() }),
    output: z.strictObject({ notice: z.string().nullable() }),
  }),
} as const;
