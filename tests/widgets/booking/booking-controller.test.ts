/** What is asked of the server while somebody books, and what its answers and silences lead to. */
import { encodeSlotChange } from '@frontdesk/domain/booking/slot-change';
import { expect } from '@open-wc/testing';
import { EMPTY_DRAFT } from '@frontdesk/widgets/booking/start-store';
import {
  at,
  buildBooked,
  buildCatalogue,
  buildHold,
  buildList,
  buildService,
  EXAMPLE_NOW_MS,
  EXAMPLE_START,
} from '@frontdesk/widgets/booking/states';
import { fail, lose, settle, succeed } from '../ticket/ticket-fixture.js';
import { createDesk, openBooking, type ScriptedDesk } from './booking-fixture.js';

const CATALOGUE = buildCatalogue([buildService({ staffIds: [] })]);
const STARTS = [EXAMPLE_START, at('2027-03-04', 10), at('2027-03-05', 10)];
const DRAFT = { ...EMPTY_DRAFT, name: 'Nurul', phone: '+60123456789' };
const list = (rev: string, starts = STARTS) => succeed(buildList('2027-02-28', 120, starts, rev));

/** A form with the times of March before it. */
async function openTimes(options: Parameters<typeof openBooking>[1] = {}, desk = createDesk()) {
  const booking = openBooking(desk, { draft: DRAFT, ...options });
  await desk.last('booking:browse').answer(succeed(CATALOGUE));
  await desk.last('slot:list').answer(list('a'));
  return { desk, ...booking, state: () => booking.controller.getState() };
}

async function openHeld(options: Parameters<typeof openBooking>[1] = {}, desk = createDesk()) {
  const booking = await openTimes(options, desk);
  booking.controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
  await desk.last('hold:create').answer(succeed(buildHold(EXAMPLE_START)));
  return booking;
}

const typesOf = (events: readonly Event[]): string[] => events.map(({ type }) => type);
const keptIn = ({ session }: ScriptedDesk): string | null =>
  session.getItem('frontdesk:pk_000000000000000000000000:booking-hold');

describe('the controller of booking', () => {
  it('BK-20: asks over HTTP at once, and books without a socket', async () => {
    const { desk, controller, state, events } = await openHeld();
    expect(desk.last('slot:list').via).to.equal('http');
    expect(desk.count('slot:watch')).to.equal(0);
    controller.handle({ name: 'submit', detail: null });
    await settle();
    await desk.last('booking:confirm').answer(succeed(buildBooked()));
    expect(state().step).to.equal('done');
    expect(typesOf(events)).to.deep.equal([
      'frontdesk-booking-ready',
      'frontdesk-booking-slot-select',
      'frontdesk-booking-hold',
      'frontdesk-booking-before-submit',
      'frontdesk-booking-booked',
    ]);
    controller.stop();
  });

  it('BK-38: events say nothing about the customer', async () => {
    const { desk, controller, events } = await openHeld();
    controller.handle({ name: 'submit', detail: null });
    await settle();
    await desk.last('booking:confirm').answer(succeed(buildBooked()));
    const said = events.map((event) => JSON.stringify({ ...event })).join();
    expect(said)
      .to.include('K7MP3XQ9')
      .and.not.to.match(/Nurul|123456789|mmmm/);
    controller.stop();
  });

  it('BK-19: a slow list of another month is not shown', async () => {
    const { desk, controller, state } = await openTimes();
    controller.handle({ name: 'month', detail: { month: '2027-04' } });
    const april = desk.last('slot:list');
    controller.handle({ name: 'month', detail: { month: '2027-05' } });
    const may = desk.last('slot:list');
    await may.answer(list('may', [at('2027-05-04', 9)]));
    await april.answer(list('april', [at('2027-04-06', 9)]));
    expect(state().slots).to.deep.equal({ rev: 'may', starts: [at('2027-05-04', 9)] });
    controller.stop();
  });

  it('BK-19: a time whose answer comes after another choice is given back', async () => {
    const { desk, controller, state } = await openTimes();
    const later = at('2027-03-04', 10);
    controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
    const first = desk.last('hold:create');
    controller.handle({ name: 'back', detail: { to: 'time' } });
    controller.handle({ name: 'start', detail: { start: later } });
    const second = desk.last('hold:create');
    await first.answer(succeed(buildHold(EXAMPLE_START)));
    expect(state()).to.include({ step: 'time', busy: 'holding', held: null });
    expect(desk.last('hold:release').input).to.deep.equal({ holdId: '9'.repeat(24) });
    await second.answer(succeed(buildHold(later)));
    expect(state()).to.include({ step: 'details', start: later });
    controller.stop();
  });

  it('BK-19: whoever gives a time back while it is kept longer is not led back to it', async () => {
    const { desk, controller, state } = await openHeld();
    controller.handle({ name: 'extend', detail: null });
    controller.handle({ name: 'back', detail: { to: 'time' } });
    await desk.last('hold:extend').answer(succeed(buildHold(EXAMPLE_START)));
    expect(state()).to.include({ step: 'time', held: null });
    expect(keptIn(desk)).to.equal(null);
    controller.stop();
  });

  it('BK-18: watches once there is a socket, follows changes, and asks again when one is missing', async () => {
    const { desk, controller, state } = await openTimes();
    await desk.setPhase('online');
    await desk.last('slot:watch').answer(list('b'));
    const { from } = desk.last('slot:watch').input as { from: string };
    const change = (prev: string, rev: string, removed: number[]) =>
      encodeSlotChange({ prev, rev, added: [], removed }, from);
    await desk.tell('slots:changed', change('1.1.b', '1.2.c', [EXAMPLE_START]));
    expect(state().slots?.starts).to.deep.equal(STARTS.slice(1));
    expect(desk.count('slot:watch')).to.equal(1);
    await desk.tell('slots:changed', change('1.3.d', '1.4.e', []));
    expect(desk.count('slot:watch')).to.equal(2);
    await desk.last('slot:watch').answer(list('e'));
    expect(state().slots).to.deep.equal({ rev: 'e', starts: STARTS });
    controller.stop();
  });

  it('BK-18: after an absence the list is asked for anew', async () => {
    const { desk, controller, state } = await openTimes();
    await desk.setPhase('online');
    await desk.last('slot:watch').answer(list('b'));
    await desk.setPhase('offline');
    await desk.setPhase('online');
    await desk.last('slot:watch').answer(list('z', [EXAMPLE_START]));
    expect(state().slots?.starts).to.deep.equal([EXAMPLE_START]);
    controller.stop();
  });

  it('BK-7: repeats a request whose answer was lost with the same key', async () => {
    const { desk, controller, state } = await openHeld();
    controller.handle({ name: 'submit', detail: null });
    await settle();
    const { key } = desk.last('booking:confirm');
    await desk.last('booking:confirm').answer(lose());
    await desk.clock.advance(5_000);
    expect(desk.count('booking:confirm')).to.equal(2);
    expect(desk.last('booking:confirm').key).to.equal(key);
    for (let tries = 0; tries < 3; tries += 1) {
      await desk.last('booking:confirm').answer(lose());
      await desk.clock.advance(5_000);
    }
    expect(state().notice?.kind).to.equal('failed');
    controller.handle({ name: 'submit', detail: null });
    await settle();
    expect(desk.last('booking:confirm').key).to.equal(key);
    controller.stop();
  });

  it('a time that is taken stays behind with others in its place', async () => {
    const { desk, controller, state } = await openTimes();
    controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
    const alternatives = ['2027-03-04T02:00:00.000Z'];
    const taken = fail('SLOT_TAKEN');
    if (!taken.ok) Object.assign(taken.error, { current: { alternatives } });
    await desk.last('hold:create').answer(taken);
    expect(state()).to.include({ step: 'time', busy: null });
    expect(state().notice).to.deep.equal({ kind: 'taken', alternatives: [at('2027-03-04', 10)] });
    controller.stop();
  });

  it('a hold runs out by this clock, and what was typed stays', async () => {
    const { desk, controller, state, events } = await openHeld();
    expect(keptIn(desk)).not.to.equal(null);
    await desk.clock.advance(299_000);
    expect(state().held).not.to.equal(null);
    await desk.clock.advance(2_000);
    expect(state()).to.include({ step: 'details', held: null, draft: DRAFT });
    expect(state().notice?.kind).to.equal('expired');
    expect(keptIn(desk)).to.equal(null);
    expect(typesOf(events)).to.include('frontdesk-booking-hold-expired');
    controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
    await desk.last('hold:create').answer(succeed(buildHold(EXAMPLE_START)));
    expect(state().notice).to.equal(null);
    controller.stop();
  });

  it('keeps the time longer when asked', async () => {
    const { desk, controller, state } = await openHeld();
    controller.handle({ name: 'extend', detail: null });
    const expiresAt = new Date(EXAMPLE_NOW_MS + 600_000).toISOString();
    await desk.last('hold:extend').answer(succeed(buildHold(EXAMPLE_START, { expiresAt, canExtend: false })));
    await desk.clock.advance(400_000);
    expect(state().held?.hold.canExtend).to.equal(false);
    controller.stop();
  });

  it('books a time whose hold the server forgot, if nobody was faster', async () => {
    const { desk, controller, state } = await openHeld();
    controller.handle({ name: 'submit', detail: null });
    await settle();
    await desk.last('booking:confirm').answer(fail('HOLD_EXPIRED'));
    expect(desk.count('hold:create')).to.equal(2);
    await desk.last('hold:create').answer(succeed(buildHold(EXAMPLE_START)));
    await desk.last('booking:confirm').answer(succeed(buildBooked()));
    expect(state().step).to.equal('done');
    controller.stop();
  });

  it('a phone number that the server cannot read is said beside its field', async () => {
    const { desk, controller, state } = await openHeld();
    controller.handle({ name: 'submit', detail: null });
    await settle();
    const refused = fail('VALIDATION');
    if (!refused.ok) Object.assign(refused.error, { fields: { phone: 'is not a phone number' } });
    await desk.last('booking:confirm').answer(refused);
    expect(state()).to.deep.include({ errors: { phone: 'phone' }, busy: null, notice: null });
    controller.stop();
  });

  it('without holding, the time is claimed when the form is sent', async () => {
    const { desk, controller, state } = await openTimes({ isHolding: false });
    controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
    expect(desk.count('hold:create')).to.equal(0);
    expect(state().step).to.equal('details');
    controller.handle({ name: 'submit', detail: null });
    await desk.last('hold:create').answer(fail('SLOT_TAKEN'));
    expect(state()).to.include({ step: 'details', draft: DRAFT });
    expect(state().notice?.alternatives).to.deep.equal(STARTS.slice(1));
    controller.stop();
  });

  it('another time lets the first go; a reload goes on with what was held', async () => {
    const { desk, controller } = await openHeld();
    const token = desk.client.getToken();
    controller.stop();
    const reloaded = createDesk(desk.session);
    const { state, controller: second } = await openTimes({}, reloaded);
    expect(reloaded.client.getToken()).to.equal(token);
    expect(state()).to.include({ step: 'details', start: EXAMPLE_START });
    second.handle({ name: 'back', detail: { to: 'time' } });
    expect(reloaded.last('hold:release').input).to.deep.equal({ holdId: '9'.repeat(24) });
    expect(keptIn(reloaded)).to.equal(null);
    second.stop();
  });

  it('BK-38: a page that cancels before-submit keeps the form', async () => {
    const desk = createDesk();
    const emit = (event: Event) => event.type !== 'frontdesk-booking-before-submit';
    const { controller, state } = await openHeld({ emit }, desk);
    controller.handle({ name: 'submit', detail: null });
    expect(desk.count('booking:confirm')).to.equal(0);
    expect(state().busy).to.equal(null);
    controller.stop();
  });

  it('a month without anything free is passed over, once somebody turns the pages no more', async () => {
    const desk = createDesk();
    const { controller } = openBooking(desk);
    await desk.last('booking:browse').answer(succeed(CATALOGUE));
    await desk.last('slot:list').answer(list('a', []));
    expect(controller.getState().month).to.equal('2027-04');
    controller.handle({ name: 'month', detail: { month: '2027-03' } });
    await desk.last('slot:list').answer(list('b', []));
    expect(controller.getState().month).to.equal('2027-03');
    controller.stop();
  });

  it('BK-20: with the server down it says so, and goes on when it is back', async () => {
    const desk = createDesk();
    const { controller, events } = openBooking(desk);
    await desk.last('booking:browse').answer(lose());
    await desk.clock.advance(5_000);
    await desk.last('booking:browse').answer(lose());
    expect(controller.getState().step).to.equal('unavailable');
    expect(typesOf(events)).to.deep.equal(['frontdesk-booking-error']);
    await desk.clock.advance(10_000);
    await desk.last('booking:browse').answer(succeed(CATALOGUE));
    expect(controller.getState().step).to.equal('time');
    controller.stop();
  });

  it('BK-37: nothing is left once it stops', async () => {
    const { desk, controller } = await openHeld();
    controller.stop();
    await settle();
    const before = desk.asked.length;
    expect([desk.users(), desk.listeners()]).to.deep.equal([0, 0]);
    await desk.clock.advance(600_000);
    expect(desk.asked.length).to.equal(before);
  });
});
