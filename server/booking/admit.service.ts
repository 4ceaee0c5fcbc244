/** Who has arrived for a visit, and now waits in the queue of the branch. */
import type { BookingDto } from '@frontdesk/protocol/booking-fields';
import { serviceDayOf } from '@frontdesk/domain/hours/service-day';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { BookingId, ServiceId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { Admission, Queue } from '../queue/index.js';
import type { AgendaService } from './agenda.service.js';
import type { AllocationStore } from './allocation.store.js';
import { presentBooking } from './booking.presenter.js';
import type { Allocation, Schedule } from './booking.types.js';
import type { Schedules } from './schedules.js';

/** What the queue offers to bookings. */
export type QueueDoor = Pick<Queue, 'admit' | 'admitAtKiosk' | 'ownsServices' | 'readKiosk'>;

export interface AdmitRequest {
  readonly bookingId: BookingId;
  readonly version: number;
  readonly queueServiceId: ServiceId;
}

/** A queue lives for a service day, which past midnight may still be yesterday's, and nobody stands in it for another one. */
export function isOfToday({ start, zone, locationId }: Allocation, { locations }: Schedule, nowMs: number): boolean {
  const clock = getZone(zone);
  const dayOf = (ms: number): string => serviceDayOf(clock, locations.get(locationId)?.dayStart ?? '00:00', ms);
  return dayOf(start.getTime()) === dayOf(nowMs);
}

export type BookingAdmitService = ReturnType<typeof createBookingAdmitService>;

export function createBookingAdmitService(deps: {
  readonly allocations: Pick<AllocationStore, 'find'>;
  readonly agenda: Pick<AgendaService, 'mark'>;
  readonly queue: QueueDoor;
  readonly schedules: Pick<Schedules, 'read'>;
  readonly clock: Clock;
}) {
  const { allocations, agenda, queue, schedules, clock } = deps;

  return {
    /** Arrival first, then the ticket: a try that died in between is taken up by the next one. */
    async admit(
      context: StaffContext,
      { bookingId, version, queueServiceId }: AdmitRequest,
    ): Promise<{ booking: BookingDto } & Admission> {
      const before = await allocations.find(context, bookingId);
      if (!before?.customer) throw new AppError('NOT_FOUND');
      const { locationId, start, customer, locale } = before;
      if (!(await queue.ownsServices(context, locationId, [queueServiceId]))) throw new AppError('NOT_FOUND');
      const { schedule } = await schedules.read(context);
      if (!isOfToday(before, schedule, clock.now())) throw new AppError('OUTSIDE_WINDOW');
      const isHere = before.state === 'arrived' && before.version === version;
      const booking = isHere
        ? presentBooking(before)
        : await agenda.mark(context, { bookingId, version, mark: 'arrive', reason: '' });
      const admission = await queue.admit(context, {
        bookingId,
        locationId,
        serviceId: queueServiceId,
        startMs: start.getTime(),
        name: customer.name,
        phone: customer.phone,
        // Whom staff booked for is spoken to as people at the branch are.
        language: locale ?? schedule.locations.get(locationId)?.languages[0] ?? 'en',
      });
      return { booking, ...admission };
    },
  };
}
