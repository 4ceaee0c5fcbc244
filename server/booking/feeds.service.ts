/**
 * The agenda of a person, room or thing as a calendar at a secret address (BK-26). The address follows from a salt that nobody but the
 * store has, so a new salt ends the old address; and it ends with the member whose agenda it is.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BookableId, TenantId } from '@frontdesk/protocol/ids';
import type { BookingState } from '@frontdesk/protocol/vocabulary';
import type { Config } from '../config.js';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { deriveSecret } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import { canRole } from '../core/permissions.js';
import { createSecret } from '../core/secrets.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import type { AllocationStore } from './allocation.store.js';
import { calendarUid } from './booking-letter.js';
import { nameVisit } from './booking-words.js';
import { presentSummary } from './booking.presenter.js';
import type { Allocation, Resource, Schedule, Scoped } from './booking.types.js';
import { writeCalendar, type CalendarEvent } from './calendar-file.js';
import type { Feed, FeedStore } from './feeds.store.js';
import { hasWritten, toWrite } from './requests.js';
import type { Schedules } from './schedules.js';
import type { SessionStore } from './session.store.js';

const dayMs = 24 * 60 * 60 * 1_000;
const PAST_DAYS = 31;
const AHEAD_DAYS = 400;
/** Read at once: a busy branch has thousands of visits in a month, and a feed is one person's. */
const PAGE_DAYS = 31;
const ID_BYTES = 12;
const MAC_BYTES = 32;
/** What somebody has in their calendar; what was given up is not in the feed, and so leaves it. */
const SHOWN: readonly BookingState[] = ['requested', 'confirmed', 'arrived', 'completed', 'no-show'];

export interface FeedsDeps {
  readonly feeds: FeedStore;
  readonly allocations: Pick<AllocationStore, 'listAgenda'>;
  readonly sessions: Pick<SessionStore, 'list'>;
  readonly schedules: Pick<Schedules, 'read'>;
  readonly directory: Pick<TenancyDirectory, 'findTenant' | 'findMember'>;
  readonly config: Pick<Config, 'jwtSecrets' | 'publicUrl'>;
  readonly clock: Clock;
}

/** Without phone number, address and answers: it lies in other people's programs. A class is nobody's visit. */
function describeWork(schedule: Schedule, booking: Allocation): CalendarEvent {
  const summary = presentSummary(schedule, booking);
  const { services } = nameVisit(summary, schedule.locations.get(booking.locationId)?.languages[0] ?? 'en');
  return {
    uid: calendarUid(booking),
    sequence: booking.version,
    status: booking.state === 'requested' ? 'TENTATIVE' : 'CONFIRMED',
    start: booking.start,
    end: booking.end,
    summary: [services, booking.customer?.name].filter(Boolean).join(' · '),
    description: booking.code,
    location: summary.isOnline ? '' : summary.locationName,
    url: null,
    changedAt: booking.history.at(-1)?.at ?? booking.createdAt,
    organizer: null,
    attendee: null,
  };
}

export type FeedsService = ReturnType<typeof createFeedsService>;

export function createFeedsService(deps: FeedsDeps) {
  const { feeds, schedules, directory, clock, config } = deps;
  const keys = config.jwtSecrets.map(({ secret }) => deriveSecret(secret, 'booking-feed'));

  const sign = (key: Buffer, { tenantId, resourceId, salt }: Feed): Buffer =>
    createHmac('sha256', key).update(`${tenantId} ${resourceId} ${salt}`).digest();

  function urlOf(feed: Feed): string {
    const [key] = keys;
    if (!key) throw new Error('The server has no secret.');
    const token = Buffer.concat([Buffer.from(feed.resourceId, 'hex'), sign(key, feed)]).toString('base64url');
    return `${config.publicUrl}/feeds/${token}.ics`;
  }

  async function findOwn(context: StaffContext, resourceId: BookableId): Promise<Resource> {
    const { schedule } = await schedules.read(context);
    const resource = schedule.resources.get(resourceId);
    if (!resource) throw new AppError('NOT_FOUND');
    const { membershipId, role } = context.actor;
    if (resource.memberId !== membershipId && !canRole(role, 'booking:manage')) throw new AppError('FORBIDDEN');
    return resource;
  }

  /** undefined for an address that is none, was replaced, or whose owner is not here any more. */
  async function open(
    token: string,
  ): Promise<{ tenantId: TenantId; schedule: Schedule; resource: Resource } | undefined> {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== ID_BYTES + MAC_BYTES || bytes.toString('base64url') !== token) return undefined;
    const feed = await feeds.findByAddress(bytes.subarray(0, ID_BYTES).toString('hex') as BookableId);
    const given = bytes.subarray(ID_BYTES);
    if (!feed || !keys.some((key) => timingSafeEqual(sign(key, feed), given))) return undefined;
    const tenant = await directory.findTenant(feed);
    const { schedule } = await schedules.read(feed);
    const resource = schedule.resources.get(feed.resourceId);
    if (!tenant || tenant.suspended || !resource || resource.isArchived) return undefined;
    const member = resource.memberId && (await directory.findMember(feed, resource.memberId));
    if (resource.memberId && (!member || member.disabled)) return undefined;
    return { tenantId: feed.tenantId, schedule, resource };
  }

  async function listWork(
    context: Scoped,
    { id, locationId }: Resource,
    { from, to }: { readonly from: Date; readonly to: Date },
  ): Promise<Allocation[]> {
    const work = await Promise.all([
      deps.allocations.listAgenda(context, locationId, from, to),
      deps.sessions.list(context, { locationId, from, to }),
    ]);
    const isOwn = ({ state, spans }: Allocation): boolean =>
      SHOWN.includes(state) && spans.some(({ resourceId }) => resourceId === id);
    return work.flat().filter(isOwn);
  }

  return {
    async read(context: StaffContext, resourceId: BookableId): Promise<{ url: string | null }> {
      await findOwn(context, resourceId);
      const feed = await feeds.find(context, resourceId);
      return { url: feed ? urlOf(feed) : null };
    },
    async rotate(context: StaffContext, input: { readonly resourceId: BookableId }): Promise<{ url: string }> {
      const { id } = await findOwn(context, input.resourceId);
      const write = toWrite(context, 'feed:rotate', input);
      const feed = (await feeds.rotate(context, id, createSecret(), write)) ?? (await feeds.find(context, id));
      // The key belongs to another calendar's rotation.
      if (!feed || !hasWritten(feed, write)) throw new AppError('IDEMPOTENCY_MISMATCH');
      return { url: urlOf(feed) };
    },
    /** The calendar behind an address. */
    async write(token: string): Promise<string | undefined> {
      const found = await open(token);
      if (!found) return undefined;
      const { tenantId, schedule, resource } = found;
      const todayMs = Math.floor(clock.now() / dayMs) * dayMs;
      const from = new Date(todayMs - PAST_DAYS * dayMs);
      const to = new Date(todayMs + AHEAD_DAYS * dayMs);
      const events: CalendarEvent[] = [];
      for (let pageMs = from.getTime(); pageMs < to.getTime(); pageMs += PAGE_DAYS * dayMs) {
        const page = { from: new Date(pageMs), to: new Date(Math.min(pageMs + PAGE_DAYS * dayMs, to.getTime())) };
        const own = (await listWork({ tenantId }, resource, page))
          // What began before a page stands on the one before.
          .filter(({ start }) => start >= page.from || page.from <= from);
        events.push(...own.map((booking) => describeWork(schedule, booking)));
      }
      return writeCalendar({ method: 'PUBLISH', name: resource.name, events });
    },
  };
}
