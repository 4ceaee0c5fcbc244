import { expect } from '@open-wc/testing';
import type { IdempotencyKey, ServiceId, TicketToken } from '@frontdesk/protocol/ids';
import { ageOffer, isDayUsable } from '@frontdesk/widgets/kiosk/offline-offer';
import { DEMO_NOW_MS, DEMO_OFFER, DEMO_SERVICE } from '@frontdesk/widgets/kiosk/kiosk-states';
import {
  addBlock,
  describeBatch,
  EMPTY_JOURNAL,
  handOut,
  readJournal,
  type Attempt,
} from '@frontdesk/widgets/kiosk/offline-queue';
import { createTimeline } from '@frontdesk/widgets/kiosk/timeline';
import { startKiosk, withPrinter, type KioskFixture } from './machine-fixture.js';
import { settle } from './manual-clock.js';

async function take({ machine, clock }: KioskFixture): Promise<string> {
  machine.handle({ type: 'begin' });
  await settle();
  const label = machine.getState().session.ticket?.label ?? machine.getState().session.screen;
  machine.handle({ type: 'end' });
  await clock.advance(10_000);
  return label;
}

async function takeMany(fixture: KioskFixture, count: number): Promise<string[]> {
  const labels: string[] = [];
  for (let index = 0; index < count; index += 1) labels.push(await take(fixture));
  return labels;
}

const attemptOf = (index: number): Attempt => ({
  key: `key-${index}` as IdempotencyKey,
  request: {
    serviceId: 'one' as ServiceId,
    token: `token-${index}` as TicketToken,
    language: 'en',
    classKey: null,
    name: null,
    phone: null,
    hasConsented: false,
  },
});

describe('kiosk without a network', () => {
  it('QK-10 labels are reserved while there is one, and renewed when they run low', async () => {
    const fixture = await startKiosk();
    const { branch, clock } = fixture;
    expect(branch.countOf('ticket:reserve-block')).to.equal(1);
    branch.setDown(true);
    await takeMany(fixture, 50);
    branch.setDown(false);
    await clock.advance(40_000);
    expect(branch.countOf('ticket:reserve-block')).to.equal(2);
  });

  it('QK-10 100 tickets of two hours are handed out, printed, and sent in their order on return', async () => {
    const fixture = await startKiosk(withPrinter);
    const { branch, clock, printer, machine } = fixture;
    expect(await take(fixture)).to.equal('A001');
    branch.setDown(true);
    await settle();
    const labels: string[] = [];
    for (let index = 0; index < 100; index += 1) {
      labels.push(await take(fixture));
      await clock.advance(62_000);
    }
    expect(new Set(labels)).to.have.length(100);
    expect(labels.every((label) => label.startsWith('KA'))).to.equal(true);
    expect(printer.slips.map(({ label }) => label)).to.deep.equal(['A001', ...labels]);
    expect(printer.slips.at(-1)?.qr?.url).to.match(/^https:\/\/desk\.example\/t#/);
    expect(machine.getState().heldBack).to.equal(100);
    branch.setDown(false);
    await clock.advance(10_000);
    expect(branch.tickets.map(({ label }) => label)).to.deep.equal(['A001', ...labels]);
    const ages = branch.tickets.slice(1).map(({ ageSeconds }) => ageSeconds ?? 0);
    expect([...ages].sort((one, other) => other - one)).to.deep.equal(ages);
    expect(ages[0]).to.be.within(7_100, 7_300);
    expect(machine.getState().heldBack).to.equal(0);
    expect(branch.prints.filter(({ print }) => print === 'printed')).to.have.length(101);
  });

  it('QK-10 a lost answer to the list brings no double', async () => {
    const fixture = await startKiosk();
    const { branch, clock } = fixture;
    branch.setDown(true);
    await takeMany(fixture, 3);
    branch.loseAnswers = 1;
    branch.setDown(false);
    await clock.advance(60_000);
    expect(branch.tickets.map(({ label }) => label)).to.deep.equal(['KA101', 'KA102', 'KA103']);
  });

  it('QK-10 what was handed out outlives a power cut, and no label is given twice', async () => {
    const fixture = await startKiosk();
    const { branch, clock } = fixture;
    branch.setDown(true);
    expect(await takeMany(fixture, 2)).to.deep.equal(['KA101', 'KA102']);
    await fixture.reboot(60_000);
    expect(fixture.machine.getState().self?.name, 'it starts without a network').to.equal('Entrance');
    expect(await take(fixture)).to.equal('KA103');
    branch.setDown(false);
    await clock.advance(60_000);
    expect(branch.tickets.map(({ label }) => label)).to.deep.equal(['KA101', 'KA102', 'KA103']);
  });

  it('QK-10 an answer that was lost for good is one ticket, and staff look for its holder', async () => {
    const fixture = await startKiosk(withPrinter);
    const { branch, clock, machine } = fixture;
    branch.loseAnswers = 1;
    machine.handle({ type: 'begin' });
    await settle();
    branch.setDown(true);
    await clock.advance(12_000);
    expect(machine.getState().session.ticket?.label, 'paper all the same').to.equal('KA101');
    branch.setDown(false);
    await clock.advance(60_000);
    expect(branch.tickets.map(({ label }) => label)).to.deep.equal(['A001']);
    expect(branch.prints.at(-1)).to.include({ ticketId: 'ticket-A001', print: 'failed' });
    expect(machine.getState().refusedLabels).to.deep.equal(['KA101']);
  });

  it('QK-10 one ticket that the server cannot read does not hold the others back', async () => {
    const fixture = await startKiosk();
    const { branch, clock } = fixture;
    branch.setDown(true);
    await takeMany(fixture, 3);
    const { request } = branch.connection;
    branch.connection.request = ((name: string, input: { tickets?: { label: string }[] }, ...rest: unknown[]) => {
      const isSpoiled = input.tickets?.some(({ label }) => label === 'KA102');
      const error = { code: 'VALIDATION', message: '', requestId: 'scripted' };
      return isSpoiled
        ? Promise.resolve({ ok: false, error })
        : (request as (...all: unknown[]) => unknown)(name, input, ...rest);
    }) as typeof request;
    branch.setDown(false);
    await clock.advance(60_000);
    expect(branch.tickets.map(({ label }) => label)).to.deep.equal(['KA101', 'KA103']);
    expect(fixture.machine.getState().refusedLabels).to.deep.equal(['KA102']);
  });

  it('QK-11 a wall clock that is set two hours wrong moves neither the ages nor the order', async () => {
    const fixture = await startKiosk();
    const { branch, clock } = fixture;
    branch.setDown(true);
    await take(fixture);
    clock.setWall(DEMO_NOW_MS + 2 * 60 * 60_000);
    await take(fixture);
    clock.setWall(DEMO_NOW_MS - 2 * 60 * 60_000);
    await take(fixture);
    branch.setDown(false);
    await clock.advance(1_000);
    const ages = branch.tickets.map(({ ageSeconds }) => Math.round(ageSeconds ?? 0));
    expect(ages).to.deep.equal([30, 20, 10]);
  });

  it('QK-11 the time on the kiosk is the server’s, also when its own clock is wrong', async () => {
    const { machine, clock, branch } = await startKiosk();
    branch.setDown(true);
    await clock.advance(60_000);
    clock.setWall(DEMO_NOW_MS + 3 * 60 * 60_000);
    expect(machine.now()).to.equal(DEMO_NOW_MS + 60_000);
  });

  it('QK-11 the timeline bridges a reload by the wall clock, never backwards and never beyond a day', () => {
    const first = createTimeline({ monotonicNow: () => 5_000, wallNow: () => 1_000_000 }, null);
    const mark = first.mark();
    expect(first.now()).to.equal(0);
    const later = (wallMs: number): number =>
      createTimeline({ monotonicNow: () => 77, wallNow: () => wallMs }, mark).now();
    expect(later(1_060_000)).to.equal(60_000);
    expect(later(400_000), 'set back').to.equal(0);
    expect(later(9e12), 'set far ahead').to.equal(24 * 60 * 60_000);
  });

  it('QK-10 a label leaves its block in the same write that hands it out; an unusable day gives none', () => {
    const block = { serviceId: 'one' as ServiceId, serviceDay: '2026-11-20', labels: ['K1', 'K2'] };
    const journal = addBlock(EMPTY_JOURNAL, block);
    const give = (index: number, from = journal, isDayUsable = () => true) =>
      handOut(from, { attempt: attemptOf(index), atMs: index, wasAsked: false, isDayUsable });
    const first = give(1);
    expect(first?.ticket.label).to.equal('K1');
    expect(first?.journal.blocks['one']?.labels).to.deep.equal(['K2']);
    expect(give(1, first?.journal)?.ticket.label, 'the same wish gets the same label').to.equal('K1');
    expect(give(1, journal, () => false)).to.equal(null);
    const newDay = addBlock(journal, { ...block, serviceDay: '2026-11-21', labels: ['K9'] });
    expect(newDay.blocks['one']?.labels).to.deep.equal(['K9']);
    expect(addBlock(newDay, block), 'an older day is late').to.equal(newDay);
  });

  it('QK-10 a list is sent in parts that the contract takes, and what is not a journal reads as none', () => {
    const block = {
      serviceId: 'one' as ServiceId,
      serviceDay: '2026-11-20',
      labels: Array.from({ length: 60 }, (_, index) => `K${index}`),
    };
    let journal = addBlock(EMPTY_JOURNAL, block);
    for (let index = 0; index < 60; index += 1) {
      const attempt = attemptOf(index);
      journal =
        handOut(journal, { attempt, atMs: index * 1_000, wasAsked: false, isDayUsable: () => true })?.journal ??
        journal;
    }
    const { tickets } = describeBatch(journal, 60_000);
    expect(tickets).to.have.length(50);
    expect(tickets[0]).to.include({ label: 'K0', ageSeconds: 60, idempotencyKey: 'key-0' });
    for (const odd of [null, 7, 'x', {}, { waiting: 3 }]) expect(readJournal(odd)).to.equal(EMPTY_JOURNAL);
  });

  it('QK-12 offline, services close and open by the server’s clock', () => {
    const state = { kind: 'open', closesAt: '2026-11-20T03:00:00Z', warnsOfClosing: false } as const;
    const offer = { ...DEMO_OFFER, services: [{ ...DEMO_SERVICE, state }] };
    expect(ageOffer(offer, Date.parse('2026-11-20T02:59:59Z')).services[0]?.state.kind).to.equal('open');
    expect(ageOffer(offer, Date.parse('2026-11-20T03:00:00Z')).services[0]?.state.kind).to.equal('closed');
    const early = { kind: 'closed', reason: 'before-hours', opensAt: '2026-11-20T03:00:00Z', message: null } as const;
    const closed = { ...DEMO_OFFER, services: [{ ...DEMO_SERVICE, state: early }] };
    expect(ageOffer(closed, Date.parse('2026-11-20T03:00:00Z')).services[0]?.state.kind).to.equal('open');
    const stopped = { ...closed, services: [{ ...DEMO_SERVICE, state: { ...early, reason: 'emergency' as const } }] };
    expect(ageOffer(stopped, Date.parse('2026-11-20T03:00:00Z')).services[0]?.state.kind).to.equal('closed');
  });

  it('QK-12 offline after closing gives no ticket', async () => {
    const fixture = await startKiosk((branch) => {
      const state = {
        kind: 'open',
        closesAt: new Date(DEMO_NOW_MS + 60_000).toISOString(),
        warnsOfClosing: false,
      } as const;
      branch.offer = { ...branch.offer, services: [{ ...DEMO_SERVICE, state }] };
    });
    fixture.branch.setDown(true);
    await fixture.clock.advance(61_000);
    expect(await take(fixture)).to.equal('services');
    expect(fixture.machine.getState().heldBack).to.equal(0);
  });

  it('QK-10 labels of yesterday are good until a service day may have begun', () => {
    const zone = 'Asia/Kuala_Lumpur';
    const at = (time: string): number => Date.parse(`2026-11-21T${time}+08:00`);
    expect(isDayUsable('2026-11-20', Date.parse('2026-11-20T23:59:00+08:00'), zone)).to.equal(true);
    expect(isDayUsable('2026-11-20', at('03:59:00'), zone)).to.equal(true);
    expect(isDayUsable('2026-11-20', at('04:00:00'), zone)).to.equal(false);
    expect(isDayUsable('2026-11-22', at('12:00:00'), zone)).to.equal(false);
  });
});
