/** BK-4: a server that is killed while somebody enrols in a course leaves all of the seats or seats that expire, never half a course. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { createServerProcess, type ServerProcess } from '../../reliability/server-process.js';
import { at, codeOf, dateOf } from '../../support/booking.js';
import { openClassroom } from '../../support/classroom.js';
import { startTestDatabase, type TestDatabase } from '../../support/database.js';
import { callHttp, startTestServer, type TestServer } from '../../support/server.js';

const JWT_SECRETS = `restart:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;
const WEEKS = 6;
/** They call one after the other, so that the kill finds each at another write. */
const CALLERS = 6;
const APART_MS = 15;

describe('enrolling in a course beside a server that is killed', function restarts() {
  this.timeout(90_000);
  let database: TestDatabase;
  let app: TestServer;
  let victim: ServerProcess;
  let dataDir: string;
  let aheadMs = 0;

  before(async () => {
    database = await startTestDatabase();
    const env = { MONGODB_URI: database.uri, JWT_SECRETS };
    dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-course-'));
    app = await startTestServer({ env, clock: { now: () => Date.now() + aheadMs } });
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

  it('BK-4: whoever was enrolling has every date or none when the holds have run out, and a second try gets all', async () => {
    const room = await openClassroom(app);
    const { accessToken: token } = await room.shop.signIn(room.shop.ownerEmail);
    const weekly = { weeks: WEEKS, except: [], isCourse: true };
    const when = { serviceId: room.course.id, staffId: null, date: dateOf(at(10)), time: '10:00' };
    const { sessions } = await room.must('class-session:create', { ...when, weekly, capacity: 40 });
    const [{ courseId }] = sessions as [(typeof sessions)[number]];
    const tries = Array.from({ length: CALLERS }, (_, index) => ({
      name: `Caller ${index}`,
      key: createIdempotencyKey(),
    }));
    const ask = (url: string, { name, key }: (typeof tries)[number]) => {
      const customer = { name, phone: null, email: null };
      const input = { courseId, seats: 1, without: [], customer, answers: {} };
      return callHttp(url, 'course:enrol', input, { audience: 'staff', token, key });
    };
    const countDates = async (): Promise<Map<string, number>> => {
      const counts = new Map<string, number>();
      for (const { id: sessionId } of sessions) {
        const { enrolments } = await room.must('class-session:read', { sessionId });
        for (const { customer, state } of enrolments) {
          expect(state).to.equal('enrolled');
          counts.set(customer.name, (counts.get(customer.name) ?? 0) + 1);
        }
      }
      return counts;
    };
    const asked = tries.map(async (one, index) => {
      await sleep(index * APART_MS);
      return ask(victim.url, one).catch(() => undefined);
    });
    await sleep(CALLERS * APART_MS);
    await victim.kill();
    await Promise.all(asked);
    aheadMs = 2 * 60_000;
    for (const [name, count] of await countDates()) expect(count, name).to.equal(WEEKS);
    for (const one of tries) expect(codeOf(await ask(app.url, one))).to.equal('OK');
    const ends = await countDates();
    expect([...ends.values()]).to.deep.equal(tries.map(() => WEEKS));
    expect((await room.must('class-session:read', { sessionId: sessions[0]!.id })).session.kept).to.equal(0);
  });
});
