/** Whether what a file was claimed for was written: a booking, or seats of a class. */
import type { BookingId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { AllocationStore } from './allocation.store.js';
import type { Scoped } from './booking.types.js';
import { findEntry } from './enrolments.js';
import type { SessionStore } from './session.store.js';

export type IsOwnerWritten = (context: Scoped, ownerId: string) => Promise<boolean>;

export function createOwnerCheck(deps: {
  readonly allocations: Pick<AllocationStore, 'find'>;
  readonly sessions: Pick<SessionStore, 'findByEnrolment'>;
}): IsOwnerWritten {
  const { allocations, sessions } = deps;
  return async (context, ownerId) => {
    if ((await allocations.find(context, ownerId as BookingId))?.customer) return true;
    const session = await sessions.findByEnrolment(context, ownerId as EnrolmentId);
    return Boolean(session && findEntry(session, ownerId as EnrolmentId)?.customer);
  };
}
