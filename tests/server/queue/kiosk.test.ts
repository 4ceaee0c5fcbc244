/** What kiosks do to a queue: QK-4, QK-6, QK-12 to QK-15, QK-18, QK-19, IC-22 and the issuing numbers of 5.10. */
import { expect } from 'chai';
import { createIdempotencyKey, createTicketToken, type IdempotencyKey } from '@frontdesk/protocol/ids';
import { hashInput } from '@frontdesk/server/core/idempotency';
import { DEFAULT_POLICY } from '@frontdesk/server/queue/default-policy';
import { startTestDatabase } from '../../support/database.js';
import {
  codeOf,
  describeDevice,
  kioskWith,
  okOf,
  openBranch,
  type Branch,
  type BranchOptions,
  type PairedDevice,
  type TicketWish,
} from '../../support/devices.js';
import { startTestServer, type TestServer } from '../../support/server.js';

const MINUTE_MS = 60_000;
/** A Monday, ten o'clock in Kuala Lumpur. */
const MONDAY_TEN = Date.parse('2026-11-23T02:00:00Z');

describe('kiosks', function kiosks() {
  this.timeout(40_000);
  let app: TestServer;
  let branch: Branch;
  let kiosk: PairedDevice;
  let nowMs = MONDAY_TEN;
  const clock = { now: () => nowMs };

  before(async () => {
    app = await startTestServer({ clock });
  });
  after(() => app.close());
  beforeEach(() => {
    nowMs = MONDAY_TEN;
  });

  async function open(options: BranchOptions = {}): Promise<void> {
    branch = await openBranch(app, options);
    kiosk = await branch.pair('kiosk');
  }

  const take = (more: Partial<TicketWish> = {}, key?: IdempotencyKey) =>
    kiosk.ask('ticket:issue', branch.request(undefined, more), key);
  const countWaiting = async (): Promise<number> => okOf(await kiosk.ask('queue:offer', {})).services[0]!.waiting;
  const setPolicy = async (more: object) =>
    okOf(
      await branch.staff('queue:update-policy', {
        locationId: branch.location.id,
        policy: { ...DEFAULT_POLICY, ...more },
      }),
    );

  describe('issuing', () => {
    it('QK-4 a lost answer is asked for again with its key, over the other transport too: one ticket, one label', async () => {
      await open();
      const socket = await kiosk.connect();
      const key = createIdempotencyKey();
      const wish = branch.request();
      const first = okOf(await socket.call('ticket:issue', wish, key));
      const again = [
        okOf(await socket.call('ticket:issue', wish, key)),
        okOf(await kiosk.ask('ticket:issue', wish, key)),
        ...(await Promise.all([1, 2, 3].map(() => kiosk.ask('ticket:issue', wish, key)))).map(okOf),
      ];
      for (const ticket of again)
        expect(ticket).to.include({ ticketId: first.ticketId, label: 'A001', url: first.url });
      expect(first.url).to.equal(`${app.url}/t#${wish.token}`);
      expect(await countWaiting()).to.equal(1);
      expect(codeOf(await kiosk.ask('ticket:issue', branch.request(), key))).to.equal('IDEMPOTENCY_MISMATCH');
      expect(okOf(await take()).label).to.equal('A002');
      socket.close();
    });

    it('QK-4 a retry is answered with its ticket although the service closed meanwhile', async () => {
      await open();
      const key = createIdempotencyKey();
      const wish = branch.request();
      const first = okOf(await kiosk.ask('ticket:issue', wish, key));
      okOf(await branch.staff('service:close', { serviceId: wish.serviceId, message: 'Power cut' }));
      expect(codeOf(await take())).to.equal('QUEUE_CLOSED');
      expect(okOf(await kiosk.ask('ticket:issue', wish, key)).ticketId).to.equal(first.ticketId);
    });

    it('QK-18 a power cut and a restart of the server: the same key brings the same ticket', async () => {
      const database = await startTestDatabase();
      const env = { MONGODB_URI: database.uri };
      const before = await startTestServer({ env });
      const here = await openBranch(before);
      const there = await here.pair('kiosk');
      const key = createIdempotencyKey();
      const wish = here.request();
      const first = okOf(await there.ask('ticket:issue', wish, key));
      await before.close();
      const after = await startTestServer({ env });
      try {
        const rebooted = describeDevice(after.url, there.token, there.dto);
        expect(okOf(await rebooted.ask('ticket:issue', wish, key))).to.include({
          ticketId: first.ticketId,
          label: 'A001',
        });
        expect(okOf(await rebooted.ask('ticket:issue', here.request())).label).to.equal('A002');
      } finally {
        await after.close();
        await database.close();
      }
    });

    it('5.10 200 at once over four kiosks: no gap, no number twice', async () => {
      await open();
      const kiosks = [kiosk, await branch.pair('kiosk'), await branch.pair('kiosk'), await branch.pair('kiosk')];
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, at) => kiosks[at % 4]!.ask('ticket:issue', branch.request())),
      );
      const labels = answers.map((answer) => okOf(answer).label).sort();
      expect(labels).to.deep.equal(labels.map((_, at) => `A${String(at + 1).padStart(3, '0')}`));
    });

    it('QK-12 before hours, after closing and after the stop time it says so, and until when; no ticket', async () => {
      await open({ hours: { from: '11:00', to: '16:00' }, service: { stopAt: '15:00' } });
      const stateAt = async (time: string) => {
        nowMs = Date.parse(`2026-11-23T${time}:00+08:00`);
        const { state } = okOf(await kiosk.ask('queue:offer', {})).services[0]!;
        return { state, code: codeOf(await take()) };
      };
      const opensAt = '2026-11-23T03:00:00.000Z';
      const tomorrow = '2026-11-24T03:00:00.000Z';
      const early = await stateAt('10:00');
      expect(early.code).to.equal('QUEUE_CLOSED');
      expect(early.state).to.include({ kind: 'closed', reason: 'before-hours', opensAt });
      const open1 = await stateAt('14:59');
      expect(open1.state).to.include({ kind: 'open', closesAt: '2026-11-23T08:00:00.000Z' });
      expect(open1.code).to.equal('OK');
      const stopped = await stateAt('15:01');
      expect(stopped.code).to.equal('QUEUE_CLOSED');
      expect(stopped.state).to.include({ kind: 'closed', reason: 'after-stop', opensAt: tomorrow });
    });

    it('QK-12 a full day and a full line say so', async () => {
      await open({ service: { capPerDay: 2 } });
      okOf(await take());
      okOf(await take());
      expect(codeOf(await take())).to.equal('CAP_REACHED');
      const { state } = okOf(await kiosk.ask('queue:offer', {})).services[0]!;
      expect(state).to.include({ kind: 'closed', reason: 'day-full' });
    });

    it('QK-13 where the policy refuses, nobody gets a ticket that closing time would overtake; staff still give one', async () => {
      nowMs -= 60 * MINUTE_MS;
      await open({ hours: { from: '08:00', to: '12:00' } });
      const counterId = branch.counters[0]!.id;
      okOf(await branch.staff('counter:open', { counterId }));
      for (let count = 0; count < 3; count += 1) okOf(await take());
      // Nobody knows how long it takes before twenty were served; from then on it is three minutes each.
      for (let served = 0; served < 22; served += 1) {
        okOf(await take());
        const { current } = okOf(await branch.staff('ticket:call-next', { counterId }));
        nowMs += 3 * MINUTE_MS;
        const ticketId = current!.ticket.id;
        okOf(await branch.staff('ticket:complete', { counterId, ticketId, outcome: null }));
      }
      const codes: string[] = [];
      const tryUntil = async (code: string): Promise<void> => {
        while (codes.at(-1) !== code && codes.length < 80) codes.push(codeOf(await take()));
      };
      const warns = async () => {
        const { state } = okOf(await kiosk.ask('queue:offer', {})).services[0]!;
        return state.kind === 'open' && state.warnsOfClosing;
      };
      await setPolicy({ stopRule: 'warn', graceMinutes: 0 });
      expect(await warns()).to.equal(false);
      await setPolicy({ stopRule: 'refuse', graceMinutes: 0 });
      await tryUntil('QUEUE_CLOSED');
      // Nearly two hours are left for three who wait; what is kept is for those who take longer.
      expect(codes.length).to.be.within(5, 35);
      await setPolicy({ stopRule: 'warn', graceMinutes: 0 });
      expect(await warns()).to.equal(true);
      expect(okOf(await take())).to.include({ warnsOfClosing: true });
      const desk = await branch.staff('ticket:issue-at-desk', {
        locationId: branch.location.id,
        serviceId: branch.services[0]!.id,
        language: 'en',
        classKey: null,
        name: null,
        phone: null,
        note: '',
        overridesLimits: true,
        bookedFor: null,
      });
      expect(codeOf(desk)).to.equal('OK');
    });

    it('QK-15 a class is declared where the law lets people, staff confirm it, and no label tells', async () => {
      await open();
      await setPolicy({
        classes: [
          { ...CLASS, key: 'senior', declaration: { en: 'I am over 60' } },
          { ...CLASS, key: 'vip', declaration: null },
        ],
      });
      const { declarations } = okOf(await kiosk.ask('queue:offer', {}));
      expect(declarations.map(({ key }) => key)).to.deep.equal(['senior']);
      expect(codeOf(await take({ classKey: 'vip' }))).to.equal('VALIDATION');
      const ticket = okOf(await take({ classKey: 'senior' }));
      expect(JSON.stringify(ticket)).not.to.match(/senior|over 60/i);
      const counterId = branch.counters[0]!.id;
      const line = async () => okOf(await branch.staff('counter:read', { counterId })).line[0]!;
      expect(await line()).to.include({ classKey: 'senior', isClassConfirmed: false });
      okOf(await branch.staff('ticket:set-class', { counterId, ticketId: ticket.ticketId, classKey: 'senior' }));
      expect(await line()).to.include({ isClassConfirmed: true });
    });

    it('QK-19 one phone number holds one open ticket of a service', async () => {
      await open({ service: { askPhone: 'required' } });
      const person = { phone: '012-345 6789', hasConsented: true };
      expect(codeOf(await take())).to.equal('VALIDATION');
      expect(codeOf(await take({ ...person, hasConsented: false }))).to.equal('VALIDATION');
      expect(codeOf(await take({ ...person, phone: '12' }))).to.equal('VALIDATION');
      const first = okOf(await take(person));
      expect(codeOf(await take({ ...person, phone: '+60 12 345 6789' }))).to.equal('CONFLICT');
      const at = { counterId: branch.counters[0]!.id, ticketId: first.ticketId, reason: 'Left' };
      okOf(await branch.staff('ticket:cancel', at));
      expect(codeOf(await take(person))).to.equal('OK');
    });

    it('QK-8 a phone number is kept as E.164 of the country of the branch, however it was typed', async () => {
      await open({ service: { askPhone: 'required' } });
      const counterId = branch.counters[0]!.id;
      okOf(await branch.staff('counter:open', { counterId }));
      for (const [typed, kept] of [
        ['012-345 6789', '+60123456789'],
        ['+65 8123 4567', '+6581234567'],
      ] as const) {
        okOf(await take({ phone: typed, hasConsented: true }));
        const { current } = okOf(await branch.staff('ticket:call-next', { counterId }));
        expect(current!.ticket.person?.phone).to.equal(kept);
        const ticketId = current!.ticket.id;
        okOf(await branch.staff('ticket:complete', { counterId, ticketId, outcome: null }));
      }
    });

    it('QK-19 a stuck button gets five tickets in ten seconds, then is told when to come back', async () => {
      const strict = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '1' } });
      try {
        const here = await openBranch(strict);
        const there = await here.pair('kiosk');
        const answers = [];
        for (let tries = 0; tries < 6; tries += 1) answers.push(await there.ask('ticket:issue', here.request()));
        expect(answers.map(codeOf)).to.deep.equal([...Array.from({ length: 5 }, () => 'OK'), 'RATE_LIMITED']);
        expect(answers[5]).to.have.nested.property('error.retryAfterMs').that.is.within(1, 10_000);
      } finally {
        await strict.close();
      }
    });

    it('TEN-05 a service that this kiosk does not offer is unknown to it', async () => {
      await open({ prefixes: ['A', 'B'] });
      const [a, b] = branch.services;
      const set = kioskWith(kiosk, { serviceIds: [a!.id] });
      okOf(await branch.staff('device:update', { deviceId: kiosk.id, kiosk: set }));
      expect(okOf(await kiosk.ask('queue:offer', {})).services.map(({ id }) => id)).to.deep.equal([a!.id]);
      expect(codeOf(await kiosk.ask('ticket:issue', branch.request(b)))).to.equal('NOT_FOUND');
      expect(codeOf(await kiosk.ask('ticket:reserve-block', { serviceId: b!.id, count: 1 }))).to.equal('NOT_FOUND');
      expect(codeOf(await take())).to.equal('OK');
    });

    it('QA-7 a kiosk that was put out issues nothing more', async () => {
      await open();
      okOf(await take());
      okOf(await branch.staff('device:revoke', { deviceId: kiosk.id }));
      expect(codeOf(await take())).to.equal('UNAUTHENTICATED');
    });

    it('QK-6 paper that did not come out shows at the counter until it did', async () => {
      await open();
      const { ticketId } = okOf(await take());
      const failures = async () =>
        okOf(await branch.staff('counter:read', { counterId: branch.counters[0]!.id })).printFailures.map(
          ({ id }) => id,
        );
      okOf(await kiosk.ask('ticket:report-print', { ticketId, print: 'failed' }));
      expect(await failures()).to.deep.equal([ticketId]);
      okOf(await kiosk.ask('ticket:report-print', { ticketId, print: 'failed' }));
      okOf(await kiosk.ask('ticket:report-print', { ticketId, print: 'printed' }));
      expect(await failures()).to.deep.equal([]);
    });
  });

  describe('arriving', () => {
    async function book(
      inMinutes: number,
      phone: string | null = null,
      at = 0,
    ): Promise<{ label: string; url: string }> {
      const bookedFor = new Date(nowMs + inMinutes * MINUTE_MS).toISOString();
      const answer = okOf(
        await branch.staff('ticket:issue-at-desk', {
          locationId: branch.location.id,
          serviceId: branch.services[at]!.id,
          language: 'en',
          classKey: null,
          name: null,
          phone,
          note: '',
          overridesLimits: false,
          bookedFor,
        }),
      );
      return { label: answer.ticket.label, url: answer.url };
    }
    const arrive = (code: string, key?: IdempotencyKey) => kiosk.ask('ticket:check-in', { code, language: 'ms' }, key);

    it('QK-14 by number, by link and by phone number as people type it; answered like a new ticket', async () => {
      await open({ service: { askPhone: 'optional' } });
      const [byLabel, byLink, byPhone] = [await book(10), await book(20), await book(30, '0123456789')];
      const first = okOf(await arrive(` ${byLabel.label.toLowerCase()} `));
      expect(first).to.include({ label: byLabel.label, url: null });
      expect(okOf(await arrive(byLink.url))).to.include({ label: byLink.label, url: byLink.url });
      expect(okOf(await arrive('012-345 6789'))).to.include({ label: byPhone.label, url: null });
      expect(await countWaiting()).to.equal(3);
    });

    it('QK-14 too early says when; late queues as a walk-in; unknown codes are unknown', async () => {
      await open();
      const booked = await book(120);
      const early = await arrive(booked.label);
      expect(codeOf(early)).to.equal('OUTSIDE_WINDOW');
      expect(early).to.have.nested.property('error.retryAfterMs', 60 * MINUTE_MS);
      nowMs += 240 * MINUTE_MS;
      const walkIn = okOf(await take());
      nowMs += MINUTE_MS;
      expect(okOf(await arrive(booked.label)).place.ahead).to.equal(1);
      expect(walkIn.place.ahead).to.equal(0);
      for (const code of ['Z999', '+60 12 999 9999', createTicketToken(), 'hello']) {
        expect(codeOf(await arrive(code)), code).to.equal('NOT_FOUND');
      }
    });

    it('QK-14 a lost answer is asked for again: the same ticket, although the phone has another appointment', async () => {
      await open({ service: { askPhone: 'optional' }, prefixes: ['A', 'B'] });
      const [first] = [await book(10, '0123456789'), await book(40, '0123456789', 1)];
      const key = createIdempotencyKey();
      const answers = [okOf(await arrive('0123456789', key)), okOf(await arrive('0123456789', key))];
      expect(answers.map(({ label }) => label)).to.deep.equal([first.label, first.label]);
      expect(await countWaiting()).to.equal(1);
    });

    it('IC-24 a phone number that somebody arrived with cannot be found in the log by trying numbers', async () => {
      await open({ service: { askPhone: 'optional' } });
      await book(10, '0123456789');
      okOf(await arrive('0123456789'));
      const guess = hashInput('ticket:check-in', { code: '0123456789', language: 'ms' });
      const log = await app.server.core.connection.collection('queue_events').find({}).toArray();
      expect(log.map(({ inputHash }) => inputHash)).not.to.include(guess);
    });

    it('IC-22 another business and another branch find nothing: not by link, not by number, not by phone', async () => {
      await open({ service: { askPhone: 'optional' }, prefixes: ['Q'] });
      const theirs = await book(10, '0123456789');
      const ours = await openBranch(app);
      const here = await ours.pair('kiosk');
      for (const code of [theirs.url, theirs.label, '0123456789']) {
        const answer = await here.ask('ticket:check-in', { code, language: 'en' });
        expect(codeOf(answer), code).to.equal('NOT_FOUND');
      }
    });

    it('QK-14 a kiosk without check-in takes nobody in', async () => {
      await open();
      const { label } = await book(10);
      const set = kioskWith(kiosk, { isCheckInOn: false });
      okOf(await branch.staff('device:update', { deviceId: kiosk.id, kiosk: set }));
      expect(codeOf(await arrive(label))).to.equal('FORBIDDEN');
    });
  });
});

const CLASS = {
  names: { en: 'Priority' },
  kind: 'soft' as const,
  rate: 2,
  headStartMinutes: 0,
  maxConsecutive: null,
  quota: null,
};
