import { expect } from '@open-wc/testing';
import { DEMO_SERVICE } from '@frontdesk/widgets/kiosk/kiosk-states';
import { startKiosk, withPrinter } from './machine-fixture.js';
import { settle } from './manual-clock.js';

describe('kiosk sessions, paper, staff', () => {
  const withTwo = (branch: Parameters<typeof withPrinter>[0]): void => {
    branch.offer = {
      ...branch.offer,
      services: [DEMO_SERVICE, { ...DEMO_SERVICE, id: 'two' as typeof DEMO_SERVICE.id }],
    };
  };

  it('QK-9 30 s of nothing ask, 20 more end the session and wipe it', async () => {
    const { machine, clock } = await startKiosk(withTwo);
    machine.handle({ type: 'choose-language', language: 'ms' });
    machine.handle({ type: 'begin' });
    await clock.advance(29_900);
    expect(machine.getState().session.secondsLeft).to.equal(null);
    await clock.advance(200);
    expect(machine.getState().session.secondsLeft).to.equal(20);
    await clock.advance(19_000);
    expect(machine.getState().session.secondsLeft).to.equal(1);
    await clock.advance(1_100);
    const { session } = machine.getState();
    expect([session.screen, session.language, session.secondsLeft]).to.deep.equal(['attract', null, null]);
  });

  it('QK-9 more time is given ten times and more, from the question or by any touch', async () => {
    const { machine, clock } = await startKiosk(withTwo);
    machine.handle({ type: 'begin' });
    for (let time = 0; time < 12; time += 1) {
      await clock.advance(45_000);
      expect(machine.getState().session.secondsLeft, `time ${time}`).to.be.within(1, 20);
      if (time % 2 === 0) machine.handle({ type: 'more-time' });
      else machine.touch();
      expect(machine.getState().session.secondsLeft).to.equal(null);
      expect(machine.getState().session.screen).to.equal('services');
    }
  });

  it('QK-9 nobody is asked while an answer is awaited, nor when nobody is there', async () => {
    const { machine, clock, branch } = await startKiosk();
    await clock.advance(120_000);
    expect(machine.getState().session.secondsLeft).to.equal(null);
    const { request } = branch.connection;
    branch.connection.request = ((name: string, ...rest: unknown[]) =>
      name === 'ticket:issue'
        ? new Promise(() => {})
        : (request as (...all: unknown[]) => unknown)(name, ...rest)) as typeof request;
    machine.handle({ type: 'begin' });
    await clock.advance(60_000);
    expect(machine.getState().session.screen).to.equal('issuing');
    expect(machine.getState().session.secondsLeft).to.equal(null);
  });

  it('QK-3 QK-16 aids and language end with the session', async () => {
    const { machine } = await startKiosk();
    machine.handle({ type: 'choose-language', language: 'ar' });
    machine.handle({ type: 'switch-aid', aid: 'isLargeText', on: true });
    machine.handle({ type: 'switch-aid', aid: 'isReadAloud', on: true });
    machine.handle({ type: 'end' });
    const { session } = machine.getState();
    expect([session.language, session.isLargeText, session.isReadAloud]).to.deep.equal([null, false, false]);
  });

  it('QK-5 the slip has label, service, people ahead, time and link; and no more', async () => {
    const { machine, printer } = await startKiosk(withPrinter);
    machine.handle({ type: 'begin' });
    await settle();
    const [slip] = printer.slips;
    expect(slip?.label).to.equal('A001');
    expect(slip?.service).to.equal('See a doctor');
    expect(slip?.lines).to.deep.equal(['3 people before you', 'Issued Nov 20, 2026, 10:30 AM']);
    expect(slip?.qr?.url).to.match(/\/t#[\w-]{43}$/);
    expect(machine.getState().session.print).to.equal('printed');
  });

  for (const condition of ['paper-out', 'error'] as const) {
    it(`QK-6 ${condition}: the number stays valid, the screen is the ticket, and staff hear of it`, async () => {
      const { machine, printer, branch } = await startKiosk(withPrinter);
      printer.condition = condition;
      machine.handle({ type: 'begin' });
      await settle();
      const { session } = machine.getState();
      expect(session.screen).to.equal('ticket');
      expect(session.print).to.equal('failed');
      expect(session.ticket?.url).to.be.a('string');
      expect(branch.prints).to.deep.equal([{ ticketId: 'ticket-A001', print: 'failed' }]);
      expect(machine.getState().printer).to.equal(condition);
    });
  }

  it('QK-6 paper that failed offline is told with the ticket', async () => {
    const { machine, printer, branch, clock } = await startKiosk(withPrinter);
    branch.setDown(true);
    printer.condition = 'paper-out';
    machine.handle({ type: 'begin' });
    await settle();
    expect(machine.getState().session.print).to.equal('failed');
    branch.setDown(false);
    await clock.advance(1_000);
    expect(branch.prints).to.deep.equal([{ ticketId: 'ticket-KA101', print: 'failed' }]);
  });

  it('QK-7 without a printer nothing is printed and nothing failed', async () => {
    const { machine, printer, branch } = await startKiosk();
    machine.handle({ type: 'begin' });
    await settle();
    expect(machine.getState().session.print).to.equal('off');
    expect(printer.slips).to.deep.equal([]);
    expect(branch.prints).to.deep.equal([]);
    expect(machine.getState().printer).to.equal('none');
  });

  it('QK-14 a code checks in; too early says when; an unknown one says so', async () => {
    const { machine, branch } = await startKiosk();
    machine.handle({ type: 'open-check-in' });
    machine.handle({ type: 'check-in', code: ' A050 ' });
    await settle();
    expect(machine.getState().session.ticket).to.include({ label: 'A050', isCheckIn: true, url: null });
    machine.handle({ type: 'end' });
    machine.handle({ type: 'open-check-in' });
    machine.handle({ type: 'check-in', code: 'EARLY' });
    await settle();
    expect(machine.getState().session.failure).to.include({ code: 'OUTSIDE_WINDOW', during: 'check-in' });
    machine.handle({ type: 'end' });
    machine.handle({ type: 'open-check-in' });
    machine.handle({ type: 'check-in', code: 'Z999' });
    await settle();
    expect(machine.getState().session.failure?.code).to.equal('NOT_FOUND');
    machine.handle({ type: 'retry' });
    expect(machine.getState().session.screen).to.equal('check-in');
    expect(branch.tickets).to.have.length(0);
  });

  it('QK-14 a booking code asks for four digits, and for the line where that is not plain; a link for nothing', async () => {
    const { machine, branch, clock } = await startKiosk(withTwo);
    const sessionOf = () => machine.getState().session;
    machine.handle({ type: 'open-check-in' });
    machine.handle({ type: 'check-in', code: ' k7m4-pq23 ' });
    expect(sessionOf().screen).to.equal('phone-end');
    machine.handle({ type: 'back' });
    expect(sessionOf()).to.include({ screen: 'check-in', arrival: null });
    machine.handle({ type: 'check-in', code: 'K7M4PQ23' });
    machine.handle({ type: 'give-phone-end', phoneEnd: '0000' });
    await settle();
    expect(sessionOf().failure).to.include({ code: 'NOT_FOUND', during: 'booking' });
    machine.handle({ type: 'retry' });
    machine.handle({ type: 'check-in', code: 'K7M4PQ23' });
    machine.handle({ type: 'give-phone-end', phoneEnd: '6789' });
    await settle();
    expect(sessionOf().screen).to.equal('line');
    machine.handle({ type: 'choose-line', serviceId: DEMO_SERVICE.id });
    await settle();
    expect(sessionOf().ticket).to.include({ label: 'A050', isCheckIn: true });
    machine.handle({ type: 'end' });
    expect(JSON.stringify(machine.getState()), 'nothing of it stays (QK-8)').to.not.include('K7M4PQ23');
    machine.handle({ type: 'check-in', code: '0123456789' });
    await settle();
    expect(branch.calls.at(-1)?.name, 'digits are a phone number').to.equal('ticket:check-in');
    machine.handle({ type: 'end' });
    branch.offer = { ...branch.offer, services: branch.offer.services.slice(0, 1) };
    machine.handle({ type: 'check-in', code: `https://desk.example/booking?site=pk#${'a'.repeat(64)}` });
    await settle();
    expect(sessionOf().ticket).to.include({ label: 'A050' });
    machine.handle({ type: 'end' });
    branch.setDown(true);
    machine.handle({ type: 'open-check-in' });
    machine.handle({ type: 'check-in', code: 'K7M4PQ23' });
    machine.handle({ type: 'give-phone-end', phoneEnd: '6789' });
    await clock.advance(12_000);
    expect(sessionOf().failure, 'offline').to.include({ code: 'offline', during: 'booking' });
  });

  it('QK-17 only the right PIN opens the staff panel, and only behind it the kiosk is left', async () => {
    const fixture = await startKiosk();
    const { machine, branch } = fixture;
    machine.handle({ type: 'exit' });
    expect(fixture.exits).to.equal(0);
    machine.handle({ type: 'open-staff' });
    machine.handle({ type: 'exit' });
    machine.handle({ type: 'check-pin', pin: '0000' });
    await settle();
    expect(machine.getState().staff).to.deep.equal({ kind: 'pin', problem: 'wrong' });
    machine.handle({ type: 'exit' });
    expect(fixture.exits).to.equal(0);
    machine.handle({ type: 'check-pin', pin: '2468' });
    await settle();
    expect(machine.getState().staff).to.deep.equal({ kind: 'open' });
    machine.handle({ type: 'exit' });
    expect(fixture.exits).to.equal(1);
    branch.setDown(true);
    machine.handle({ type: 'open-staff' });
    machine.handle({ type: 'check-pin', pin: '2468' });
    await settle();
    expect(machine.getState().staff).to.deep.equal({ kind: 'pin', problem: 'offline' });
  });

  it('QK-17 a panel that staff forgot closes by itself', async () => {
    const fixture = await startKiosk();
    const { machine, clock } = fixture;
    machine.handle({ type: 'open-staff' });
    machine.handle({ type: 'check-pin', pin: '2468' });
    await settle();
    await clock.advance(51_000);
    expect(machine.getState().staff).to.equal(null);
    machine.handle({ type: 'exit' });
    expect(fixture.exits).to.equal(0);
  });

  it('QK-20 health is reported every 30 s with printer, version, last ticket and what waits', async () => {
    const { machine, branch, clock, printer } = await startKiosk(withPrinter);
    machine.handle({ type: 'begin' });
    await settle();
    printer.condition = 'paper-low';
    const before = branch.countOf('device:report');
    await clock.advance(30_000);
    expect(branch.countOf('device:report')).to.equal(before + 1);
    await clock.advance(60_000);
    expect(branch.countOf('device:report')).to.equal(before + 3);
    const report = branch.calls.findLast(({ name }) => name === 'device:report')?.input;
    expect(report).to.deep.equal({
      health: {
        appVersion: '1.2.3',
        wakeLock: 'held',
        sound: 'on',
        voice: 'speech',
        printer: 'paper-low',
        latencyMs: 0,
        waitingOffline: 0,
        lastTicketAt: '2026-11-20T02:30:00.000Z',
      },
    });
  });

  it('follows its settings while it runs', async () => {
    const { machine, branch } = await startKiosk();
    branch.emit('device:changed', { device: { ...branch.self, name: 'Back door' } });
    expect(machine.getState().self?.name).to.equal('Back door');
    branch.offer = { ...branch.offer, services: [] };
    branch.emit('offer:changed', { rev: 2 });
    await settle();
    expect(machine.getState().offer?.services).to.deep.equal([]);
  });
});
