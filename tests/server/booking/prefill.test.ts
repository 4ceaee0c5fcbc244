/** Details of a customer that the website's server signed: believed to the letter, or not at all. */
import { expect } from 'chai';
import { SignJWT } from 'jose';
import { at, codeOf, confirmation, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { openClassroom } from '../../support/classroom.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

interface Secret {
  readonly keyId: string;
  readonly secret: string;
}

describe('details that the website signed', function signed() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;
  let secret: Secret;

  before(async () => {
    test = await startTestServer();
    clinic = await openClinic(test, { staff: 3, service: { verification: 'email' } });
    secret = await rotate(clinic);
  });
  after(() => test.close());

  const rotate = (of: Clinic): Promise<Secret> => of.must('site:rotate-identity-secret', { siteId: of.shop.site.id });
  function sign(claims: object, { by = secret, aud = clinic.shop.site.publicKey, seconds = 600 } = {}) {
    return new SignJWT({ ...claims, aud, exp: Math.floor(Date.now() / 1_000) + seconds })
      .setProtectedHeader({ alg: 'HS256', kid: by.keyId })
      .sign(new TextEncoder().encode(by.secret));
  }
  async function book(hour: number, prefill: string, customer: object = {}) {
    const who = clinic.customer();
    const { id } = await clinic.hold(at(hour), { customer: who });
    const given = { ...confirmation(id), customer: { ...MEI, ...customer }, prefill };
    const answer = await who.call('booking:confirm', given);
    await who.call('hold:release', { holdId: id });
    return answer;
  }

  it('BK-38: what the website signed needs no code, however its phone number and address are written', async () => {
    const token = await sign({ name: MEI.name, email: 'Mei@Example.test', phone: '012-345 6789', sub: 'customer-7' });
    const { booking } = dataOf(await book(9, token));
    expect(booking.state).to.equal('confirmed');
    expect(codeOf(await book(9, await sign({ email: MEI.email }), { name: 'Somebody Else' }))).to.equal('OK');
  });

  it('BK-38 BK-40: what is forged, too old, of another site or of another business is refused, and skips nothing', async () => {
    const other = await openClinic(test);
    const theirs = await rotate(other);
    const details = { name: MEI.name, email: MEI.email };
    const good = await sign(details);
    const [head = '', , mac = ''] = good.split('.');
    const body = Buffer.from(JSON.stringify({ ...details, aud: clinic.shop.site.publicKey, exp: 4e9 }));
    const bare = Buffer.from(JSON.stringify({ alg: 'none', kid: secret.keyId })).toString('base64url');
    const refused: [string, string][] = [
      ['another secret', await sign(details, { by: { ...secret, secret: 'x'.repeat(43) } })],
      ['another body', [head, body.toString('base64url'), mac].join('.')],
      ['no signature', `${bare}.${body.toString('base64url')}.`],
      ['too old', await sign(details, { seconds: -1 })],
      ['for too long', await sign(details, { seconds: 2 * 3_600 })],
      ['for another site', await sign(details, { aud: other.shop.site.publicKey })],
      ['by another business', await sign(details, { by: theirs })],
      ['of another business', await sign(details, { by: theirs, aud: other.shop.site.publicKey })],
      ['no token', 'x'.repeat(40)],
    ];
    for (const [title, token] of refused) expect(codeOf(await book(10, token)), title).to.equal('PREFILL_REFUSED');
    expect(codeOf(await book(10, good))).to.equal('OK');
  });

  it('BK-38: signed details that were changed in the browser are refused by name', async () => {
    const token = await sign({ name: MEI.name, email: MEI.email, phone: MEI.phone });
    for (const [field, value] of [
      ['name', 'Somebody Else'],
      ['email', 'somebody@example.test'],
      ['phone', '+60198887777'],
    ] as const) {
      const { result } = await book(11, token, { [field]: value });
      expect(result.ok ? {} : result.error.fields, field).to.have.keys(`customer.${field}`);
    }
    // The address of somebody whom the website did not name is still to be proved.
    expect(codeOf(await book(11, await sign({ name: MEI.name })))).to.equal('VERIFICATION_REQUIRED');
  });

  it('BK-38: seats of a class are taken with them too, and a service that asks for nothing still refuses what is forged', async () => {
    const room = await openClassroom(test, { service: { verification: 'email', minNoticeMinutes: 0 } });
    const by = await rotate(room);
    const { id: sessionId } = await room.addSession(10, { capacity: 2 });
    const pupil = room.pupil('Ravi');
    const { id: enrolmentId } = await room.holdSeats(pupil, sessionId);
    const details = room.details(pupil);
    const aud = room.shop.site.publicKey;
    const take = (prefill: string) => pupil.call('seat:confirm', { enrolmentId, ...details, prefill });
    expect(codeOf(await take(await sign({ email: details.customer.email })))).to.equal('PREFILL_REFUSED');
    expect(codeOf(await take(await sign({ email: details.customer.email }, { by, aud })))).to.equal('OK');
    const open = await openClinic(test);
    const who = open.customer();
    const { id } = await open.hold(at(12), { customer: who });
    const forged = { ...confirmation(id), prefill: await sign({ email: MEI.email }) };
    expect(codeOf(await who.call('booking:confirm', forged))).to.equal('PREFILL_REFUSED');
    expect(codeOf(await who.call('booking:confirm', confirmation(id)))).to.equal('OK');
  });
});
