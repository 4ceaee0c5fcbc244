/** Free times over plain HTTP: the revision as entity tag, and the same answer as the command's. */
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { at, codeOf, confirmation, dateOf, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

describe('free times over HTTP', function http() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;

  before(async () => {
    test = await startTestServer();
    clinic = await openClinic(test);
  });
  after(() => test.close());

  const ask = (
    query: Record<string, string> = {},
    { site = clinic.shop.site.publicKey, headers = {} }: { site?: string; headers?: Record<string, string> } = {},
  ) => {
    const asked = { service: clinic.service.id, from: dateOf(at(9)), days: '7', ...query };
    const url = `${test.url}/v1/${site}/slots?${new URLSearchParams(asked).toString()}`;
    return fetch(url, { headers: { Origin: SHOP_ORIGIN, ...headers } });
  };

  it('BK-19: a list that stayed the same is answered by 304 without a body, and by 200 after a change', async () => {
    const first = await ask();
    expect(first.status).to.equal(200);
    const question = { serviceId: clinic.service.id, staffId: null, from: dateOf(at(9)), days: 7 };
    const listed = dataOf(await clinic.customer().call('slot:list', question));
    expect(await first.json()).to.deep.equal({ ok: true, data: listed });
    expect(first.headers.get('Cache-Control')).to.equal('no-cache');
    expect(first.headers.get('Vary')).to.include('Origin');
    const etag = first.headers.get('ETag') ?? '';
    const same = await ask({}, { headers: { 'If-None-Match': etag } });
    expect([same.status, await same.text(), same.headers.get('ETag')]).to.deep.equal([304, '', etag]);
    await clinic.hold(at(10));
    const changed = await ask({}, { headers: { 'If-None-Match': etag } });
    expect(changed.status).to.equal(200);
    expect(changed.headers.get('ETag')).to.not.equal(etag);
  });

  it('BK-8 BK-19: when a server dies after it wrote and before it counted, the second try counts: nobody is left with an old list', async () => {
    const own = await openClinic(test);
    const revisions = test.server.core.connection.collection('booking_revisions');
    const agendas = async () => (await revisions.find().toArray()).reduce((sum, { agenda }) => sum + Number(agenda), 0);
    const who = own.customer();
    const { serviceId, staffId } = { serviceId: own.service.id, staffId: null };
    const tries: [string, () => Promise<Parameters<typeof codeOf>[0]>][] = [];
    const add = (name: string, ask: (key: string) => Promise<Parameters<typeof codeOf>[0]>): void => {
      const key = createIdempotencyKey();
      tries.push([name, () => ask(key)]);
    };
    add('hold', (key) => who.call('hold:create', { serviceId, staffId, start: at(11) }, key));
    const other = own.customer();
    const held = await own.hold(at(13), { customer: other });
    const proof = { proof: await other.prove(), website: '' };
    add('confirm', (key) => other.call('booking:confirm', { ...confirmation(held.id), ...proof }, key));
    const { manageToken, booking } = await own.book(at(14));
    const move = { manageToken, version: booking.version, start: at(15) };
    add('reschedule', (key) => who.call('booking:reschedule-own', move, key));
    const wish = { serviceId, staffId, start: at(9), customer: MEI, answers: {} };
    add('create', (key) => own.ask('booking:create', wish, key));
    for (const [name, ask] of tries) {
      expect(codeOf(await ask()), name).to.equal('OK');
      const before = await agendas();
      expect(codeOf(await ask()), name).to.equal('OK');
      expect(await agendas(), name).to.be.greaterThan(before);
    }
  });

  it('BK-9: one person, and a visit of several services, can be asked for', async () => {
    const staff = clinic.staff[0]?.id ?? '';
    const read = async (query: Record<string, string>) =>
      ((await (await ask(query)).json()) as { data: { days: number[][] } }).data.days;
    expect(await read({ staff })).to.deep.equal(await read({}));
    const followedBy = `${clinic.service.id}.${staff},${clinic.service.id}`;
    expect(await read({ followedBy })).to.not.deep.equal(await read({}));
  });

  it('BK-40: foreign origins, unknown sites and foreign services read nothing, and bad questions are named', async () => {
    const codeOf = async (answer: Response) => {
      const { error } = (await answer.json()) as { error: { code: string; fields?: Record<string, string> } };
      return [answer.status, error.code, ...Object.keys(error.fields ?? {})];
    };
    const foreign = await ask({}, { headers: { Origin: 'https://evil.example' } });
    expect(await codeOf(foreign)).to.deep.equal([403, 'ORIGIN_NOT_ALLOWED']);
    expect(foreign.headers.get('Access-Control-Allow-Origin')).to.equal(null);
    expect(await codeOf(await ask({}, { site: `pk_${'a'.repeat(24)}` }))).to.deep.equal([404, 'NOT_FOUND']);
    const other = await openClinic(test);
    expect(await codeOf(await ask({ service: other.service.id }))).to.deep.equal([404, 'NOT_FOUND']);
    expect(await codeOf(await ask({ days: '43' }))).to.deep.equal([400, 'VALIDATION', 'days']);
    expect(await codeOf(await ask({ from: 'today' }))).to.deep.equal([400, 'VALIDATION', 'from']);
    expect(await codeOf(await ask({ followedBy: 'x' }))).to.deep.equal([400, 'VALIDATION', 'followedBy']);
  });

  it('BK-34: who asks too often is told when to come back', async () => {
    const strict = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '0.05' } });
    try {
      const { shop, service } = await openClinic(strict);
      const url = `${strict.url}/v1/${shop.site.publicKey}/slots?service=${service.id}&from=${dateOf(at(9))}`;
      const answers = await Promise.all(
        Array.from({ length: 13 }, () => fetch(url, { headers: { Origin: SHOP_ORIGIN } })),
      );
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).to.have.length(1);
      expect(Number(refused[0]?.headers.get('Retry-After'))).to.be.within(1, 10);
    } finally {
      await strict.close();
    }
  });
});
