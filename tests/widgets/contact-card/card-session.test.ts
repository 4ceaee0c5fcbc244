import { expect } from '@open-wc/testing';
import { isTransient } from '@frontdesk/protocol/result';
import { createCardSession, PASSING } from '@frontdesk/widgets/contact-card/card-session';
import { buildCardView } from '@frontdesk/widgets/contact-card/states';
import { CARD_ID, createScript, fail, lose, succeed } from './card-fixture.js';

const MINUTE_MS = 60_000;

async function open(view = buildCardView()) {
  const script = createScript();
  const session = createCardSession({ environment: script, request: script.request, cardId: CARD_ID, locale: 'en' });
  let changes = 0;
  session.subscribe(() => (changes += 1));
  session.start();
  await script.last().answer(succeed(view));
  return { ...script, session, kind: () => session.getState().opening?.kind, countChanges: () => changes };
}

describe('life of a card', () => {
  it('CC-3: turns at each boundary by itself, without asking anybody, and is drawn only then', async () => {
    // 10:42 in Kuala Lumpur; a break from 12:15 to 14:45, and the night.
    const card = await open();
    expect(card.kind()).to.equal('open');
    const before = card.countChanges();
    await card.clock.advance(93 * MINUTE_MS - 1);
    expect([card.kind(), card.countChanges()]).to.deep.equal(['open', before]);
    await card.clock.advance(1);
    expect([card.kind(), card.countChanges()]).to.deep.equal(['closed', before + 1]);
    await card.clock.advance(150 * MINUTE_MS);
    expect([card.kind(), card.countChanges()]).to.deep.equal(['open', before + 2]);
    await card.clock.advance(375 * MINUTE_MS);
    expect([card.kind(), card.countChanges()]).to.deep.equal(['closed', before + 3]);
    expect(card.asked).to.have.length(1);
  });

  it('CC-3: a phone that slept over the closing is right when it wakes', async () => {
    const card = await open();
    // The timer did not run: only the clock went on.
    const { clock } = card;
    const slept = clock.now() + 2 * 60 * MINUTE_MS;
    Object.defineProperty(clock, 'now', { value: () => slept });
    card.lifecycle.emit('wake');
    expect(card.kind()).to.equal('closed');
  });

  it('CC-4: a page that nobody leaves asks for the next days once a week', async () => {
    const card = await open();
    await card.clock.advance(5 * 24 * 60 * MINUTE_MS);
    expect(card.asked).to.have.length(1);
    await card.clock.advance(2 * 24 * 60 * MINUTE_MS);
    const asked = card.asked.length;
    expect(asked).to.be.above(1);
    await card.last().answer(succeed(buildCardView()));
    await card.clock.advance(5 * 24 * 60 * MINUTE_MS);
    expect(card.asked).to.have.length(asked);
  });

  it('CC-1: what a card waits out is what the catalogue lets everybody wait out', () => {
    expect(PASSING.filter((code) => !isTransient(code))).to.deep.equal([]);
  });

  it('CC-13: whoever comes back after a while sees what the business says now; at once nothing is asked', async () => {
    const card = await open();
    card.lifecycle.emit('wake');
    expect(card.asked).to.have.length(1);
    await card.clock.advance(6 * MINUTE_MS);
    card.lifecycle.emit('wake');
    expect(card.asked).to.have.length(2);
    await card.last().answer(succeed(buildCardView({ name: 'Klinik Melur' })));
    expect(card.session.getState().view?.name).to.equal('Klinik Melur');
  });

  it('CC-1: without a network it is asked for again; an unknown card is not', async () => {
    const script = createScript();
    const session = createCardSession({ environment: script, request: script.request, cardId: CARD_ID, locale: 'en' });
    session.start();
    await script.last().answer(lose());
    expect(session.getState().phase).to.equal('loading');
    script.lifecycle.emit('wake');
    expect(script.asked).to.have.length(2);
    await script.last().answer(fail('NOT_FOUND'));
    expect(session.getState().phase).to.equal('unavailable');
    await script.clock.advance(60 * MINUTE_MS);
    expect(script.asked).to.have.length(2);
  });

  it('CC-1: an answer in the language that was asked before never replaces the newer one', async () => {
    const script = createScript();
    const session = createCardSession({ environment: script, request: script.request, cardId: CARD_ID, locale: 'en' });
    session.start();
    session.speak('ms');
    const [english, malay] = script.asked;
    expect([english?.input['locale'], malay?.input['locale']]).to.deep.equal(['en', 'ms']);
    await malay?.answer(succeed(buildCardView({ role: 'Klinik keluarga' })));
    await english?.answer(succeed(buildCardView({ role: 'Family clinic' })));
    expect(session.getState().view?.role).to.equal('Klinik keluarga');
  });

  it('CC-17: what is hidden is asked for at the press, and a failure is said and can be tried again', async () => {
    const card = await open(buildCardView({ isContactHidden: true, actions: [] }));
    void card.session.reveal();
    expect(card.last().name).to.equal('card:reveal');
    expect(card.session.getState().reveal).to.equal('busy');
    await card.last().answer(fail('RATE_LIMITED'));
    expect(card.session.getState().reveal).to.equal('failed');
    void card.session.reveal();
    await card.last().answer(succeed(buildCardView()));
    expect(card.session.getState()).to.include({ reveal: 'idle' });
    expect(card.session.getState().view?.isContactHidden).to.equal(false);
    // In another language it stays shown.
    card.session.speak('ms');
    expect(card.last().name).to.equal('card:reveal');
  });

  it('CC-3: nothing goes on when the element is gone', async () => {
    const card = await open();
    card.session.stop();
    const before = card.countChanges();
    await card.clock.advance(24 * 60 * MINUTE_MS);
    card.lifecycle.emit('wake');
    expect([card.countChanges(), card.asked.length]).to.deep.equal([before, 1]);
  });
});
