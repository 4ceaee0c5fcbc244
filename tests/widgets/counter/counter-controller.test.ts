/** The console's side of the wire, with a connection that answers from a script. */
import { expect } from '@open-wc/testing';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { Result } from '@frontdesk/protocol/result';
import { CounterController } from '@frontdesk/widgets/counter/counter-controller';
import { counterIdOf, DEMO_SESSION, READY, READY_VIEW } from '@frontdesk/widgets/counter/counter-states';
import { createUnknownOutcome } from '@frontdesk/widgets/core/client/outcome';
import { createStaffScript, HOST, ok, refuse, settle } from '../staff/staff-script.js';

function openScript() {
  const script = createStaffScript();
  const { answer, client } = script;
  const view = (patch: Partial<CounterView> = {}): Result<unknown> => ok({ ...READY_VIEW, ...patch });
  answer('location:list', () => ok({ locations: READY.locations }));
  answer('queue:read-setup', () => ok(READY.setup));
  answer('counter:read', () => view());
  answer('conversation:check', () => ok({ heads: [] }));
  const controller = new CounterController(HOST, () => ({ locationId: null, counterId: null }));
  return {
    ...script,
    view,
    controller,
    async enter() {
      controller.enter(client, DEMO_SESSION);
      await settle();
    },
  };
}

const callNext = { type: 'move', move: { name: 'ticket:call-next', input: {} } } as const;

describe('counter controller', () => {
  it('QC-16 finds the counter where the person sits, without anything kept in the browser', async () => {
    const script = openScript();
    await script.enter();
    expect(script.controller.state.counterId).to.equal(counterIdOf(2));
    expect(script.controller.state.view?.counter.label).to.equal('Counter 2');
    expect(script.controller.state.link).to.equal('live');
    script.controller.leave();
  });

  it('QC-1 a second press while the first is under way is not sent', async () => {
    const script = openScript();
    await script.enter();
    let acknowledge: (result: Result<unknown>) => void = () => undefined;
    script.answer('ticket:call-next', () => new Promise((resolve) => (acknowledge = resolve)));
    script.controller.handle(callNext);
    script.controller.handle(callNext);
    await settle();
    expect(script.controller.state.pending).to.deep.equal({ command: 'ticket:call-next', ticketId: null });
    acknowledge(script.view({ rev: 41 }));
    await settle();
    expect(script.controller.state.pending).to.equal(null);
    expect(script.asked('ticket:call-next')).to.have.length(1);
    script.controller.leave();
  });

  it('QC-1 an unknown outcome is repeated with the same key; another press has another', async () => {
    const script = openScript();
    await script.enter();
    let tries = 0;
    script.answer('ticket:call-next', () => {
      tries += 1;
      return tries < 3 ? createUnknownOutcome('cut') : script.view({ rev: 41 });
    });
    script.controller.handle(callNext);
    await script.clock.pass(2_000);
    script.controller.handle(callNext);
    await script.clock.pass(100);
    const keys = script.asked('ticket:call-next').map(({ key }) => key);
    expect(keys).to.have.length(4);
    expect(new Set(keys.slice(0, 3)).size).to.equal(1);
    expect(keys[3]).to.not.equal(keys[0]);
    expect(keys[0]).to.match(/^[0-9a-f-]{36}$/);
    script.controller.leave();
  });

  it('QC-13 a press that gets no answer is given up, and is not sent when the network is back', async () => {
    const script = openScript();
    await script.enter();
    script.answer('ticket:call-next', () => createUnknownOutcome('cut'));
    script.answer('counter:read', () => createUnknownOutcome('cut'));
    script.controller.handle(callNext);
    await script.clock.pass(12_000);
    const before = script.asked('ticket:call-next').length;
    expect(script.controller.state).to.include({ link: 'lost', pending: null });
    expect(script.controller.state.failure?.command).to.equal('ticket:call-next');
    script.answer('counter:read', () => script.view({ rev: 42 }));
    script.answer('ticket:call-next', () => script.view({ rev: 43 }));
    await script.clock.pass(30_000);
    expect(script.controller.state.link).to.equal('live');
    expect(script.asked('ticket:call-next')).to.have.length(before);
    script.controller.leave();
  });

  it('QC-13 nothing is sent while the connection is lost', async () => {
    const script = openScript();
    await script.enter();
    script.answer('counter:read', () => createUnknownOutcome('cut'));
    script.setPhase('offline');
    script.controller.handle(callNext);
    await script.clock.pass(500);
    expect(script.asked('ticket:call-next')).to.deep.equal([]);
    expect(script.controller.state.view, 'the last state stays').to.not.equal(null);
    script.controller.leave();
  });

  it('QC-13 silence is noticed within five seconds, and news is as good as an answer', async () => {
    const script = openScript();
    await script.enter();
    const before = script.asked('conversation:check').length;
    for (let second = 0; second < 6; second += 1) {
      await script.clock.pass(1_000);
      script.tell('counter:changed', { counterId: counterIdOf(2), view: READY_VIEW });
    }
    expect(script.asked('conversation:check'), 'nothing is asked while news comes').to.have.length(before);
    script.answer('conversation:check', () => createUnknownOutcome('no answer in time'));
    script.answer('counter:read', () => createUnknownOutcome('no answer in time'));
    await script.clock.pass(3_000);
    expect(script.controller.state.link).to.equal('lost');
    script.controller.leave();
  });

  it('QC-13 where sockets are blocked it reads over HTTP and goes on working', async () => {
    const script = openScript();
    await script.enter();
    script.setPhase('offline');
    expect(script.controller.state.link).to.equal('lost');
    await script.clock.pass(4_000);
    expect(script.controller.state.link).to.equal('live');
    script.controller.leave();
  });

  it('QC-4 what was refused is followed by what is true, and says so', async () => {
    const script = openScript();
    await script.enter();
    script.answer('ticket:call-next', () => refuse('QUEUE_EMPTY'));
    script.answer('counter:read', () => script.view({ rev: 48, line: [], next: [] }));
    script.controller.handle(callNext);
    await settle();
    expect(script.controller.state.failure?.error.code).to.equal('QUEUE_EMPTY');
    expect(script.controller.state.view?.rev).to.equal(48);
    expect(script.asked('ticket:call-next'), 'a refusal is an answer').to.have.length(1);
    script.controller.leave();
  });

  it('QC-16 sits down after it reads, so that no change is missed', async () => {
    const script = openScript();
    await script.enter();
    script.controller.handle({ type: 'change-counter' });
    await settle();
    script.answer('counter:open', () => script.view({ rev: 50 }));
    const from = script.sent.length;
    script.controller.handle({ type: 'sit', counterId: counterIdOf(4) });
    await settle();
    const names = script.sent.slice(from).map(({ name }) => name);
    expect(names.indexOf('counter:read')).to.be.below(names.indexOf('counter:open'));
    expect(script.asked('counter:open')[0]?.input).to.deep.equal({ counterId: counterIdOf(4) });
    script.controller.leave();
  });

  it('a counter that is gone leads back to the choice', async () => {
    const script = openScript();
    await script.enter();
    script.answer('counter:read', () => refuse('NOT_FOUND'));
    await script.clock.pass(40_000);
    expect(script.controller.state.counterId).to.equal(null);
    expect(script.controller.state.failure?.error.code).to.equal('NOT_FOUND');
    script.controller.leave();
  });

  it('forgets everything when somebody signs out', async () => {
    const script = openScript();
    await script.enter();
    script.controller.leave();
    expect(script.controller.state).to.deep.include({ view: null, counterId: null, setup: null });
  });
});
