/** What staff do with bookings: the agenda, booking for others, moving, and saying what became of a visit (BK-22, BK-31). */
import { claimsAnew, findBookingTransition, isLiveState } from '@frontdesk/domain/booking/booking-states';
import { addDays, getZone } from '@frontdesk/domain/hours/zone';
import type { Answers, BookingDto, Customer, FollowingService } from '@frontdesk/protocol/booking-fields';
import type { Agenda } from '@frontdesk/protocol/booking-staff';
import type { BookableId, BookingId, BookingServiceId, LocationId } from '@frontdesk/protocol/ids';
import type { BookingState, StaffMark } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import type { StaffContext } from '../core/context.js';
import { deriveId, nameTry } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import type { LocationDirectory } from '../locations/index.js';
import type { AgendaWatch } from './agenda-watch.js';
import type { AllocationStore, Change, NewAllocation, Refusal } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import { toMinutes } from './availability.js';
import { readStaffForm } from './booking-form.js';
import { presentBlock, presentBooking } from './booking.presenter.js';
import type { Allocation, BookingChange, MessageKind, Placement, Scoped, Write } from './booking.types.js';
import type { Claims } from './claim.js';
import { claimNew, createAllocation } from './holds.service.js';
import type { Messenger } from './messenger.js';
import { planMessages } from './outbox.js';
import { hasWritten, toWrite } from './requests.js';
import type { Schedules } from './schedules.js';
import type { AnswerSeal } from './sealed-answers.js';
import type { SetupStore } from './setup.store.js';
import type { SlotQuestion, Slots } from './slots.service.js';
import { readVisit, requireAppointments, uniteRules } from './visits.js';

export interface AgendaDeps {
  readonly allocations: AllocationStore;
  readonly setup: Pick<SetupStore, 'listBlocks'>;
  readonly schedules: Schedules;
  readonly slots: Pick<Slots, 'listForStaff'>;
  readonly watch: Pick<AgendaWatch, 'follow'>;
  readonly claims: Claims;
  readonly announcer: Announcer;
  readonly messenger: Pick<Messenger, 'wake'>;
  readonly locations: Pick<LocationDirectory, 'find'>;
  readonly seal: AnswerSeal;
  readonly clock: Clock;
}

interface StartsQuestion extends SlotQuestion {
  readonly moving: BookingId | null;
}

interface StaffBooking {
  readonly serviceId: BookingServiceId;
  readonly staffId: BookableId | null;
  readonly start: string;
  readonly followedBy?: readonly FollowingService[] | undefined;
  readonly customer: Customer;
  readonly answers: Answers;
}

interface StaffMove {
  readonly bookingId: BookingId;
  readonly version: number;
  readonly start: string;
  readonly staffId: BookableId | null;
}

interface StaffMarking {
  readonly bookingId: BookingId;
  readonly version: number;
  readonly mark: StaffMark;
  readonly reason: string;
}

/** What of it a customer has to hear; that they came they know. */
const NEWS_OF_MARK: Readonly<Partial<Record<StaffMark, MessageKind>>> = {
  approve: 'confirmed',
  decline: 'declined',
  cancel: 'cancelled-by-business',
};

export type AgendaService = ReturnType<typeof createAgendaService>;

export function createAgendaService(deps: AgendaDeps) {
  const { allocations, schedules, claims, announcer, clock } = deps;

  async function find(context: Scoped, id: BookingId): Promise<Allocation> {
    const booking = await allocations.find(context, id);
    if (!booking?.customer) throw new AppError('NOT_FOUND');
    return booking;
  }

  const conflict = (booking: Allocation): AppError => new AppError('CONFLICT', { current: presentBooking(booking) });

  function toHistory(
    { actor }: StaffContext,
    from: BookingState | null,
    to: BookingState,
    reason: string,
  ): BookingChange {
    return { at: new Date(clock.now()), by: 'staff', memberId: actor.membershipId, from, to, reason };
  }

  /** The first try may have died before it told anybody. */
  async function again(booking: Allocation): Promise<BookingDto> {
    await announcer.timeChanged(booking, 'for-staff');
    return presentBooking(booking);
  }

  /** What a write answered that did not go through: a twin did the same, or somebody did something else. */
  async function explain(context: Scoped, id: BookingId, write: Write): Promise<BookingDto> {
    const now = await find(context, id);
    if (hasWritten(now, write)) return presentBooking(now);
    throw conflict(now);
  }

  async function finish(
    context: Scoped,
    before: Allocation,
    write: Write,
    written: Allocation | Refusal | 'unmet' | undefined,
  ): Promise<BookingDto> {
    if (written === 'claims') throw new AppError('SLOT_TAKEN', { current: { alternatives: [] } });
    if (written === undefined || typeof written === 'string') return explain(context, before.id, write);
    await announcer.timeChanged(before, 'for-staff');
    deps.messenger.wake();
    return presentBooking(written);
  }

  return {
    async read(
      context: StaffContext,
      { locationId, from, days }: { readonly locationId: LocationId; readonly from: string; readonly days: number },
    ): Promise<Agenda> {
      const location = await deps.locations.find(context, locationId);
      if (!location) throw new AppError('NOT_FOUND');
      await deps.watch.follow(context);
      const zone = getZone(location.nextTimeZone ?? location.timeZone);
      const first = new Date(zone.toInstant(from, 0));
      const end = new Date(zone.toInstant(addDays(from, days), 0));
      const [bookings, blocks] = await Promise.all([
        allocations.listAgenda(context, locationId, first, end),
        deps.setup.listBlocks(context, first),
      ]);
      return {
        bookings: bookings.map(presentBooking),
        blocks: blocks.filter((block) => block.locationId === locationId && block.start < end).map(presentBlock),
      };
    },
    async listStarts(context: StaffContext, { moving, ...question }: StartsQuestion): Promise<{ starts: string[] }> {
      // What belongs to the same visit moves with it.
      const followedBy = moving === null ? [] : (await find(context, moving)).followedBy;
      return { starts: await deps.slots.listForStaff(context, { ...question, followedBy }, moving) };
    },
    async readAnswers(context: StaffContext, id: BookingId): Promise<{ answers: Answers }> {
      const booking = await find(context, id);
      return { answers: { ...booking.answers, ...deps.seal.open(booking, booking.sealedAnswers) } };
    },
    async create(context: StaffContext, input: StaffBooking): Promise<BookingDto> {
      const { schedule } = await schedules.read(context);
      const visit = readVisit(schedule, input);
      requireAppointments(visit);
      const rules = uniteRules(visit);
      const { open, sensitive } = readStaffForm(rules, input.answers);
      const write = toWrite(context, 'booking:create', input);
      const id = deriveId<BookingId>(nameTry(context, 'booking'));
      const country = schedule.locations.get(rules.locationId)?.country ?? '';
      const customer = { ...input.customer, phone: readPhoneNumber(input.customer.phone, country) };
      const sealedAnswers = deps.seal.seal({ tenantId: context.tenantId, id }, sensitive);
      const build = (placement: Placement): NewAllocation => {
        const booking = {
          ...createAllocation(rules, placement, write, new Date(clock.now())),
          state: 'confirmed',
          customer,
        } as const;
        return {
          ...booking,
          id,
          answers: open,
          sealedAnswers,
          history: [toHistory(context, null, 'confirmed', '')],
          outbox: planMessages(booking, 'confirmed', clock.now()),
        };
      };
      const wish = { ...visit, start: toMinutes(input.start), by: 'staff' } as const;
      const claimed = await claimNew(deps, context, wish, { write, build });
      if ('first' in claimed) return again(claimed.first);
      await announcer.timeChanged(claimed.allocation, 'for-staff');
      deps.messenger.wake();
      return presentBooking(claimed.allocation);
    },
    async move(context: StaffContext, input: StaffMove): Promise<BookingDto> {
      const write = toWrite(context, 'booking:move', input);
      const booking = await find(context, input.bookingId);
      if (hasWritten(booking, write)) return again(booking);
      const { id, version, state } = booking;
      if (version !== input.version || !findBookingTransition('reschedule', state, 'staff')) throw conflict(booking);
      const { schedule } = await schedules.read(context);
      const { serviceId, followedBy } = booking;
      const visit = readVisit(schedule, { serviceId, staffId: input.staffId, followedBy });
      const history = toHistory(context, state, state, '');
      const wish = { ...visit, start: toMinutes(input.start), by: 'staff', moving: id } as const;
      const toChange = (placement: Placement): Change => ({
        set: placement,
        write,
        history,
        outbox: planMessages({ ...booking, ...placement }, 'moved', clock.now()),
      });
      const claimed = await claims.claim(context, wish, (placement) =>
        allocations.change(context, id, { version }, toChange(placement)),
      );
      return finish(context, booking, write, typeof claimed === 'string' ? claimed : claimed.allocation);
    },
    async mark(context: StaffContext, input: StaffMarking): Promise<BookingDto> {
      const write = toWrite(context, 'booking:mark', input);
      const booking = await find(context, input.bookingId);
      if (hasWritten(booking, write)) return again(booking);
      const { id, version, state, start } = booking;
      const transition = findBookingTransition(input.mark, state, 'staff');
      if (version !== input.version || !transition) throw conflict(booking);
      if (input.mark === 'no-show' && start.getTime() > clock.now()) throw new AppError('TOO_SOON');
      const { to } = transition;
      const change: Change = {
        set: { state: to, live: isLiveState(to) },
        write,
        history: toHistory(context, state, to, input.reason),
        outbox: planMessages({ ...booking, state: to }, NEWS_OF_MARK[input.mark] ?? null, clock.now()),
      };
      const written = claimsAnew(transition)
        ? await claims.revive(context, booking, change)
        : await allocations.change(context, id, { version }, change);
      return finish(context, booking, write, written);
    },
  };
}
