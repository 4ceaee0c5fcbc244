/** What events make of a booking form: pure, and nothing that was typed is lost. */
import { expect } from '@open-wc/testing';
import { checkDraft, toInput, visibleQuestions } from '@frontdesk/widgets/booking/booking-form';
import { EMPTY_DRAFT, type BookingState } from '@frontdesk/widgets/booking/start-store';
import { reduceBooking } from '@frontdesk/widgets/booking/booking-store';
import {
  addMonthsToDate,
  groupByDate,
  layOutMonth,
  partOfDay,
  readStarts,
} from '@frontdesk/widgets/booking/booking-time';
import { reduceSlots, slotRangeOf } from '@frontdesk/widgets/booking/slots-store';
import {
  ASKING_SERVICE,
  at,
  buildBooked,
  buildCatalogue,
  buildList,
  buildService,
  EXAMPLE_SERVICE,
  EXAMPLE_START,
  EXAMPLE_ZONE,
  HELD,
  play,
} from '@frontdesk/widgets/booking/states';

const SERVICE = { type: 'service-chosen', serviceId: EXAMPLE_SERVICE } as const;
const ANYONE = { type: 'staff-chosen', staffId: null } as const;
const DAY = { type: 'date-chosen', date: '2027-03-04' } as const;
const TYPED = { ...EMPTY_DRAFT, name: 'Nurul', phone: '012-345 6789', answers: { notes: 'Second floor' } };

const answer = (state: BookingState, ask: number, rev: string, starts: readonly number[]): BookingState => {
  const { from, days } = slotRangeOf(state);
  return reduceBooking(state, { type: 'slots-arrived', ask, list: buildList(from, days, starts, rev) });
};

describe('the store of booking', () => {
  it('BK-19: answers in reverse order leave the newer list', () => {
    let state = play([SERVICE, ANYONE]);
    state = reduceBooking(state, { type: 'slots-asked', ask: 2 });
    state = reduceBooking(state, { type: 'slots-asked', ask: 3 });
    state = answer(state, 3, 'newer', [at('2027-03-04', 10)]);
    state = answer(state, 2, 'older', [at('2027-03-04', 9), at('2027-03-04', 10)]);
    expect(state.slots).to.deep.equal({ rev: 'newer', starts: [at('2027-03-04', 10)] });
    expect(reduceBooking(state, { type: 'slots-failed', ask: 2 }).slotsPhase).to.equal('shown');
  });

  it('BK-18: a change that follows on what is known is applied, any other is left for a new question', () => {
    const state = answer(reduceBooking(play([SERVICE, ANYONE]), { type: 'slots-asked', ask: 9 }), 9, 'a', [
      at('2027-03-04', 9),
      at('2027-03-04', 10),
    ]);
    const change = { prev: 'a', rev: 'b', added: [at('2027-03-04', 9, 30)], removed: [at('2027-03-04', 9)] };
    const changed = reduceBooking(state, { type: 'slots-changed', change });
    expect(changed.slots).to.deep.equal({ rev: 'b', starts: [at('2027-03-04', 9, 30), at('2027-03-04', 10)] });
    expect(reduceSlots(changed, { type: 'slots-changed', change })).to.deep.equal({});
  });

  it('steps over a choice that is none', () => {
    expect(play([]).step).to.equal('service');
    expect(play([SERVICE]).step).to.equal('staff');
    const one = buildCatalogue([buildService({ staffIds: [] })]);
    expect(play([], { catalogue: one }).step).to.equal('time');
    expect(play([], { catalogue: buildCatalogue([]) }).step).to.equal('unavailable');
  });

  it('BK-38: opens with the service, the person and the day that the page chose', () => {
    const { id: staffId } = buildCatalogue().staff[1] ?? { id: null };
    const preset = { serviceId: EXAMPLE_SERVICE, staffId, date: '2027-04-06' };
    const state = reduceBooking(play([]), { type: 'catalogue-arrived', catalogue: buildCatalogue(), preset });
    expect(state).to.include({ step: 'time', staffId, date: '2027-04-06', month: '2027-04' });
    const wrong = { serviceId: 'x', staffId: 'y', date: '2020-01-01' };
    const open = reduceBooking(play([]), { type: 'catalogue-arrived', catalogue: buildCatalogue(), preset: wrong });
    expect(open).to.include({ step: 'service', date: null });
  });

  it('loses nothing that was typed when the time is lost, and offers the nearest others', () => {
    const held = play([SERVICE, ANYONE, DAY, HELD], { draft: TYPED });
    for (const lost of [
      reduceBooking(held, { type: 'hold-expired' }),
      reduceBooking(held, { type: 'refused', code: 'SLOT_TAKEN', alternatives: [] }),
      reduceBooking(held, { type: 'refused', code: 'SLOT_CLOSED', alternatives: [at('2027-03-05', 10)] }),
    ]) {
      expect(lost.draft).to.deep.equal(TYPED);
      expect(lost).to.include({ step: 'details', held: null });
      expect(lost.notice?.alternatives.length).to.be.above(0);
      expect(lost.notice?.alternatives).not.to.include(EXAMPLE_START);
    }
    const back = reduceBooking(held, { type: 'gone-back', to: 'time' });
    expect(back).to.include({ step: 'time', date: '2027-03-04', held: null, draft: held.draft });
    const failed = reduceBooking(held, { type: 'refused', code: 'INTERNAL', alternatives: [] });
    expect(failed.held).to.equal(held.held);
  });

  it('ends with what was booked', () => {
    const booked = buildBooked();
    const done = reduceBooking(play([SERVICE, ANYONE, DAY, HELD]), { type: 'booked', booked });
    expect(done).to.include({ step: 'done', booked, held: null });
  });
});

describe('dates and starts', () => {
  it('BK-17: an online service is shown in the zone of the visitor, others in that of the business', () => {
    const options = { visitorZone: 'Asia/Kolkata' };
    expect(play([SERVICE], options).timeZone).to.equal(EXAMPLE_ZONE);
    const online = buildCatalogue([buildService({ isOnline: true, staffIds: [] })]);
    const state = play([], { ...options, catalogue: online });
    expect(state.timeZone).to.equal('Asia/Kolkata');
    // 00:30 on the 5th in Kuala Lumpur is 22:00 on the 4th in Kolkata.
    expect([...groupByDate([at('2027-03-05', 0, 30)], 'Asia/Kolkata').keys()]).to.deep.equal(['2027-03-04']);
  });

  it('asks for a day more on both sides of the month', () => {
    expect(slotRangeOf({ month: '2027-02' })).to.deep.equal({ from: '2027-01-31', days: 30 });
    expect(slotRangeOf({ month: '2027-12' }).days).to.be.at.most(42);
  });

  it('reads starts from their differences', () => {
    const starts = [at('2027-03-04', 9), at('2027-03-04', 9, 40), at('2027-03-06', 10)];
    expect(readStarts(buildList('2027-03-01', 10, starts))).to.deep.equal(starts);
  });

  it('BK-36: weeks begin on the first day of the reader', () => {
    expect(layOutMonth('2027-03', 1)[0]?.[0]).to.equal('2027-03-01');
    expect(layOutMonth('2027-03', 7)[0]).to.deep.equal([
      null,
      '2027-03-01',
      '2027-03-02',
      '2027-03-03',
      '2027-03-04',
      '2027-03-05',
      '2027-03-06',
    ]);
    expect(layOutMonth('2027-02', 1)).to.have.length(4);
    expect(layOutMonth('2027-05', 7)).to.have.length(6);
  });

  it('a month later than the 31st is the last of that month', () => {
    expect(addMonthsToDate('2027-01-31', 1)).to.equal('2027-02-28');
    expect(addMonthsToDate('2027-03-15', -1)).to.equal('2027-02-15');
  });

  it('parts the day at noon and at five', () => {
    const parts = [
      [11, 55],
      [12, 0],
      [16, 55],
      [17, 0],
    ].map(([hour = 0, minute]) => partOfDay(at('2027-03-04', hour, minute), EXAMPLE_ZONE));
    expect(parts).to.deep.equal(['morning', 'afternoon', 'afternoon', 'evening']);
  });
});

describe('the form', () => {
  it('BK-32: asks what depends on an answer only when it was given', () => {
    const keys = (answers: Record<string, string>) =>
      visibleQuestions(ASKING_SERVICE, { ...EMPTY_DRAFT, answers }).map(({ key }) => key);
    expect(keys({})).to.deep.equal(['first-visit', 'notes']);
    expect(keys({ 'first-visit': 'no' })).to.deep.equal(['first-visit', 'allergies', 'notes']);
    const draft = { ...TYPED, answers: { 'first-visit': 'yes', allergies: ['latex'] }, consents: ['privacy'] };
    expect(toInput(ASKING_SERVICE, draft)).to.deep.equal({
      customer: { name: 'Nurul', phone: '012-345 6789', email: null },
      answers: { 'first-visit': 'yes' },
      consents: [{ key: 'privacy', version: 2 }],
      website: '',
    });
  });

  it('BK-32: every kind of question can be required, and says what is missing in what was typed', () => {
    const [question] = ASKING_SERVICE.questions;
    if (!question) throw new Error('There is a question.');
    const options = [{ key: 'yes', labels: { en: 'Yes' } }];
    const cases = [
      { type: 'text', empty: '  ', given: 'Aspirin' },
      { type: 'long-text', empty: '', given: 'Since Monday' },
      { type: 'number', empty: '', given: '3.5' },
      { type: 'date', empty: '', given: '2027-03-04' },
      { type: 'choice', empty: '', given: 'yes' },
      { type: 'choices', empty: [], given: ['yes'] },
      { type: 'checkbox', empty: 'false', given: 'true' },
    ] as const;
    for (const { type, empty, given } of cases) {
      const check = (isRequired: boolean, answer?: string | readonly string[]) => {
        const asked = { ...question, key: 'one', type, isRequired, options };
        const answers: Record<string, string | readonly string[]> = answer === undefined ? {} : { one: answer };
        return checkDraft({ questions: [asked], consents: [] }, { ...TYPED, answers });
      };
      expect(check(true), type).to.deep.equal({ 'answer:one': 'missing' });
      expect(check(true, empty), type).to.deep.equal({ 'answer:one': 'missing' });
      expect(check(true, given), type).to.deep.equal({});
      expect(check(false, empty), type).to.deep.equal({});
      if (type === 'number') expect(check(false, 'three')).to.deep.equal({ 'answer:one': 'number' });
    }
  });

  it('BK-33: consents begin unticked, and a required one is required', () => {
    expect(EMPTY_DRAFT.consents).to.deep.equal([]);
    const answers = { 'first-visit': 'yes' };
    expect(checkDraft(ASKING_SERVICE, { ...TYPED, answers })).to.deep.equal({ 'consent:privacy': 'agree' });
    expect(checkDraft(ASKING_SERVICE, { ...TYPED, answers, consents: ['privacy'] })).to.deep.equal({});
  });

  it('wants a name, and a way to reach the customer', () => {
    const service = buildService();
    expect(checkDraft(service, EMPTY_DRAFT)).to.deep.equal({ name: 'missing', phone: 'reach' });
    expect(checkDraft(service, { ...EMPTY_DRAFT, name: 'N', email: 'n@example.com' })).to.deep.equal({});
    expect(checkDraft(service, { ...EMPTY_DRAFT, name: 'N', phone: '12', email: 'n@' })).to.deep.equal({
      phone: 'phone',
      email: 'email',
    });
  });
});
