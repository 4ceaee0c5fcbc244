/** What strangers pay before they book, and requests that nobody decided in time. */
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { at, codeOf, confirmation, dateOf, MEI, openClinic, readLive, type Clinic } from '../../support/booking.js';
import { askProof } from '../../support/proof.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

const hourMs = 60 * 60 * 1_000;

describe('booking by strangers', function strangers() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  let aheadMs = 0;

  before(async () => {
    test = await startTestServer({ clock: { now: () => Date.now() + aheadMs } });
    clinic = await openClinic(test, { staff: 3 });
  });
  after(() => test.close());

  it('BK-34: without a proof of work, or with one for something else, nothing is booked', async () => {
    const who = clinic.customer();
    const { id } = await clinic.hold(at(9), { customer: who });
    const site = clinic.shop.site.publicKey;
    const visitor = { audience: 'visitor', token: who.token, site, origin: SHOP_ORIGIN } as const;
    const other = await askProof(test.url, visitor, 'card-message');
    const wrong = { ...(await who.prove()), solution: '0' };
    for (const proof of [other, wrong, { challenge: 'a.1.b', solution: '1' }]) {
      const input = { ...confirmation(id), proof, website: '' };
      expect(codeOf(await who.call('booking:confirm', input))).to.equal('PROOF_REFUSED');
    }
    const none = { ...confirmation(id), proof: undefined as never, website: '' };
    expect(codeOf(await who.call('booking:confirm', none))).to.equal('VALIDATION');
    expect(codeOf(await who.call('booking:confirm', confirmation(id)))).to.equal('OK');
  });

  it('BK-34: a proof is usable once, and again for a retry whose answer was lost', async () => {
    const who = clinic.customer();
    const proof = await who.prove();
    const first = { ...confirmation((await clinic.hold(at(10), { customer: who })).id), proof, website: '' };
    const key = createIdempotencyKey();
    const booked = dataOf(await who.call('booking:confirm', first, key));
    expect(dataOf(await who.call('booking:confirm', first, key))).to.deep.equal(booked);
    expect(dataOf(await who.call('booking:confirm', { ...first, proof: await who.prove() }, key))).to.deep.equal(
      booked,
    );
    const second = { ...confirmation((await clinic.hold(at(11), { customer: who })).id), proof, website: '' };
    expect(codeOf(await who.call('booking:confirm', second))).to.equal('PROOF_REFUSED');
  });

  it('BK-34: who fills in the field that nobody sees books nothing, and is not told why', async () => {
    const who = clinic.customer();
    const { id } = await clinic.hold(at(12), { customer: who });
    const input = { ...confirmation(id), proof: await who.prove(), website: 'https://spam.example' };
    expect(codeOf(await who.call('booking:confirm', input))).to.equal('PROOF_REFUSED');
    expect((await readLive(test)).filter(({ state }) => state === 'held')).to.not.deep.equal([]);
  });

  it('BK-34: a phone number or an e-mail address gets so many bookings in an hour, and is told when the next', async () => {
    const strict = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '0.3' } });
    try {
      const { customer, hold } = await openClinic(strict);
      const book = async (hour: number, person: object) => {
        const who = customer();
        const { id } = await hold(at(hour), { customer: who });
        const answer = await who.call('booking:confirm', { ...confirmation(id), customer: { ...MEI, ...person } });
        await who.call('hold:release', { holdId: id });
        return answer;
      };
      for (const hour of [9, 10, 11]) expect(codeOf(await book(hour, { email: null }))).to.equal('OK');
      const refused = await book(12, { email: null });
      expect([refused.status, codeOf(refused)]).to.deep.equal([429, 'RATE_LIMITED']);
      expect(Number(refused.headers.get('Retry-After'))).to.be.within(1, 3_600);
      const mail = { phone: null, email: 'Ah.Chong@example.test' };
      for (const hour of [12.5, 13, 14]) expect(codeOf(await book(hour, mail))).to.equal('OK');
      expect(codeOf(await book(15, { ...mail, email: 'ah.chong@example.test' }))).to.equal('RATE_LIMITED');
      expect(codeOf(await book(16, { phone: '+60198887777', email: null }))).to.equal('OK');
    } finally {
      await strict.close();
    }
  });

  it('BK-5: a request that nobody decided before it would have begun expires by itself', async () => {
    const { id: serviceId } = await clinic.addService({ confirmation: 'approve' });
    for (const { id: resourceId } of clinic.staff) {
      await clinic.must('resource:update', { resourceId, serviceIds: [clinic.service.id, serviceId] });
    }
    const who = clinic.customer();
    const { id } = await clinic.hold(at(14), { customer: who, serviceId });
    const { booking, manageToken } = dataOf(await who.call('booking:confirm', confirmation(id)));
    expect(booking.state).to.equal('requested');
    aheadMs = Date.parse(at(14)) - Date.now() - hourMs;
    await test.server.booking.requests.sweep();
    expect(dataOf(await who.call('booking:read-own', { manageToken })).booking.state).to.equal('requested');
    aheadMs += hourMs + 1_000;
    await Promise.all([test.server.booking.requests.sweep(), test.server.booking.requests.sweep()]);
    expect(dataOf(await who.call('booking:read-own', { manageToken })).booking.state).to.equal('expired');
    const from = dateOf(booking.start);
    const { bookings } = await clinic.must('agenda:read', { locationId: clinic.locationId, from, days: 1 });
    const ended = bookings.find(({ code }) => code === booking.code);
    expect(ended?.history.filter(({ to }) => to === 'expired')).to.have.length(1);
    expect(ended?.history.at(-1)).to.include({ by: 'system', from: 'requested', memberId: null });
    expect((await readLive(test)).filter(({ state }) => state !== 'confirmed' && state !== 'held')).to.deep.equal([]);
  });

  it('BK-20: customers are told the telephone number of the branch', async () => {
    const read = async () => {
      const { locations } = dataOf(await clinic.customer().call('booking:browse', { locationId: clinic.locationId }));
      return locations.map(({ phone }) => phone);
    };
    expect(await read()).to.deep.equal([null]);
    await clinic.must('location:update', { locationId: clinic.locationId, phone: '03-5550 0123' });
    expect(await read()).to.deep.equal(['+60355500123']);
    const wrong = await clinic.ask('location:update', { locationId: clinic.locationId, phone: 'ask inside' });
    expect(codeOf(wrong)).to.equal('VALIDATION');
  });
});
