/** Codes that prove an address before something is booked with it. */
import { expect } from 'chai';
import { createIdempotencyKey, type HoldId } from '@frontdesk/protocol/ids';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import { CODE_TEXTS } from '@frontdesk/server/booking/code-texts';
import { at, codeOf, confirmation, MEI, openClinic, type Clinic, type Customer } from '../../support/booking.js';
import { openClassroom } from '../../support/classroom.js';
import { startMailServer, type MailServer } from '../../support/mail-server.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

const minuteMs = 60_000;
const ASKS = { verification: 'email' } as const;

describe('proving an e-mail address', function proving() {
  this.timeout(60_000);
  let test: TestServer;
  let mail: MailServer;
  let clinic: Clinic;
  let aheadMs = 0;
  let made = 0;
  let email = '';

  before(async () => {
    mail = await startMailServer();
    test = await startTestServer({ env: mail.env, clock: { now: () => Date.now() + aheadMs } });
    clinic = await openClinic(test, { staff: 4, service: ASKS });
  });
  after(async () => {
    await test.close();
    await mail.close();
  });
  beforeEach(() => {
    email = `mei-${(made += 1)}@example.test`;
  });

  const proof = (more: { serviceId?: Clinic['service']['id']; address?: string } = {}) => ({
    serviceId: more.serviceId ?? clinic.service.id,
    channel: 'email' as const,
    address: more.address ?? email,
  });
  const request = (who: Customer, more: Parameters<typeof proof>[0] = {}, locale: Locale = 'en') =>
    who.call('verification:request', { ...proof(more), locale });
  async function readCode(count = 1, address = email): Promise<string> {
    await test.server.core.jobs.drain();
    const codes = (): string[] => mail.to(address).flatMap(({ subject }) => /^\d{6}/.exec(subject ?? '')?.[0] ?? []);
    await mail.until('a code', () => codes().length >= count);
    return codes()[count - 1] ?? '';
  }
  const check = (who: Customer, code: string, more: Parameters<typeof proof>[0] = {}, key?: string) =>
    who.call('verification:check', { ...proof(more), code }, key);
  const wrongFor = (code: string, by = 1): string => String((Number(code) + by) % 1_000_000).padStart(6, '0');
  const confirm = (who: Customer, holdId: HoldId, key?: string, address = email) =>
    who.call('booking:confirm', { ...confirmation(holdId), customer: { ...MEI, phone: null, email: address } }, key);
  async function prove(who: Customer): Promise<void> {
    dataOf(await request(who));
    expect(dataOf(await check(who, await readCode())).outcome).to.equal('verified');
  }
  const readStored = () => test.server.core.connection.collection('booking_verifications').find().toArray();

  it('BK-34: where the service asks for it nothing is booked until the code came back from that very address', async () => {
    const who = clinic.customer();
    const { id } = await clinic.hold(at(9), { customer: who });
    expect(codeOf(await confirm(who, id))).to.equal('VERIFICATION_REQUIRED');
    const none = { ...confirmation(id), customer: { ...MEI, email: null } };
    const missing = (await who.call('booking:confirm', none)).result;
    expect(missing.ok ? {} : missing.error.fields).to.have.keys('customer.email');
    dataOf(await request(who));
    const code = await readCode();
    expect(code).to.match(/^\d{6}$/);
    expect(codeOf(await confirm(who, id))).to.equal('VERIFICATION_REQUIRED');
    expect(JSON.stringify(await readStored()))
      .to.not.contain(code)
      .and.not.contain(email);
    expect(dataOf(await check(who, code))).to.deep.equal({ outcome: 'verified', triesLeft: 4 });
    expect(codeOf(await confirm(who, id, undefined, 'somebody@example.test'))).to.equal('VERIFICATION_REQUIRED');
    // However somebody writes their own address.
    expect(codeOf(await confirm(who, id, undefined, email.toUpperCase()))).to.equal('OK');
  });

  it('BK-34: what another visitor, or for another service, proved does not count', async () => {
    const other = await clinic.addService(ASKS);
    await clinic.must('resource:update', {
      resourceId: clinic.staff[0]!.id,
      serviceIds: [clinic.service.id, other.id],
    });
    const [who, stranger] = [clinic.customer(), clinic.customer()];
    await prove(who);
    const theirs = await clinic.hold(at(9.5), { customer: stranger });
    expect(codeOf(await confirm(stranger, theirs.id))).to.equal('VERIFICATION_REQUIRED');
    expect(dataOf(await check(stranger, await readCode())).outcome).to.equal('expired');
    const elsewhere = await clinic.hold(at(15), { customer: who, serviceId: other.id });
    expect(codeOf(await confirm(who, elsewhere.id))).to.equal('VERIFICATION_REQUIRED');
    await who.call('hold:release', { holdId: elsewhere.id });
    await stranger.call('hold:release', { holdId: theirs.id });
  });

  it('BK-34: a proof counts for one booking, again for its retry, and still when the booking was refused', async () => {
    const who = clinic.customer();
    await clinic.must('booking-service:update', { serviceId: clinic.service.id, maxPerCustomerPerDay: 1 });
    await prove(who);
    const first = await clinic.hold(at(10), { customer: who });
    const key = createIdempotencyKey();
    const booked = dataOf(await confirm(who, first.id, key));
    expect(dataOf(await confirm(who, first.id, key))).to.deep.equal(booked);
    const second = await clinic.hold(at(11), { customer: who });
    expect(codeOf(await confirm(who, second.id))).to.equal('VERIFICATION_REQUIRED');
    aheadMs += minuteMs;
    dataOf(await request(who));
    const code = await readCode(2);
    dataOf(await check(who, code));
    expect(codeOf(await confirm(who, second.id))).to.equal('CAP_REACHED');
    await clinic.must('booking-service:update', { serviceId: clinic.service.id, maxPerCustomerPerDay: null });
    expect(codeOf(await confirm(who, second.id))).to.equal('OK');
    // The code that was right once proves nothing new.
    dataOf(await check(who, code));
    const third = await clinic.hold(at(12), { customer: who });
    expect(codeOf(await confirm(who, third.id))).to.equal('VERIFICATION_REQUIRED');
    await who.call('hold:release', { holdId: third.id });
  });

  it('BK-34: a try that is refused does not give back what another one of the same request books with', async () => {
    const who = clinic.customer();
    await prove(who);
    const { id } = await clinic.hold(at(10.5), { customer: who });
    const details = { ...confirmation(id), customer: { ...MEI, phone: null, email }, website: '' };
    const unpaid = { ...details, proof: { challenge: 'a.1.b', solution: '1' } };
    const paid = { ...details, proof: await who.prove() };
    const key = createIdempotencyKey();
    expect(codeOf(await who.call('booking:confirm', unpaid, key))).to.equal('PROOF_REFUSED');
    const twins = [unpaid, paid, unpaid, unpaid].map((input) => who.call('booking:confirm', input, key));
    expect(codeOf((await Promise.all(twins))[1]!)).to.equal('OK');
    const second = await clinic.hold(at(11.5), { customer: who });
    expect(codeOf(await confirm(who, second.id))).to.equal('VERIFICATION_REQUIRED');
    await who.call('hold:release', { holdId: second.id });
  });

  it('BK-34: a code has five tries, however many come at once, and a newer one has its own', async () => {
    const who = clinic.customer();
    dataOf(await request(who));
    const code = await readCode();
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, at) => check(who, at === 19 ? code : wrongFor(code, at + 1))),
    );
    const outcomes = tries.map((answer) => dataOf(answer));
    const counted = outcomes.filter(({ outcome }) => outcome !== 'exhausted');
    expect(counted.map(({ triesLeft }) => triesLeft).toSorted((one, other) => one - other)).to.deep.equal([
      0, 1, 2, 3, 4,
    ]);
    expect(dataOf(await check(who, code))).to.deep.equal({ outcome: 'exhausted', triesLeft: 0 });
    aheadMs += minuteMs;
    expect(dataOf(await request(who)).triesLeft).to.equal(5);
    const newer = await readCode(2);
    expect(dataOf(await check(who, wrongFor(newer)))).to.deep.equal({ outcome: 'wrong', triesLeft: 4 });
    expect(dataOf(await check(who, newer)).outcome).to.equal('verified');
  });

  it('BK-34: a code ends after ten minutes, what it proved after half an hour', async () => {
    const who = clinic.customer();
    const { expiresAt } = dataOf(await request(who));
    expect(Date.parse(expiresAt) - Date.now() - aheadMs).to.be.within(9.5 * minuteMs, 10 * minuteMs);
    const code = await readCode();
    aheadMs += 10 * minuteMs;
    expect(dataOf(await check(who, code))).to.deep.equal({ outcome: 'expired', triesLeft: 0 });
    dataOf(await request(who));
    dataOf(await check(who, await readCode(2)));
    aheadMs += 31 * minuteMs;
    const { id } = await clinic.hold(at(13), { customer: who });
    expect(codeOf(await confirm(who, id))).to.equal('VERIFICATION_REQUIRED');
    await who.call('hold:release', { holdId: id });
  });

  it('BK-34: another code comes after a minute, and replaces the one before', async () => {
    const who = clinic.customer();
    const { resendAt } = dataOf(await request(who));
    expect(Date.parse(resendAt) - Date.now() - aheadMs).to.be.within(minuteMs / 2, minuteMs);
    const code = await readCode();
    const early = await request(who);
    expect([early.status, codeOf(early)]).to.deep.equal([429, 'RATE_LIMITED']);
    expect(Number(early.headers.get('Retry-After'))).to.be.within(1, 60);
    aheadMs += minuteMs;
    const both = await Promise.all([request(who), request(who)]);
    expect(both.map(codeOf).sort()).to.deep.equal(['OK', 'RATE_LIMITED']);
    const newer = await readCode(2);
    // One in a million is the same again.
    if (newer !== code) expect(dataOf(await check(who, code)).outcome).to.equal('wrong');
    expect(dataOf(await check(who, newer)).outcome).to.equal('verified');
    expect(mail.to(email)).to.have.length(2);
  });

  it('BK-34: a try whose answer was lost is counted once and answered alike', async () => {
    const who = clinic.customer();
    const key = createIdempotencyKey();
    const asked = { ...proof(), locale: 'en' as const, proof: await who.prove() };
    const sent = dataOf(await who.call('verification:request', asked, key));
    expect(dataOf(await who.call('verification:request', asked, key))).to.deep.equal(sent);
    expect(codeOf(await who.call('verification:request', { ...asked, locale: 'ms' }, key))).to.equal(
      'IDEMPOTENCY_MISMATCH',
    );
    const code = await readCode();
    expect(mail.to(email)).to.have.length(1);
    const tried = createIdempotencyKey();
    const twins = await Promise.all([1, 2, 3].map(() => check(who, wrongFor(code), {}, tried)));
    for (const twin of twins) expect(dataOf(twin)).to.deep.equal({ outcome: 'wrong', triesLeft: 4 });
    expect(codeOf(await check(who, code, {}, tried))).to.equal('IDEMPOTENCY_MISMATCH');
    expect(dataOf(await check(who, code))).to.deep.equal({ outcome: 'verified', triesLeft: 3 });
  });

  it('BK-34: one address, one network and one website get so many codes in an hour', async () => {
    const strict = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '0.4' } });
    try {
      const shop = await openClinic(strict, { service: ASKS });
      const ask = (address: string) =>
        shop
          .customer()
          .call('verification:request', { serviceId: shop.service.id, channel: 'email', address, locale: 'en' });
      const codes: string[] = [];
      for (const address of ['a@example.test', 'a@example.test', 'A@example.test', 'b@example.test']) {
        codes.push(codeOf(await ask(address)));
      }
      expect(codes).to.deep.equal(['OK', 'OK', 'RATE_LIMITED', 'OK']);
      const { limits } = strict.server.core;
      const website = `${shop.shop.owner.tenantId}:${shop.shop.site.id}`;
      await limits.consume('code-per-site', website, 117);
      expect(codeOf(await ask('c@example.test'))).to.equal('RATE_LIMITED');
      await limits.reset('code-per-site', website);
      for (let more = 0; more < 3; more += 1) expect(codeOf(await ask(`d${more}@example.test`))).to.equal('OK');
      const ninth = await ask('e@example.test');
      expect([ninth.status, codeOf(ninth)]).to.deep.equal([429, 'RATE_LIMITED']);
      expect(Number(ninth.headers.get('Retry-After'))).to.be.within(1, 3_600);
    } finally {
      await strict.close();
    }
  });

  it('BK-34 BK-40: strangers, other businesses, bad input and a business that asks for no code get none', async () => {
    const who = clinic.customer();
    const site = clinic.shop.site.publicKey;
    const anonymous = { audience: 'visitor', site, origin: SHOP_ORIGIN, key: createIdempotencyKey() } as const;
    for (const name of ['verification:request', 'verification:check']) {
      expect(codeOf(await callHttp(test.url, name, { ...proof(), code: '123456' }, anonymous))).to.not.equal('OK');
    }
    const elsewhere = await openClinic(test);
    expect(codeOf(await request(elsewhere.customer()))).to.equal('NOT_FOUND');
    expect(codeOf(await request(elsewhere.customer(), { serviceId: elsewhere.service.id }))).to.equal('NOT_FOUND');
    expect(codeOf(await request(who, { address: 'nobody' }))).to.equal('VALIDATION');
    expect(codeOf(await check(who, '12345'))).to.equal('VALIDATION');
    const unpaid = { ...proof(), locale: 'en' as const, proof: { challenge: 'a.1.b', solution: '1' } };
    expect(codeOf(await who.call('verification:request', unpaid))).to.equal('PROOF_REFUSED');
    // A customer's address and one that nobody knows are answered alike.
    const [known, unknown] = [await request(who, { address: MEI.email }), await request(who)].map((answer) =>
      Object.keys(dataOf(answer)),
    );
    expect(known).to.deep.equal(unknown);
    expect(dataOf(await check(who, '000000', { address: 'x@example.test' })).outcome).to.equal('expired');
    dataOf(await request(clinic.customer(), { address: `o-${email}` }));
    const theirs = await readCode(1, `o-${email}`);
    const same = elsewhere.customer(who.token);
    expect(codeOf(await check(same, theirs, { address: `o-${email}` }))).to.equal('NOT_FOUND');
  });

  it('BK-34: staff who book for somebody are asked for no code', async () => {
    const booked = await clinic.ask('booking:create', {
      serviceId: clinic.service.id,
      staffId: null,
      start: at(14),
      customer: { ...MEI, email },
      answers: {},
    });
    expect(codeOf(booked)).to.equal('OK');
  });

  it('BK-34: seats of a class and a place in its line are taken with a proof alone', async () => {
    const room = await openClassroom(test, { service: { ...ASKS, minNoticeMinutes: 0 } });
    const { id: sessionId } = await room.addSession(10, { capacity: 2 });
    const pupil = room.pupil(`Pupil ${made}`);
    const address = room.details(pupil).customer.email;
    const pass = async (count: number): Promise<void> => {
      const proves = { serviceId: room.course.id, channel: 'email' as const, address };
      dataOf(await pupil.call('verification:request', { ...proves, locale: 'en' }));
      const code = await readCode(count, address);
      expect(dataOf(await pupil.call('verification:check', { ...proves, code })).outcome).to.equal('verified');
    };
    const { id: enrolmentId } = await room.holdSeats(pupil, sessionId, 2);
    const take = () => pupil.call('seat:confirm', { enrolmentId, ...room.details(pupil) });
    expect(codeOf(await take())).to.equal('VERIFICATION_REQUIRED');
    await pass(1);
    expect(dataOf(await take()).seat.state).to.equal('enrolled');
    const wait = () => pupil.call('seat:wait', { sessionId, seats: 1, ...room.details(pupil) });
    expect(codeOf(await wait())).to.equal('VERIFICATION_REQUIRED');
    aheadMs += minuteMs;
    await pass(2);
    expect(dataOf(await wait()).seat.state).to.equal('waiting');
  });

  it('BK-34 BK-36: the mail comes from the business, plain and as HTML, in the language of the form', async () => {
    dataOf(await request(clinic.customer(), {}, 'ar'));
    const code = await readCode();
    const [letter] = mail.to(email);
    expect(letter?.from?.name).to.match(/^Shop/);
    const facts = { code, business: letter?.from?.name ?? '', service: 'Consultation', minutes: 10 };
    expect(letter?.subject).to.equal(CODE_TEXTS.ar.subject(facts));
    expect(letter?.text).to.contain(CODE_TEXTS.ar.news(facts)).and.contain(CODE_TEXTS.ar.validity(facts));
    expect(letter?.html).to.contain(code).and.contain('lang="ar" dir="rtl"');
    for (const write of ['subject', 'news', 'validity', 'footer'] as const) {
      const texts = LOCALES.map((locale) => CODE_TEXTS[locale][write](facts));
      expect(new Set(texts).size, write).to.equal(LOCALES.length);
    }
  });

  it('BK-34: a mail server that is away for a moment delays a code, and a code that is too old is not sent', async () => {
    const who = clinic.customer();
    mail.mood = 'later';
    try {
      dataOf(await request(who));
      await test.server.core.jobs.drain();
    } finally {
      mail.mood = 'take';
    }
    expect(mail.to(email)).to.deep.equal([]);
    aheadMs += 5 * minuteMs;
    expect(dataOf(await check(who, await readCode())).outcome).to.equal('verified');
    mail.mood = 'later';
    try {
      dataOf(await request(who));
      await test.server.core.jobs.drain();
    } finally {
      mail.mood = 'take';
    }
    aheadMs += 11 * minuteMs;
    await test.server.core.jobs.drain();
    expect(mail.to(email)).to.have.length(1);
  });
});
