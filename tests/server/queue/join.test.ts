/** Joining a line with an own phone. */
import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import { createIdempotencyKey, createTicketToken, createVisitorToken } from '@frontdesk/protocol/ids';
import type { IssuedTicket, QueueOffer } from '@frontdesk/protocol/queue-device';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { createLogger } from '@frontdesk/server/core/logger';
import { dayCodeOf } from '@frontdesk/server/queue/join.service';
import { openBranch, type Branch } from '../../support/phones.js';
import { callHttp, dataOf, startTestServer, type CallAnswer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

const HERE = { latitude: 3.139, longitude: 101.6869 };
const geofence = { ...HERE, radiusMeters: 300 };
const near = { kind: 'position', latitude: 3.1392, longitude: 101.687, accuracyMeters: 20 };
const far = { kind: 'position', latitude: 3.2079, longitude: 101.7043, accuracyMeters: 20 };

describe('joining with a phone', function joining() {
  this.timeout(30_000);
  let test: TestServer;
  let branch: Branch;
  let nowMs = Date.now();
  const logged: string[] = [];

  before(async () => {
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged.push(chunk.toString());
        done();
      },
    });
    const log = createLogger({ level: 'trace', destination });
    test = await startTestServer({ clock: { now: () => nowMs }, log });
  });
  after(() => test.close());
  beforeEach(async () => {
    branch = await openBranch(test, { location: { geofence }, service: { isRemoteJoinAllowed: true } });
  });

  const visitor = (origin = SHOP_ORIGIN, token: string = createVisitorToken()) =>
    ({ audience: 'visitor', token, site: branch.shop.site.publicKey, origin }) as const;
  const request = () => ({
    locationId: branch.locationId,
    serviceId: branch.service.id,
    token: createTicketToken(),
    language: 'en',
    classKey: null,
    name: null,
    phone: null,
    hasConsented: false,
  });
  const join = (proof: object, more: object = {}, key: string = createIdempotencyKey(), who = visitor()) =>
    callHttp<IssuedTicket>(test.url, 'ticket:join', { ...request(), proof, ...more }, { ...who, key });
  const readTicket = async ({ result }: CallAnswer<IssuedTicket>): Promise<HolderState> => {
    const { url } = dataOf({ result });
    return dataOf(await branch.ask<HolderState>(url.slice(url.indexOf('#') + 1), 'ticket:read'));
  };

  /** The code as a display on the wall shows it. */
  async function readDayCode(): Promise<string> {
    const secret = test.server.core.config.jwtSecrets[0]?.secret ?? Buffer.alloc(0);
    const queue = { tenantId: branch.shop.site.tenantId, locationId: branch.locationId };
    const issued = await branch.issue();
    await test.server.queue.flush();
    const rows = test.server.core.connection.collection('queue_tickets');
    const row = await rows.findOne({ 'ticket.id': issued.id });
    return dayCodeOf(secret, queue, String(row?.['serviceDay']));
  }

  it('QP-6: inside the radius a phone joins from afar and waits for its holder to arrive', async () => {
    const answer = await join(near);
    const { ticket, place } = await readTicket(answer);
    expect(ticket).to.include({ state: 'waiting', presence: 'remote' });
    expect(place?.ahead).to.equal(0);
    expect((await branch.staff('ticket:call-next', { counterId: branch.counter.id })).result).to.have.nested.property(
      'error.code',
      'QUEUE_EMPTY',
    );
  });

  it('QP-6: too far away, or without a place to compare, another way in is offered', async () => {
    for (const proof of [far, { kind: 'none' }, { kind: 'day-code', code: 'of-yesterday-or-guessed' }]) {
      const answer = await join(proof);
      expect(answer.status).to.equal(403);
      expect(answer.result).to.have.nested.property('error.code', 'TOO_FAR');
      expect(answer.result)
        .to.have.nested.property('error.message')
        .that.matches(/scan the code/i);
    }
    const open = await openBranch(test, { service: { isRemoteJoinAllowed: true } });
    branch = open;
    expect((await join(near)).result).to.have.nested.property('error.code', 'TOO_FAR');
  });

  it('QP-6: with the code of the day a phone is there; the code of another day or branch is none', async () => {
    const code = await readDayCode();
    const { ticket } = await readTicket(await join({ kind: 'day-code', code }));
    expect(ticket).to.include({ state: 'waiting', presence: 'onsite' });
    const ours = branch;
    branch = await openBranch(test, { location: { geofence }, service: { isRemoteJoinAllowed: true } });
    expect((await join({ kind: 'day-code', code })).result).to.have.nested.property('error.code', 'TOO_FAR');
    branch = ours;
    nowMs += 24 * 60 * 60 * 1_000;
    expect((await join({ kind: 'day-code', code })).result).to.have.nested.property('error.code', 'TOO_FAR');
  });

  it('QP-6: where the phone was is in no row and no line of the log', async () => {
    dataOf(await join(near));
    await join(far);
    await test.server.queue.flush();
    const { connection } = test.server.core;
    const names = (await connection.db!.listCollections().toArray()).map(({ name }) => name);
    const rows = await Promise.all(
      names
        .filter((name) => name !== 'locations')
        .map(async (name) => JSON.stringify(await connection.collection(name).find({}).toArray())),
    );
    for (const { latitude, longitude } of [near, far]) {
      for (const coordinate of [latitude, longitude]) {
        expect(rows.join('')).not.to.include(String(coordinate));
        expect(logged.join('')).not.to.include(String(coordinate));
      }
    }
    const hashes = [near, far].map((proof) => createHash('sha256').update(JSON.stringify(proof)).digest('base64url'));
    for (const hash of hashes) expect(rows.join('')).not.to.include(hash);
  });

  it('QP-6: only services that allow it are offered and taken', async () => {
    branch = await openBranch(test, { location: { geofence }, service: { isRemoteJoinAllowed: false } });
    const browse = await callHttp<QueueOffer>(test.url, 'queue:browse', { locationId: branch.locationId }, visitor());
    expect(dataOf(browse).services).to.deep.equal([]);
    expect((await join(near)).result).to.have.nested.property('error.code', 'NOT_FOUND');
  });

  it('QP-5: a lost acknowledgement makes no second ticket; another input under the key is refused', async () => {
    const key = createIdempotencyKey();
    const who = visitor();
    const input = { ...request(), proof: near };
    const send = (more: object = {}) =>
      callHttp<IssuedTicket>(test.url, 'ticket:join', { ...input, ...more }, { ...who, key });
    const first = dataOf(await send());
    expect(dataOf(await send()).ticketId).to.equal(first.ticketId);
    // A phone that moved a step meanwhile still means the same ticket.
    expect(dataOf(await send({ proof: { ...near, latitude: 3.1391 } })).ticketId).to.equal(first.ticketId);
    expect((await send({ language: 'ms' })).result).to.have.nested.property('error.code', 'IDEMPOTENCY_MISMATCH');
    const stranger = await callHttp<IssuedTicket>(
      test.url,
      'ticket:join',
      { ...request(), proof: near },
      { ...visitor(), key },
    );
    expect(dataOf(stranger).ticketId).not.to.equal(first.ticketId);
  });

  it('QK-12: a closed branch says so; a stranger to the business finds nothing', async () => {
    const closed = { weekly: [[], [], [], [], [], [], []], specialDays: [], holidays: [] };
    const other = branch.locationId;
    branch = await openBranch(test, { location: { geofence, hours: closed }, service: { isRemoteJoinAllowed: true } });
    expect((await join(near)).result).to.have.nested.property('error.code', 'QUEUE_CLOSED');
    const foreign = await callHttp(test.url, 'queue:browse', { locationId: other }, visitor());
    expect(foreign.result).to.have.nested.property('error.code', 'NOT_FOUND');
  });

  it('WID-01: a page on our own origin may use any site; another foreign page may not', async () => {
    const browse = (origin: string) =>
      callHttp<QueueOffer>(test.url, 'queue:browse', { locationId: branch.locationId }, visitor(origin));
    expect(dataOf(await browse(test.url)).services).to.have.length(1);
    expect((await browse('https://elsewhere.example')).result).to.have.nested.property(
      'error.code',
      'ORIGIN_NOT_ALLOWED',
    );
  });
});
