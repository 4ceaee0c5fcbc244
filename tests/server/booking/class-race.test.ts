/** BK-4: ten times as many as there are seats want them at once, through two server processes that share a store. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { SeatAnswer } from '@frontdesk/protocol/booking-class';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { createServerProcess, type ServerProcess } from '../../reliability/server-process.js';
import { createRandom } from '../../reliability/random.js';
import { codeOf } from '../../support/booking.js';
import { openClassroom, type Classroom } from '../../support/classroom.js';
import { startTestDatabase, type TestDatabase } from '../../support/database.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

const CAPACITY = 15;
/** A link that one server made is opened by the other. */
const JWT_SECRETS = `race:${randomBytes(32).toString('base64url')}`;

interface StoredEntry {
  readonly state: string;
  readonly seats: number;
  readonly customer: { readonly name: string } | null;
}

describe('races for seats', function races() {
  this.timeout(120_000);
  let database: TestDatabase;
  let app: TestServer;
  let other: ServerProcess;
  let dataDir: string;
  let room: Classroom;

  before(async () => {
    database = await startTestDatabase();
    const env = { MONGODB_URI: database.uri, JWT_SECRETS };
    app = await startTestServer({ env });
    dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-class-race-'));
    const handleCrash = (what: string) => {
      throw new Error(what);
    };
    other = await createServerProcess({ dataDir, env, handleCrash });
    await other.start();
    room = await openClassroom(app);
  });
  after(async () => {
    await other.terminate();
    await app.close();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function readEntries(): Promise<StoredEntry[]> {
    const row = await app.server.core.connection.collection('allocations').findOne({ 'session.capacity': CAPACITY });
    return (row as unknown as { session: { entries: StoredEntry[] } }).session.entries;
  }
  const countTaken = (entries: readonly StoredEntry[]): number =>
    entries.reduce((sum, { state, seats }) => sum + (['held', 'offered', 'enrolled'].includes(state) ? seats : 0), 0);

  it('BK-4: of several who want the last seat through two servers one gets it, every time', async () => {
    const { id: sessionId } = await room.addSession(14, { capacity: 1 });
    const pupils = Array.from({ length: 6 }, (_, index) =>
      room.pupil(`Fast ${index}`, index % 2 === 0 ? app.url : other.url),
    );
    for (let round = 0; round < 10; round += 1) {
      const holds = await Promise.all(
        pupils.map(async (who) => ({ who, answer: await who.call('seat:hold', { sessionId, seats: 1 }) })),
      );
      const [winner, ...more] = holds.filter(({ answer }) => answer.result.ok);
      expect(more).to.deep.equal([]);
      if (!winner) throw new Error('Nobody got the seat.');
      await winner.who.call('seat:release', { enrolmentId: dataOf(winner.answer).id });
    }
  });

  it('BK-4: never more people than seats, whoever is refused waits, and the line is in the order of arrival', async () => {
    const { id: sessionId } = await room.addSession(10, { capacity: CAPACITY });
    const random = createRandom(4);
    let isOver = false;
    const counts: number[] = [];
    const watching = (async () => {
      while (!isOver) counts.push(countTaken(await readEntries()));
    })();
    const answers = await Promise.all(
      Array.from({ length: 10 * CAPACITY }, async (_, index) => {
        const who = room.pupil(`Pupil ${index}`, index % 2 === 0 ? app.url : other.url);
        const seats = random.int(1, 3);
        const keys = [createIdempotencyKey(), createIdempotencyKey()];
        const hold = await who.call('seat:hold', { sessionId, seats }, keys[0]);
        expect(codeOf(hold)).to.be.oneOf(['OK', 'SLOT_TAKEN', 'CAP_REACHED']);
        if (!hold.result.ok) return undefined;
        const take = { enrolmentId: hold.result.data.id, ...room.details(who) };
        const [one, twin] = await Promise.all([1, 2].map(() => who.call('seat:confirm', take, keys[1])));
        expect(dataOf(one!)).to.deep.equal(dataOf(twin!));
        return dataOf(one!);
      }),
    );
    isOver = true;
    await watching;
    const enrolled = answers.filter((answer) => answer !== undefined);
    expect(enrolled.reduce((sum, { seat }) => sum + seat.seats, 0)).to.be.within(CAPACITY - 2, CAPACITY);
    expect(Math.max(...counts)).to.be.at.most(CAPACITY);
    expect(counts.length).to.be.greaterThan(10);
    await keepOrder(sessionId);
  });

  async function keepOrder(sessionId: Parameters<Classroom['wait']>[1]): Promise<void> {
    const waits: SeatAnswer[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      // Two at once through two servers, one pair after the other.
      const pair = [app.url, other.url].map(async (url, index) => {
        const who = room.pupil(`Waiting ${turn} ${index}`, url);
        const [key, input] = [createIdempotencyKey(), { sessionId, seats: 3, ...room.details(who) }];
        const [one, twin] = await Promise.all([1, 2].map(() => who.call('seat:wait', input, key)));
        expect(dataOf(twin!).seatToken).to.equal(dataOf(one!).seatToken);
        return dataOf(one!);
      });
      waits.push(...(await Promise.all(pair)));
    }
    expect(waits).to.have.length(16);
    const line = (await readEntries()).filter(({ state }) => state === 'waiting');
    const turns = line.map(({ customer }) => Number(customer?.name.split(' ')[1]));
    expect(turns).to.deep.equal([...turns].sort((one, next) => one - next));
    expect(line).to.have.length(16);
  }
});
