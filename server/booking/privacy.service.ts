/** Hands out and forgets what booking keeps of a customer (BK-33, booking.md 5.7: pseudonymise, keep slot statistics). */
import type { KeptBooking, KeptSeats } from '@frontdesk/protocol/booking-privacy';
import type { BookingId, LocationId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { Announcer } from './announcer.js';
import { presentBooking } from './booking.presenter.js';
import { presentEnrolment } from './class.presenter.js';
import type { FilesService } from './files.service.js';
import type { KeptEntry, Person, PrivacyStore } from './privacy.store.js';
import type { AnswerSeal } from './sealed-answers.js';

export interface PrivacyDeps {
  readonly store: PrivacyStore;
  readonly files: Pick<FilesService, 'list' | 'link' | 'forget'>;
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

export function createPrivacyService({ store, files, seal, announcer, clock }: PrivacyDeps) {
  async function presentFiles(context: StaffContext, ownerId: string): Promise<KeptBooking['files']> {
    const kept = await files.list(context, ownerId);
    return Promise.all(kept.map(async (file) => ({ ...file, ...(await files.link(context, file.id)) })));
  }

  async function presentSeats(context: StaffContext, { session, entry }: KeptEntry): Promise<KeptSeats[]> {
    const theirs = await presentFiles(context, entry.id);
    const name = { tenantId: session.tenantId, id: entry.id as string as BookingId };
    return presentEnrolment(entry).map((enrolment) => ({
      serviceId: session.serviceId,
      start: session.start.toISOString(),
      enrolment,
      answers: { ...entry.answers, ...seal.open(name, entry.sealedAnswers) },
      consents: entry.consents.map(({ at, ...consent }) => ({ ...consent, at: at.toISOString() })),
      files: theirs,
      locale: entry.locale,
    }));
  }

  return {
    async export(context: StaffContext, person: Person): Promise<{ bookings: KeptBooking[]; seats: KeptSeats[] }> {
      const [kept, seats] = await Promise.all([store.list(context, person), store.listSeats(context, person)]);
      return {
        bookings: await Promise.all(
          kept.map(async (booking) => ({
            booking: presentBooking(booking),
            answers: { ...booking.answers, ...seal.open(booking, booking.sealedAnswers) },
            files: await presentFiles(context, booking.id),
            locale: booking.locale,
            createdAt: booking.createdAt.toISOString(),
          })),
        ),
        seats: (await Promise.all(seats.map((entry) => presentSeats(context, entry)))).flat(),
      };
    },
    async erase(context: StaffContext, request: Person & { readonly reason: string }): Promise<{ erased: number }> {
      checkReason(request);
      const found = await store.list(context, request);
      const seats = await store.listSeats(context, request);
      // Files first: of a booking without a name nobody would know any more whose they were.
      for (const id of [...found.map((booking) => booking.id), ...seats.map(({ entry }) => entry.id)]) {
        await files.forget(context, id);
      }
      for (const booking of found) await store.forget(context, booking);
      for (const entry of seats) await store.forgetSeats(context, entry);
      const erased = found.length + seats.length;
      const { tenantId, actor } = context;
      const proof = { at: new Date(clock.now()), memberId: actor.membershipId, reason: request.reason };
      await store.addProof(context, { ...proof, bookings: erased });
      for (const locationId of new Set<LocationId>(
        [...found, ...seats.map(({ session }) => session)].map((one) => one.locationId),
      )) {
        await announcer.timeChanged({ tenantId, locationId }, 'for-staff');
      }
      return { erased };
    },
  };
}
