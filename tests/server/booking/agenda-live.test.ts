/** What one server writes, staff at another hear: the agenda and the setup, once, and holds not at all. */
import { expect } from 'chai';
import type { SessionDto } from '@frontdesk/protocol/auth';
import type { LocationId } from '@frontdesk/protocol/ids';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { at, dateOf, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { startTestDatabase, type TestDatabase } from '../../support/database.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { StaffSocket } from '../../support/sockets.js';
import { PASSWORD } from '../../support/workspace.js';

const JWT_SECRETS = `agenda:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;
/** The bound that agenda-watch.ts promises, and as much again for a busy machine. */
const HEARD_WITHIN_MS = 2_500;

describe('an agenda at several servers', function several() {
  this.timeout(60_000);
  let database: TestDatabase;
  let here: TestServer;
  let there: TestServer;
  let clinic: Clinic;
  let socket: StaffSocket;

  before(async () => {
    database = await startTestDatabase();
    const env = { MONGODB_URI: database.uri, JWT_SECRETS };
    [here, there] = [await startTestServer({ env }), await startTestServer({ env })];
    clinic = await openClinic(here);
    socket = await listen(clinic);
    await read();
  });
  after(async () => {
    socket.close();
    await there.close();
    await here.close();
    await database.close();
  });

  /** The owner's socket at the other server. */
  async function listen({ shop }: Clinic): Promise<StaffSocket> {
    const input = { email: shop.ownerEmail, password: PASSWORD };
    const signedIn = await callHttp<SessionDto>(there.url, 'session:sign-in', input, { audience: 'public' });
    const { accessToken } = dataOf(signedIn);
    const opened = new StaffSocket(there.url, '/staff', {
      query: { audience: 'staff' },
      extraHeaders: { Origin: there.url },
      auth: { token: accessToken, protocol: PROTOCOL_VERSION },
    });
    await opened.ready();
    return opened;
  }

  async function read(): Promise<number> {
    const input = { locationId: clinic.locationId, from: dateOf(at(9)), days: 1 };
    const answer = await socket.call('agenda:read', input);
    if (!answer.ok) throw new Error(answer.error.code);
    return answer.data.bookings.length;
  }
  const count = (name: string): number => socket.heard.filter((heard) => heard.name === name).length;
  const until = (name: string, least: number): Promise<unknown> =>
    socket.until(`${name} ${least} times`, () => count(name) >= least, HEARD_WITHIN_MS);
  const book = (hour: number) =>
    clinic.must('booking:create', {
      serviceId: clinic.service.id,
      staffId: null,
      start: at(hour),
      customer: MEI,
      answers: {},
    });

  it('BK-18: staff at another server hear of a booking within the bound, and read it', async () => {
    const before = await read();
    await book(10);
    await until('agenda:changed', 1);
    const fact = socket.heard.find(({ name }) => name === 'agenda:changed')?.fact as { locationId: LocationId };
    expect(fact.locationId).to.equal(clinic.locationId);
    expect(await read()).to.equal(before + 1);
  });

  it('BK-18: a hold is nobody’s news, and what is told is told once', async () => {
    const told = count('agenda:changed');
    const close = (hour: number) =>
      clinic.must('block:create', {
        resourceId: clinic.staff[0]!.id,
        start: at(hour),
        end: at(hour + 1),
        reason: 'Training',
      });
    await clinic.hold(at(14));
    await close(15);
    // The look that brought the time off came after the hold.
    await until('workspace:changed', 1);
    expect(count('agenda:changed')).to.equal(told);
    await book(11);
    await until('agenda:changed', told + 1);
    await close(16);
    await until('workspace:changed', 2);
    expect(count('agenda:changed')).to.equal(told + 1);
  });

  it('BK-40: another business hears nothing of it', async () => {
    const other = await openClinic(here);
    const stranger = await listen(other);
    await stranger.call('agenda:read', { locationId: other.locationId, from: dateOf(at(9)), days: 1 });
    const told = count('agenda:changed');
    await book(12);
    await until('agenda:changed', told + 1);
    expect(stranger.heard.filter(({ name }) => name === 'agenda:changed')).to.deep.equal([]);
    stranger.close();
  });
});
