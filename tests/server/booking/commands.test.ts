/** Who may do what, what customers fill in, and that nothing of one business opens anything at another. */
import { expect } from 'chai';
import { listCommands } from '@frontdesk/protocol/catalogue';
import { bookingAgendaCommands } from '@frontdesk/protocol/booking-agenda';
import { bookingStaffCommands } from '@frontdesk/protocol/booking-staff';
import { bookingVisitorCommands } from '@frontdesk/protocol/booking-visitor';
import type { Question } from '@frontdesk/protocol/booking-fields';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { StaffCommandName } from '@frontdesk/protocol/staff';
import { ROLES, type Role } from '@frontdesk/protocol/vocabulary';
import { createRandom } from '../../reliability/random.js';
import { buildInput, randomIds } from '../../security/inputs.js';
import { at, codeOf, confirmation, dateOf, MEI, openClinic, type Clinic } from '../../support/booking.js';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';

const staffCommands = { ...bookingStaffCommands, ...bookingAgendaCommands };

/** Written out on purpose and not read from the permission table, which it checks. */
const LEAST: Readonly<Record<keyof typeof staffCommands, Role>> = {
  'agenda:read': 'viewer',
  'agenda:list-starts': 'viewer',
  'booking:read-setup': 'viewer',
  'booking:admit': 'agent',
  'booking:create': 'agent',
  'booking:move': 'agent',
  'booking:mark': 'agent',
  'booking:read-answers': 'agent',
  'booking-service:create': 'admin',
  'booking-service:update': 'admin',
  'resource:create': 'admin',
  'resource:update': 'admin',
  'pool:create': 'admin',
  'pool:update': 'admin',
  'block:create': 'admin',
  'block:delete': 'admin',
};
const RANK: readonly Role[] = ['viewer', 'agent', 'admin', 'owner'];

const QUESTIONS: Question[] = [
  {
    key: 'pregnant',
    type: 'choice',
    labels: { en: 'Are you pregnant?' },
    options: [
      { key: 'yes', labels: { en: 'Yes' } },
      { key: 'no', labels: { en: 'No' } },
    ],
    isRequired: true,
    isSensitive: true,
    onlyIf: null,
  },
  {
    key: 'week',
    type: 'number',
    labels: { en: 'In which week?' },
    options: [],
    isRequired: true,
    isSensitive: true,
    onlyIf: { key: 'pregnant', equals: 'yes' },
  },
  {
    key: 'note',
    type: 'text',
    labels: { en: 'Anything else?' },
    options: [],
    isRequired: false,
    isSensitive: false,
    onlyIf: null,
  },
];
const CONSENTS = [
  { key: 'treatment', version: 3, texts: { en: 'I agree to be treated.' }, isRequired: true },
  { key: 'news', version: 1, texts: { en: 'Write to me.' }, isRequired: false },
];

describe('booking commands', function commands() {
  this.timeout(60_000);
  let test: TestServer;
  let clinic: Clinic;

  before(async () => {
    test = await startTestServer();
    clinic = await openClinic(test);
  });
  after(() => test.close());

  it('MC-12: the matrix of roles names every staff command of booking', () => {
    expect(Object.keys(LEAST).sort()).to.deep.equal(Object.keys(staffCommands).sort());
  });

  it('MC-12: each staff command is open to its roles, and to no other', async () => {
    const definitions = listCommands().filter(({ audience, name }) => audience === 'staff' && name in LEAST);
    for (const role of ROLES) {
      const ask = role === 'owner' ? clinic.ask : await clinic.as(role);
      for (const definition of definitions) {
        const name = definition.name as keyof typeof LEAST & StaffCommandName;
        const code = codeOf(await ask(name, buildInput(definition, randomIds()) as never));
        const isOpen = RANK.indexOf(role) >= RANK.indexOf(LEAST[name]);
        expect(code, `${name} as ${role}`).to.equal(isOpen ? 'NOT_FOUND' : 'FORBIDDEN');
      }
    }
  });

  it('MC-12: a keyed command that comes twice is done once and answered alike', async () => {
    const key = createIdempotencyKey();
    const input = { locationId: clinic.locationId, kind: 'room', name: 'Blue room' } as const;
    const first = dataOf(await clinic.ask('resource:create', input, key));
    expect(dataOf(await clinic.ask('resource:create', input, key))).to.deep.equal(first);
    const { resources } = await clinic.must('booking:read-setup', { locationId: clinic.locationId });
    expect(resources.filter(({ name }) => name === 'Blue room')).to.have.length(1);
    const visit = { serviceId: clinic.service.id, staffId: null, start: at(16), customer: MEI, answers: {} };
    const visitKey = createIdempotencyKey();
    const twins = await Promise.all([1, 2, 3].map(() => clinic.ask('booking:create', visit, visitKey)));
    for (const twin of twins) expect(dataOf(twin)).to.deep.equal(dataOf(twins[0]!));
    const mismatch = await clinic.ask('booking:create', { ...visit, start: at(15) }, visitKey);
    expect(codeOf(mismatch)).to.equal('IDEMPOTENCY_MISMATCH');
  });

  it('MC-12: a service that needs nobody, or more than can be claimed, is refused', async () => {
    const make = async (segments: object[]) =>
      codeOf(
        await clinic.ask('booking-service:create', {
          locationId: clinic.locationId,
          names: { en: 'Odd' },
          segments: segments as never,
        }),
      );
    expect(await make([{ minutes: 30, needsStaff: false, poolIds: [] }])).to.equal('VALIDATION');
    expect(await make([{ minutes: 7, needsStaff: true, poolIds: [] }])).to.equal('VALIDATION');
    const days = Array.from({ length: 3 }, () => ({ minutes: 1_440, needsStaff: true, poolIds: [] }));
    expect(await make(days)).to.equal('VALIDATION');
  });

  describe('what customers fill in', () => {
    before(async () => {
      clinic = await openClinic(test, { staff: 6, service: { questions: QUESTIONS, consents: CONSENTS } });
    });

    const treatment = [{ key: 'treatment', version: 3 }];

    it('BK-32: what is required, conditional or not asked is checked again here', async () => {
      const who = clinic.customer();
      const { id } = await clinic.hold(at(10), { customer: who });
      const confirm = async (answers: object): Promise<unknown> => {
        const input = { ...confirmation(id), answers: answers as never, consents: treatment };
        const { result } = await who.call('booking:confirm', input);
        return result.ok ? 'OK' : Object.keys(result.error.fields ?? {});
      };
      expect(await confirm({})).to.deep.equal(['answers.pregnant']);
      expect(await confirm({ pregnant: 'perhaps' })).to.deep.equal(['answers.pregnant']);
      expect(await confirm({ pregnant: 'yes' })).to.deep.equal(['answers.week']);
      expect(await confirm({ pregnant: 'no', week: '12' })).to.deep.equal(['answers.week']);
      expect(await confirm({ pregnant: 'no', shoe: '42' })).to.deep.equal(['answers.shoe']);
      expect(await confirm({ pregnant: 'yes', week: '12' })).to.equal('OK');
    });

    it('BK-33: required consents in the version of today; version and time are kept', async () => {
      const who = clinic.customer();
      const { id } = await clinic.hold(at(11), { customer: who });
      const answers = { pregnant: 'no' };
      const confirm = (consents: { key: string; version: number }[]) =>
        who.call('booking:confirm', { ...confirmation(id), answers, consents });
      for (const consents of [[], [{ key: 'treatment', version: 2 }], [...treatment, { key: 'tattoo', version: 1 }]]) {
        expect(codeOf(await confirm(consents))).to.equal('VALIDATION');
      }
      const { booking } = dataOf(await confirm(treatment));
      const { bookings } = await clinic.must('agenda:read', {
        locationId: clinic.locationId,
        from: dateOf(at(9)),
        days: 1,
      });
      const kept = bookings.find(({ code }) => code === booking.code);
      expect(kept?.consents).to.have.length(1);
      expect(kept?.consents[0]).to.include({ key: 'treatment', version: 3 });
      expect(Math.abs(Date.parse(kept?.consents[0]?.at ?? '') - Date.now())).to.be.below(30_000);
    });

    it('BK-33: another wording is another version, whoever changes it and whatever they call it', async () => {
      const { id, consents } = await clinic.addService({ consents: CONSENTS });
      const versionAfter = async (texts: { en: string }, version: number) => {
        const changed = consents.map((one) => (one.key === 'treatment' ? { ...one, texts, version } : one));
        const service = await clinic.must('booking-service:update', { serviceId: id, consents: changed });
        return service.consents.map((one) => one.version);
      };
      expect(await versionAfter({ en: 'I agree to be treated.' }, 9), 'the same words').to.deep.equal([3, 1]);
      expect(await versionAfter({ en: 'I agree to all of it.' }, 3)).to.deep.equal([4, 1]);
      expect(await versionAfter({ en: 'I agree to be treated.' }, 3), 'back again').to.deep.equal([5, 1]);
    });

    it('MC-25: sensitive answers are sealed in the store, in no list, and read by those who may', async () => {
      const secret = '17.125';
      const booked = await clinic.book(at(12), {
        more: { answers: { pregnant: 'yes', week: secret, note: 'Ring twice' }, consents: treatment },
      });
      const rows = await test.server.core.connection.collection('allocations').find({}).toArray();
      expect(JSON.stringify(rows)).to.include('Ring twice').and.not.include(secret);
      const day = { locationId: clinic.locationId, from: dateOf(at(9)), days: 1 };
      const agenda = await clinic.must('agenda:read', day);
      expect(JSON.stringify(agenda)).to.not.include(secret);
      const { id: bookingId } = agenda.bookings.find(({ code }) => code === booked.booking.code)!;
      const { answers } = await clinic.must('booking:read-answers', { bookingId });
      expect(answers).to.deep.equal({ pregnant: 'yes', week: secret, note: 'Ring twice' });
      const asViewer = await clinic.as('viewer');
      expect(codeOf(await asViewer('booking:read-answers', { bookingId }))).to.equal('FORBIDDEN');
    });

    it('BK-32: a customer whom nobody could reach is refused', async () => {
      const who = clinic.customer();
      const { id } = await clinic.hold(at(13), { customer: who });
      const input = { ...confirmation(id), answers: { pregnant: 'no' }, consents: treatment };
      const nobody = { name: 'Mei', phone: null, email: null };
      expect(codeOf(await who.call('booking:confirm', { ...input, customer: nobody }))).to.equal('VALIDATION');
    });

    it('BK-32: one person books a service as often in a day as it allows', async () => {
      await clinic.must('booking-service:update', { serviceId: clinic.service.id, maxPerCustomerPerDay: 1 });
      const more = { answers: { pregnant: 'no' }, consents: treatment };
      const limited = { ...more, customer: { ...MEI, phone: '+60198887777', email: 'other@example.test' } };
      await clinic.book(at(14), { more: limited });
      const who = clinic.customer();
      const { id } = await clinic.hold(at(15), { customer: who });
      const byMail = { ...limited, customer: { ...MEI, phone: '+60190000000', email: 'Other@Example.test' } };
      expect(codeOf(await who.call('booking:confirm', { ...confirmation(id), ...byMail }))).to.equal('CAP_REACHED');
    });
  });

  describe('between customers, and between businesses', () => {
    let other: Clinic;
    before(async () => {
      [clinic, other] = [await openClinic(test, { staff: 3 }), await openClinic(test)];
    });

    it('BK-40: a hold opens nothing for another visitor, nor for its own visitor at another business', async () => {
      const who = clinic.customer();
      const held = await clinic.hold(at(10), { customer: who });
      for (const stranger of [clinic.customer(), other.customer(), other.customer(who.token)]) {
        expect(codeOf(await stranger.call('booking:confirm', confirmation(held.id)))).to.equal('HOLD_EXPIRED');
        expect(codeOf(await stranger.call('hold:extend', { holdId: held.id }))).to.equal('HOLD_EXPIRED');
        expect(codeOf(await stranger.call('hold:release', { holdId: held.id }))).to.equal('OK');
      }
      expect(codeOf(await who.call('booking:confirm', confirmation(held.id)))).to.equal('OK');
    });

    it('BK-40: ids, links and codes of one business are unknown at another', async () => {
      const booked = await clinic.book(at(11));
      const { manageToken, booking } = booked;
      const stranger = other.customer();
      const { version } = booking;
      const theirs = { serviceId: clinic.service.id, staffId: null };
      const slot = { ...theirs, from: dateOf(at(9)), days: 1 };
      const answers = [
        await stranger.call('booking:read-own', { manageToken }),
        await stranger.call('booking:cancel-own', { manageToken, version, reason: '' }),
        await stranger.call('booking:reschedule-own', { manageToken, version, start: at(12) }),
        await stranger.call('booking:find-own', { code: booking.code, phoneEnd: '6789' }),
        await stranger.call('slot:list', slot),
        await stranger.call('hold:create', { ...theirs, start: at(12) }),
        await clinic.customer().call('slot:list', { ...slot, staffId: other.staff[0]!.id }),
        await other.ask('resource:update', { resourceId: other.staff[0]!.id, serviceIds: [clinic.service.id] }),
      ];
      expect(answers.map(codeOf)).to.deep.equal(answers.map(() => 'NOT_FOUND'));
      expect(dataOf(await clinic.customer().call('booking:read-own', { manageToken }))).to.deep.equal(booked);
    });

    it('BK-40: two hundred random and twisted links and ids open nothing', async () => {
      const { manageToken } = await clinic.book(at(12));
      const random = createRandom(40);
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const twist = (text: string) =>
        [...text].map((letter) => (random.chance(0.05) ? random.pick([...alphabet]) : letter)).join('');
      for (let turn = 0; turn < 200; turn += 1) {
        const token = twist(manageToken);
        if (token === manageToken) continue;
        const who = random.pick([clinic, other]).customer();
        expect(codeOf(await who.call('booking:read-own', { manageToken: token })), token).to.equal('NOT_FOUND');
      }
    });

    it('BK-40: every command of visitors is refused to a member of staff, and without a token', async () => {
      const site = clinic.shop.site.publicKey;
      const { accessToken } = await clinic.shop.signIn(clinic.shop.ownerEmail);
      for (const definition of Object.values(bookingVisitorCommands)) {
        if (!(definition.transports as readonly string[]).includes('http')) continue;
        for (const token of [undefined, accessToken]) {
          const options = { audience: 'visitor', site, origin: SHOP_ORIGIN, ...(token && { token }) } as const;
          const answer = await callHttp(test.url, definition.name, buildInput(definition, randomIds()), options);
          expect(codeOf(answer), definition.name).to.equal('UNAUTHENTICATED');
        }
      }
    });
  });

  describe('limits', () => {
    let strict: TestServer;
    before(async () => {
      strict = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '1' } });
      clinic = await openClinic(strict, { staff: 3 });
    });
    after(() => strict.close());

    it('5.5: a visitor keeps one time of a service, and two in all', async () => {
      const [second, third] = [await clinic.addService(), await clinic.addService()];
      const serviceIds = [clinic.service.id, second.id, third.id];
      for (const { id: resourceId } of clinic.staff) await clinic.must('resource:update', { resourceId, serviceIds });
      const who = clinic.customer();
      const first = await clinic.hold(at(10), { customer: who });
      await clinic.hold(at(11), { customer: who });
      expect(codeOf(await who.call('hold:extend', { holdId: first.id }))).to.equal('HOLD_EXPIRED');
      await clinic.hold(at(12), { customer: who, serviceId: second.id });
      const more = { serviceId: third.id, staffId: null, start: at(13) };
      expect(codeOf(await who.call('hold:create', more))).to.equal('CAP_REACHED');
    });

    it('5.5: an address keeps four times in all', async () => {
      await clinic.hold(at(14));
      await clinic.hold(at(14));
      const more = { serviceId: clinic.service.id, staffId: null, start: at(15) };
      expect(codeOf(await clinic.customer().call('hold:create', more))).to.equal('CAP_REACHED');
      expect(await clinic.starts(dateOf(at(9)), { staffId: clinic.staff[0]!.id })).to.include('15:00');
    });

    it('5.6: five tries at a code in ten minutes, then RATE_LIMITED', async () => {
      const find = async () =>
        codeOf(await clinic.customer().call('booking:find-own', { code: 'AAAA2222', phoneEnd: '0000' }));
      for (let turn = 0; turn < 5; turn += 1) expect(await find()).to.equal('NOT_FOUND');
      expect(await find()).to.equal('RATE_LIMITED');
    });
  });
});
