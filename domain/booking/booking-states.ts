/**
 * What may happen to a booking, as data: the states of booking.md 5.1, who may move it from one to another, and on what condition.
 * Whatever is not here is refused (BK-31).
 */
import {
  LIVE_BOOKING_STATES,
  STAFF_MARKS,
  type BookingState,
  type ChangeActor,
  type StaffMark,
} from '@frontdesk/protocol/vocabulary';

export type BookingMove =
  | StaffMark
  | 'hold'
  | 'extend'
  | 'release'
  | 'confirm'
  | 'request'
  | 'await-payment'
  | 'pay'
  | 'pay-late'
  | 'reschedule'
  | 'expire';

export interface BookingTransition {
  readonly move: BookingMove;
  /** null: there is no booking yet. */
  readonly from: BookingState | null;
  readonly to: BookingState;
  readonly by: readonly ChangeActor[];
  /** What must be true besides the state. */
  readonly guard: string;
}

interface Row {
  readonly move: BookingMove;
  readonly from: readonly (BookingState | null)[];
  /** `same` leaves the state as it is. */
  readonly to: BookingState | 'same';
  readonly by: readonly ChangeActor[];
  readonly guard: string;
}

const rows: readonly Row[] = [
  { move: 'hold', from: [null], to: 'held', by: ['customer'], guard: 'the time is free, within notice and horizon' },
  { move: 'extend', from: ['held'], to: 'same', by: ['customer'], guard: 'once, and not expired' },
  { move: 'release', from: ['held'], to: 'expired', by: ['customer'], guard: 'none' },
  {
    move: 'confirm',
    from: ['held'],
    to: 'confirmed',
    by: ['customer'],
    guard: 'not expired; the service needs no approval',
  },
  { move: 'confirm', from: [null], to: 'confirmed', by: ['staff'], guard: 'the time is free and within the hours' },
  {
    move: 'request',
    from: ['held'],
    to: 'requested',
    by: ['customer'],
    guard: 'not expired; the service needs approval',
  },
  {
    move: 'await-payment',
    from: ['held'],
    to: 'pending-payment',
    by: ['customer'],
    guard: 'not expired; something is due',
  },
  { move: 'pay', from: ['pending-payment'], to: 'confirmed', by: ['system'], guard: 'the provider says so' },
  { move: 'pay-late', from: ['expired'], to: 'payment-late', by: ['system'], guard: 'paid after the time was let go' },
  { move: 'expire', from: ['held', 'pending-payment'], to: 'expired', by: ['system'], guard: 'its time is over' },
  {
    move: 'expire',
    from: ['requested'],
    to: 'expired',
    by: ['system'],
    guard: 'it would have begun, and nobody decided',
  },
  { move: 'approve', from: ['requested'], to: 'confirmed', by: ['staff'], guard: 'none' },
  { move: 'decline', from: ['requested'], to: 'declined', by: ['staff'], guard: 'none' },
  {
    move: 'reschedule',
    from: ['requested', 'confirmed'],
    to: 'same',
    by: ['customer', 'staff'],
    guard: 'the other time is free; customers within deadline and number of changes',
  },
  {
    move: 'cancel',
    from: ['pending-payment', 'requested', 'confirmed'],
    to: 'cancelled-by-customer',
    by: ['customer'],
    guard: 'within the deadline',
  },
  {
    move: 'cancel',
    from: ['pending-payment', 'requested', 'confirmed', 'arrived'],
    to: 'cancelled-by-business',
    by: ['staff'],
    guard: 'none',
  },
  { move: 'arrive', from: ['confirmed'], to: 'arrived', by: ['staff'], guard: 'none' },
  {
    move: 'arrive',
    from: ['confirmed'],
    to: 'arrived',
    by: ['customer'],
    guard: 'at a kiosk of the branch, on the day of the visit',
  },
  { move: 'complete', from: ['arrived'], to: 'completed', by: ['staff'], guard: 'none' },
  { move: 'no-show', from: ['confirmed'], to: 'no-show', by: ['staff'], guard: 'the visit has begun' },
  { move: 'undo', from: ['arrived'], to: 'confirmed', by: ['staff'], guard: 'none' },
  { move: 'undo', from: ['completed'], to: 'arrived', by: ['staff'], guard: 'nobody else has the time' },
  { move: 'undo', from: ['no-show'], to: 'confirmed', by: ['staff'], guard: 'nobody else has the time' },
];

export const BOOKING_TRANSITIONS: readonly BookingTransition[] = rows.flatMap(({ from, to, ...row }) =>
  from.flatMap((state): BookingTransition[] => {
    if (to !== 'same') return [{ ...row, from: state, to }];
    return state === null ? [] : [{ ...row, from: state, to: state }];
  }),
);

/** The legal transition; undefined is a refusal. */
export function findBookingTransition(
  move: BookingMove,
  from: BookingState | null,
  by: ChangeActor,
): BookingTransition | undefined {
  return BOOKING_TRANSITIONS.find(
    (transition) => transition.move === move && transition.from === from && transition.by.includes(by),
  );
}

const live: ReadonlySet<BookingState> = new Set(LIVE_BOOKING_STATES);

/** Whether a booking in this state owns its time. */
export function isLiveState(state: BookingState): boolean {
  return live.has(state);
}

/** Whether a transition takes time that the booking does not own: it may fail as a new booking may. */
export function claimsAnew({ from, to }: BookingTransition): boolean {
  return isLiveState(to) && !(from !== null && isLiveState(from));
}

/** What staff may say of a booking in this state: the buttons that make sense. */
export function marksFor(state: BookingState): readonly StaffMark[] {
  return STAFF_MARKS.filter((mark) => findBookingTransition(mark, state, 'staff') !== undefined);
}
