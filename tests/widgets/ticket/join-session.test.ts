/** Joining a line with a phone. */
import { expect } from '@open-wc/testing';
import type { TicketToken } from '@frontdesk/protocol/ids';
import type { JoinProof } from '@frontdesk/protocol/queue-phone';
import type { Result } from '@frontdesk/protocol/result';
import { createMemoryWebStorage } from '@frontdesk/widgets/core/client/storage';
import { createTicketStorage } from '@frontdesk/widgets/core/client/storage-ticket';
import { createJoinSession, type JoinSessionOptions } from '@frontdesk/widgets/ticket/join/join-session';
import { buildOffer, buildServiceOffer, EXAMPLE_LOCATION } from '@frontdesk/widgets/ticket/states';
import { fail, findJoinExample, lose, settle, showJoin, succeed, TestClock } from './ticket-fixture.js';

const POSITION: Extract<JoinProof, { kind: 'position' }> = {
  kind: 'position',
  latitude: 3.13,
  longitude: 101.67,
  accuracyMeters: 20,
};
const PLAIN = buildServiceOffer(1, { askName: 'no', askPhone: 'no' });
const ASKS = buildServiceOffer(2, { askName: 'required' });
const NOBODY = { name: '', phone: '', hasConsented: false };

interface JoinInput {
  readonly token: TicketToken;
  readonly proof: JoinProof;
  readonly name: string | null;
  readonly phone: string | null;
}

function openJoin(options: Partial<JoinSessionOptions> = {}, local = createMemoryWebStorage()) {
  const clock = new TestClock();
  const storage = createTicketStorage({ local, session: null, indexedDB: null });
  const asked: {
    name: string;
    input: JoinInput;
    key: string | undefined;
    answer: (result: Result<unknown>) => Promise<void>;
  }[] = [];
  const joined: TicketToken[] = [];
  let positions = 0;
  const session = createJoinSession({
    environment: { clock },
    locationId: EXAMPLE_LOCATION,
    code: 'code-of-today',
    storage,
    request: (name, input, { idempotencyKey }) =>
      new Promise((resolve) => {
        const answer = async (result: Result<unknown>): Promise<void> => {
          resolve(result as never);
          await settle();
        };
        asked.push({ name, input: input as unknown as JoinInput, key: idempotencyKey, answer });
      }),
    knows: async () => false,
    findPosition: async () => {
      positions += 1;
      return POSITION;
    },
    onJoined: (token) => void joined.push(token),
    ...options,
  });
  const last = () => {
    const found = asked.at(-1);
    if (!found) throw new Error('Nobody asked.');
    return found;
  };
  return {
    session,
    clock,
    storage,
    local,
    asked,
    joined,
    last,
    state: () => session.getState(),
    countPositions: () => positions,
    async open() {
      session.start();
      await settle();
      await last().answer(succeed(buildOffer([PLAIN, ASKS])));
    },
  };
}

describe('joining with a phone', () => {
  it('QP-6: the code of the day joins, and nobody is asked where they are', async () => {
    const test = openJoin();
    await test.open();
    test.session.choose(PLAIN);
    test.session.submit(NOBODY, 'en');
    expect(test.last().name).to.equal('ticket:join');
    expect(test.last().input.proof).to.deep.equal({ kind: 'day-code', code: 'code-of-today' });
    await test.last().answer(succeed({}));
    expect(test.joined).to.deep.equal([test.last().input.token]);
    expect(test.countPositions()).to.equal(0);
  });

  it('QP-6: without a code it explains before it asks, asks once, and stores no place', async () => {
    const test = openJoin({ code: null });
    await test.open();
    test.session.choose(PLAIN);
    test.session.submit(NOBODY, 'en');
    expect(test.state().phase).to.equal('where');
    expect(test.countPositions()).to.equal(0);
    void test.session.locate();
    await settle();
    expect(test.countPositions()).to.equal(1);
    const stored = Array.from({ length: test.local.length }, (_, index) =>
      test.local.getItem(test.local.key(index) ?? ''),
    );
    expect(stored.join(' ')).not.to.include('101.67').and.not.include('latitude');
  });

  it('QP-6: a refusal, too far and an old code each offer another way', async () => {
    const refused = openJoin({ code: null, findPosition: () => Promise.reject(new Error('denied')) });
    await refused.open();
    refused.session.choose(PLAIN);
    refused.session.submit(NOBODY, 'en');
    await refused.session.locate();
    expect(refused.state()).to.include({ phase: 'where', problem: 'no-position' });

    const far = openJoin({ code: null });
    await far.open();
    far.session.choose(PLAIN);
    far.session.submit(NOBODY, 'en');
    void far.session.locate();
    await settle();
    await far.last().answer(fail('TOO_FAR'));
    expect(far.state()).to.include({ phase: 'where', problem: 'too-far' });

    const old = openJoin();
    await old.open();
    old.session.choose(PLAIN);
    old.session.submit(NOBODY, 'en');
    await old.last().answer(fail('TOO_FAR'));
    expect(old.state()).to.include({ phase: 'where', problem: 'wrong-code' });

    for (const id of ['join-where', 'join-too-far', 'join-wrong-code']) {
      const { root } = await showJoin(findJoinExample(id));
      expect(root.textContent).to.include('Another way');
    }
  });

  it('QP-5: a lost answer is asked for again with the same key and token', async () => {
    const test = openJoin();
    await test.open();
    test.session.choose(PLAIN);
    test.session.submit(NOBODY, 'en');
    const first = test.last();
    await first.answer(lose());
    await test.clock.advance(60_000);
    expect(test.last()).not.to.equal(first);
    expect([test.last().key, test.last().input.token]).to.deep.equal([first.key, first.input.token]);
  });

  it('QP-5: a page that was closed before the answer came finds the number that was given', async () => {
    const before = openJoin();
    await before.open();
    before.session.choose(PLAIN);
    before.session.submit(NOBODY, 'en');
    const { token } = before.last().input;
    before.session.stop();
    const after = openJoin({ knows: async (asked) => asked === token }, before.local);
    after.session.start();
    await settle();
    expect(after.joined).to.deep.equal([token]);
    expect(after.asked).to.deep.equal([]);
  });

  it('QP-5: a refused number leaves nothing behind', async () => {
    const test = openJoin();
    await test.open();
    test.session.choose(PLAIN);
    test.session.submit(NOBODY, 'en');
    await test.last().answer(fail('CONFLICT'));
    expect(test.state().problem).to.equal('twice');
    expect(test.storage.readHeld(EXAMPLE_LOCATION)).to.equal(null);
  });

  it('QP-6: asks name and phone as the service does, and takes none without consent', async () => {
    const test = openJoin();
    await test.open();
    test.session.choose(ASKS);
    test.session.submit(NOBODY, 'en');
    expect(test.state().problem).to.equal('name-missing');
    test.session.submit({ name: 'Mei', phone: '12', hasConsented: true }, 'en');
    expect(test.state().problem).to.equal('phone-wrong');
    test.session.submit({ name: 'Mei', phone: '', hasConsented: false }, 'en');
    expect(test.state().problem).to.equal('consent');
    test.session.submit({ name: ' Mei ', phone: '', hasConsented: true }, 'en');
    expect(test.last().input).to.include({ name: 'Mei', phone: null });
  });

  it('QA-10: says how often promised waits were kept, where the business tells it', async () => {
    const { root } = await showJoin(findJoinExample('join-kept'));
    expect(root.textContent).to.include('82% of visitors were called within the time they were told.');
    const silent = await showJoin(findJoinExample('join-services'));
    expect(silent.root.textContent).to.not.include('were told');
  });

  it('QP-10: a service that closed meanwhile is shown closed', async () => {
    const test = openJoin();
    await test.open();
    test.session.choose(PLAIN);
    test.session.submit(NOBODY, 'en');
    await test.last().answer(fail('QUEUE_CLOSED'));
    expect(test.last().name).to.equal('queue:browse');
    await test.last().answer(succeed(buildOffer([])));
    expect(test.state()).to.include({ phase: 'services', problem: 'failed' });
  });

  it('QP-11: a branch that is not there says so, and is not asked again', async () => {
    const test = openJoin();
    test.session.start();
    await settle();
    await test.last().answer(fail('NOT_FOUND'));
    expect(test.state().phase).to.equal('unavailable');
    await test.clock.advance(60_000);
    expect(test.asked).to.have.length(1);
  });

  it('QP-6: keeps what was typed when the server refuses the phone number', async () => {
    const test = openJoin();
    await test.open();
    test.session.choose(ASKS);
    test.session.submit({ name: 'Mei', phone: '+60 12 345 6789', hasConsented: true }, 'en');
    const error = {
      code: 'VALIDATION',
      message: '',
      requestId: 'server',
      fields: { phone: 'must be a phone number' },
    } as const;
    await test.last().answer({ ok: false, error });
    expect(test.state()).to.include({ phase: 'details', problem: 'phone-wrong' });
    const { root } = await showJoin({ id: 'typed', state: test.state() });
    expect(root.querySelector<HTMLInputElement>('[name=phone]')?.value).to.equal('+60 12 345 6789');
  });
});
