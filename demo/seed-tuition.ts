/** Furnishes the tuition centre: teachers, a room, weekly classes, and who is in them; one is full, and somebody waits for it. */
import type { BookingServiceId, LocationId, ResourcePoolId, SiteKey } from '@frontdesk/protocol/ids';
import type { StaffSession } from './seed-client.js';
import { OFFSET_MS, TIME_ZONE } from './time-zone.js';
import { CLASSES, TUITION_HOURS, TUITION_NAME, type DemoClass } from './tuition.js';

const dayMs = 24 * 60 * 60 * 1_000;
const WEEKS = 8;

/** The centre's next date with this weekday, from tomorrow on. */
function nextDate(weekday: number): string {
  const tomorrow = new Date(Date.now() + OFFSET_MS + dayMs);
  const days = (weekday + 1 - tomorrow.getUTCDay() + 7) % 7;
  return new Date(tomorrow.getTime() + days * dayMs).toISOString().slice(0, 10);
}

async function createClass(
  owner: StaffSession,
  locationId: LocationId,
  poolId: ResourcePoolId,
  { names, descriptions, minutes, seats, priceText, teacher }: DemoClass,
): Promise<BookingServiceId> {
  const { id } = await owner.call('booking-service:create', {
    locationId,
    names,
    descriptions,
    segments: [{ minutes, needsStaff: true, poolIds: [poolId] }],
    capacity: { ...seats },
    priceText,
    cancelUntilMinutes: 60,
  });
  await owner.call('resource:create', { locationId, kind: 'staff', name: teacher, serviceIds: [id] });
  return id;
}

async function fillClass(owner: StaffSession, serviceId: BookingServiceId, one: DemoClass): Promise<void> {
  const { sessions } = await owner.call('class-session:create', {
    serviceId,
    staffId: null,
    date: nextDate(one.weekday),
    time: one.time,
    weekly: { weeks: WEEKS, except: [], isCourse: one.isCourse ?? false },
    capacity: null,
  });
  const [first] = sessions;
  if (!first) throw new Error(`${one.names.en} has no date.`);
  for (const name of one.pupils) {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.test`;
    const customer = { name, phone: null, email };
    await owner.call('seat:enrol', { sessionId: first.id, seats: 1, customer, answers: {}, orWaits: true });
  }
}

export async function furnishTuition(owner: StaffSession, siteOrigin: string): Promise<SiteKey> {
  await owner.call('tenant:update', { timeZone: TIME_ZONE });
  const site = await owner.call('site:create', { name: TUITION_NAME, allowedOrigins: [siteOrigin] });
  const { id: locationId } = await owner.call('location:create', {
    name: TUITION_NAME,
    timeZone: TIME_ZONE,
    hours: TUITION_HOURS,
  });
  const room = await owner.call('resource:create', { locationId, kind: 'room', name: 'Classroom 1' });
  const pool = await owner.call('pool:create', { locationId, name: 'Classrooms', resourceIds: [room.id] });
  for (const one of CLASSES) await fillClass(owner, await createClass(owner, locationId, pool.id, one), one);
  return site.publicKey;
}
