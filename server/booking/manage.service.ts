/** What the holder of a booking's link may do: read it, move it, give it up (booking.md 5.7, BK-21, BK-22). */
import { refuseChange, type ChangeRefusal } from '@frontdesk/domain/booking/change-rules';
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { Clock } from '../core/clock.js';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import { createSecret } from '../core/secrets.js';
import type { AllocationStore, Change } from './allocation.store.js';
import type { Announcer } from './announcer.js';
import { toMinutes } from './availability.js';
import { readBookingCode } from './booking-code.js';
import type { PresentBooked } from './booking.presenter.js';
import type { Allocation, Placement, Write } from './booking.types.js';
import type { Claims } from './claim.js';
import type { ManageLinks } from './manage-links.js';
import type { Messenger } from './messenger.js';
import { planMessages } from './outbox.js';
import { hasWritten, toWrite } from './requests.js';
import type { Schedules } from './schedules.js';
import { findVisit, servicesOf, uniteRules } from './visits.js';

export interface ManageDeps {
  readonly allocations: AllocationStore;
  readonly schedules: Schedules;
  readonly claims: Claims;
  readonly announcer: Announcer;
  readonly messenger: Pick<Messenger, 'wake'>;
  readonly links: ManageLinks;
  readonly present: PresentBooked;
  readonly clock: Clock;
}

interface OwnChange {
  readonly manageToken: string;
  readonly version: number;
}

const REFUSALS: Readonly<Record<ChangeRefusal, ErrorCode>> = {
  state: 'CONFLICT',
  'not-allowed': 'TOO_LATE',
  'too-late': 'TOO_LATE',
  'too-often': 'CAP_REACHED',
};

export type ManageService = ReturnType<typeof createManageService>;

export function createManageService(deps: ManageDeps) {
  const { allocations, schedules, claims, announcer, links, clock } = deps;

  async function answer(context: VisitorContext, booking: Allocation): Promise<BookedDto> {
    return deps.present((await schedules.read(context)).schedule, booking, context.actor.siteKey);
  }

  /** The first try may have died before it told anybody. */
  async function answerAgain(context: VisitorContext, booking: Allocation): Promise<BookedDto> {
    await announcer.timeChanged(booking, 'for-staff');
    return answer(context, booking);
  }

  /** A link that was changed, replaced, of another purpose or tenant, or over is as unknown as a random one. */
  async function open(context: VisitorContext, token: string, retry?: Write): Promise<Allocation> {
    const id = links.peek(token);
    const booking = id && (await allocations.find(context, id));
    const verdict = booking ? links.check(booking, token, clock.now()) : 'refused';
    // Whoever lost the answer to a move has the link that it replaced, and nothing but that answer.
    const isRetry = verdict === 'replaced' && retry && booking && hasWritten(booking, retry);
    if (!booking || (verdict !== 'valid' && !isRetry)) throw new AppError('NOT_FOUND');
    return booking;
  }

  async function checkChange(
    context: VisitorContext,
    booking: Allocation,
    change: 'reschedule' | 'cancel',
    version: number,
  ): Promise<void> {
    const { state, start, reschedules, policy } = booking;
    const current = async () => ({ current: (await answer(context, booking)).booking });
    if (booking.version !== version) throw new AppError('CONFLICT', await current());
    const refusal = refuseChange(
      { state, startMs: start.getTime(), reschedules, policy },
      { change, by: 'customer', nowMs: clock.now() },
    );
    if (refusal) throw new AppError(REFUSALS[refusal], refusal === 'state' ? await current() : {});
  }

  /** Somebody was faster: a twin of this request, whose answer is ours, or another change. */
  async function explain(context: VisitorContext, booking: Allocation, write: Write): Promise<BookedDto> {
    const now = await allocations.find(context, booking.id);
    if (now && hasWritten(now, write)) return answer(context, now);
    throw new AppError('CONFLICT', now ? { current: (await answer(context, now)).booking } : {});
  }

  return {
    async read(context: VisitorContext, { manageToken }: { readonly manageToken: string }): Promise<BookedDto> {
      return answer(context, await open(context, manageToken));
    },
    async find(
      context: VisitorContext,
      { code, phoneEnd }: { readonly code: string; readonly phoneEnd: string },
    ): Promise<BookedDto> {
      const booking = await allocations.findByCode(context, readBookingCode(code));
      const isTheirs = booking?.customer?.phone?.endsWith(phoneEnd) === true;
      if (!booking || !isTheirs) throw new AppError('NOT_FOUND');
      if (links.check(booking, links.create(booking), clock.now()) !== 'valid') throw new AppError('NOT_FOUND');
      return answer(context, booking);
    },
    async reschedule(context: VisitorContext, input: OwnChange & { readonly start: string }): Promise<BookedDto> {
      const write = toWrite(context, 'booking:reschedule-own', input);
      const booking = await open(context, input.manageToken, write);
      if (hasWritten(booking, write)) return answerAgain(context, booking);
      await checkChange(context, booking, 'reschedule', input.version);
      const { schedule } = await schedules.read(context);
      const visit = findVisit(schedule, booking);
      const { id, version, state } = booking;
      if (!visit || servicesOf(visit).some(({ isArchived }) => isArchived))
        throw new AppError('SLOT_CLOSED', { current: { alternatives: [] } });
      // What was approved for one time was not for another.
      const to = state === 'confirmed' && uniteRules(visit).confirmation === 'approve' ? 'requested' : state;
      const toChange = (placement: Placement): Change => ({
        set: {
          ...placement,
          state: to,
          reschedules: booking.reschedules + 1,
          manageSalt: createSecret(),
          replacedSalt: booking.manageSalt,
        },
        write,
        history: { at: new Date(clock.now()), by: 'customer', memberId: null, from: state, to, reason: '' },
        outbox: planMessages(
          { ...booking, ...placement, state: to },
          to === 'requested' ? 'requested' : 'moved',
          clock.now(),
        ),
      });
      const wish = { ...visit, start: toMinutes(input.start), by: 'customer', moving: id } as const;
      const claimed = await claims.claim(context, wish, (placement) =>
        allocations.change(context, id, { version }, toChange(placement)),
      );
      if (typeof claimed === 'string') return explain(context, booking, write);
      await announcer.timeChanged(booking, 'for-staff');
      deps.messenger.wake();
      return answer(context, claimed.allocation);
    },
    async cancel(context: VisitorContext, input: OwnChange & { readonly reason: string }): Promise<BookedDto> {
      const write = toWrite(context, 'booking:cancel-own', input);
      const booking = await open(context, input.manageToken);
      if (hasWritten(booking, write)) return answerAgain(context, booking);
      await checkChange(context, booking, 'cancel', input.version);
      const { id, version, state } = booking;
      const to = 'cancelled-by-customer';
      const cancelled = await allocations.change(
        context,
        id,
        { version },
        {
          set: { state: to, live: false },
          write,
          history: {
            at: new Date(clock.now()),
            by: 'customer',
            memberId: null,
            from: state,
            to,
            reason: input.reason,
          },
          outbox: planMessages({ ...booking, state: to }, to, clock.now()),
        },
      );
      if (cancelled === undefined || typeof cancelled === 'string') return explain(context, booking, write);
      await announcer.timeChanged(booking, 'for-staff');
      deps.messenger.wake();
      return answer(context, cancelled);
    },
  };
}
