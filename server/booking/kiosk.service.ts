/**
 * Who has a booking says at the kiosk that they have arrived (QK-14): with the code and the end of the phone number that it was made
 * with, or with its link. Then the rules are those by which staff send somebody into the queue (admit.service.ts).
 */
import { findBookingTransition } from '@frontdesk/domain/booking/booking-states';
import type { ServiceId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { CheckedInTicket } from '@frontdesk/protocol/queue-device';
import type { Clock } from '../core/clock.js';
import type { DeviceContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { Limits } from '../core/limits.js';
import { hashSecret } from '../core/secrets.js';
import { isOfToday, type QueueDoor } from './admit.service.js';
import type { AllocationStore } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import { readBookingCode } from './booking-code.js';
import type { Allocation, Schedule } from './booking.types.js';
import type { ManageLinks } from './manage-links.js';
import { planMessages } from './outbox.js';
import type { Schedules } from './schedules.js';

export interface KioskArrival {
  readonly code: string;
  readonly phoneEnd: string | null;
  readonly queueServiceId: ServiceId | null;
  readonly language: Locale;
}

type QueueServices = Awaited<ReturnType<QueueDoor['readKiosk']>>['services'];

export interface BookingKioskDeps {
  readonly allocations: Pick<AllocationStore, 'find' | 'findByCode' | 'change'>;
  readonly schedules: Pick<Schedules, 'read'>;
  readonly queue: Pick<QueueDoor, 'admitAtKiosk' | 'readKiosk'>;
  readonly links: Pick<ManageLinks, 'peek' | 'check'>;
  readonly announcer: Announcer;
  readonly limits: Pick<Limits, 'consume' | 'reset'>;
  readonly clock: Clock;
}

/** The line that was asked for, the only one there is, or the one that is called like what was booked. */
function chooseLine(
  services: QueueServices,
  { serviceId }: Allocation,
  schedule: Schedule,
  wanted: ServiceId | null,
): ServiceId {
  const names = new Set(Object.values(schedule.services.get(serviceId)?.names ?? {}));
  const found =
    wanted === null
      ? services.filter((one) => services.length === 1 || Object.values(one.names).some((name) => names.has(name)))
      : services.filter(({ id }) => id === wanted);
  const [line] = found;
  if (line && found.length === 1) return line.id;
  if (wanted !== null || services.length === 0) throw new AppError('NOT_FOUND');
  throw new AppError('VALIDATION', { fields: { queueServiceId: 'must be chosen' } });
}

export type BookingKioskService = ReturnType<typeof createBookingKioskService>;

export function createBookingKioskService(deps: BookingKioskDeps) {
  const { allocations, schedules, queue, links, announcer, limits, clock } = deps;

  async function findByLink(context: DeviceContext, code: string): Promise<Allocation | undefined> {
    const token = code.slice(code.lastIndexOf('#') + 1);
    const id = links.peek(token);
    const booking = id && (await allocations.find(context, id));
    return booking && links.check(booking, token, clock.now()) === 'valid' ? booking : undefined;
  }

  async function findByCode(context: DeviceContext, code: string, phoneEnd: string): Promise<Allocation | undefined> {
    const booking = await allocations.findByCode(context, readBookingCode(code));
    return booking?.customer?.phone?.endsWith(phoneEnd) ? booking : undefined;
  }

  /** Whatever is wrong, the answer is one: what is not of this branch is as unknown as a random code. */
  async function open(context: DeviceContext, { code, phoneEnd }: KioskArrival): Promise<Allocation> {
    const key = `${context.actor.deviceId} ${hashSecret(readBookingCode(code))}`;
    await limits.consume('kiosk-find-booking', key);
    const booking = await (phoneEnd === null ? findByLink(context, code) : findByCode(context, code, phoneEnd));
    if (!booking?.customer || booking.locationId !== context.actor.locationId) throw new AppError('NOT_FOUND');
    await limits.reset('kiosk-find-booking', key);
    return booking;
  }

  /** Of two who say so at once one writes; both have arrived. */
  async function arrive(context: DeviceContext, booking: Allocation): Promise<void> {
    const { id, version, state } = booking;
    if (state === 'arrived') return;
    const transition = findBookingTransition('arrive', state, 'customer');
    if (!transition) throw new AppError('CONFLICT');
    const { to } = transition;
    const at = new Date(clock.now());
    const written = await allocations.change(
      context,
      id,
      { version },
      {
        set: { state: to },
        write: null,
        history: { at, by: 'customer', memberId: null, from: state, to, reason: '' },
        outbox: planMessages({ ...booking, state: to }, null, clock.now()),
      },
    );
    if (written !== undefined) return announcer.timeChanged(booking, 'for-staff');
    const now = await allocations.find(context, id);
    if (now?.state !== 'arrived') throw new AppError('CONFLICT');
  }

  return {
    async checkIn(context: DeviceContext, input: KioskArrival): Promise<CheckedInTicket> {
      const { services, isCheckInOn } = await queue.readKiosk(context);
      if (!isCheckInOn) throw new AppError('FORBIDDEN');
      const booking = await open(context, input);
      const { schedule } = await schedules.read(context);
      if (!isOfToday(booking, schedule, clock.now())) throw new AppError('OUTSIDE_WINDOW');
      const serviceId = chooseLine(services, booking, schedule, input.queueServiceId);
      await arrive(context, booking);
      const { id: bookingId, locationId, start, customer } = booking;
      return queue.admitAtKiosk(context, {
        ...{ bookingId, locationId, serviceId, startMs: start.getTime() },
        ...{ name: customer?.name ?? '', phone: customer?.phone ?? null, language: input.language },
      });
    },
  };
}
