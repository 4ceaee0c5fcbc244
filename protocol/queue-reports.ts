/** What owners and auditors look at afterwards. */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { id, instant, line, nothing } from './fields.js';
import { calendarDate } from './hours.js';
import type { CounterId, LocationId, MembershipId, ServiceId, TicketId } from './ids.js';
import { phoneNumber, ticketLabel } from './queue-fields.js';
import { queuePolicy } from './queue-setup.js';
import { TICKET_SOURCES, TICKET_STATES } from './vocabulary.js';

const locationId = id<LocationId>();
const seconds = z.number().nullable();
/** Mean, median and P90 of a duration in seconds; null without a case. */
const spread = z.strictObject({ mean: seconds, median: seconds, p90: seconds });

/**
 * Counts and durations of a set of tickets. A transfer makes another visit, and each visit has a wait (joining the line to the first
 * call; without people who were served without a ticket) and a service (first start to the end, holds included).
 */
export const queueFigures = z.strictObject({
  issued: z.number().int(),
  served: z.number().int(),
  noShows: z.number().int(),
  cancelled: z.number().int(),
  transfers: z.number().int(),
  wait: spread,
  service: spread,
  /** Share of served tickets that waited no longer than the target; 0 to 1. */
  onTarget: z.number().nullable(),
});
export type QueueFigures = z.output<typeof queueFigures>;

export const queueReport = z.strictObject({
  from: calendarDate,
  to: calendarDate,
  total: queueFigures,
  byService: z.array(z.strictObject({ serviceId: id<ServiceId>(), figures: queueFigures })),
  byStaff: z.array(z.strictObject({ memberId: id<MembershipId>(), name: z.string(), figures: queueFigures })),
  bySource: z.array(z.strictObject({ source: z.enum(TICKET_SOURCES), figures: queueFigures })),
  /** Tickets issued and mean wait by weekday (0 is Monday) and hour of the location. */
  heatmap: z.array(
    z.strictObject({
      weekday: z.number().int(),
      hour: z.number().int(),
      issued: z.number().int(),
      meanWaitSeconds: seconds,
    }),
  ),
});
export type QueueReport = z.output<typeof queueReport>;

export const honestyWeek = z.strictObject({
  weekStart: calendarDate,
  promises: z.number().int(),
  /** Share of waits that ended before the promised P80. */
  coverage80: z.number().nullable(),
  /** Share of waits that were longer than 1.25 × the promised P50 and a minute. */
  lateShare: z.number().nullable(),
  meanAbsoluteErrorSeconds: seconds,
});
export type HonestyWeek = z.output<typeof honestyWeek>;

export const policyOutcome = z.strictObject({
  /** The rules as they are, those that were asked about, or nobody before anybody else. */
  label: z.enum(['present', 'proposed', 'first-come']),
  priority: z.strictObject({ meanSeconds: seconds, p95Seconds: seconds }),
  others: z.strictObject({ meanSeconds: seconds, p95Seconds: seconds }),
  /** Visits that somebody passed who had joined the same line later. */
  overtaken: z.number().int(),
});
export type PolicyOutcome = z.output<typeof policyOutcome>;

export const auditRow = z.strictObject({
  rev: z.number().int(),
  at: instant,
  type: z.string(),
  ticketId: id<TicketId>().nullable(),
  label: ticketLabel.nullable(),
  from: z.enum(TICKET_STATES).nullable(),
  to: z.enum(TICKET_STATES).nullable(),
  counterId: id<CounterId>().nullable(),
  counterLabel: z.string().nullable(),
  actor: z.string(),
  reason: z.string().nullable(),
});
export type AuditRow = z.output<typeof auditRow>;

export const locationOverview = z.strictObject({
  locationId,
  name: z.string(),
  waiting: z.number().int(),
  longestWaitSeconds: z.number().int(),
  openCounters: z.number().int(),
  offlineDevices: z.number().int(),
});
export type LocationOverview = z.output<typeof locationOverview>;

const days = { from: calendarDate, to: calendarDate };

export const queueReportStaffCommands = {
  'queue:read-report': defineCommand({
    name: 'queue:read-report',
    audience: 'staff',
    summary: 'Waits, services and outcomes of up to 92 service days, recomputed from the events.',
    idempotency: 'read',
    input: z.strictObject({ locationId, ...days }),
    output: queueReport,
  }),
  'queue:overview': defineCommand({
    name: 'queue:overview',
    audience: 'staff',
    summary: 'All branches at a glance.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ locations: z.array(locationOverview) }),
  }),
  'queue:audit': defineCommand({
    name: 'queue:audit',
    audience: 'staff',
    summary: 'Who did what: events by ticket, member or counter, newest first. Nobody can change them.',
    idempotency: 'read',
    input: z.strictObject({
      locationId,
      ticketId: id<TicketId>().optional(),
      memberId: id<MembershipId>().optional(),
      counterId: id<CounterId>().optional(),
      before: z.number().int().min(1).optional(),
    }),
    output: z.strictObject({ rows: z.array(auditRow), hasMore: z.boolean() }),
  }),
  'queue:read-honesty': defineCommand({
    name: 'queue:read-honesty',
    audience: 'staff',
    summary: 'How often the promised wait was right, by week.',
    idempotency: 'read',
    input: z.strictObject({ locationId, ...days }),
    output: z.strictObject({ weeks: z.array(honestyWeek) }),
  }),
  'queue:preview-policy': defineCommand({
    name: 'queue:preview-policy',
    audience: 'staff',
    summary: 'Replay a day under other rules: who would have waited how long.',
    idempotency: 'read',
    input: z.strictObject({ locationId, serviceDay: calendarDate, policy: queuePolicy }),
    output: z.strictObject({ outcomes: z.array(policyOutcome) }),
  }),
  'queue:export': defineCommand({
    name: 'queue:export',
    audience: 'staff',
    summary: 'Tickets of up to 31 service days without personal details, as CSV or JSON lines.',
    idempotency: 'read',
    input: z.strictObject({ locationId, ...days, format: z.enum(['csv', 'json']) }),
    output: z.strictObject({ fileName: z.string(), mediaType: z.string(), text: z.string() }),
  }),
  'queue:erase-person': defineCommand({
    name: 'queue:erase-person',
    audience: 'staff',
    summary: 'Erase name, phone and notes of every ticket of this phone number now.',
    idempotency: 'natural',
    input: z.strictObject({ phone: phoneNumber, reason: line(200) }),
    output: z.strictObject({ erased: z.number().int() }),
  }),
} as const;
