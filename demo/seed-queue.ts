/** Furnishes the waiting room: branch, services, counters, rules, a screen and a kiosk; and lets it have been busy for three days. */
import {
  createDeviceToken,
  createTicketToken,
  type CounterId,
  type DeviceToken,
  type LocationId,
  type ServiceId,
} from '@frontdesk/protocol/ids';
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import { addDays, getZone, parseWallTime } from '@frontdesk/domain/hours/zone';
import { SITE } from './clinic.js';
import { createRandom, type Random } from './random.js';
import type { SeedClient, StaffSession } from './seed-client.js';
import { TIME_ZONE } from './time-zone.js';
import { COUNTERS, HOURS, LANGUAGES, SENIORS, SERVICES, type DemoService } from './waiting-room.js';

export interface WaitingRoom {
  readonly locationId: LocationId;
  readonly serviceIds: Readonly<Record<DemoService['key'], ServiceId>>;
  readonly counterIds: readonly CounterId[];
  /** The demo's own screen and kiosk; anybody on this machine may look at them. */
  readonly displayToken: DeviceToken;
  readonly kioskToken: DeviceToken;
}

export async function furnishWaitingRoom(client: SeedClient, owner: StaffSession): Promise<WaitingRoom> {
  const { id: locationId } = await owner.call('location:create', {
    name: 'Petaling Jaya',
    address: '12 Jalan Kenanga, Taman Damai, 46000 Petaling Jaya',
    timeZone: TIME_ZONE,
    hours: HOURS,
    languages: [...LANGUAGES],
    country: 'MY',
  });
  const ids = new Map<DemoService['key'], ServiceId>();
  for (const { key, names, prefix, pool, typicalMinutes } of SERVICES) {
    const series = { prefix, width: 3, first: 1, last: 999 };
    const service = await owner.call('service:create', {
      locationId,
      names,
      series,
      pool,
      typicalMinutes,
    });
    ids.set(key, service.id);
  }
  const serviceIds = Object.fromEntries(ids) as Record<DemoService['key'], ServiceId>;
  const counterIds: CounterId[] = [];
  for (const { label, serves } of COUNTERS) {
    const counter = await owner.call('counter:create', {
      locationId,
      label,
      serviceIds: serves.map((key) => serviceIds[key]),
    });
    counterIds.push(counter.id);
  }
  const { policy } = await owner.call('queue:read-setup', { locationId });
  await owner.call('queue:update-policy', {
    locationId,
    policy: { ...policy, classes: [SENIORS], noShow: { ...policy.noShow, minCallSeconds: 5 } },
  });
  const displayToken = await pairDevice(client, owner, locationId, 'display', 'Waiting room');
  const kioskToken = await pairDevice(client, owner, locationId, 'kiosk', 'Entrance');
  return { locationId, serviceIds, counterIds, displayToken, kioskToken };
}

/** As a screen and a member of staff would: it shows a code, they type it in. */
async function pairDevice(
  client: SeedClient,
  owner: StaffSession,
  locationId: LocationId,
  kind: DeviceKind,
  name: string,
): Promise<DeviceToken> {
  const token = createDeviceToken();
  const { code } = await client.callPublic<{ code: string }>('device:request-pairing', { token, kind });
  const { id: deviceId, display, kiosk } = await owner.call('device:pair', { code, name, locationId });
  const { accent } = SITE.theme;
  if (display) await owner.call('device:update', { deviceId, display: { ...display, accent } });
  // What is null is for members who may not see it; the owner may.
  const exitPin = kiosk?.exitPin;
  if (kiosk && exitPin) await owner.call('device:update', { deviceId, kiosk: { ...kiosk, exitPin, accent } });
  return token;
}

/** Somebody takes a number at the kiosk. */
export async function takeNumber(
  client: SeedClient,
  { kioskToken, serviceIds }: Pick<WaitingRoom, 'kioskToken' | 'serviceIds'>,
  random: Random,
): Promise<void> {
  const point = random.next();
  let reached = 0;
  const service = SERVICES.find(({ share }) => point < (reached += share)) ?? SERVICES[0];
  await client.callDevice(kioskToken, 'ticket:issue', {
    serviceId: serviceIds[service?.key ?? 'doctor'],
    token: createTicketToken(),
    language: random.pick(['en', 'ms', 'zh', 'ta', 'hi', 'ar']),
    classKey: random.next() < 0.15 ? SENIORS.key : null,
    name: null,
    phone: null,
    hasConsented: false,
  });
}

const MINUTE_MS = 60_000;
/** The week's last days belong to the conversations. */
const historyDaysAgo = [6, 5, 4];
const historyOpensAt = '09:00';
const ticketsPerDay = 14;
/** Between the day's first arrival and its last. */
const morningMinutes = 75;

/** When the mornings of the history begin: by the clock on the branch's wall, or one could run past the end of its service day. */
export function historyMornings(nowMs: number): number[] {
  const zone = getZone(TIME_ZONE);
  const today = zone.toWall(nowMs).date;
  return historyDaysAgo.map((days) => zone.toInstant(addDays(today, -days), parseWallTime(historyOpensAt)));
}

/**
 * Three mornings with one room open, so that the estimate has seen how fast the line moves and shows ranges instead of places. Played
 * through the commands of the product under a clock that runs from the past.
 */
export async function playHistory(
  client: SeedClient,
  room: WaitingRoom,
  staff: StaffSession,
  setMinutesAgo: (minutes: number) => void,
): Promise<void> {
  const random = createRandom(2026);
  const counterId = room.counterIds[0];
  if (!counterId) return;
  const nowMs = Date.now();
  for (const startMs of historyMornings(nowMs)) {
    const startMinutesAgo = (nowMs - startMs) / MINUTE_MS;
    setMinutesAgo(startMinutesAgo);
    await staff.call('counter:open', { counterId });
    await playMorning({ client, room, counterId, staff, random }, startMinutesAgo, setMinutesAgo);
    await staff.call('counter:close', { counterId });
  }
}

interface Morning {
  readonly client: SeedClient;
  readonly room: WaitingRoom;
  readonly counterId: CounterId;
  readonly staff: StaffSession;
  readonly random: Random;
}

async function playMorning(
  { client, room, counterId, staff, random }: Morning,
  startMinutesAgo: number,
  setMinutesAgo: (minutes: number) => void,
): Promise<void> {
  // The room has no medicine to hand out, so in these mornings everybody came for the doctors.
  const serviceIds = { ...room.serviceIds, pharmacy: room.serviceIds.doctor };
  const arrivals = Array.from({ length: ticketsPerDay }, () => random.next() * morningMinutes).sort((a, b) => a - b);
  let minute = 0;
  let waiting = 0;
  const pass = (minutes: number): void => {
    minute += minutes;
    setMinutesAgo(startMinutesAgo - minute);
  };
  while (arrivals.length > 0 || waiting > 0) {
    const next = arrivals[0];
    if (next !== undefined && (waiting === 0 || next <= minute)) {
      pass(Math.max(0, next - minute));
      await takeNumber(client, { ...room, serviceIds }, random);
      arrivals.shift();
      waiting += 1;
      continue;
    }
    const ticketId = (await staff.call('ticket:call-next', { counterId })).current?.ticket.id;
    if (!ticketId) return;
    pass(0.5);
    await staff.call('ticket:start', { counterId, ticketId });
    pass(random.duration(5.5));
    await staff.call('ticket:complete', { counterId, ticketId, outcome: null });
    waiting -= 1;
  }
}
