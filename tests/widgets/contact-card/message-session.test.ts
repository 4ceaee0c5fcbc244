import { expect } from '@open-wc/testing';
import { createVisitorToken, type VisitorToken } from '@frontdesk/protocol/ids';
import { solveProof } from '@frontdesk/widgets/core/client/proof';
import { createMessageSession, NO_MESSAGE } from '@frontdesk/widgets/contact-card/form/message-session';
import { CARD_ID, createScript, fail, lose, settle, succeed } from './card-fixture.js';

const FIELDS = { name: ' Siti ', email: 'siti@example.com', phone: '', body: 'Do you see children?', website: '' };
const CHALLENGE = { challenge: 'a challenge', bits: 4, expiresAt: '2026-11-20T03:12:00.000Z' };
const PROOF = { challenge: 'a challenge', solution: '7' };

function open(known: VisitorToken | null = null) {
  const script = createScript();
  const written: VisitorToken[] = [];
  let sent = 0;
  let solved = 0;
  const session = createMessageSession({
    environment: script,
    request: script.request,
    solve: async ({ challenge }) => ({ challenge, solution: String((solved += 1)) }),
    storage: {
      readVisitorToken: () => written.at(-1) ?? known,
      writeVisitorToken: (token) => void written.push(token),
    },
    cardId: CARD_ID,
    onSent: () => (sent += 1),
  });
  session.start();
  return {
    ...script,
    session,
    written,
    countSent: () => sent,
    state: () => session.getState(),
    async submit(fields = FIELDS) {
      session.submit(fields, 'en');
      if (session.getState().phase !== 'sending') return;
      await settle();
      if (script.last().name === 'proof:request') await script.last().answer(succeed(CHALLENGE));
      await settle();
    },
  };
}

describe('a message from a card', () => {
  it('CC-15: is sent with a proof, by a visitor who is stored only now, and then the form is empty', async () => {
    const form = open();
    form.session.prepare();
    expect(form.last().name).to.equal('proof:request');
    expect(form.written).to.deep.equal([]);
    await form.submit();
    const { name, input, options } = form.last();
    expect(name).to.equal('card:send-message');
    expect(input).to.deep.include({ cardId: CARD_ID, name: 'Siti', email: FIELDS.email, phone: null, locale: 'en' });
    expect(input['proof']).to.deep.equal({ challenge: 'a challenge', solution: '1' });
    expect(form.written).to.deep.equal([options.token]);
    await form.last().answer(succeed({ accepted: true }));
    expect(form.state()).to.deep.equal({ phase: 'sent', problem: null, fields: NO_MESSAGE });
    expect([form.countSent(), form.count('proof:request')]).to.deep.equal([1, 1]);
  });

  it('CC-15: whoever wrote in the chat before writes as the same visitor', async () => {
    const token = createVisitorToken();
    const form = open(token);
    await form.submit();
    expect(form.last().options.token).to.equal(token);
  });

  it('CC-15: a lost answer is asked for again with the same key, visitor and proof', async () => {
    const form = open();
    await form.submit();
    const first = form.last();
    await first.answer(lose());
    expect(form.state().phase).to.equal('waiting');
    await form.clock.advance(60_000);
    const second = form.last();
    expect(second).not.to.equal(first);
    expect(second.options).to.deep.equal(first.options);
    expect(second.input).to.deep.equal(first.input);
    await second.answer(succeed({ accepted: true }));
    expect(form.countSent()).to.equal(1);
  });

  it('CC-15: written offline it waits, and goes as soon as the network is back', async () => {
    const form = open();
    form.session.submit(FIELDS, 'en');
    await form.last().answer(lose());
    expect(form.state()).to.include({ phase: 'waiting' });
    expect(form.state().fields.body).to.equal(FIELDS.body);
    form.lifecycle.emit('wake');
    await settle();
    await form.last('proof:request').answer(succeed(CHALLENGE));
    await form.last('card:send-message').answer(succeed({ accepted: true }));
    expect(form.state().phase).to.equal('sent');
    form.lifecycle.emit('wake');
    await form.clock.advance(600_000);
    expect(form.count('card:send-message')).to.equal(1);
  });

  it('CC-15: a proof that was refused is made anew, once, under the same key', async () => {
    const form = open();
    await form.submit();
    const first = form.last();
    await first.answer(fail('PROOF_REFUSED'));
    await form.last('proof:request').answer(succeed({ ...CHALLENGE, challenge: 'another' }));
    const second = form.last('card:send-message');
    expect(second.options.idempotencyKey).to.equal(first.options.idempotencyKey);
    expect(second.input['proof']).to.deep.equal({ challenge: 'another', solution: '2' });
    await second.answer(fail('PROOF_REFUSED'));
    expect(form.state()).to.include({ phase: 'writing', problem: 'failed' });
  });

  it('CC-15: says what is missing before anything is sent or stored', async () => {
    const form = open();
    const problemOf = async (patch: Partial<typeof FIELDS>) => {
      await form.submit({ ...FIELDS, ...patch });
      return form.state().problem;
    };
    expect(await problemOf({ name: ' ' })).to.equal('name-missing');
    expect(await problemOf({ email: '' })).to.equal('reach-missing');
    expect(await problemOf({ email: 'siti@' })).to.equal('email-wrong');
    expect(await problemOf({ phone: '012' })).to.equal('phone-wrong');
    expect(await problemOf({ body: '\n' })).to.equal('body-missing');
    expect([form.asked.length, form.written.length]).to.deep.equal([0, 0]);
  });

  it('CC-15: a refusal keeps what was typed, and the next try is another message', async () => {
    const form = open();
    await form.submit();
    const first = form.last();
    await first.answer({
      ok: false,
      error: { code: 'VALIDATION', message: '', requestId: 'r', fields: { phone: 'is not a phone number' } },
    });
    expect(form.state()).to.include({ phase: 'writing', problem: 'phone-wrong' });
    await form.submit();
    expect(form.last().options.idempotencyKey).not.to.equal(first.options.idempotencyKey);
    await form.last().answer(fail('RATE_LIMITED'));
    expect(form.state()).to.include({ phase: 'writing', problem: 'too-many' });
    expect(form.state().fields.name).to.equal('Siti');
  });

  it('CC-15: one that waits can be taken back, and is not sent later', async () => {
    const form = open();
    await form.submit();
    await form.last().answer(lose());
    form.session.cancel();
    expect(form.state().phase).to.equal('writing');
    form.lifecycle.emit('wake');
    await form.clock.advance(600_000);
    expect(form.count('card:send-message')).to.equal(1);
  });

  it('CC-15: pressing twice sends once; what fills in the hidden field is sent as it is', async () => {
    const form = open();
    form.session.submit({ ...FIELDS, website: 'https://spam.example' }, 'en');
    form.session.submit(FIELDS, 'en');
    await form.last().answer(succeed(CHALLENGE));
    expect(form.count('card:send-message')).to.equal(1);
    expect(form.last().input['website']).to.equal('https://spam.example');
  });

  it("BK-34: the browser's own hash finds a number that the challenge accepts", async () => {
    const { challenge, solution } = await solveProof({ ...CHALLENGE, bits: 10 });
    const text = new TextEncoder().encode(`${challenge}:${solution}`);
    const digest = new DataView(await crypto.subtle.digest('SHA-256', text));
    expect(Math.clz32(digest.getUint32(0))).to.be.at.least(10);
    expect(PROOF.challenge).to.equal(challenge);
  });
});
