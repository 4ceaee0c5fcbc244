/** A small business that takes bookings: people, rooms, services and what is taken, for tests of the booking cores. */
import { createBranch, type Bookable, type BranchSetup, type BusyTimes } from '@frontdesk/domain/booking/branch';
import type { SlotSituation } from '@frontdesk/domain/booking/lanes';
import { findSlots, type SlotQuestion } from '@frontdesk/domain/booking/slots';
import { getZone, parseWallTime } from '@frontdesk/domain/hours/zone';
import type { BookingServiceDto, PoolDto } from '@frontdesk/protocol/booking-fields';
import type { OpeningHours, TimeWindow } from '@frontdesk/protocol/hours';
import type { BookableId, BookingServiceId, LocationId, ResourcePoolId } from '@frontdesk/protocol/ids';

export const minuteMs = 60_000;
const locationId = 'branch' as LocationId;
export const serviceId = 'service' as BookingServiceId;
export const bookableId = (name: string) => name as BookableId;
export const poolId = (name: string) => name as ResourcePoolId;

export const open = (from: string, to: string): TimeWindow => ({ from, to });
export const everyDay = (windows: readonly TimeWindow[], change: Partial<OpeningHours> = {}): OpeningHours => ({
  weekly: Array.from({ length: 7 }, () => [...windows]),
  specialDays: [],
  holidays: [],
  ...change,
});

export function buildService(change: Partial<BookingServiceDto> = {}): BookingServiceDto {
  return {
    id: serviceId,
    locationId,
    names: { en: 'Haircut' },
    descriptions: null,
    segments: [{ minutes: 60, needsStaff: true, poolIds: [] }],
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    buffersMayLeaveHours: true,
    intervalMinutes: 60,
    alignment: 'open',
    packing: 'grid',
    minNoticeMinutes: 0,
    capacity: null,
    horizonDays: 400,
    maxPerDay: null,
    maxPerCustomerPerDay: null,
    priceText: '',
    confirmation: 'auto',
    verification: 'none',
    rescheduleUntilMinutes: 0,
    cancelUntilMinutes: 0,
    maxReschedules: 3,
    questions: [],
    consents: [],
    isOnline: false,
    isArchived: false,
    ...change,
  };
}

export function buildBookable(name: string, rseq: number, change: Partial<Bookable> = {}): Bookable {
  return {
    id: bookableId(name),
    rseq,
    locationId,
    kind: 'staff',
    name,
    memberId: null,
    serviceIds: [serviceId],
    hours: null,
    priority: 0,
    weight: 1,
    isArchived: false,
    ...change,
  };
}

export const buildRoom = (name: string, rseq: number): Bookable =>
  buildBookable(name, rseq, { kind: 'room', serviceIds: [] });

export const buildPool = (name: string, members: readonly string[]): PoolDto => ({
  id: poolId(name),
  locationId,
  name,
  resourceIds: members.map(bookableId),
});

export interface Salon extends Omit<BranchSetup, 'zone'> {
  readonly zone: string;
  readonly service: BookingServiceDto;
  readonly busy: BusyTimes;
  readonly nowMs: number;
  readonly fullDates?: ReadonlySet<string>;
}

/** One person, 09:00 to 12:00 and 13:00 to 17:00 each day in Kuala Lumpur, on a Wednesday morning before it opens. */
export function buildSalon(change: Partial<Salon> = {}): Salon {
  return {
    zone: 'Asia/Kuala_Lumpur',
    hours: everyDay([open('09:00', '12:00'), open('13:00', '17:00')]),
    resources: [buildBookable('ann', 1)],
    pools: [],
    service: buildService(),
    busy: new Map(),
    nowMs: Date.UTC(2026, 4, 12, 22),
    ...change,
  };
}

export const today = '2026-05-13';

export function situationOf({ zone, service, busy, nowMs, fullDates, ...setup }: Salon): SlotSituation {
  const branch = createBranch({ ...setup, zone: getZone(zone) });
  return { branch, service, busy, nowMs, ...(fullDates && { fullDates }) };
}

/** Epoch minutes of a wall time; of two instants the earlier. */
export function at(date: string, time: string, zone = 'Asia/Kuala_Lumpur'): number {
  return getZone(zone).toInstant(date, parseWallTime(time)) / minuteMs;
}

/** Starts by date, as the clock shows them: `HH:MM`, with the date when it is another one than that of the list. */
export function wallSlots(salon: Salon, question: Partial<SlotQuestion> = {}): string[][] {
  const asked = { staffId: null, from: today, days: 1, ...question };
  const zone = getZone(salon.zone);
  return findSlots(situationOf(salon), asked).map((day) =>
    day.map((start) => {
      const { minutes } = zone.toWall(start * minuteMs);
      return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    }),
  );
}
