/** BK-8: a server that is killed while bookings move leaves each in one place, and nobody in two. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { readClaims } from '@frontdesk/domain/booking/claims';
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { createRandom } from '../../reliability/random.js';
import { createServerProcess, type ServerProcess } from '../../reliability/server-process.js';
import { at, findOverlaps, openClinic, readLive, type Clinic } from '../../support/booking.js';
import { startTestDatabase, type TestDatabase } from '../../support/database.js';
import { startTestServer, type TestServer } from '../../support/server.js';

const JWT_SECRETS = `restart:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;
const KILLS = 3;
const CUSTOMERS = 6;

describe('booking beside a server that is killed', function restarts() {
  this.timeout(120_000);
  let database: TestDatabase;
  let app: TestServer;
  let victim: ServerProcess;
  let dataDir: string;

  before(async () => {
    database = await startTestDatabase();
    const env = { MONGODB_URI: database.uri, JWT_SECRETS };
    dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-restart-'));
    app = await startTestServer({ env });
    const handleCrash = (what: string) => {
      throw new Error(what);
    };
    victim = await createServerProcess({ dataDir, env, handleCrash });
    await victim.start();
  });
  after(async () => {
    await victim.kill();
    await app.close();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Asks until there is an answer, always under the same key, as a client does whose server dies. */
  async function move(clinic: Clinic, token: string, booked: BookedDto, start: string): Promise<BookedDto> {
    const { manageToken, booking } = booked;
    const key = createIdempotencyKey();
    for (;;) {
      const input = { manageToken, version: booking.version, start };
      const asked = clinic.customer(token, victim.url).call('booking:reschedule-own', input, key);
      const answer = await asked.catch(() => undefined);
      if (answer?.result.ok) return answer.result.data;
      if (answer && !answer.result.ok && answer.result.error.code === 'SLOT_TAKEN') return booked;
      if (answer && !answer.result.ok) expect(answer.status, answer.result.error.code).to.be.at.least(500);
      await sleep(20);
    }
  }

  it('BK-8: every booking is somewhere, once, and its holder knows where', async () => {
    const clinic = await openClinic(app, { service: { maxReschedules: 20, intervalMinutes: 5 } });
    const random = createRandom(8);
    const customers = await Promise.all(
      Array.from({ length: CUSTOMERS }, async (_, index) => {
        const { token } = clinic.customer();
        return { token, booked: await clinic.book(at(9 + index), { customer: clinic.customer(token) }) };
      }),
    );
    let isOver = false;
    const walks = customers.map(async ({ token, booked }) => {
      let current = booked;
      for (let moves = 0; moves < 20 && !isOver; moves += 1) {
        current = await move(clinic, token, current, at(9 + random.int(0, 90) / 12));
        if (current.booking.rescheduleUntil === null) break;
      }
      return current;
    });
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep(random.int(30, 300));
      await victim.kill();
      await victim.start();
    }
    isOver = true;
    const ends = await Promise.all(walks);
    const live = await readLive(app);
    expect(live).to.have.length(CUSTOMERS);
    expect(await findOverlaps(app)).to.deep.equal([]);
    // Whoever moved owns the time that they are shown at, and no other.
    for (const { spans, claims } of live) {
      const owned = readClaims(claims).map(({ from, to }) => ({ from, to }));
      expect(owned).to.deep.equal(spans.map(({ from, to }) => ({ from, to })));
    }
    for (const { manageToken, booking } of ends) {
      const { result } = await clinic.customer().call('booking:read-own', { manageToken });
      expect(result.ok && result.data.booking).to.deep.equal(booking);
    }
  });
});
