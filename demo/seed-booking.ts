/** Furnishes booking: people, rooms and chairs, services, and the first visits in the agenda. */
import type { BookableId, BookingServiceId, LocationId, MembershipId, ResourcePoolId } from '@frontdesk/protocol/ids';
import {
  APPOINTMENTS,
  POOLS,
  PRACTICE_HOURS,
  PRACTITIONERS,
  VISITS,
  type DemoBookable,
  type DemoVisit,
} from './appointments.js';
import { RefusedError, type StaffSession } from './seed-client.js';
import { OFFSET_MS } from './time-zone.js';

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

interface Clinic {
  readonly owner: StaffSession;
  readonly locationId: LocationId;
}

async function furnishPools({ owner, locationId }: Clinic): Promise<Map<string, ResourcePoolId>> {
  const pools = new Map<string, ResourcePoolId>();
  for (const { key, name, kind, members } of POOLS) {
    const resourceIds: BookableId[] = [];
    for (const member of members) {
      const resource = { locationId, kind, name: member, hours: PRACTICE_HOURS };
      resourceIds.push((await owner.call('resource:create', resource)).id);
    }
    pools.set(key, (await owner.call('pool:create', { locationId, name, resourceIds })).id);
  }
  return pools;
}

async function createService(
  { owner, locationId }: Clinic,
  { names, minutes, bufferAfterMinutes, priceText, room, questions, consents }: DemoBookable,
  pools: ReadonlyMap<string, ResourcePoolId>,
): Promise<BookingServiceId> {
  const poolId = room && pools.get(room);
  const { id } = await owner.call('booking-service:create', {
    locationId,
    names,
    segments: [{ minutes, needsStaff: true, poolIds: poolId ? [poolId] : [] }],
    bufferAfterMinutes,
    intervalMinutes: 15,
    priceText,
    questions,
    consents,
  });
  return id;
}

/** A visit on a day that the clinic is closed, or at a time that is over, is left out. */
async function bookVisits({ owner }: Clinic, serviceIds: ReadonlyMap<DemoVisit, BookingServiceId>): Promise<void> {
  const midnightMs = Math.floor((Date.now() + OFFSET_MS) / dayMs) * dayMs - OFFSET_MS;
  for (const { visit, name, phone, inDays, hour } of APPOINTMENTS) {
    const serviceId = serviceIds.get(visit);
    if (!serviceId) continue;
    const start = new Date(midnightMs + inDays * dayMs + hour * hourMs).toISOString();
    const customer = { name, phone, email: null };
    await owner.call('booking:create', { serviceId, staffId: null, start, customer, answers: {} }).catch((error) => {
      if (!(error instanceof RefusedError && error.code === 'SLOT_CLOSED')) throw error;
    });
  }
}

export async function furnishBooking(
  owner: StaffSession,
  locationId: LocationId,
  memberIds: ReadonlyMap<string, MembershipId>,
): Promise<void> {
  const clinic = { owner, locationId };
  const pools = await furnishPools(clinic);
  const serviceIds = new Map<DemoVisit, BookingServiceId>();
  for (const visit of VISITS) serviceIds.set(visit.key, await createService(clinic, visit, pools));
  for (const { name, member, gives } of PRACTITIONERS) {
    await owner.call('resource:create', {
      locationId,
      kind: 'staff',
      name,
      memberId: (member && memberIds.get(member)) ?? null,
      serviceIds: gives.flatMap((key) => serviceIds.get(key) ?? []),
      hours: PRACTICE_HOURS,
    });
  }
  await bookVisits(clinic, serviceIds);
}
