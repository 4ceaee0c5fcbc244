/** Hands out and forgets what booking keeps of a customer (BK-33, booking.md 5.7: pseudonymise, keep slot statistics). */
import type { KeptBooking } from '@frontdesk/protocol/booking-privacy';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { Announcer } from './announcer.js';
import { presentBooking } from './booking.presenter.js';
import type { Person, PrivacyStore } from './privacy.store.js';
import type { AnswerSeal } from './sealed-answers.js';

export interface PrivacyDeps {
  readonly store: PrivacyStore;
  readonly seal: AnswerSeal;
  readonly announcer: Announcer;
  readonly clock: Clock;
}

/** The reason is kept, so it may not say whom it is about. */
function checkReason({ phone, email, reason }: Person & { readonly reason: string }): void {
  const names = [phone?.slice(-7), email?.toLowerCase()];
  const texts = [reason.replaceAll(/\D/g, ''), reason.toLowerCase()];
  if (!names.some((name, at) => name !== undefined && texts[at]?.includes(name))) return;
  throw new AppError('VALIDATION', { fields: { reason: 'must not name the person: it is kept' } });
}

export type PrivacyService = ReturnType<typeof createPrivacyService>;

export function createPrivacyService({ store, seal, announcer, clock }: PrivacyDeps) {
  return {
    async export(context: StaffContext, person: Person): Promise<{ bookings: KeptBooking[] }> {
      const kept = await store.list(context, person);
      return {
        bookings: kept.map((booking) => ({
          booking: presentBooking(booking),
          answers: { ...booking.answers, ...seal.open(booking, booking.sealedAnswers) },
          locale: booking.locale,
          createdAt: booking.createdAt.toISOString(),
        })),
      };
    },
    async erase(context: StaffContext, request: Person & { readonly reason: string }): Promise<{ erased: number }> {
      checkReason(request);
      const found = await store.list(context, request);
      for (const booking of found) await store.forget(context, booking);
      const { tenantId, actor } = context;
      const proof = { at: new Date(clock.now()), memberId: actor.membershipId, reason: request.reason };
      await store.addProof(context, { ...proof, bookings: found.length });
      for (const locationId of new Set<LocationId>(found.map((booking) => booking.locationId))) {
        await announcer.timeChanged({ tenantId, locationId }, 'for-staff');
      }
      return { erased: found.length };
    },
  };
}
