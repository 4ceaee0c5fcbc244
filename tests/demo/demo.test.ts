import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { COLLEAGUES, CONVERSATIONS, DEMO_PASSWORD, OWNER, SITE } from '@frontdesk/demo/clinic';
import { createSeedClient } from '@frontdesk/demo/seed-client';
import { ensureSeeded, type DemoNote } from '@frontdesk/demo/seed';
import { createSimulation, type Simulation } from '@frontdesk/demo/simulation';
import { createRandom, type Random } from '@frontdesk/demo/random';
import { historyMornings, takeNumber } from '@frontdesk/demo/seed-queue';
import { createSiteServer } from '@frontdesk/demo/site-server';
import { TUITION_NAME } from '@frontdesk/demo/tuition';
import { COUNTERS } from '@frontdesk/demo/waiting-room';
import type { SessionDto } from '@frontdesk/protocol/auth';
import { createVisitorToken } from '@frontdesk/protocol/ids';
import { createServer, type FrontdeskServer } from '@frontdesk/server/compose';
import { loadConfig } from '@frontdesk/server/config';
import { buildSnippet } from '@frontdesk/widgets/settings/settings-origins';

const SITE_ORIGIN = 'http://localhost:4401';

const neverBusy: Simulation = { isRunning: false, start() {}, stop: () => Promise.resolve() };
/** Everybody comes for the doctor. */
const doctors: Random = { ...createRandom(1), next: () => 0.5 };

const HOUR_MS = 60 * 60_000;

describe("the demo's history", () => {
  it('is played on mornings that are over before the talks begin, whatever hour the demo is started at', () => {
    const talksBeginMs = Math.max(...CONVERSATIONS.map(({ startedMinutesAgo }) => startedMinutesAgo)) * 60_000;
    for (let hour = 0; hour < 48; hour += 0.5) {
      const nowMs = Date.UTC(2026, 10, 20) + hour * HOUR_MS;
      const mornings = historyMornings(nowMs);
      expect(mornings.map((ms) => new Date(ms).getUTCHours())).to.deep.equal([1, 1, 1]);
      expect(mornings).to.deep.equal([...mornings].sort((a, b) => a - b));
      expect(nowMs - mornings[2]!).to.be.greaterThan(talksBeginMs + 4 * HOUR_MS);
    }
  });
});

describe('the demo', function () {
  this.timeout(60_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-demo-'));
  const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', PUBLIC_URL: 'http://localhost:4400' });
  let note: DemoNote;
  let serverUrl: string;
  let server: FrontdeskServer | undefined;
  let client: ReturnType<typeof createSeedClient>;

  before(async () => {
    note = await ensureSeeded(config, SITE_ORIGIN);
    server = await createServer(config);
    serverUrl = `http://127.0.0.1:${await server.listen()}`;
    client = createSeedClient(serverUrl);
  });
  after(async () => {
    await server?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const signIn = (email: string) =>
    client.callPublic<SessionDto>('session:sign-in', { email, password: DEMO_PASSWORD });

  it('lets everybody in who is printed on the console, in their role', async () => {
    for (const { email, role } of [OWNER, ...COLLEAGUES]) {
      const session = await signIn(email);
      expect(session.membership.role, email).to.equal(role);
    }
  });

  it('has conversations in every state and every language, spread over the last days', async () => {
    const { accessToken } = await signIn(OWNER.email);
    const views = ['all-open', 'snoozed', 'resolved', 'spam'] as const;
    const pages = await Promise.all(views.map((view) => client.callStaff(accessToken, 'conversation:list', { view })));
    const all = pages.flatMap((page) => page.conversations);
    expect(all).to.have.length(CONVERSATIONS.length);
    expect(new Set(all.map((one) => one.contact.locale))).to.deep.equal(new Set(['en', 'ms', 'zh', 'ta', 'hi', 'ar']));
    const agesMs = all.map((one) => Date.now() - Date.parse(one.lastActivityAt));
    expect(Math.max(...agesMs)).to.be.greaterThan(24 * 60 * 60 * 1000);
    expect(Math.min(...agesMs))
      .to.be.lessThan(60 * 60 * 1000)
      .and.at.least(0);
  });

  it('has a waiting room that has been busy before: whoever joins is promised a range', async () => {
    const offer = await client.callDevice(note.room.kioskToken, 'queue:offer', {});
    expect(offer.services.map(({ state }) => state.kind)).to.deep.equal(['open', 'open', 'open']);
    const { accessToken } = await signIn(OWNER.email);
    const [counterId] = note.room.counterIds;
    await client.callStaff(accessToken, 'counter:open', { counterId: counterId! });
    const { doctor } = note.room.serviceIds;
    for (let nth = 0; nth < 4; nth += 1) await takeNumber(client, note.room, doctors);
    const last = await client.callDevice(note.room.kioskToken, 'queue:offer', {});
    expect(last.services.find(({ id }) => id === doctor)?.estimate.kind).to.equal('range');
  });

  it('MC-12: can be booked: three services, given by three people, with visits in the agenda', async () => {
    const visitor = { site: note.siteKey, token: createVisitorToken(), origin: SITE_ORIGIN };
    const { services, staff } = await client.callVisitor(visitor, 'booking:browse', { locationId: null });
    expect(services.map(({ minutes }) => minutes)).to.deep.equal([15, 30, 45]);
    expect(staff).to.have.length(3);
    const from = new Date().toISOString().slice(0, 10);
    for (const { id: serviceId } of services) {
      const list = await client.callVisitor(visitor, 'slot:list', { serviceId, staffId: null, from, days: 7 });
      expect(list.days.flat()).to.not.deep.equal([]);
    }
    const { accessToken } = await signIn(OWNER.email);
    const { locationId } = note.room;
    const { bookings } = await client.callStaff(accessToken, 'agenda:read', { locationId, from, days: 7 });
    expect(bookings.length).to.be.greaterThan(0);
  });

  it('BK-28: has a tuition centre beside the clinic, with classes of many dates, one of which is full and waited for', async () => {
    const visitor = { site: note.tuitionKey, token: createVisitorToken(), origin: SITE_ORIGIN };
    const { businessName, services } = await client.callVisitor(visitor, 'booking:browse', { locationId: null });
    expect(businessName).to.equal(TUITION_NAME);
    expect(services.map(({ isClass }) => isClass)).to.deep.equal([true, true, true]);
    const from = new Date().toISOString().slice(0, 10);
    const lists = await Promise.all(
      services.map(({ id: serviceId }) =>
        client.callVisitor(visitor, 'class-session:list', { serviceId, from, days: 40 }),
      ),
    );
    for (const { sessions } of lists) expect(sessions.length).to.be.greaterThan(3);
    const full = lists.flatMap(({ sessions }) => sessions).filter(({ seatsLeft }) => seatsLeft === 0);
    expect(full.map(({ waiting }) => waiting)).to.deep.equal([2]);
  });

  it('can be made busy: numbers are taken, called and served without anybody at the desk, and it ends when it is told', async () => {
    const errors: unknown[] = [];
    const simulation = createSimulation({
      serverUrl,
      room: note.room,
      pace: 0.02,
      handleError: (error) => errors.push(error),
    });
    simulation.start();
    const { accessToken } = await signIn(OWNER.email);
    const readServed = async (): Promise<number> => {
      const { rows } = await client.callStaff(accessToken, 'queue:audit', { locationId: note.room.locationId });
      return rows.filter(({ type }) => type === 'ticket-completed').length;
    };
    while ((await readServed()) < 3 && errors.length === 0);
    expect(simulation.isRunning).to.equal(true);
    await simulation.stop();
    expect(errors).to.deep.equal([]);
    expect(simulation.isRunning).to.equal(false);
    const { counters } = await client.callStaff(accessToken, 'queue:read-setup', { locationId: note.room.locationId });
    const open = counters.filter(({ status }) => status === 'open').map(({ label }) => label);
    expect(open).to.deep.equal([COUNTERS[0]?.label]);
  });

  it('is not seeded twice', async () => {
    expect(await ensureSeeded(config, SITE_ORIGIN)).to.deep.equal(note);
  });

  it("serves the clinic's pages with the snippet and a policy that allows our server and nobody else", async () => {
    const { siteKey } = note;
    const site = createSiteServer({ serverUrl: config.publicUrl, ...note, simulation: neverBusy });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    for (const path of ['/', '/services', '/contact', '/ar']) {
      const response = await fetch(`${origin}${path}`);
      const html = await response.text();
      expect(response.status, path).to.equal(200);
      expect(html, path).to.contain(buildSnippet(config.publicUrl, siteKey, SITE.theme.accent));
      expect(html, path).not.to.match(/<script(?![^>]*frontdesk\.js)|style=|https:\/\//);
      expect(response.headers.get('content-security-policy')).to.contain("default-src 'none'");
    }
    expect((await fetch(`${origin}/nowhere`)).status).to.equal(404);
    site.closeAllConnections();
    site.close();
  });

  it('CC-1: its contact page shows the card of the branch, which is there without script, too', async () => {
    const { siteKey, cardId } = note;
    const site = createSiteServer({ serverUrl, ...note, simulation: neverBusy });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const html = await (await fetch(`${origin}/contact`)).text();
    expect(html).to.match(new RegExp(`<frontdesk-contact-card\\s[^>]*site="${siteKey}"\\s+card="${cardId}"`));
    const [, link = ''] = /<a href="([^"]*\/cards\/[^"]*)"/.exec(html) ?? [];
    expect(await (await fetch(link)).text()).to.include('tel:+60355500123');
    site.closeAllConnections();
    site.close();
  });

  it('QP-6: leads from its waiting room to a page on which a phone may join today', async () => {
    const { siteKey, room } = note;
    const site = createSiteServer({ serverUrl, ...note, simulation: neverBusy });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const html = await (await fetch(`${origin}/waiting-room`)).text();
    const [, link = ''] = /href="([^"]*)"[^>]*>\s*Join with a phone/.exec(html) ?? [];
    const answer = await fetch(new URL(link, origin), { redirect: 'manual' });
    const joinPage = new URL(answer.headers.get('location') ?? link, origin);
    expect(joinPage.pathname).to.equal('/join');
    expect(joinPage.searchParams.get('site')).to.equal(siteKey);
    expect(joinPage.searchParams.get('location')).to.equal(room.locationId);
    expect(joinPage.hash).to.have.length.above(20);
    site.closeAllConnections();
    site.close();
  });
});
