import { expect } from 'chai';
import { decideCallHeld, decideCallNext } from '@frontdesk/domain/queue/decide-call';
import { decideCloseCounter, decidePauseCounter } from '@frontdesk/domain/queue/decide-location';
import { decideTransfer } from '@frontdesk/domain/queue/decide-serve';
import type { TransferMode } from '@frontdesk/protocol/vocabulary';
import type { CounterId, ServiceId } from '@frontdesk/protocol/ids';
import {
  createSetup,
  doctor,
  expectRefusal,
  holdFor,
  laboratory,
  memberId,
  minuteMs,
  one,
  openPlace,
  payments,
  Place,
  reception,
  three,
  two,
} from '../support/place.js';

const send = (place: Place, serviceId: ServiceId, mode: TransferMode, toCounterId: CounterId | null = null) => {
  const id = place.at();
  place.must(decideTransfer(place.situation, { counterId: one, ticketId: id, serviceId, mode, toCounterId }));
  return id;
};

describe('transfers', () => {
  it('QC-4: called from a hold, it is sent on as any other', () => {
    const place = openPlace(one, three);
    place.issue();
    const id = place.callNext();
    place.start();
    holdFor(place, 'counter');
    place.must(decideCallHeld(place.situation, { counterId: one, ticketId: id, memberId: memberId('m') }));
    send(place, laboratory, 'sorted');
    expect(place.ticket(id)).to.deep.include({ state: 'waiting', hold: null, serviceId: laboratory });
    expect(place.callNext(three)).to.equal(id);
    place.undo(three);
    expect(place.ticket(id)).to.include({ state: 'waiting', serviceId: laboratory });
  });

  it('QC-17: a transfer keeps the number; in front, by the first arrival, or at the back', () => {
    for (const [mode, expected] of [
      ['front', 0],
      ['sorted', 1],
      ['back', 2],
    ] as const) {
      const place = openPlace(one, two);
      const [early] = place.issueMany(1, { serviceId: doctor });
      const [id] = place.issueMany(1);
      const [late] = place.issueMany(1, { serviceId: doctor });
      if (!early || !id || !late) throw new Error('three were issued');
      const { label } = place.ticket(id);
      place.callNext();
      place.start();
      place.wait(minuteMs);
      send(place, doctor, mode);
      expect(place.ticket(id)).to.include({ label, serviceId: doctor, transferCount: 1, counterId: null });
      expect(place.ticket(id).legs.map(({ serviceId }) => serviceId)).to.deep.equal([reception, doctor]);
      expect(place.drain(two).indexOf(id), mode).to.equal(expected);
    }
  });

  it('QC-17: the first that was sent to the front is the first', () => {
    const place = openPlace(one, two);
    place.issueMany(1, { serviceId: doctor });
    const sent = place.issueMany(2).map(() => {
      place.callNext();
      place.wait(1_000);
      return send(place, doctor, 'front');
    });
    expect(place.drain(two).slice(0, 2)).to.deep.equal(sent);
  });

  it('QC-17: a ticket meant for a counter waits for it as long as somebody sits there', () => {
    const place = openPlace(one, two, three);
    place.issue();
    place.callNext();
    const id = send(place, doctor, 'sorted', three);
    expectRefusal(decideCallNext(place.situation, two), 'QUEUE_EMPTY');
    place.must(decidePauseCounter(place.situation, { counterId: three, reason: 'tea', resumeAfterMinutes: 5 }));
    expectRefusal(decideCallNext(place.situation, two), 'QUEUE_EMPTY');
    place.must(decideCloseCounter(place.situation, three));
    expect(place.callNext(two)).to.equal(id);
  });

  it('QC-17: kept tickets come first at their counter, or by their score', () => {
    for (const isPinnedFirst of [true, false]) {
      const place = new Place(createSetup({ policy: { isPinnedFirst } }));
      place.open(one, three);
      const [early] = place.issueMany(1, { serviceId: doctor });
      place.issueMany(1);
      place.callNext();
      const id = send(place, doctor, 'sorted', three);
      expect(place.callNext(three)).to.equal(isPinnedFirst ? id : early);
    }
  });

  it('QC-4: a transfer is refused to a closed service, a counter that cannot serve it, or where nobody sits', () => {
    const place = openPlace(one);
    place.issue();
    const id = place.callNext();
    const transfer = (serviceId: ServiceId, toCounterId: CounterId | null) =>
      decideTransfer(place.situation, { counterId: one, ticketId: id, serviceId, mode: 'sorted', toCounterId });
    expectRefusal(transfer('nothing' as ServiceId, null), 'NOT_FOUND');
    expectRefusal(transfer(doctor, one), 'CONFLICT');
    expectRefusal(transfer(doctor, three), 'CONFLICT');
    place.write([{ type: 'service-closed', serviceId: doctor, message: 'No doctor today.' }]);
    expectRefusal(transfer(doctor, null), 'QUEUE_CLOSED');
    expect(transfer(payments, null).ok).to.equal(true);
  });
});
