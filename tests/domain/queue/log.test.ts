import { expect } from 'chai';
import fc from 'fast-check';
import { decideDue, nextDueAtMs } from '@frontdesk/domain/queue/decide-location';
import { findCounter } from '@frontdesk/domain/queue/floor';
import { orderLine } from '@frontdesk/domain/queue/select';
import { TRANSITIONS } from '@frontdesk/domain/queue/states';
import { alwaysOpen, counterIds, createSetup, foldFromDay, Place } from '../support/place.js';
import { decide, step } from '../support/random-steps.js';

function createBusyPlace(): Place {
  const policy = {
    autoStartSeconds: 200,
    noShow: { minCallSeconds: 30, autoAfterSeconds: 90, penaltyPlaces: 3, maxReturns: 2 },
  };
  const place = new Place(createSetup({ hours: alwaysOpen, policy }));
  place.open(...counterIds);
  return place;
}

function expectSound(place: Place): void {
  const { floor } = place;
  for (const counter of floor.counters.values()) {
    if (counter.ticketId === null) continue;
    const ticket = floor.tickets.get(counter.ticketId);
    expect(ticket?.counterId, `the ticket at ${counter.id}`).to.equal(counter.id);
    expect(ticket?.state).to.be.oneOf(['called', 'serving']);
  }
  for (const ticket of floor.tickets.values()) {
    const isAtCounter = ticket.state === 'called' || ticket.state === 'serving';
    expect(ticket.counterId !== null, `${ticket.label} is ${ticket.state}`).to.equal(isAtCounter);
    if (ticket.counterId) expect(findCounter(floor, ticket.counterId).ticketId).to.equal(ticket.id);
    expect(floor.waiting.has(ticket.id)).to.equal(ticket.state === 'waiting');
    expect(ticket.hold !== null).to.equal(ticket.state === 'held');
    expect(ticket.beforeCall !== null).to.equal(ticket.state === 'called');
    expect(ticket.placesBehind).to.be.at.least(0);
  }
}

/** Numbers of a day follow each other without a gap in each series, and no ticket is issued twice. */
function expectNumbers(place: Place): void {
  const ids = new Set<string>();
  let last = new Map<string, number>();
  let open = new Set<string>();
  for (const change of place.log.flatMap(({ changes }) => changes)) {
    if (change.type === 'day-began') {
      last = new Map();
      open = new Set(change.carried.tickets.map(({ label }) => label));
    }
    if (change.type !== 'ticket-issued') continue;
    expect(ids.has(change.ticketId)).to.equal(false);
    ids.add(change.ticketId);
    let expected = (last.get(change.prefix) ?? 0) + 1;
    // A number of yesterday that is still being served is passed over.
    while (open.has(`${change.prefix}${String(expected).padStart(3, '0')}`) && expected < change.number) expected += 1;
    expect(change.number, `series ${change.prefix}`).to.equal(expected);
    last.set(change.prefix, change.number);
  }
}

function expectCallSequence(place: Place): void {
  const sequences = place.log
    .flatMap(({ changes }) => changes)
    .flatMap((change) =>
      change.type === 'ticket-called' || change.type === 'ticket-recalled' ? change.callSequence : [],
    );
  expect(sequences).to.deep.equal(sequences.map((_, index) => index + 1));
}

describe('the log of a queue', () => {
  it('QC-2: whatever happens in whatever order, the floor stays sound and the log tells the same', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 200 }), (steps) => {
        const place = createBusyPlace();
        for (const now of steps) {
          place.wait(now.waitSeconds * 1_000);
          const decision = decide(place, now);
          if (!decision.ok) continue;
          const { rev } = place.floor;
          place.write(decision.changes);
          expect(place.floor.rev).to.equal(rev + (decision.changes.length > 0 ? 1 : 0));
        }
        expectSound(place);
        expectNumbers(place);
        expectCallSequence(place);
        const folded = foldFromDay(place.log);
        expect(folded).to.deep.equal(place.floor);
        expect([...folded.waiting]).to.have.members([...place.floor.waiting]);
        expect(JSON.parse(JSON.stringify(place.log))).to.deep.equal(place.log);
      }),
      { numRuns: 200 },
    );
  });

  it('QC-4: no event changes a state in a way that the table does not know', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 150 }), (steps) => {
        const place = createBusyPlace();
        for (const now of steps) {
          place.wait(now.waitSeconds * 1_000);
          const decision = decide(place, now);
          if (!decision.ok) continue;
          for (const change of decision.changes) {
            const before = 'ticketId' in change ? place.floor.tickets.get(change.ticketId) : undefined;
            const wasHeld = before?.beforeCall?.state === 'held';
            place.write([change]);
            if (!before || !('ticketId' in change)) continue;
            const after = place.floor.tickets.get(change.ticketId);
            const possible = TRANSITIONS.filter(
              ({ event, from }) => event === change.type && from === before.state,
            ).map(({ to }) => to);
            if (change.type === 'call-undone' && wasHeld) expect(after?.state).to.equal('held');
            // Yesterday's tickets are gone with their day.
            else if (after) expect(possible, `${change.type} from ${before.state}`).to.include(after.state);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('QC-2: the line is what calling again and again takes, in every state that a place can get into', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 150 }), (steps) => {
        const place = createBusyPlace();
        for (const now of steps) {
          place.wait(now.waitSeconds * 1_000);
          const decision = decide(place, now);
          if (decision.ok) place.write(decision.changes);
        }
        for (const counterId of counterIds) {
          const { ticketId: current, status } = findCounter(place.floor, counterId);
          if (current) place.complete(counterId);
          if (status !== 'open') place.open(counterId);
          const serviceIds = new Set(place.setup.counters.get(counterId)?.serviceIds);
          const query = { serviceIds, nowMs: place.nowMs, counterId, includesAbsent: false };
          const line = orderLine(place.floor, place.setup, query);
          const reasons = new Map(line.map(({ ticket, reason }) => [ticket.id, reason]));
          const called = place.drain(counterId);
          expect(called).to.deep.equal(line.map(({ ticket }) => ticket.id));
          for (const id of called) {
            const inLog = place.log
              .flatMap(({ changes }) => changes)
              .findLast((change) => change.type === 'ticket-called' && change.ticketId === id);
            expect(inLog).to.deep.include({ reason: reasons.get(id) });
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('QC-6: the clock has something to do at the moment that it names, and nothing before', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 100 }), (steps) => {
        const place = createBusyPlace();
        for (const now of steps) {
          place.wait(now.waitSeconds * 1_000);
          const decision = decide(place, now);
          if (decision.ok) place.write(decision.changes);
        }
        for (let times = 0; times < 5; times += 1) {
          const dueMs = nextDueAtMs(place.situation);
          expect(decideDue({ ...place.situation, nowMs: dueMs - 1 })).to.have.length(0);
          place.nowMs = Math.max(place.nowMs, dueMs);
          const changes = decideDue(place.situation);
          expect(changes.length).to.be.greaterThan(0);
          place.write(changes);
        }
        expectSound(place);
        expect(foldFromDay(place.log)).to.deep.equal(place.floor);
      }),
      { numRuns: 100 },
    );
  });

  it('QC-2: an event that was applied already changes nothing', () => {
    const place = createBusyPlace();
    place.issueMany(3);
    const before = foldFromDay(place.log);
    for (const event of place.log) place.floor.apply(event);
    expect(place.floor).to.deep.equal(before);
  });
});
