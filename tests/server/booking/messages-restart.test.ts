/** Messages of a server that is killed: none is lost, and none is said twice that must not be. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createServerProcess, type ServerProcess } from '../../reliability/server-process.js';
import { at, confirmation, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { openClassroom } from '../../support/classroom.js';
import { startTestDatabase, type TestDatabase } from '../../support/database.js';
import { startMailServer, type MailServer } from '../../support/mail-server.js';
import { dataOf, startTestServer, type TestServer } from '../../support/server.js';

const JWT_SECRETS = `restart:${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')}`;
/** Longer than a message is leased for, shorter than a reminder may be late. */
const LATER_MS = 5 * 60_000;

describe('mails of a server that is killed', function restarts() {
  this.timeout(90_000);
  let database: TestDatabase;
  let mail: MailServer;
  let victim: ServerProcess;
  let dataDir: string;
  let env: Record<string, string>;
  const open: TestServer[] = [];

  before(async () => {
    database = await startTestDatabase();
    mail = await startMailServer();
    env = { ...mail.env, MONGODB_URI: database.uri, JWT_SECRETS };
    dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-mails-'));
    const handleCrash = (what: string) => {
      throw new Error(what);
    };
    victim = await createServerProcess({ dataDir, env, handleCrash });
  });
  after(async () => {
    await victim.kill();
    for (const server of open) await server.close();
    await mail.close();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function bookAtVictim(clinic: Clinic, start: string, email: string): Promise<void> {
    const who = clinic.customer(undefined, victim.url);
    const hold = dataOf(await who.call('hold:create', { serviceId: clinic.service.id, staffId: null, start }));
    dataOf(await who.call('booking:confirm', { ...confirmation(hold.id), customer: { ...MEI, email } }));
  }

  it('BK-23: killed while it sends, it never reminds again; news comes once more as the same message; killed before, it is sent by another', async () => {
    const first = await startTestServer({ env });
    open.push(first);
    // Awake at any hour at which tests run.
    const hour = new Date().getUTCHours();
    const timeZone = `Etc/GMT${hour >= 12 ? `+${hour - 12}` : `-${12 - hour}`}`;
    const hours = {
      weekly: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
      specialDays: [],
      holidays: [],
    };
    const clinic = await openClinic(first, { location: { timeZone, hours } });
    await clinic.book(at(10), { more: { customer: { ...MEI, email: 'reminded@example.test' } } });
    await mail.waitFor('reminded@example.test', 1);
    // As if the visit were tomorrow at this hour.
    const now = new Date();
    await first.server.core.connection
      .collection('allocations')
      .updateOne(
        { 'outbox.kind': 'reminder-day' },
        { $set: { 'outbox.$.plannedAt': now, 'outbox.$.dueAt': new Date(now.getTime() + 1_000) } },
      );
    await first.close();

    mail.mood = 'mute';
    await victim.start();
    await mail.waitFor('reminded@example.test', 2);
    await victim.kill();
    await victim.start();
    await bookAtVictim(clinic, at(12), 'news@example.test');
    await mail.waitFor('news@example.test', 1);
    await victim.kill();
    await victim.start();
    await bookAtVictim(clinic, at(14), 'early@example.test');
    await victim.kill();
    expect(mail.to('early@example.test')).to.have.length(0);

    mail.mood = 'take';
    const second = await startTestServer({ env, clock: { now: () => Date.now() + LATER_MS } });
    open.push(second);
    await second.server.booking.drainMessages();
    const [reminded, news, early] = ['reminded', 'news', 'early'].map((name) => mail.to(`${name}@example.test`));
    expect(reminded?.map(({ subject }) => subject?.split(':')[0])).to.deep.equal(['Booked', 'Reminder']);
    expect(new Set(news?.map(({ messageId }) => messageId)).size).to.equal(1);
    expect(news).to.have.length(2);
    expect(early?.map(({ subject }) => subject?.split(':')[0])).to.deep.equal(['Booked']);
    await second.server.booking.drainMessages();
    expect(mail.mails).to.have.length(5);
  });

  it('BK-28: killed while it tells a waiter of a free seat, another tells it as the same message, and then nobody again', async () => {
    for (const server of open.splice(0)) await server.close();
    const first = await startTestServer({ env });
    const room = await openClassroom(first);
    const { id } = await room.addSession(10, { capacity: 1 });
    const { seatToken } = await room.enrol(room.pupil('Mei'), id);
    await room.wait(room.pupil('Aina'), id);
    await mail.waitFor('aina@example.test', 1);
    await first.close();

    mail.mood = 'mute';
    await victim.start();
    dataOf(await room.pupil('Mei', victim.url).call('seat:cancel-own', { seatToken, reason: '' }));
    await mail.waitFor('aina@example.test', 2);
    await victim.kill();
    mail.mood = 'take';
    const second = await startTestServer({ env, clock: { now: () => Date.now() + LATER_MS } });
    open.push(second);
    await second.server.booking.drainMessages();
    await second.server.booking.drainMessages();
    const [, ...offers] = mail.to('aina@example.test');
    expect(offers.map(({ subject }) => subject?.slice(0, 14))).to.deep.equal(['A seat is free', 'A seat is free']);
    expect(new Set(offers.map(({ messageId }) => messageId)).size).to.equal(1);
  });
});
