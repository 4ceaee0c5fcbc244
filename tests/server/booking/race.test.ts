/** BK-1, BK-2: everybody at once, over sockets and HTTP, through two server processes that share a store. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import type { HoldDto, SlotAlternatives } from '@frontdesk/protocol/booking-visitor';
import type { Result } from '@frontdesk/protocol/result';
import { createServerProcess, type ServerProcess } from '../../reliability/server-process.js';
import { createRandom } from '../../reliability/random.js';
import { at, dateOf, findOverlaps, openClinic, readLive, type Clinic } from '../../support/booking.js';
import { startTestDatabase, type TestDatabase } from '../../support/database.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { TestSocket, SHOP_ORIGIN } from '../../support/sockets.js';

const ATTEMPTS = 1_000;
const SOCKETS_PER_SERVER = 50;
/** A thousand at once wait for each other, on a machine that may have other work. */
const ANSWER_MS = 60_000;
/** A link that one server made is opened by the other. */
const JWT_SECRETS = `race:${randomBytes(32).toString('base64url')}`;

describe('booking races', function races() {
  this.timeout(240_000);
  let database: TestDatabase;
  let app: TestServer;
  let other: ServerProcess;
  let dataDir: string;
  const sockets: TestSocket[] = [];

  before(async () => {
    database = await startTestDatabase();
    const env = { MONGODB_URI: database.uri, JWT_SECRETS };
    app = await startTestServer({ env });
    dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-race-'));
    const handleCrash = (what: string) => {
      throw new Error(what);
    };
    other = await createServerProcess({ dataDir, env, handleCrash });
    await other.start();
  });
  after(async () => {
    for (const socket of sockets) socket.close();
    await other.terminate();
    await app.close();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function openSockets(clinic: Clinic): Promise<TestSocket[]> {
    const site = clinic.shop.site.publicKey;
    const opened = [app.url, other.url].flatMap((url) =>
      Array.from({ length: SOCKETS_PER_SERVER }, () => {
        const auth = { site, token: createVisitorToken(), protocol: 1 };
        return new TestSocket(url, '/visitor', { query: { site }, extraHeaders: { Origin: SHOP_ORIGIN }, auth });
      }),
    );
    sockets.push(...opened);
    await Promise.all(opened.map((socket) => socket.ready()));
    return opened;
  }

  it('BK-1: of 1,000 attempts on one slot one succeeds, the others hear SLOT_TAKEN with other starts, nothing else', async () => {
    const clinic = await openClinic(app);
    const opened = await openSockets(clinic);
    const input = { serviceId: clinic.service.id, staffId: null, start: at(10) };
    const attempts = Array.from({ length: ATTEMPTS }, async (_, index): Promise<Result<unknown>> => {
      const socket = opened[index % opened.length];
      if (index % 2 === 0 && socket) {
        const request = { input, idempotencyKey: createIdempotencyKey() };
        return socket.socket.timeout(ANSWER_MS).emitWithAck('hold:create', request) as Promise<Result<unknown>>;
      }
      const url = index % 4 === 1 ? app.url : other.url;
      const { status, result } = await clinic.customer(createVisitorToken(), url).call('hold:create', input);
      expect(status).to.be.below(500);
      return result;
    });
    const results = await Promise.all(attempts);
    expect(results.filter(({ ok }) => ok)).to.have.length(1);
    for (const result of results) {
      if (result.ok) continue;
      expect(result.error.code).to.equal('SLOT_TAKEN');
      const { alternatives } = result.error.current as SlotAlternatives;
      expect(alternatives).to.have.length(6).and.not.include(at(10));
    }
    expect(await readLive(app)).to.have.length(1);
  });

  it('BK-2: random overlapping attempts on three people and two rooms: nobody is in two places, and nobody was sent away from a free one', async () => {
    const clinic = await openClinic(app, { staff: 0 });
    const rooms = await clinic.addPool('Room', 2);
    const segment = (minutes: number) => [{ minutes, needsStaff: true, poolIds: [rooms.id] }];
    const services = await Promise.all(
      [15, 30, 45, 60].map((minutes) =>
        clinic.addService({ segments: segment(minutes), intervalMinutes: 5, bufferAfterMinutes: minutes === 45 ? 10 : 0 }),
      ),
    );
    const serviceIds = services.map(({ id }) => id);
    for (let made = 1; made <= 3; made += 1) await clinic.addStaff(`Doctor ${made}`, { serviceIds });
    const random = createRandom(2_026);
    const wishes = Array.from({ length: ATTEMPTS }, () => ({
      service: random.pick(services),
      start: at(9 + random.int(0, 95) / 12),
    }));
    const answers = await Promise.all(
      wishes.map(async ({ service, start }, index) => {
        const url = index % 2 === 0 ? app.url : other.url;
        const who = clinic.customer(createVisitorToken(), url);
        return who.call('hold:create', { serviceId: service.id, staffId: null, start });
      }),
    );
    const held = answers.filter(({ result }) => result.ok).map(({ result }) => (result as { data: HoldDto }).data);
    expect(held.length).to.be.greaterThan(10);
    for (const { result } of answers) if (!result.ok) expect(result.error.code).to.be.oneOf(['SLOT_TAKEN', 'SLOT_CLOSED']);
    expect(await findOverlaps(app)).to.deep.equal([]);
    // Nothing was given back, so whatever fits now would have fitted then.
    const free = new Map(
      await Promise.all(
        services.map(async ({ id }) => [id, await clinic.starts(dateOf(at(9)), { serviceId: id })] as const),
      ),
    );
    const wall = (instant: string) => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(11, 16);
    const sentAway = wishes.filter(
      ({ service, start }, index) => !answers[index]?.result.ok && free.get(service.id)?.includes(wall(start)),
    );
    expect(sentAway).to.deep.equal([]);
  });
});
