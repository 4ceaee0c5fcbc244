/** A hold becomes a booking, or a request where the business approves bookings (booking.md 5.4, "confirm"). */
import { serviceDayBounds } from '@frontdesk/domain/hours/service-day';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { Answers, Customer } from '@frontdesk/protocol/booking-fields';
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import type { BookingId, BookingServiceId, HoldId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Clock } from '../core/clock.js';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import type { AllocationStore, Change } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import { readForm } from './booking-form.js';
import type { BookingGuard, Toll } from './booking-guard.js';
import type { PresentBooked } from './booking.presenter.js';
import type { Allocation, BookingService, Scoped, Situation, Write } from './booking.types.js';
import type { Claims } from './claim.js';
import type { CustomerProof } from './customer-proof.js';
import type { FilesService } from './files.service.js';
import type { Messenger } from './messenger.js';
import { planMessages, VALIDATION_MS } from './outbox.js';
import { hasWritten, toWrite } from './requests.js';
import type { Schedules } from './schedules.js';
import type { AnswerSeal } from './sealed-answers.js';
import { findVisit, servicesOf, uniteRules, type Visit } from './visits.js';

export interface ConfirmDeps {
  readonly allocations: AllocationStore;
  readonly schedules: Schedules;
  readonly claims: Claims;
  readonly announcer: Announcer;
  readonly messenger: Pick<Messenger, 'wake'>;
  readonly present: PresentBooked;
  readonly seal: AnswerSeal;
  readonly guard: BookingGuard;
  readonly customerProof: CustomerProof;
  readonly files: Pick<FilesService, 'claim' | 'keep'>;
  readonly clock: Clock;
}

interface Confirmation {
  readonly holdId: HoldId;
  readonly customer: Customer;
  readonly answers: Answers;
  readonly consents: readonly { readonly key: string; readonly version: number }[];
  readonly locale: Locale;
  readonly timeZone?: string | null | undefined;
}

/** What the website's server signed. */
export interface Signed {
  readonly prefill?: string | undefined;
}

/** A hold that only has to be written. */
interface Ready {
  readonly hold: Allocation;
  readonly visit: Visit;
  readonly rules: BookingService;
  readonly customer: Customer;
  readonly answers: Answers;
  readonly change: Change & { readonly write: Write };
}

/** Somebody whom the business cannot reach is no customer yet. */
export function requireReachable({ phone, email }: Customer): void {
  if (phone !== null || email !== null) return;
  throw new AppError('VALIDATION', { fields: { 'customer.phone': 'must be given, or an e-mail address' } });
}

export function isSamePerson(one: Customer | null, other: Customer): boolean {
  if (!one) return false;
  // People write their own address in capitals now and then.
  const isSameAddress = one.email !== null && one.email.toLowerCase() === other.email?.toLowerCase();
  return isSameAddress || (one.phone !== null && one.phone === other.phone);
}

export type ConfirmService = ReturnType<typeof createConfirmService>;

export function createConfirmService(deps: ConfirmDeps) {
  const { allocations, schedules, claims, announcer, clock } = deps;
  const now = (): Date => new Date(clock.now());

  /** How often this person has the service on that local date already. */
  async function countOfDay(
    context: Scoped,
    hold: Allocation,
    serviceId: BookingServiceId,
    customer: Customer,
  ): Promise<number> {
    const zone = getZone(hold.zone);
    const { startMs, endMs } = serviceDayBounds(zone, '00:00', hold.wallStart.slice(0, 10));
    const day = { from: new Date(startMs), to: new Date(endMs) };
    const booked = await allocations.listOfDay(context, { locationId: hold.locationId, serviceId }, day, now());
    return booked.filter((other) => other.id !== hold.id && isSamePerson(other.customer, customer)).length;
  }

  async function isWithinLimit(context: Scoped, visit: Visit, hold: Allocation, customer: Customer): Promise<boolean> {
    for (const { id, maxPerCustomerPerDay } of servicesOf(visit)) {
      if (maxPerCustomerPerDay === null) continue;
      if ((await countOfDay(context, hold, id, customer)) >= maxPerCustomerPerDay) return false;
    }
    return true;
  }

  function buildChange(hold: Allocation, service: BookingService, input: Confirmation, write: Write): Change {
    const { customer, locale, consents, timeZone: customerZone = null } = input;
    const { open, sensitive } = readForm(service, input.answers, consents);
    const state = service.confirmation === 'approve' ? 'requested' : 'confirmed';
    const booked = { ...hold, state, customer, customerZone } as const;
    return {
      set: {
        state,
        customer,
        locale,
        customerZone,
        answers: open,
        sealedAnswers: deps.seal.seal(hold, sensitive),
        consents: consents.map(({ key, version }) => ({ key, version, at: now() })),
        address: null,
      },
      endsHold: true,
      write,
      history: { at: now(), by: 'customer', memberId: null, from: 'held', to: state, reason: '' },
      outbox: planMessages(booked, state, clock.now(), VALIDATION_MS),
    };
  }

  async function refuseClosed(context: Scoped, visit: Visit, hold: Allocation): Promise<AppError> {
    const start = hold.start.getTime() / 60_000;
    return claims.refuse(context, { ...visit, start, by: 'customer' }, 'SLOT_CLOSED');
  }

  /**
   * Once more, because it was written: a change of the setup, a block or a twin that was read before the write is seen after it, or
   * sees it (5.4). What nobody has been told of yet can be taken back.
   */
  async function validateAfter(
    context: VisitorContext,
    before: Situation,
    visit: Visit,
    booking: Allocation,
    customer: Customer,
  ): Promise<void> {
    const after = await schedules.read(context);
    const isSame = after.revisions.setup === before.revisions.setup;
    const isOpen = isSame || (await claims.isStillOpen(context, after.schedule, booking, 'customer'));
    if (isOpen && (await isWithinLimit(context, visit, booking, customer))) return;
    await allocations.undoConfirm(context, booking.id, booking.version, now());
    await announcer.timeChanged(booking, 'held');
    throw isOpen ? new AppError('CAP_REACHED') : await refuseClosed(context, visit, booking);
  }

  async function findHold(context: VisitorContext, holdId: HoldId): Promise<Allocation> {
    const hold = await allocations.find(context, holdId as string as BookingId);
    if (hold?.holder !== context.actor.tokenHash) throw new AppError('HOLD_EXPIRED');
    return hold;
  }

  async function write(
    context: VisitorContext,
    hold: Allocation,
    change: Change & { readonly write: Write },
  ): Promise<{ readonly booking: Allocation; readonly isFirst: boolean }> {
    const guard = { holder: context.actor.tokenHash, unexpiredAt: now() };
    const booking = await allocations.change(context, hold.id, guard, change);
    if (typeof booking === 'string') throw new AppError('IDEMPOTENCY_MISMATCH');
    if (booking) return { booking, isFirst: true };
    const twin = await findHold(context, hold.id as string as HoldId);
    if (!hasWritten(twin, change.write)) throw new AppError('HOLD_EXPIRED');
    return { booking: twin, isFirst: false };
  }

  async function book(
    context: VisitorContext,
    situation: Situation,
    { hold, visit, rules, customer, answers, change }: Ready,
  ): Promise<BookedDto> {
    const { schedule } = situation;
    if (!(await claims.isStillOpen(context, schedule, hold, 'customer')))
      throw await refuseClosed(context, visit, hold);
    if (!(await isWithinLimit(context, visit, hold, customer))) throw new AppError('CAP_REACHED');
    await deps.files.claim(context, rules, answers, hold.id);
    const { booking, isFirst } = await write(context, hold, change);
    if (isFirst) {
      await validateAfter(context, situation, visit, booking, customer);
      // Not before: what is undone leaves its files to the next try, or to the sweep.
      await deps.files.keep(context, rules, answers, hold.id);
      await announcer.timeChanged(booking, 'for-staff');
      deps.messenger.wake(VALIDATION_MS);
    }
    return deps.present(schedule, booking, context.actor.siteKey);
  }

  return {
    async confirm(
      context: VisitorContext,
      { proof, website, prefill, ...input }: Confirmation & Toll & Signed,
    ): Promise<BookedDto> {
      // Whoever tries again may bring another proof; it is the same wish.
      const request = toWrite(context, 'booking:confirm', input);
      const situation = await schedules.read(context);
      const { schedule } = situation;
      const hold = await findHold(context, input.holdId);
      if (hasWritten(hold, request)) {
        // The try that wrote it may have died before it told anybody; twice does no harm.
        await announcer.timeChanged(hold, 'for-staff');
        return deps.present(schedule, hold, context.actor.siteKey);
      }
      if (hold.state !== 'held') throw new AppError('HOLD_EXPIRED');
      const visit = findVisit(schedule, hold);
      if (!visit) throw new AppError('HOLD_EXPIRED');
      const { country = '' } = schedule.locations.get(hold.locationId) ?? {};
      const customer = { ...input.customer, phone: readPhoneNumber(input.customer.phone, country) };
      requireReachable(customer);
      const service = uniteRules(visit);
      const change = { ...buildChange(hold, service, { ...input, customer }, request), write: request };
      const claimed = { serviceId: hold.serviceId, service, customer, country, prefill };
      return deps.customerProof.settle(context, claimed, request, async () => {
        await deps.guard.admit(context, customer, { proof, website });
        return book(context, situation, { hold, visit, rules: service, customer, answers: input.answers, change });
      });
    },
  };
}
