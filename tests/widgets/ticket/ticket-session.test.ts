/** A ticket's life on a phone: what it shows, asks and keeps while messages, answers and networks come and go. */
import { expect } from '@open-wc/testing';
import { createTicketToken } from '@frontdesk/protocol/ids';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { createMemoryWebStorage } from '@frontdesk/widgets/core/client/storage';
import { buildHolderState, buildParameters, buildPlace } from '@frontdesk/widgets/ticket/states';
import { createPhone, fail, lose, NOW_MS, settle, succeed, type ScriptedPhone } from './ticket-fixture.js';

const at = (ms: number): string => new Date(NOW_MS + ms).toISOString();

/** One place further, as the whole pool hears it. */
function advanceLine(phone: ScriptedPhone, fromRev: number, elapsedMs = 0): void {
  phone.tell('order:changed', {
    change: { fromRev, toRev: fromRev + 1, out: [0], in: [], move: [] },
    orderRev: fromRev + 1,
    parameters: buildParameters({ at: at(elapsedMs) }),
  });
}

const called = (callCount = 1, rev = 8): HolderState =>
  buildHolderState({ state: 'called', calledAt: at(0), callCount, counterLabel: 'Counter 2', rev });

describe('ticket session', () => {
  let phone: ScriptedPhone;

  beforeEach(() => {
    phone = createPhone();
  });
  afterEach(() => phone.session.stop());

  const state = () => phone.session.getState();
  const waitText = () => JSON.stringify(state().line?.wait);

  it('QP-1: asks once over HTTP before anything live is loaded', async () => {
    phone.session.start();
    expect(phone.asked.map(({ name, via }) => [name, via])).to.deep.equal([['ticket:read', 'http']]);
    expect(phone.connection.getState().phase).to.equal('idle');
    await phone.last('ticket:read').answer(succeed(buildHolderState()));
    expect(state()).to.include({ phase: 'shown', isLive: true });
    expect(phone.connection.getState().phase).to.equal('connecting');
  });

  it('QP-2: reads over the live connection, so that the server tells it of its line', async () => {
    await phone.open(buildHolderState());
    expect(phone.asked.map(({ name, via }) => [name, via])).to.deep.equal([
      ['ticket:read', 'http'],
      ['ticket:read', undefined],
    ]);
  });

  it('QP-2: keeps its own rank through the order of the pool and computes its own range', async () => {
    await phone.open(buildHolderState());
    advanceLine(phone, 3);
    expect(state().line?.ahead).to.equal(2);
    expect(waitText()).to.equal('{"kind":"range","fromMinutes":15,"toMinutes":25,"reason":null}');
    advanceLine(phone, 4);
    expect(state().line).to.deep.equal({ ahead: 1, wait: { kind: 'next' } });
    expect(phone.count('ticket:read')).to.equal(2);
  });

  it('QP-2: a gap in the order asks once, within two seconds', async () => {
    await phone.open(buildHolderState());
    advanceLine(phone, 4);
    advanceLine(phone, 5);
    expect(state().line?.ahead).to.equal(3);
    await phone.clock.advance(2_000);
    expect(phone.count('ticket:read')).to.equal(3);
    const fresh = buildHolderState({}, buildPlace(1, { orderRev: 6, estimate: { kind: 'next' } }));
    await phone.last('ticket:read').answer(succeed(fresh));
    expect(state().line?.ahead).to.equal(1);
  });

  it('QP-2: a line that was ordered anew is read within the spread that the server names', async () => {
    await phone.open(buildHolderState());
    phone.tell('order:reset', { orderRev: 9, spreadMs: 4_000 });
    await phone.clock.advance(1_900);
    expect(phone.count('ticket:read')).to.equal(2);
    await phone.clock.advance(200);
    expect(phone.count('ticket:read')).to.equal(3);
  });

  it('QP-2: two phones whose clocks differ by hours read the same at the same moment', async () => {
    const other = createPhone();
    const parameters = { elapsedSeconds: 0, meanGapSeconds: 240 };
    const shared = buildHolderState({}, buildPlace(3, { estimate: { kind: 'position-only' } }), parameters);
    await phone.open(shared);
    other.session.start();
    await other.last('ticket:read').answer(succeed(shared));
    await other.setConnection({ phase: 'online', clockOffsetMs: 0 });
    await other.last('ticket:read').answer(succeed(shared));
    // The other phone believes that it is five hours later, and the live connection told it so.
    await other.clock.advance(5 * 3_600_000);
    await other.setConnection({ phase: 'offline' });
    await other.setConnection({ phase: 'online', clockOffsetMs: -5 * 3_600_000 });
    await other.last('ticket:read').answer(succeed(shared));
    for (const one of [phone, other]) await one.clock.advance(60_000);
    expect(other.session.getState().line).to.deep.equal(state().line);
    expect(state().line?.wait.kind).to.equal('range');
    other.session.stop();
  });

  it('QP-12: a rise of more than a quarter says why', async () => {
    await phone.open(buildHolderState());
    phone.tell('order:changed', {
      change: null,
      orderRev: 3,
      parameters: buildParameters({ meanGapSeconds: 700, reason: 'counter-paused' }),
    });
    expect(waitText()).to.include('"reason":"counter-paused"');
  });

  it('QP-12: keeps the reason that the server gave before this page was opened', async () => {
    const estimate = { kind: 'range', p50Seconds: 1_200, p80Seconds: 1_920, reason: 'longer-services' } as const;
    await phone.open(buildHolderState({}, buildPlace(3, { estimate })));
    expect(waitText()).to.include('"reason":"longer-services"');
    await phone.clock.advance(1_000);
    expect(waitText()).to.include('"reason":"longer-services"');
  });

  it('QP-3: each call and each recall asks to ring once', async () => {
    await phone.open(buildHolderState());
    phone.tell('ticket:changed', { state: called() });
    const first = state().ringing;
    expect(first).to.be.a('string');
    phone.session.acknowledge();
    expect(state().ringing).to.equal(null);
    phone.tell('ticket:changed', { state: called() });
    expect(state().ringing).to.equal(null);
    phone.tell('ticket:changed', { state: called(2, 9) });
    expect(state().ringing).to.be.a('string').and.not.equal(first);
    phone.tell('ticket:changed', { state: buildHolderState({ state: 'serving', rev: 10 }) });
    expect(state().ringing).to.equal(null);
  });

  it('QP-3: an older picture that arrives late undoes nothing', async () => {
    await phone.open(buildHolderState());
    phone.tell('ticket:changed', { state: called() });
    phone.tell('ticket:changed', { state: buildHolderState() });
    expect(state().model?.ticket.state).to.equal('called');
  });

  it('QP-4: back after ten minutes: says that it may be old, and asks past a socket that may be dead', async () => {
    await phone.open(buildHolderState());
    phone.lifecycle.emit('hide');
    phone.lifecycle.setVisible(false);
    await phone.clock.advance(600_000);
    phone.lifecycle.setVisible(true);
    phone.lifecycle.emit('wake');
    expect(state()).to.include({ phase: 'shown', isLive: false });
    expect(phone.last('ticket:read').via).to.equal('http');
    await phone.last('ticket:read').answer(succeed(called()));
    expect(state().isLive).to.equal(true);
    expect(state().model?.ticket.state).to.equal('called');
  });

  it('QP-4: without a network the last picture stays, marked with its time, and nothing counts down', async () => {
    await phone.open(buildHolderState());
    await phone.setConnection({ phase: 'offline', isReachable: false });
    expect(state().isLive).to.equal(true);
    await phone.clock.advance(5_000);
    const shown = waitText();
    expect(state()).to.include({ isLive: false, phase: 'shown', asOfMs: NOW_MS });
    await phone.clock.advance(300_000);
    expect(waitText()).to.equal(shown);
    await phone.setConnection({ phase: 'online' });
    await phone.last('ticket:read').answer(succeed(buildHolderState()));
    expect(state().isLive).to.equal(true);
  });

  it('QP-4: a page that was thrown away begins with its last picture, and does not ring for an answered call', async () => {
    const token = createTicketToken();
    const backends = { local: createMemoryWebStorage(), session: null, indexedDB: null };
    const before = createPhone({ token, backends });
    await before.open(called());
    before.session.acknowledge();
    before.session.stop();
    const after = createPhone({ token, backends });
    after.session.start();
    expect(after.session.getState()).to.include({ phase: 'shown', isLive: false, ringing: null });
    expect(after.session.getState().model?.ticket.state).to.equal('called');
    const stranger = createPhone({ backends });
    stranger.session.start();
    expect(stranger.session.getState().phase).to.equal('loading');
    for (const one of [after, stranger]) one.session.stop();
  });

  for (const [name, input] of [
    ['ticket:arrive', {}],
    ['ticket:defer', { places: 3 }],
    ['ticket:leave', {}],
    ['ticket:come-back', {}],
  ] as const) {
    it(`QP-5: ${name} keeps its key until an answer comes, and is asked once at a time`, async () => {
      await phone.open(buildHolderState());
      phone.session.actions.run(name, input);
      phone.session.actions.run(name, input);
      expect(phone.count(name)).to.equal(1);
      const { key } = phone.last(name);
      expect(key).to.be.a('string');
      await phone.last(name).answer(lose());
      expect(state().action.phase).to.equal('waiting');
      await phone.clock.advance(60_000);
      expect(phone.count(name)).to.equal(2);
      expect(phone.last(name).key).to.equal(key);
      await phone.last(name).answer(succeed(buildHolderState({ rev: 20 })));
      expect(state().action.phase).to.equal('idle');
      expect(state().model?.ticket.rev).to.equal(20);
    });
  }

  it('QP-5: what waits for a network goes at once when it is back', async () => {
    await phone.open(buildHolderState());
    await phone.setConnection({ phase: 'offline' });
    phone.session.actions.run('ticket:defer', { places: 1 });
    await phone.last('ticket:defer').answer(lose());
    await phone.setConnection({ phase: 'online' });
    expect(phone.count('ticket:defer')).to.equal(2);
  });

  it('QP-5: a refusal is shown with its reason, and the ticket is read again', async () => {
    await phone.open(buildHolderState());
    const reads = phone.count('ticket:read');
    phone.session.actions.run('ticket:leave', {});
    await phone.last('ticket:leave').answer(fail('CONFLICT'));
    expect(state().action).to.deep.equal({ name: 'ticket:leave', phase: 'failed', code: 'CONFLICT' });
    expect(phone.count('ticket:read')).to.equal(reads + 1);
    phone.session.actions.dismiss();
    expect(state().action.phase).to.equal('idle');
  });

  it('QP-5: a server that keeps failing is not asked for ever; the person may ask again with the same key', async () => {
    await phone.open(buildHolderState());
    phone.session.actions.run('ticket:arrive', {});
    const { key } = phone.last('ticket:arrive');
    for (let tries = 0; tries < 4; tries += 1) {
      await phone.last('ticket:arrive').answer(fail('INTERNAL'));
      await phone.clock.advance(60_000);
    }
    expect(state().action.phase).to.equal('failed');
    phone.session.actions.retry();
    await settle();
    expect(phone.last('ticket:arrive').key).to.equal(key);
  });

  it('QP-10: a ticket that expired with its day stays to be read, and nothing of it is kept', async () => {
    const backends = { local: createMemoryWebStorage(), session: null, indexedDB: null };
    const one = createPhone({ backends });
    await one.open(buildHolderState());
    expect(backends.local.length).to.equal(1);
    one.tell('ticket:changed', { state: buildHolderState({ state: 'expired', rev: 30 }) });
    expect(one.session.getState().phase).to.equal('shown');
    expect(backends.local.length).to.equal(0);
    one.session.stop();
  });

  it('QP-11: wrong and purged tokens end in the same place, and are not asked for again', async () => {
    const wrong = createPhone();
    wrong.session.start();
    await wrong.last('ticket:read').answer(fail('NOT_FOUND'));
    await phone.open(buildHolderState());
    phone.tell('ticket:changed', { state: buildHolderState({ state: 'cancelled', rev: 9 }) });
    await phone.setConnection({
      phase: 'refused',
      reason: { code: 'NOT_FOUND', message: 'Not found.', requestId: 'server' },
    });
    for (const one of [wrong, phone]) {
      const reads = one.count('ticket:read');
      expect(one.session.getState()).to.include({ phase: 'gone', model: null, line: null });
      await one.clock.advance(60_000);
      expect(one.count('ticket:read')).to.equal(reads);
    }
    wrong.session.stop();
  });

  it('QP-13: rates once', async () => {
    await phone.open(buildHolderState({ state: 'completed', canRate: true }));
    phone.session.actions.run('ticket:rate', { stars: 5, text: 'Quick' });
    await phone.last('ticket:rate').answer(succeed({ accepted: true }));
    expect(state()).to.include({ isRated: true });
  });

  it('QP-14: tells the server which language it is spoken to in, again when the first try was lost', async () => {
    await phone.open(buildHolderState());
    phone.session.speak('ta');
    await phone.last('ticket:set-language').answer(lose());
    await phone.clock.advance(60_000);
    expect(phone.last('ticket:set-language').input).to.deep.equal({ language: 'ta' });
    expect(phone.count('ticket:set-language')).to.equal(2);
  });
});
