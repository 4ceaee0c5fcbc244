/** Random commands at a place: for properties that hold whatever is asked in whatever order. */
import fc from 'fast-check';
import {
  decideCall,
  decideCallHeld,
  decideCallNext,
  decideRecall,
  decideUndoCall,
} from '@frontdesk/domain/queue/decide-call';
import { decideCheckIn, decideIssue } from '@frontdesk/domain/queue/decide-issue';
import {
  decideCloseCounter,
  decideDue,
  decideOpenCounter,
  decidePauseCounter,
  decideResumeCounter,
} from '@frontdesk/domain/queue/decide-location';
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
import { allow, type Decision } from '@frontdesk/domain/queue/decision';
import { findCounter } from '@frontdesk/domain/queue/floor';
import type { TicketMove } from '@frontdesk/domain/queue/states';
import type { CounterId, TicketId } from '@frontdesk/protocol/ids';
import { HOLD_SCOPES, TRANSFER_MODES, type TicketState } from '@frontdesk/protocol/vocabulary';
import { counterIds, memberId, minuteMs, serviceIds, ticketId, type Place } from './place.js';

const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

export interface Step {
  readonly move: TicketMove | 'open' | 'pause' | 'resume' | 'close' | 'due';
  readonly counter: number;
  readonly pick: number;
  readonly more: number;
  readonly waitSeconds: number;
}

/** How often each is drawn: so that a line builds up, and most of what can happen to a ticket does. */
const weights: Readonly<Record<Step['move'], number>> = {
  issue: 14,
  'call-next': 10,
  call: 2,
  recall: 2,
  'undo-call': 5,
  start: 6,
  complete: 4,
  'mark-no-show': 4,
  return: 4,
  transfer: 4,
  hold: 5,
  'call-held': 5,
  'check-in': 4,
  arrive: 1,
  defer: 3,
  cancel: 1,
  'set-class': 2,
  open: 3,
  pause: 1,
  resume: 2,
  close: 1,
  due: 1,
  'roll-over': 1,
};

export const step: fc.Arbitrary<Step> = fc.record({
  move: fc.oneof(
    ...Object.entries(weights).map(([move, weight]) => ({
      weight,
      arbitrary: fc.constant(move as Step['move']),
    })),
  ),
  counter: fc.nat(2),
  pick: fc.nat(1_000),
  more: fc.nat(1_000),
  waitSeconds: fc.constantFrom(0, 0, 1, 1, 6, 31, 120),
});

/** One command; what it means is drawn from the place as it is, so that most of them hit something. */
export function decide(place: Place, { move, counter, pick, more }: Step): Decision {
  const { situation, floor } = place;
  const counterId = at(counterIds, counter) as CounterId;
  const known = [...floor.tickets.keys()];
  const someone = at(known, pick) ?? ticketId('nobody');
  const inState = (state: TicketState): TicketId =>
    at(
      known.filter((id) => floor.tickets.get(id)?.state === state),
      pick,
    ) ?? someone;
  // Mostly the ticket at the counter, now and then anybody's.
  const atCounter = more % 20 === 0 ? someone : (findCounter(floor, counterId).ticketId ?? someone);
  const onTicket = { counterId, ticketId: atCounter };
  switch (move) {
    case 'issue': {
      const classKey = at([null, null, 'elder', 'vip'], more) ?? null;
      const bookedForMs = more % 7 === 0 ? place.nowMs + (more - 300) * 3_000 : null;
      const presence = more % 5 === 0 ? 'remote' : 'onsite';
      const serviceId = at(serviceIds, pick);
      return decideIssue(situation, {
        ...place.request({ presence, classKey, bookedForMs, isClassConfirmed: true }),
        ...(serviceId && { serviceId }),
      });
    }
    case 'open':
      return decideOpenCounter(situation, {
        counterId,
        memberId: memberId(`m${more % 5 === 0 ? pick % 3 : counter}`),
        memberName: 'M',
      });
    case 'pause':
      return decidePauseCounter(situation, { counterId, reason: 'tea', resumeAfterMinutes: pick % 2 ? 5 : null });
    case 'resume':
      return decideResumeCounter(situation, counterId);
    case 'close':
      return decideCloseCounter(situation, counterId);
    case 'due':
      return allow(...decideDue(situation));
    case 'roll-over':
      // Now and then the night passes.
      if (more % 3 === 0) place.wait(20 * 60 * minuteMs);
      return allow(...decideDue(place.situation));
    case 'arrive':
    case 'check-in':
      return decideCheckIn(situation, inState(more % 2 ? 'booked' : 'waiting'));
    case 'defer':
      return decideDefer(situation, inState('waiting'), 1 + (more % 5));
    case 'call-next':
      return decideCallNext(situation, counterId);
    case 'call':
      return decideCall(situation, { counterId, ticketId: inState('waiting'), note: 'asked' });
    case 'recall':
      return decideRecall(situation, onTicket);
    case 'undo-call':
      return decideUndoCall(situation, onTicket);
    case 'start':
      return decideStart(situation, onTicket);
    case 'mark-no-show':
      return decideNoShow(situation, onTicket);
    case 'return':
      return decideReturn(situation, inState('no-show'), more % 2 === 0);
    case 'transfer': {
      const serviceId = at(serviceIds, pick) ?? serviceIds[0];
      const toCounterId = more % 4 === 0 ? (at(counterIds, more) ?? null) : null;
      return decideTransfer(situation, {
        ...onTicket,
        serviceId,
        mode: at(TRANSFER_MODES, more) ?? 'sorted',
        toCounterId,
      });
    }
    case 'hold': {
      const scope = at(HOLD_SCOPES, more) ?? 'counter';
      return decideHold(situation, { ...onTicket, memberId: memberId(`m${pick % 3}`), scope, minutes: null });
    }
    case 'call-held':
      return decideCallHeld(situation, { counterId, ticketId: inState('held'), memberId: memberId(`m${pick % 3}`) });
    case 'complete':
      return decideComplete(situation, { ...onTicket, outcome: null });
    case 'cancel':
      return decideCancel(situation, someone, 'gone');
    case 'set-class':
      return decideSetClass(situation, someone, at([null, 'elder', 'vip'], more) ?? null);
  }
}
