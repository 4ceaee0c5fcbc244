/** QA-7: kiosks and displays come in by a code, are known by their token, and go at once when somebody puts them out. */
import { expect } from 'chai';
import { createDeviceToken, createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { DeviceDto, DeviceHealth, DeviceSelf } from '@frontdesk/protocol/devices';
import { startTestDatabase } from '../../support/database.js';
import {
  codeOf,
  displayWith,
  kioskWith,
  okOf,
  openBranch,
  openDeviceSocket,
  requestPairing,
  showCode,
  type Branch,
} from '../../support/devices.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';

const MINUTE_MS = 60_000;
/** What QA-7 allows. */
const EFFECT_MS = 2_000;

const HEALTH: DeviceHealth = {
  appVersion: '1.0.0',
  wakeLock: 'held',
  sound: 'on',
  voice: 'clips',
  printer: 'ready',
  latencyMs: 20,
  waitingOffline: 0,
  lastTicketAt: null,
};

describe('devices', function devices() {
  this.timeout(40_000);
  let app: TestServer;
  let branch: Branch;
  let nowMs = Date.now();
  const clock = { now: () => nowMs };

  before(async () => {
    app = await startTestServer({ clock });
  });
  after(() => app.close());
  beforeEach(async () => {
    branch = await openBranch(app);
  });

  const list = async (): Promise<DeviceDto[]> => okOf(await branch.staff('device:list', {})).devices;
  const pairCode = async (by: Branch, code: string, key = createIdempotencyKey()) =>
    by.staff('device:pair', { code, name: 'Door', locationId: by.location.id }, key);

  describe('pairing', () => {
    it('QA-7 shows six digits, keeps showing them, and is in as soon as somebody has typed them', async () => {
      const token = createDeviceToken();
      const code = await showCode(app.url, token);
      expect(code).to.match(/^\d{6}$/);
      expect(await showCode(app.url, token)).to.equal(code);
      expect(codeOf(await pairCode(branch, code))).to.equal('OK');
      expect(dataOf(await requestPairing(app.url, token, 'display'))).to.deep.equal({ state: 'paired' });
      const self = await callHttp<DeviceSelf>(app.url, 'device:read', {}, { audience: 'device', token });
      expect(dataOf(self)).to.deep.include({ kind: 'display', name: 'Door', locationName: 'Main branch', kiosk: null });
      expect((await list()).map(({ name }) => name)).to.deep.equal(['Door']);
    });

    it('QA-7 a code dies after ten minutes, and the device shows another', async () => {
      const token = createDeviceToken();
      const code = await showCode(app.url, token);
      nowMs += 10 * MINUTE_MS - 1_000;
      expect(await showCode(app.url, token)).to.equal(code);
      nowMs += 2_000;
      expect(codeOf(await pairCode(branch, code))).to.equal('NOT_FOUND');
      const next = await showCode(app.url, token);
      expect(codeOf(await pairCode(branch, next))).to.equal('OK');
    });

    it('QA-7 a code is used once; a wrong one, a used one and a foreign branch are all alike', async () => {
      const code = await showCode(app.url, createDeviceToken());
      const elsewhere = await openBranch(app);
      const foreign = await branch.staff('device:pair', { code, name: 'Door', locationId: elsewhere.location.id });
      expect(codeOf(foreign)).to.equal('NOT_FOUND');
      expect(codeOf(await pairCode(branch, code))).to.equal('OK');
      expect(codeOf(await pairCode(branch, code))).to.equal('NOT_FOUND');
      expect(codeOf(await pairCode(elsewhere, code))).to.equal('NOT_FOUND');
    });

    it('QA-7 two businesses that type the same code at once: one of them has the device', async () => {
      const elsewhere = await openBranch(app);
      const token = createDeviceToken();
      const code = await showCode(app.url, token);
      const answers = await Promise.all([pairCode(branch, code), pairCode(elsewhere, code)]);
      expect(answers.map(codeOf).sort()).to.deep.equal(['NOT_FOUND', 'OK']);
    });

    it('QA-7 a lost answer is asked for again with its key: one device', async () => {
      const key = createIdempotencyKey();
      const code = await showCode(app.url, createDeviceToken());
      const first = okOf(await pairCode(branch, code, key));
      expect(okOf(await pairCode(branch, code, key)).id).to.equal(first.id);
      expect(await list()).to.have.length(1);
    });

    it('QA-7 QA-15 agents and viewers see devices without the PIN, and neither pair, change nor put them out', async () => {
      const kiosk = await branch.pair('kiosk');
      const code = await showCode(app.url, createDeviceToken());
      for (const role of ['agent', 'viewer'] as const) {
        const { accessToken } = await branch.staffAs(role);
        const ask = (name: string, input: unknown) =>
          callHttp<{ devices: DeviceDto[] }>(app.url, name, input, { audience: 'staff', token: accessToken });
        const pairing = { code, name: 'Door', locationId: branch.location.id };
        for (const answer of [
          await ask('device:pair', pairing),
          await ask('device:update', { deviceId: kiosk.id, name: 'Mine' }),
          await ask('device:revoke', { deviceId: kiosk.id }),
        ]) {
          expect(answer.result, role).to.have.nested.property('error.code', 'FORBIDDEN');
        }
        const [seen] = dataOf(await ask('device:list', {})).devices;
        expect(seen!.kiosk!.exitPin).to.equal(null);
      }
      const [seen] = await list();
      expect(seen!.kiosk!.exitPin).to.match(/^\d{6}$/);
    });
  });

  describe('limits', () => {
    let strict: TestServer;

    before(async () => {
      strict = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '1' } });
    });
    after(() => strict.close());

    it('QA-7 codes cannot be guessed: twenty tries of a member, then none', async () => {
      const here = await openBranch(strict);
      const codes: string[] = [];
      for (let tries = 0; tries < 22; tries += 1) codes.push(codeOf(await pairCode(here, '000000')));
      expect(codes.slice(0, 20)).to.deep.equal(Array.from({ length: 20 }, () => 'NOT_FOUND'));
      expect(codes.slice(20)).to.deep.equal(['RATE_LIMITED', 'RATE_LIMITED']);
    });

    it('QA-7 QK-17 an exit PIN cannot be guessed either', async () => {
      const here = await openBranch(strict);
      const kiosk = await here.pair('kiosk');
      const right = kioskWith(kiosk, {}).exitPin;
      expect(okOf(await kiosk.ask('device:check-pin', { pin: right }))).to.deep.equal({ isRight: true });
      const wrong = right === '111111' ? '222222' : '111111';
      for (let tries = 0; tries < 4; tries += 1) {
        expect(okOf(await kiosk.ask('device:check-pin', { pin: wrong }))).to.deep.equal({ isRight: false });
      }
      expect(codeOf(await kiosk.ask('device:check-pin', { pin: right }))).to.equal('RATE_LIMITED');
    });

    it('QA-7 one address does not fill the codes up, and a device that has one may go on asking', async () => {
      const token = createDeviceToken();
      await showCode(strict.url, token);
      const codes: string[] = [];
      for (let tries = 0; tries < 45; tries += 1) {
        codes.push(codeOf((await requestPairing(strict.url, createDeviceToken(), 'kiosk')).result));
      }
      expect(codes).to.include('RATE_LIMITED');
      expect(codeOf((await requestPairing(strict.url, token, 'display')).result)).to.equal('OK');
    });
  });

  describe('putting out', () => {
    it('QA-7 reaches socket and HTTP within two seconds, and the token never opens anything again', async () => {
      const display = await branch.pair('display');
      const socket = await display.connect();
      expect(codeOf(await socket.call('device:read', {}))).to.equal('OK');
      expect(codeOf(await display.ask('device:read', {}))).to.equal('OK');
      const beganMs = performance.now();
      okOf(await branch.staff('device:revoke', { deviceId: display.id }));
      expect(codeOf(await display.ask('device:read', {}))).to.equal('UNAUTHENTICATED');
      expect(await socket.fact('session:revoked')).to.deep.equal({ reason: 'revoked' });
      await socket.closed(EFFECT_MS);
      expect(performance.now() - beganMs).to.be.below(EFFECT_MS);
      expect(await openDeviceSocket(app.url, display.token).refused()).to.have.property('code', 'UNAUTHENTICATED');
      expect(codeOf((await requestPairing(app.url, display.token, 'display')).result)).to.equal('UNAUTHENTICATED');
      expect(await list()).to.deep.equal([]);
      expect(codeOf(await branch.staff('device:revoke', { deviceId: display.id }))).to.equal('OK');
      const renamed = await branch.staff('device:update', { deviceId: display.id, name: 'Back again' });
      expect(codeOf(renamed)).to.equal('NOT_FOUND');
    });

    it('QA-7 reaches the sockets and requests of another process within two seconds', async () => {
      const database = await startTestDatabase();
      const env = { MONGODB_URI: database.uri };
      const [near, far] = [await startTestServer({ env }), await startTestServer({ env })];
      try {
        const here = await openBranch(near);
        const kiosk = await here.pair('kiosk');
        const display = await here.pair('display');
        const socket = await kiosk.connect(far.url);
        const askFar = () =>
          callHttp(far.url, 'device:read', {}, { audience: 'device', token: display.token }).then(
            ({ status }) => status,
          );
        expect(await askFar()).to.equal(200);
        const beganMs = performance.now();
        okOf(await here.staff('device:revoke', { deviceId: kiosk.id }));
        okOf(await here.staff('device:revoke', { deviceId: display.id }));
        await socket.closed(EFFECT_MS);
        expect(performance.now() - beganMs).to.be.below(EFFECT_MS);
        while ((await askFar()) === 200) expect(performance.now() - beganMs).to.be.below(EFFECT_MS);
      } finally {
        await near.close();
        await far.close();
        await database.close();
      }
    });

    it('SES-04 the devices of a suspended business are out as well', async () => {
      const display = await branch.pair('display');
      const socket = await display.connect();
      await app.server.tenancy.provision.setSuspended({ tenantId: branch.shop.owner.tenantId }, true);
      nowMs += 4_000;
      expect(codeOf(await display.ask('device:read', {}))).to.equal('UNAUTHENTICATED');
      await socket.closed();
    });
  });

  describe('settings', () => {
    it('QA-7 QA-8 a device hears at once how it is set up now, and never its PIN', async () => {
      const kiosk = await branch.pair('kiosk');
      const socket = await kiosk.connect();
      // It hears of changes from the moment it is known; its own question waits for that as well.
      okOf(await socket.call('device:read', {}));
      const set = kioskWith(kiosk, { idleSeconds: 60, exitPin: '90210' });
      okOf(await branch.staff('device:update', { deviceId: kiosk.id, name: 'Lobby', kiosk: set }));
      const { device } = await socket.fact<{ device: DeviceSelf }>('device:changed');
      expect(device).to.deep.include({ name: 'Lobby' });
      expect(device.kiosk).to.deep.include({ idleSeconds: 60 });
      const heard = JSON.stringify([socket.heard, await socket.call('device:read', {})]);
      expect(heard).not.to.include('90210').and.not.to.include('exitPin');
      expect(okOf(await kiosk.ask('device:check-pin', { pin: '90210' })).isRight).to.equal(true);
      socket.close();
    });

    it("TEN-05 settings of the other kind and another business's services are refused, and nothing is written", async () => {
      const display = await branch.pair('display');
      const kiosk = await branch.pair('kiosk');
      const elsewhere = await openBranch(app);
      const foreign = elsewhere.services[0]!.id;
      const wrongKind = await branch.staff('device:update', { deviceId: display.id, kiosk: kioskWith(kiosk, {}) });
      expect(codeOf(wrongKind)).to.equal('VALIDATION');
      const wrongService = await branch.staff('device:update', {
        deviceId: display.id,
        name: 'Mine',
        display: displayWith(display, { serviceIds: [foreign] }),
      });
      expect(codeOf(wrongService)).to.equal('NOT_FOUND');
      expect((await list()).find(({ id }) => id === display.id)).to.deep.include({ name: 'The display' });
    });
  });

  describe('health', () => {
    it('QA-7 QK-20 staff see what a device reports and whether it is there, and hear of the change', async () => {
      const kiosk = await branch.pair('kiosk');
      const staff = branch.shop.staff(await branch.shop.signIn(branch.shop.ownerEmail));
      await staff.ready();
      const told = () => staff.heard.filter(({ name, fact }) => name === 'workspace:changed' && isOfDevices(fact));
      const socket = await kiosk.connect();
      await staff.until('the news that it is there', () => told().length >= 1);
      expect((await list())[0]).to.include({ isOnline: true });
      okOf(await socket.call('device:report', { health: { ...HEALTH, printer: 'paper-out' } }));
      await staff.until('the news of its printer', () => told().length >= 2);
      expect((await list())[0]!.health).to.deep.include({ printer: 'paper-out' });
      okOf(await socket.call('device:report', { health: { ...HEALTH, printer: 'paper-out', latencyMs: 90 } }));
      socket.close();
      await staff.until('the news that it is gone', () => told().length >= 3);
      const [gone] = await list();
      expect(gone).to.include({ isOnline: false });
      expect(gone!.health).to.deep.include({ latencyMs: 90 });
      expect(told()).to.have.length(3);
      staff.close();
    });

    it('QA-7 a kiosk without a socket is there as long as it reports', async () => {
      const kiosk = await branch.pair('kiosk');
      expect((await list())[0]).to.include({ isOnline: false, lastSeenAt: null });
      okOf(await kiosk.ask('device:report', { health: HEALTH }));
      expect((await list())[0]).to.include({ isOnline: true });
      nowMs += MINUTE_MS;
      expect((await list())[0]).to.include({ isOnline: false });
    });
  });
});

function isOfDevices(fact: unknown): boolean {
  return (fact as { readonly what?: string }).what === 'devices';
}
