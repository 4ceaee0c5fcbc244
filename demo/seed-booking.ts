/** Opens the clinic's book: who can be booked and for what. */
import type { BookingServiceId, LocationId } from '@frontdesk/protocol/ids';
import { APPOINTMENTS, BOOK_HOURS, DOCTORS, NURSE } from './appointments.js';
import type { StaffSession } from './seed-client.js';

export async function openBook(owner: StaffSession, locationId: LocationId): Promise<void> {
  const ofDoctors: BookingServiceId[] = [];
  const ofNurse: BookingServiceId[] = [];
  for (const { minutes, isWithDoctor, ...service } of APPOINTMENTS) {
    const segments = [{ minutes, needsStaff: true, poolIds: [] }];
    const { id } = await owner.call('booking-service:create', { locationId, segments, ...service });
    (isWithDoctor ? ofDoctors : ofNurse).push(id);
  }
  const common = { locationId, kind: 'staff', hours: BOOK_HOURS } as const;
  for (const name of DOCTORS) await owner.call('resource:create', { ...common, name, serviceIds: ofDoctors });
  await owner.call('resource:create', { ...common, name: NURSE, serviceIds: ofNurse });
}
