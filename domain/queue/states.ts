/**
 * What may happen to a ticket: the table of queue.md 5.2 as data. The decisions decide; this says what they must agree with, for
 * tests, for the documentation, and for whoever wants to know which buttons make sense.
 */
import type { TicketState } from '@frontdesk/protocol/vocabulary';
import type { QueueChangeType } from './events.js';

export type TicketMove =
  | 'issue'
  | 'check-in'
  | 'arrive'
  | 'defer'
  | 'call-next'
  | 'call'
  | 'recall'
  | 'undo-call'
  | 'start'
  | 'mark-no-show'
  | 'return'
  | 'transfer'
  | 'hold'
  | 'call-held'
  | 'complete'
  | 'cancel'
  | 'set-class'
  | 'roll-over';

/** `counter` is staff at the counter of the ticket, `staff` any member at the location, `clock` the passing of time. */
export type Mover = 'kiosk' | 'phone' | 'counter' | 'staff' | 'clock';

export interface Transition {
  readonly move: TicketMove;
  /** null: there is no ticket yet. */
  readonly from: TicketState | null;
  readonly to: TicketState;
  readonly by: readonly Mover[];
  /** What must be true besides the state. */
  readonly guard: string;
  readonly event: QueueChangeType;
}

type Row = Omit<Transition, 'from' | 'to'> & {
  readonly from: readonly (TicketState | null)[];
  /** `same` leaves the state as it is. */
  readonly to: TicketState | 'same';
};

const rows: readonly Row[] = [
  {
    move: 'issue',
    from: [null],
    to: 'waiting',
    by: ['kiosk', 'phone', 'staff'],
    guard: 'open, under the caps, one open ticket of a phone number for a service; staff may go past hours and caps',
    event: 'ticket-issued',
  },
  {
    move: 'issue',
    from: [null],
    to: 'booked',
    by: ['staff'],
    guard: 'an appointment of this service day',
    event: 'ticket-issued',
  },
  {
    move: 'check-in',
    from: ['booked'],
    to: 'waiting',
    by: ['kiosk', 'phone', 'staff'],
    guard: 'not before the early window; after the late one it queues as a walk-in from now',
    event: 'ticket-checked-in',
  },
  {
    move: 'arrive',
    from: ['waiting'],
    to: 'same',
    by: ['kiosk', 'phone', 'staff'],
    guard: 'joined from afar',
    event: 'ticket-checked-in',
  },
  {
    move: 'defer',
    from: ['waiting'],
    to: 'same',
    by: ['phone'],
    guard: 'at most 100 places in all',
    event: 'ticket-deferred',
  },
  {
    move: 'call-next',
    from: ['waiting'],
    to: 'called',
    by: ['counter'],
    guard: 'the counter is open, idle and serves it; the holder is here; first by the policy',
    event: 'ticket-called',
  },
  {
    move: 'call',
    from: ['waiting'],
    to: 'called',
    by: ['counter'],
    guard: 'the counter is open, idle and serves it; with a reason',
    event: 'ticket-called',
  },
  {
    move: 'recall',
    from: ['called'],
    to: 'same',
    by: ['counter'],
    guard: 'same counter, five seconds after the last call, at most five times',
    event: 'ticket-recalled',
  },
  {
    move: 'undo-call',
    from: ['called'],
    to: 'waiting',
    by: ['counter'],
    guard: 'same counter, within 15 seconds of the call; what was called from a hold is held again',
    event: 'call-undone',
  },
  {
    move: 'start',
    from: ['called'],
    to: 'serving',
    by: ['counter', 'clock'],
    guard: 'same counter; by itself after `autoStartSeconds`',
    event: 'ticket-started',
  },
  {
    move: 'mark-no-show',
    from: ['called'],
    to: 'no-show',
    by: ['counter', 'clock'],
    guard: 'same counter, `minCallSeconds` after the call; by itself `autoAfterSeconds` after the last one',
    event: 'ticket-missed',
  },
  {
    move: 'return',
    from: ['no-show'],
    to: 'waiting',
    by: ['phone', 'staff'],
    guard: 'the holder at most `maxReturns` times and before the stop time; staff always',
    event: 'ticket-returned',
  },
  {
    move: 'transfer',
    from: ['called', 'serving'],
    to: 'waiting',
    by: ['counter'],
    guard: 'same counter; the other service is not closed, and somebody sits at the counter it is meant for',
    event: 'ticket-transferred',
  },
  {
    move: 'hold',
    from: ['serving'],
    to: 'held',
    by: ['counter'],
    guard: 'same counter',
    event: 'ticket-held',
  },
  {
    move: 'call-held',
    from: ['held'],
    to: 'called',
    by: ['counter'],
    guard: 'the counter is open and idle; set aside for it, for this member, or for anybody',
    event: 'ticket-called',
  },
  {
    move: 'complete',
    from: ['serving'],
    to: 'completed',
    by: ['counter'],
    guard: 'same counter',
    event: 'ticket-completed',
  },
  {
    move: 'complete',
    from: ['called'],
    to: 'completed',
    by: ['counter'],
    guard: 'same counter; counts as started at the call',
    event: 'ticket-completed',
  },
  {
    move: 'cancel',
    from: ['waiting', 'called', 'held', 'booked'],
    to: 'cancelled',
    by: ['phone', 'staff'],
    guard: 'the own ticket; staff with a reason',
    event: 'ticket-cancelled',
  },
  {
    move: 'set-class',
    from: ['booked', 'waiting', 'called', 'serving', 'held'],
    to: 'same',
    by: ['staff'],
    guard: 'the class exists and its quota is not used up',
    event: 'ticket-class-set',
  },
  {
    move: 'roll-over',
    from: ['waiting', 'held', 'no-show', 'booked'],
    to: 'expired',
    by: ['clock'],
    guard: 'the service day is over; who is called or served goes on into the next',
    event: 'ticket-expired',
  },
];

/** One entry for each state that a move may start from. */
export const TRANSITIONS: readonly Transition[] = rows.flatMap(({ from, to, ...row }) =>
  from.flatMap((state): Transition[] => {
    if (to !== 'same') return [{ ...row, from: state, to }];
    return state === null ? [] : [{ ...row, from: state, to: state }];
  }),
);

export function findTransition(move: TicketMove, from: TicketState | null): Transition | undefined {
  return TRANSITIONS.find((transition) => transition.move === move && transition.from === from);
}
