/** How the owner sets a queue up: services, counters, policy. Locations stand in `locations.ts`, devices in `devices.ts`. */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { id, instant, line } from './fields.js';
import { wallTime } from './hours.js';
import type { CounterId, LocationId, MembershipId, ServiceId } from './ids.js';
import { classKey, localizedLine } from './queue-fields.js';
import { ASK_RULES, CLASS_KINDS, COUNTER_STATUSES } from './vocabulary.js';

const locationId = id<LocationId>();
const minutes = (most: number) => z.number().min(0).max(most);

/** Numbers of a series: `prefix` and a number padded to `width`, from `first` to `last`, then from `first` again (QA-3). */
export const series = z
  .strictObject({
    prefix: z.string().regex(/^[A-Z]{0,3}$/, 'must be up to three capital letters'),
    width: z.number().int().min(1).max(5),
    first: z.number().int().min(0).max(99_999),
    last: z.number().int().min(1).max(99_999),
  })
  .refine(({ first, last }) => first < last, 'the last number must be above the first');
export type Series = z.output<typeof series>;

const serviceSettings = {
  names: localizedLine(60),
  series,
  /** Services of one pool are served by the same counters and share an estimate. */
  pool: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and hyphens'),
  /** What a service usually takes, until the queue has seen enough of its own. */
  typicalMinutes: z.number().min(0.5).max(480),
  /** Waits beyond this count as breaches in reports. */
  targetWaitMinutes: minutes(480),
  capPerDay: z.number().int().min(1).max(10_000).nullable(),
  maxWaiting: z.number().int().min(1).max(10_000).nullable(),
  /** No tickets from this wall time on; null until closing. */
  stopAt: wallTime.nullable(),
  askName: z.enum(ASK_RULES),
  askPhone: z.enum(ASK_RULES),
  /** Shown where the customer is asked for them. */
  consentText: z.string().max(600),
  isRemoteJoinAllowed: z.boolean(),
};

export const serviceDto = z.strictObject({
  id: id<ServiceId>(),
  locationId,
  ...z.strictObject(serviceSettings).shape,
  isArchived: z.boolean(),
  /** Closed by hand, with what holders and newcomers are told (QA-16). */
  closure: z.strictObject({ message: z.string(), since: z.iso.datetime() }).nullable(),
  /** No new tickets; the line is served to its end (QC-18). */
  isFinishing: z.boolean(),
});
export type ServiceDto = z.output<typeof serviceDto>;

export const counterDto = z.strictObject({
  id: id<CounterId>(),
  locationId,
  label: z.string(),
  /** Floor or group that displays filter by; empty for none. */
  group: z.string(),
  serviceIds: z.array(id<ServiceId>()),
  status: z.enum(COUNTER_STATUSES),
  pauseReason: z.string().nullable(),
  /** When a pause ends by itself; null while staff end it. */
  resumeAt: instant.nullable(),
  staff: z.strictObject({ id: id<MembershipId>(), name: z.string() }).nullable(),
  isArchived: z.boolean(),
});
export type CounterDto = z.output<typeof counterDto>;

export const priorityClass = z.strictObject({
  key: classKey,
  names: localizedLine(60),
  kind: z.enum(CLASS_KINDS),
  /** How much faster than others a soft class earns credit. */
  rate: z.number().min(1).max(10),
  headStartMinutes: minutes(120),
  /** Statutory only: after so many in a row one of the others is called; null for no limit. */
  maxConsecutive: z.number().int().min(1).max(50).nullable(),
  /** Customers may declare it at the kiosk, with this text; null leaves it to staff. */
  declaration: localizedLine(300).nullable(),
  /** Tickets of a day; null for no limit. */
  quota: z.number().int().min(1).max(10_000).nullable(),
});
export type PriorityClass = z.output<typeof priorityClass>;

/** Rules of one location; the layers are described in `domain/queue/select.ts`. */
export const queuePolicy = z.strictObject({
  classes: z.array(priorityClass).max(12),
  /** Minutes before its time from which an appointment may be called, may check in early, and counts as a walk-in after. */
  appointment: z.strictObject({ leadMinutes: minutes(240), earlyMinutes: minutes(480), lateMinutes: minutes(480) }),
  /** Soft classes pass nobody who has waited longer than this; null for no guard. */
  maxWaitMinutes: minutes(1_440).nullable(),
  /** Whether tickets that a counter or person set aside come first, or by their score. */
  isPinnedFirst: z.boolean(),
  noShow: z.strictObject({
    minCallSeconds: z.number().int().min(5).max(600),
    /** A called ticket that nobody starts becomes a no-show after this; null leaves it to staff. */
    autoAfterSeconds: z.number().int().min(20).max(3_600).nullable(),
    penaltyPlaces: z.number().int().min(0).max(50),
    /** How often a holder comes back by themselves; staff take them back as often as they like. */
    maxReturns: z.number().int().min(0).max(10),
  }),
  /** A called ticket counts as being served after this; null leaves it to staff. */
  autoStartSeconds: z.number().int().min(5).max(3_600).nullable(),
  /** A ticket that would not be served before closing and this grace is warned about or refused (QK-13). */
  stopRule: z.enum(['off', 'warn', 'refuse']),
  graceMinutes: minutes(240),
  /** Personal details of a ticket go this long after its end; at most a day (RE-19). */
  retentionHours: z.number().min(0).max(24),
  /** Whether customers see how often the promised range was right (QA-10). */
  isHitRatePublic: z.boolean(),
  /** Languages of announcements, in their order; empty means the ticket's own. */
  announcementLanguages: z.array(z.enum(['en', 'ms', 'zh', 'ta', 'hi', 'ar'])).max(6),
});
export type QueuePolicy = z.output<typeof queuePolicy>;

export const queueSetupStaffCommands = {
  'queue:read-setup': defineCommand({
    name: 'queue:read-setup',
    audience: 'staff',
    summary: 'Services, counters and policy of a location.',
    idempotency: 'read',
    input: z.strictObject({ locationId }),
    output: z.strictObject({ services: z.array(serviceDto), counters: z.array(counterDto), policy: queuePolicy }),
  }),
  'service:create': defineCommand({
    name: 'service:create',
    audience: 'staff',
    summary: 'Add a service with its number series. A prefix belongs to one service of a location.',
    idempotency: 'key',
    input: z.strictObject({
      locationId,
      names: serviceSettings.names,
      series: serviceSettings.series,
      ...z.strictObject(serviceSettings).partial().omit({ names: true, series: true }).shape,
    }),
    output: serviceDto,
    errors: ['CONFLICT'],
  }),
  'service:update': defineCommand({
    name: 'service:update',
    audience: 'staff',
    summary: 'Change a service; archive it (its history stays) or bring it back.',
    idempotency: 'key',
    input: z.strictObject({
      serviceId: id<ServiceId>(),
      ...z.strictObject(serviceSettings).partial().shape,
      isArchived: z.boolean().optional(),
    }),
    output: serviceDto,
    errors: ['CONFLICT'],
  }),
  'counter:create': defineCommand({
    name: 'counter:create',
    audience: 'staff',
    summary: 'Add a counter and what it serves.',
    idempotency: 'key',
    input: z.strictObject({
      locationId,
      label: line(30),
      group: z.string().max(30).optional(),
      serviceIds: z.array(id<ServiceId>()).max(100),
    }),
    output: counterDto,
  }),
  'counter:update': defineCommand({
    name: 'counter:update',
    audience: 'staff',
    summary: 'Rename a counter, change what it serves or its group; archive it or bring it back.',
    idempotency: 'key',
    input: z.strictObject({
      counterId: id<CounterId>(),
      label: line(30).optional(),
      group: z.string().max(30).optional(),
      serviceIds: z.array(id<ServiceId>()).max(100).optional(),
      isArchived: z.boolean().optional(),
    }),
    output: counterDto,
    errors: ['CONFLICT'],
  }),
  'queue:update-policy': defineCommand({
    name: 'queue:update-policy',
    audience: 'staff',
    summary: 'Replace the rules of a location.',
    idempotency: 'key',
    input: z.strictObject({ locationId, policy: queuePolicy }),
    output: z.strictObject({ policy: queuePolicy }),
  }),
} as const;
