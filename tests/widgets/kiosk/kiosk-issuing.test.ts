import { expect } from '@open-wc/testing';
import { REPLAY_WITHIN_MS } from '@frontdesk/widgets/kiosk/issuer';
import { DEMO_SERVICE, serviceIdOf } from '@frontdesk/widgets/kiosk/kiosk-states';
import { settle } from './manual-clock.js';
import { startKiosk, withPrinter } from './machine-fixture.js';
import { buildError } from './scripted-branch.js';

describe('kiosk: one ticket for one wish', () => {
  it('QK-1 one service that asks nothing is one touch away', async () => {
    const { machine, branch } = await startKiosk();
    machine.handle({ type: 'begin' });
    await settle();
    const { session } = machine.getState();
    expect(session.screen).to.equal('ticket');
    expect(session.ticket?.label).to.equal('A001');
    expect(branch.tickets).to.have.length(1);
  });

  it('QK-1 several services and a declaration take three touches', async () => {
    const { machine } = await startKiosk((branch) => {
      branch.offer = {
        ...branch.offer,
        services: [DEMO_SERVICE, { ...DEMO_SERVICE, id: serviceIdOf(1) }],
        declarations: [{ key: 'senior', names: { en: 'Senior' }, text: { en: 'By law' } }],
      };
    });
    machine.handle({ type: 'begin' });
    expect(machine.getState().session.screen).to.equal('services');
    machine.handle({ type: 'choose-service', serviceId: serviceIdOf(1) });
    expect(machine.getState().session.screen).to.equal('declare');
    machine.handle({ type: 'declare', classKey: null });
    await settle();
    expect(machine.getState().session.screen).to.equal('ticket');
  });

  it('QK-4 taps and the back button during the request change nothing: one ticket', async () => {
    const { machine, branch } = await startKiosk();
    for (let tap = 0; tap < 5; tap += 1) machine.handle({ type: 'begin' });
    machine.handle({ type: 'back' });
    machine.handle({ type: 'end' });
    machine.handle({ type: 'begin' });
    await settle();
    expect(branch.tickets).to.have.length(1);
    expect(machine.getState().session.ticket?.label).to.equal('A001');
  });

  it('QK-4 the back button leaves a number that was given where it is', async () => {
    const { machine, branch } = await startKiosk();
    machine.handle({ type: 'begin' });
    await settle();
    machine.handle({ type: 'back' });
    expect(machine.getState().session.ticket?.label).to.equal('A001');
    expect(machine.getState().session.screen).to.equal('ticket');
    expect(branch.tickets).to.have.length(1);
  });

  it('QK-4 back asks the last decision again, and the ones before it stay', async () => {
    const { machine } = await startKiosk((branch) => {
      branch.offer = {
        ...branch.offer,
        services: [{ ...DEMO_SERVICE, askName: 'optional', askPhone: 'optional' }],
        declarations: [{ key: 'senior', names: { en: 'Senior' }, text: { en: 'By law' } }],
      };
    });
    machine.handle({ type: 'begin' });
    machine.handle({ type: 'declare', classKey: null });
    machine.handle({ type: 'give-name', name: 'Aminah' });
    expect(machine.getState().session.screen).to.equal('phone');
    machine.handle({ type: 'back' });
    expect(machine.getState().session.screen).to.equal('name');
    machine.handle({ type: 'back' });
    expect(machine.getState().session.screen).to.equal('declare');
    machine.handle({ type: 'back' });
    expect(machine.getState().session.screen).to.equal('attract');
  });

  it('QK-4 lost answers are asked for again with the same key and token: one ticket', async () => {
    const { machine, branch, clock } = await startKiosk();
    branch.loseAnswers = 3;
    machine.handle({ type: 'begin' });
    await clock.advance(5_000);
    const issues = branch.calls.filter(({ name }) => name === 'ticket:issue');
    expect(issues).to.have.length(4);
    expect(new Set(issues.map(({ key }) => key))).to.have.length(1);
    expect(new Set(issues.map(({ input }) => (input as { token: string }).token))).to.have.length(1);
    expect(branch.tickets).to.have.length(1);
    expect(machine.getState().session.ticket?.label).to.equal('A001');
  });

  it('QK-4 key and token are on disk before the first send', async () => {
    const { machine, branch, disk } = await startKiosk();
    const seen: string[] = [];
    const { request } = branch.connection;
    branch.connection.request = ((name: string, ...rest: unknown[]) => {
      if (name === 'ticket:issue') seen.push(disk.text());
      return (request as (...all: unknown[]) => unknown)(name, ...rest);
    }) as typeof request;
    machine.handle({ type: 'begin' });
    await settle();
    const sent = branch.calls.find(({ name }) => name === 'ticket:issue');
    const { token } = (sent?.input ?? {}) as { token?: string };
    expect(token).to.have.length(43);
    expect(seen[0]).to.include(String(sent?.key)).and.to.include(String(token));
    expect(disk.text(), 'gone once it is answered').not.to.include(String(sent?.key));
  });

  it('QK-4 a retry after a lost connection and an empty block asks for the same ticket', async () => {
    const { machine, branch, clock } = await startKiosk((script) => {
      const { request } = script.connection;
      script.connection.request = ((name: string, ...rest: unknown[]) =>
        name === 'ticket:reserve-block'
          ? Promise.resolve({ ok: false, error: buildError('CAP_REACHED') })
          : (request as (...all: unknown[]) => unknown)(name, ...rest)) as typeof request;
    });
    branch.loseAnswers = 1_000;
    machine.handle({ type: 'begin' });
    await clock.advance(10_000);
    expect(machine.getState().session.screen).to.equal('failed');
    expect(machine.getState().session.failure?.code).to.equal('offline');
    branch.loseAnswers = 0;
    machine.handle({ type: 'retry' });
    await settle();
    expect(machine.getState().session.ticket?.label).to.equal('A001');
    expect(branch.tickets).to.have.length(1);
  });

  it('QK-18 a power cut after the server acted: the reboot replays the key and shows the one ticket', async () => {
    const fixture = await startKiosk(withPrinter);
    const { branch, printer } = fixture;
    branch.loseAnswers = 1;
    fixture.machine.handle({ type: 'begin' });
    await settle();
    await fixture.reboot(20_000);
    await settle();
    const keys = branch.calls.filter(({ name }) => name === 'ticket:issue').map(({ key }) => key);
    expect(keys).to.have.length(2);
    expect(keys[0]).to.equal(keys[1]);
    expect(branch.tickets).to.have.length(1);
    expect(fixture.machine.getState().session.ticket?.label).to.equal('A001');
    expect(printer.slips.map(({ label }) => label)).to.deep.equal(['A001']);
  });

  it('QK-18 a power cut before anything was sent: the reboot asks once', async () => {
    const fixture = await startKiosk();
    const { branch, clock } = fixture;
    branch.setDown(false);
    const { request } = branch.connection;
    let isCut = true;
    branch.connection.request = ((name: string, ...rest: unknown[]) =>
      name === 'ticket:issue' && isCut
        ? new Promise(() => {})
        : (request as (...all: unknown[]) => unknown)(name, ...rest)) as typeof request;
    fixture.machine.handle({ type: 'begin' });
    await settle();
    isCut = false;
    await fixture.reboot(5_000);
    await clock.advance(1_000);
    expect(branch.tickets).to.have.length(1);
    await fixture.reboot(5_000);
    await clock.advance(1_000);
    expect(branch.tickets, 'and not again at the next start').to.have.length(1);
  });

  it('QK-18 what was interrupted long ago is left: nobody stands there any more', async () => {
    const fixture = await startKiosk();
    const { branch, clock } = fixture;
    branch.loseAnswers = 1;
    fixture.machine.handle({ type: 'begin' });
    await settle();
    await fixture.reboot(REPLAY_WITHIN_MS + 1_000);
    await clock.advance(1_000);
    expect(branch.countOf('ticket:issue')).to.equal(1);
    expect(fixture.machine.getState().session.screen).to.equal('attract');
  });

  it('QK-19 a short limit is waited out, a long one is told with its seconds', async () => {
    const { machine, branch, clock } = await startKiosk();
    branch.refusals.push(buildError('RATE_LIMITED', { retryAfterMs: 2_000 }));
    machine.handle({ type: 'begin' });
    await settle();
    expect(machine.getState().session.screen).to.equal('issuing');
    await clock.advance(2_100);
    expect(machine.getState().session.ticket?.label).to.equal('A001');
    machine.handle({ type: 'end' });
    branch.refusals.push(buildError('RATE_LIMITED', { retryAfterMs: 7_000 }));
    machine.handle({ type: 'begin' });
    await settle();
    expect(machine.getState().session.failure).to.include({ code: 'RATE_LIMITED', during: 'issue' });
    expect(machine.getState().session.failure?.error?.retryAfterMs).to.equal(7_000);
    machine.handle({ type: 'retry' });
    await settle();
    expect(branch.tickets.map(({ label }) => label)).to.deep.equal(['A001', 'A002']);
  });

  it('QK-12 a service that closed meanwhile gives no ticket and says why', async () => {
    const { machine, branch } = await startKiosk();
    branch.refusals.push(buildError('CAP_REACHED', { current: { reason: 'day-full' } }));
    machine.handle({ type: 'begin' });
    await settle();
    expect(machine.getState().session.failure?.code).to.equal('CAP_REACHED');
    expect(branch.tickets).to.have.length(0);
  });

  it('QK-13 a place that would be served after closing is warned of before it is taken', async () => {
    const { machine, branch } = await startKiosk((script) => {
      const state = { kind: 'open', closesAt: '2026-11-20T03:00:00Z', warnsOfClosing: true } as const;
      script.offer = { ...script.offer, services: [{ ...DEMO_SERVICE, state }] };
    });
    machine.handle({ type: 'begin' });
    await settle();
    expect(machine.getState().session.screen).to.equal('warn');
    expect(branch.countOf('ticket:issue')).to.equal(0);
    machine.handle({ type: 'accept-warning' });
    await settle();
    expect(machine.getState().session.screen).to.equal('ticket');
  });

  it('QK-13 a refusal by the stop rule is told as what it is', async () => {
    const { machine, branch } = await startKiosk();
    branch.refusals.push(buildError('QUEUE_CLOSED', { current: { reason: 'after-stop' } }));
    machine.handle({ type: 'begin' });
    await settle();
    expect(machine.getState().session.failure?.error?.current).to.deep.equal({ reason: 'after-stop' });
  });

  it('QK-8 name and phone are asked as the service says, sent with consent, and gone with the session', async () => {
    const { machine, branch, disk } = await startKiosk((script) => {
      script.offer = { ...script.offer, services: [{ ...DEMO_SERVICE, askName: 'optional', askPhone: 'required' }] };
    });
    machine.handle({ type: 'begin' });
    expect(machine.getState().session.screen).to.equal('name');
    machine.handle({ type: 'give-name', name: 'Aminah' });
    expect(machine.getState().session.screen).to.equal('phone');
    branch.refusals.push(buildError('VALIDATION', { fields: { phone: 'must be a phone number' } }));
    machine.handle({ type: 'give-phone', phone: '12' });
    await settle();
    expect(machine.getState().session.screen, 'the wrong one is asked again').to.equal('phone');
    machine.handle({ type: 'give-phone', phone: '012-345 6789' });
    await settle();
    const sent = branch.calls.findLast(({ name }) => name === 'ticket:issue')?.input;
    expect(sent).to.include({ name: 'Aminah', phone: '012-345 6789', hasConsented: true });
    machine.handle({ type: 'end' });
    await settle();
    const left = JSON.stringify(machine.getState()) + disk.text() + JSON.stringify(disk.local);
    expect(left).not.to.include('Aminah').and.not.to.include('6789');
  });

  it('QK-8 who gives nothing consents to nothing', async () => {
    const { machine, branch } = await startKiosk((script) => {
      script.offer = { ...script.offer, services: [{ ...DEMO_SERVICE, askName: 'optional' }] };
    });
    machine.handle({ type: 'begin' });
    machine.handle({ type: 'give-name', name: null });
    await settle();
    expect(branch.tickets[0]?.input).to.include({ name: null, phone: null, hasConsented: false });
  });

  it('QK-3 the language is that of the session alone', async () => {
    const { machine, branch } = await startKiosk();
    machine.handle({ type: 'choose-language', language: 'ta' });
    machine.handle({ type: 'begin' });
    await settle();
    expect(branch.tickets[0]?.input).to.include({ language: 'ta' });
    machine.handle({ type: 'end' });
    expect(machine.getState().session.language).to.equal(null);
    machine.handle({ type: 'begin' });
    await settle();
    expect(branch.tickets[1]?.input).to.include({ language: 'en' });
  });

  it('QK-15 a declared class is sent, and printed nowhere', async () => {
    const { machine, branch, printer } = await startKiosk((script) => {
      withPrinter(script);
      const declaration = { key: 'senior', names: { en: 'Aged 60 or more' }, text: { en: 'By law first.' } };
      script.offer = { ...script.offer, declarations: [declaration] };
    });
    machine.handle({ type: 'begin' });
    machine.handle({ type: 'declare', classKey: 'senior' });
    await settle();
    expect(branch.tickets[0]?.input).to.include({ classKey: 'senior' });
    expect(JSON.stringify(printer.slips)).not.to.match(/senior|Aged 60|By law/i);
  });
});
