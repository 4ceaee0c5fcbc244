import { expect } from 'chai';
import {
  decideCall,
  decideCallHeld,
  decideCallNext,
  decideRecall,
  decideUndoCall,
} from '@frontdesk/domain/queue/decide-call';
import { decideCheckIn, decideIssue } from '@frontdesk/domain/queue/decide-issue';
import { decideDay } from '@frontdesk/domain/queue/decide-location';
import {
  decideCancel,
  decideComplete,
  decideDefer,
  decideHold,
  decideNoShow,
  decideReturn,
  decideSetClass,
  decideStart,
  decideTransfer,
} from '@frontdesk/domain/queue/decide-serve';
import type { Decision } from '@frontdesk/domain/queue/decision';
import { findTransition, TRANSITIONS, type TicketMove } from '@frontdesk/domain/queue/states';
import type { TicketId } from '@frontdesk/protocol/ids';
import { TICKET_STATES, type TicketState } from '@frontdesk/protocol/vocabulary';
import { doctor, memberId, minuteMs, one, Place, reception, ticketId } from '../support/place.js';

const me = memberId('member-one');

/** A place with counter one open and one ticket in a state, every guard of every move satisfied as far as the state lets it. */
const arrange: Readonly<Record<TicketState, (place: Place) => TicketId>> = {
  booked: (place) =>
    place.issue({ bookedForMs: place.nowMs + 5 * minuteMs, overridesLimits: true, isClassConfirmed: true }),
  waiting: (place) => place.issue(),
  called: (place) => {
    place.issue();
    const id = place.callNext();
    place.wait(10_000);
    return id;
  },
  serving: (place) => {
    arrange.called(place);
    return place.start();
  },
  held: (place) => {
    const id = arrange.serving(place);
    place.must(hold(place, id));
    return id;
  },
  completed: (place) => {
    const id = arrange.serving(place);
    place.complete();
    return id;
  },
  'no-show': (place) => {
    const id = arrange.called(place);
    place.wait(30_000);
    place.must(decideNoShow(place.situation, { counterId: one, ticketId: id }));
    return id;
  },
  cancelled: (place) => {
    const id = place.issue();
    place.must(decideCancel(place.situation, id, null));
    return id;
  },
  expired: (place) => {
    const id = place.issue();
    // As a floor would have it that did not let the day go.
    place.write([{ type: 'ticket-expired', ticketId: id }]);
    return id;
  },
};

const hold = ({ situation }: Place, id: TicketId) =>
  decideHold(situation, { counterId: one, ticketId: id, memberId: me, scope: 'counter', minutes: 10 });

const moves: Readonly<Record<Exclude<TicketMove, 'issue'>, (place: Place, id: TicketId) => Decision>> = {
  'check-in': ({ situation }, id) => decideCheckIn(situation, id),
  arrive: ({ situation }, id) => decideCheckIn(situation, id),
  defer: ({ situation }, id) => decideDefer(situation, id, 2),
  'call-next': ({ situation, floor }, id) => {
    const decision = decideCallNext(situation, one);
    const isIt = decision.ok && decision.changes.some((change) => 'ticketId' in change && change.ticketId === id);
    return !decision.ok || isIt ? decision : { ok: false, refusal: { code: 'CONFLICT', message: `rev ${floor.rev}` } };
  },
  call: ({ situation }, id) => decideCall(situation, { counterId: one, ticketId: id, note: 'in pain' }),
  recall: ({ situation }, id) => decideRecall(situation, { counterId: one, ticketId: id }),
  'undo-call': ({ situation }, id) => decideUndoCall(situation, { counterId: one, ticketId: id }),
  start: ({ situation }, id) => decideStart(situation, { counterId: one, ticketId: id }),
  'mark-no-show': (place, id) => {
    place.wait(30_000);
    return decideNoShow(place.situation, { counterId: one, ticketId: id });
  },
  return: ({ situation }, id) => decideReturn(situation, id, false),
  transfer: ({ situation }, id) =>
    decideTransfer(situation, {
      counterId: one,
      ticketId: id,
      serviceId: doctor,
      mode: 'sorted',
      toCounterId: null,
    }),
  hold,
  'call-held': ({ situation }, id) => decideCallHeld(situation, { counterId: one, ticketId: id, memberId: me }),
  complete: ({ situation }, id) => decideComplete(situation, { counterId: one, ticketId: id, outcome: 'done' }),
  cancel: ({ situation }, id) => decideCancel(situation, id, 'gone'),
  'set-class': ({ situation }, id) => decideSetClass(situation, id, 'vip'),
  'roll-over': (place, id) => {
    place.wait(24 * 60 * minuteMs);
    const changes = decideDay(place.situation).filter((change) => 'ticketId' in change && change.ticketId === id);
    return changes.length > 0 ? { ok: true, changes } : { ok: false, refusal: { code: 'CONFLICT', message: '' } };
  },
};

/** A move that says again what is true answers without a change. */
const isNoMove = (decision: Decision) => !decision.ok || decision.changes.length === 0;

describe('ticket states', () => {
  for (const state of TICKET_STATES) {
    for (const move of Object.keys(moves) as (keyof typeof moves)[]) {
      const expected = findTransition(move, state);
      it(`QC-4: ${move} from ${state} ${expected ? `leads to ${expected.to}` : 'is refused'}`, () => {
        const place = new Place();
        place.open(one);
        const id = arrange[state](place);
        expect(place.ticket(id).state).to.equal(state);
        // A remote ticket is what an arrival is for.
        if (move === 'arrive' && state === 'waiting') {
          const remote = place.issue({ presence: 'remote' });
          place.must(decideCheckIn(place.situation, remote));
          expect(place.ticket(remote)).to.include({ state: 'waiting', presence: 'onsite' });
          return;
        }
        if (move === 'arrive' && state === 'booked') return;
        const decision = moves[move](place, id);
        if (!expected) {
          expect(isNoMove(decision), JSON.stringify(decision)).to.equal(true);
          if (!decision.ok && decision.refusal.current) {
            expect(decision.refusal.current).to.deep.include({ state, rev: place.ticket(id).rev });
          }
          return;
        }
        const changes = place.must(decision);
        expect(changes.map(({ type }) => type)).to.include(expected.event);
        expect(place.ticket(id).state).to.equal(expected.to);
      });
    }
  }

  it('QC-4: a ticket begins as waiting, an appointment as booked', () => {
    const place = new Place();
    for (const { to } of TRANSITIONS.filter(({ from }) => from === null)) {
      const bookedForMs = to === 'booked' ? place.nowMs + minuteMs : null;
      const decision = decideIssue(place.situation, place.request({ serviceId: reception, bookedForMs }));
      const [change] = place.must(decision);
      if (change?.type !== 'ticket-issued') throw new Error('nothing was issued');
      expect(place.ticket(change.ticketId).state).to.equal(to);
    }
  });

  it('QC-4: whatever is asked of a ticket that nobody knows is answered the same', () => {
    const place = new Place();
    place.open(one);
    for (const [name, move] of Object.entries(moves)) {
      if (name === 'call-next' || name === 'roll-over') continue;
      const decision = move(place, ticketId('nobody'));
      expect(decision.ok ? name : decision.refusal.code).to.equal('NOT_FOUND');
    }
  });
});
