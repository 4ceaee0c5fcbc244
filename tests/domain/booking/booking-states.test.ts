import { expect } from 'chai';
import {
  BOOKING_TRANSITIONS,
  claimsAnew,
  findBookingTransition,
  isLiveState,
  marksFor,
} from '@frontdesk/domain/booking/booking-states';
import { BOOKING_STATES, CHANGE_ACTORS, LIVE_BOOKING_STATES } from '@frontdesk/protocol/vocabulary';

/** Everything that is legal, written down a second time. */
const legal = new Set([
  'customer: hold → held',
  'customer: extend held → held',
  'customer: release held → expired',
  'customer: confirm held → confirmed',
  'customer: request held → requested',
  'customer: await-payment held → pending-payment',
  'customer: reschedule requested → requested',
  'customer: reschedule confirmed → confirmed',
  'customer: cancel pending-payment → cancelled-by-customer',
  'customer: cancel requested → cancelled-by-customer',
  'customer: cancel confirmed → cancelled-by-customer',
  'customer: arrive confirmed → arrived',
  'staff: confirm → confirmed',
  'staff: approve requested → confirmed',
  'staff: decline requested → declined',
  'staff: reschedule requested → requested',
  'staff: reschedule confirmed → confirmed',
  'staff: cancel pending-payment → cancelled-by-business',
  'staff: cancel requested → cancelled-by-business',
  'staff: cancel confirmed → cancelled-by-business',
  'staff: cancel arrived → cancelled-by-business',
  'staff: arrive confirmed → arrived',
  'staff: complete arrived → completed',
  'staff: no-show confirmed → no-show',
  'staff: undo arrived → confirmed',
  'staff: undo completed → arrived',
  'staff: undo no-show → confirmed',
  'system: pay pending-payment → confirmed',
  'system: pay-late expired → payment-late',
  'system: expire held → expired',
  'system: expire pending-payment → expired',
  'system: expire requested → expired',
]);

describe('states of a booking', () => {
  it('BK-31: every transition that is legal is in the table, and every other is refused', () => {
    const moves = new Set(BOOKING_TRANSITIONS.map(({ move }) => move));
    const found: string[] = [];
    for (const by of CHANGE_ACTORS) {
      for (const move of moves) {
        for (const from of [null, ...BOOKING_STATES]) {
          const transition = findBookingTransition(move, from, by);
          if (transition) found.push(`${by}: ${move} ${from === null ? '' : `${from} `}→ ${transition.to}`);
        }
      }
    }
    expect(new Set(found)).to.deep.equal(legal);
    expect(found).to.have.length(legal.size);
  });

  it('BK-31: nobody but staff marks no-shows, customers say that they have arrived and nothing else, and none twice', () => {
    for (const by of ['customer', 'system'] as const) {
      for (const state of BOOKING_STATES) {
        for (const mark of ['arrive', 'complete', 'no-show', 'undo'] as const) {
          const isAtKiosk = by === 'customer' && mark === 'arrive' && state === 'confirmed';
          const { to } = findBookingTransition(mark, state, by) ?? {};
          expect(to, `${by} ${mark} ${state}`).to.equal(isAtKiosk ? 'arrived' : undefined);
        }
      }
    }
    expect(findBookingTransition('arrive', 'arrived', 'staff')).to.equal(undefined);
  });

  it('BK-5: a hold, a request and what awaits payment own their time, an end does not', () => {
    expect(BOOKING_STATES.filter(isLiveState)).to.deep.equal([...LIVE_BOOKING_STATES]);
    for (const state of ['held', 'pending-payment', 'requested'] as const) expect(isLiveState(state)).to.equal(true);
  });

  it('BK-31: what comes back to life has to claim its time again', () => {
    const anew = BOOKING_TRANSITIONS.filter(claimsAnew).map(({ move, from }) => `${move} ${from ?? ''}`.trim());
    expect(anew).to.deep.equal(['hold', 'confirm', 'undo completed', 'undo no-show']);
  });

  it('BK-31: staff are offered the marks that make sense', () => {
    expect(marksFor('requested')).to.deep.equal(['approve', 'decline', 'cancel']);
    expect(marksFor('confirmed')).to.deep.equal(['arrive', 'no-show', 'cancel']);
    expect(marksFor('arrived')).to.deep.equal(['complete', 'cancel', 'undo']);
    for (const state of ['held', 'expired', 'declined', 'payment-late'] as const) {
      expect(marksFor(state)).to.deep.equal([]);
    }
  });
});
