/**
 * Seats in a class, and the pages of links: what late and lost answers do, and what is left when they are gone. Longer than 400 lines
 * because all of them share one class and its scripted answers.
 */
import { expect, fixture, html, waitUntil as until } from '@open-wc/testing';
import type { OfferedSession, SeatAnswer, SeatHold, SeatSummary } from '@frontdesk/protocol/booking-class';
import type { CourseDate } from '@frontdesk/protocol/booking-course';
import type { ClassSessionId, CourseId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { FrontdeskBookingClass } from '@frontdesk/widgets/booking/classes/booking-class';
import {
  createClassController,
  type ClassControllerOptions,
} from '@frontdesk/widgets/booking/classes/class-controller';
import { createSeatController } from '@frontdesk/widgets/booking/classes/seat-controller';
import { createManageController } from '@frontdesk/widgets/booking/manage/manage-controller';
import '@frontdesk/widgets/booking/classes/define';
import '@frontdesk/widgets/booking/classes/define-seat';
import type { FrontdeskManageSeat } from '@frontdesk/widgets/booking/classes/manage-seat';
import { reduceBooking } from '@frontdesk/widgets/booking/booking-store';
import { createBookingState, EMPTY_DRAFT } from '@frontdesk/widgets/booking/start-store';
import {
  buildBooked,
  buildCatalogue,
  buildService,
  EXAMPLE_NOW_MS,
  EXAMPLE_ZONE,
} from '@frontdesk/widgets/booking/states';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { manageCatalogue } from '@frontdesk/widgets/locales/booking-manage';
import { fail, lose, succeed } from '../ticket/ticket-fixture.js';
import {
  collectRoots,
  createDesk,
  findBookingExample,
  findButton,
  findManageExample,
  showBooking,
  showManage,
  type ScriptedDesk,
} from './booking-fixture.js';

const SERVICE = buildService({ isClass: true });
const TOKEN = 'a-link-to-seats-in-a-class';
const LOOK_MS = 20_000;
const inHours = (hours: number): string => new Date(EXAMPLE_NOW_MS + hours * 3_600_000).toISOString();

const buildSession = (digit: string, hours: number): OfferedSession => ({
  id: digit.repeat(24) as ClassSessionId,
  start: inHours(hours),
  end: inHours(hours + 1),
  staffName: null,
  seatsLeft: 4,
  waiting: 0,
  courseId: null,
});
const MONDAY = buildSession('1', 24);
const TUESDAY = buildSession('2', 48);
const LIST = { rev: '1', timeZone: EXAMPLE_ZONE, sessions: [MONDAY, TUESDAY] };

const holdOf = ({ id: sessionId, start, end }: OfferedSession): SeatHold => ({
  id: sessionId as string as EnrolmentId,
  sessionId,
  serviceId: SERVICE.id,
  start,
  end,
  seats: 1,
  expiresAt: inHours(0.05),
  canExtend: true,
});

const buildSeat = (state: SeatSummary['state']): SeatAnswer => ({
  seat: {
    state,
    seats: 1,
    ahead: null,
    offerUntil: state === 'offered' ? inHours(2) : null,
    locationName: 'Petaling Jaya',
    address: '',
    serviceId: SERVICE.id,
    serviceNames: SERVICE.names,
    staffName: null,
    start: MONDAY.start,
    end: MONDAY.end,
    timeZone: EXAMPLE_ZONE,
    isOnline: false,
    cancelUntil: null,
  },
  seatToken: TOKEN,
});

async function openClass(more: Partial<ClassControllerOptions> = {}) {
  const desk = createDesk();
  const events: Event[] = [];
  const controller = createClassController({
    client: desk.client,
    service: SERVICE,
    timeZone: EXAMPLE_ZONE,
    draft: { ...EMPTY_DRAFT, name: 'Nurul', phone: '+60123456789' },
    isHolding: true,
    getLocale: () => 'en',
    emit: (event) => events.push(event) > 0,
    ...more,
  });
  controller.start();
  await desk.last('class-session:list').answer(succeed(LIST));
  return { desk, controller, events };
}

async function openSeat() {
  const desk = createDesk();
  const controller = createSeatController(desk.client, TOKEN);
  controller.start();
  await desk.last('seat:read-own').answer(succeed(buildSeat('offered')));
  return { desk, controller, state: () => controller.getState() };
}

describe('joining a class', () => {
  it('BK-19: seats whose answer comes after another choice are given back', async () => {
    const { desk, controller } = await openClass();
    controller.join(MONDAY.id);
    const first = desk.last('seat:hold');
    controller.goBack();
    controller.join(TUESDAY.id);
    const second = desk.last('seat:hold');
    await first.answer(succeed(holdOf(MONDAY)));
    expect(controller.getState()).to.include({ step: 'sessions', busy: 'holding', held: null });
    expect(desk.last('seat:release').input).to.deep.equal({ enrolmentId: MONDAY.id });
    await second.answer(succeed(holdOf(TUESDAY)));
    expect(controller.getState()).to.deep.include({ step: 'details', session: TUESDAY });
    expect(controller.getState().held?.hold.sessionId).to.equal(TUESDAY.id);
    controller.stop();
  });

  it('BK-19: whoever gives seats back while they are kept longer is not led back to them', async () => {
    const { desk, controller } = await openClass();
    controller.join(MONDAY.id);
    await desk.last('seat:hold').answer(succeed(holdOf(MONDAY)));
    controller.extend();
    controller.goBack();
    await desk.last('seat:extend').answer(succeed(holdOf(MONDAY)));
    expect(controller.getState()).to.include({ step: 'sessions', held: null });
    controller.stop();
  });
});

describe('a class without keeping seats, out of sight, and while it is sent', () => {
  const solve = async (desk: ScriptedDesk): Promise<void> => {
    const challenge = { challenge: 'a.1.b', bits: 1, expiresAt: inHours(1) };
    await desk.last('proof:request').answer(succeed(challenge));
    await until(() => desk.count('seat:confirm') > 0);
  };

  it('BK-37: nothing is asked for while the dialog is closed, and everything anew when it opens', async () => {
    const { desk, controller } = await openClass();
    await desk.setPhase('online');
    await desk.last('class-session:watch').answer(succeed(LIST));
    expect(desk.users()).to.equal(1);
    const before = desk.asked.length;
    controller.setVisible(false);
    expect(desk.users()).to.equal(0);
    await desk.setPhase('idle');
    await desk.clock.advance(3 * LOOK_MS);
    expect(desk.asked.length).to.equal(before);
    controller.setVisible(true);
    await desk.last('class-session:list').answer(succeed(LIST));
    expect(desk.users()).to.equal(1);
    expect(desk.asked.length).to.equal(before + 1);
    controller.stop();
    expect([desk.users(), desk.listeners()]).to.deep.equal([0, 0]);
  });

  it('BK-38: with hold="off" seats are taken when the form is sent, and the page is told which', async () => {
    const { desk, controller, events } = await openClass({ isHolding: false });
    controller.join(MONDAY.id);
    expect(controller.getState()).to.deep.include({ step: 'details', session: MONDAY, isWaiting: false, held: null });
    expect(desk.count('seat:hold')).to.equal(0);
    controller.submit();
    await desk.last('seat:hold').answer(succeed(holdOf(MONDAY)));
    await solve(desk);
    expect(desk.last('seat:confirm').input).to.deep.include({ enrolmentId: MONDAY.id });
    await desk.last('seat:confirm').answer(succeed(buildSeat('enrolled')));
    const booked = events.find(({ type }) => type === 'frontdesk-booking-booked');
    expect(booked).to.deep.include({ ref: MONDAY.id, status: 'confirmed' });
    controller.stop();
  });

  it('BK-7: whoever goes back while it is sent neither loses the answer nor sends it twice', async () => {
    const { desk, controller } = await openClass();
    controller.join(MONDAY.id);
    await desk.last('seat:hold').answer(succeed(holdOf(MONDAY)));
    controller.submit();
    await solve(desk);
    controller.goBack();
    controller.submit();
    expect(desk.count('seat:release')).to.equal(0);
    expect(desk.count('seat:confirm')).to.equal(1);
    await desk.last('seat:confirm').answer(succeed(buildSeat('enrolled')));
    expect(controller.getState().step).to.equal('done');
    controller.stop();
  });
});

describe('a whole course', () => {
  const courseId = '7'.repeat(24) as CourseId;
  const sessions = [MONDAY, TUESDAY].map((one) => ({ ...one, courseId }));
  const dateOf = ({ id: sessionId, start, end, staffName }: OfferedSession, seatsLeft = 4) => ({
    ...{ sessionId, start, end, staffName, seatsLeft },
  });
  const viewOf = (...dates: CourseDate[]) =>
    succeed({ courseId, serviceId: SERVICE.id, timeZone: EXAMPLE_ZONE, dates });

  async function openCourse() {
    const opened = await openClass();
    await opened.desk.setPhase('online');
    await opened.desk.last('class-session:watch').answer(succeed({ ...LIST, sessions }));
    await opened.desk.last('course:read').answer(viewOf(dateOf(MONDAY), dateOf(TUESDAY)));
    return opened;
  }

  it('BK-4: seats that are being sent are not let go when the page is left', async () => {
    const { desk, controller } = await openCourse();
    controller.joinCourse(courseId);
    const { id, seats, expiresAt } = holdOf(TUESDAY);
    const dates = [dateOf(MONDAY), dateOf(TUESDAY)];
    await desk.last('course:hold').answer(succeed({ id, courseId, seats, expiresAt, dates }));
    controller.submit();
    controller.stop();
    expect(desk.count('course:release')).to.equal(0);
  });

  it('BK-19: a date that others fill up is left out by whoever looks on, and many changes are read at once', async () => {
    const { desk, controller } = await openCourse();
    const before = desk.count('course:read');
    for (const [prev, seatsLeft] of [2, 1, 0].entries()) {
      const rev = { prev: String(prev + 1), rev: String(prev + 2) };
      await desk.tell('class-sessions:changed', { ...rev, seatsLeft: { [TUESDAY.id]: seatsLeft } });
    }
    await desk.clock.advance(1_000);
    expect(desk.count('course:read')).to.equal(before + 1);
    await desk.last('course:read').answer(viewOf(dateOf(MONDAY), dateOf(TUESDAY, 0)));
    controller.joinCourse(courseId);
    expect(desk.last('course:hold').input).to.deep.equal({ courseId, seats: 1, without: [TUESDAY.id] });
    controller.stop();
  });
});

/** A class in the form around it, as somebody chooses it. */
async function chooseClass() {
  const desk = createDesk();
  const { view, root } = await showBooking(findBookingExample('services'));
  view.client = desk.client;
  view.state = { ...view.state, catalogue: buildCatalogue([SERVICE, buildService()]) };
  await view.updateComplete;
  root.querySelector<HTMLElement>('.choice')?.click();
  view.state = reduceBooking(view.state, { type: 'service-chosen', serviceId: SERVICE.id });
  const find = () => collectRoots(root).find(({ host }) => host.localName === 'frontdesk-booking-class');
  await until(() => find()?.querySelector('h2'));
  const inner = find();
  if (!inner) throw new Error('No class.');
  return { desk, view, inner };
}

describe('the form of a class', () => {
  it('BK-35: whoever chooses a class is led to its dates', async () => {
    const { inner } = await chooseClass();
    expect(inner.activeElement?.textContent).to.equal('Which date suits you?');
  });

  it('BK-35: what was not possible is said once', async () => {
    const { desk, inner } = await chooseClass();
    await desk.last('class-session:list').answer(succeed(LIST));
    await until(() => inner.querySelector('.session'));
    inner.querySelector<HTMLElement>('.session')?.click();
    await desk.last('seat:hold').answer(fail('SLOT_TAKEN'));
    await until(() => inner.querySelector('.notice'));
    const heard = [...inner.querySelectorAll('[role=alert], [role=status], [aria-live]')];
    expect(heard.filter(({ textContent }) => textContent.includes('Somebody else was faster'))).to.have.length(1);
  });

  it('BK-35: says until when seats are kept, and says it again in the last minute', async () => {
    const desk = createDesk();
    const form: FrontdeskBookingClass = document.createElement('frontdesk-booking-class');
    form.words = await loadTranslator(manageCatalogue, { locale: 'en', tag: 'en' });
    const catalogue = buildCatalogue([SERVICE]);
    const state = createBookingState(EXAMPLE_NOW_MS, EXAMPLE_ZONE);
    form.state = { ...state, catalogue, serviceId: SERVICE.id, step: 'time' };
    form.client = desk.client;
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.append(form);
    await form.updateComplete;
    await desk.last('class-session:list').answer(succeed(LIST));
    await form.updateComplete;
    form.shadowRoot?.querySelector<HTMLElement>('.session')?.click();
    await desk.last('seat:hold').answer(succeed(holdOf(MONDAY)));
    await form.updateComplete;
    const said = (): string => form.shadowRoot?.querySelector('[role=status]')?.textContent ?? '';
    expect(said()).to.include('kept for you until');
    await desk.clock.advance(125_000);
    await form.updateComplete;
    expect(said()).to.include('less than a minute');
    form.remove();
  });
});

describe('the link to seats', () => {
  it('BK-37: looks no more once it is gone, also when an answer comes later', async () => {
    const desk = createDesk();
    const controller = createSeatController(desk.client, TOKEN);
    controller.start();
    const reading = desk.last('seat:read-own');
    controller.stop();
    await reading.answer(succeed(buildSeat('offered')));
    await desk.clock.advance(3 * LOOK_MS);
    expect(desk.count('seat:read-own')).to.equal(1);
  });

  it('BK-19: a slow reading does not take an acceptance back, and the looking goes on', async () => {
    const { desk, controller, state } = await openSeat();
    await desk.clock.advance(LOOK_MS);
    const slow = desk.last('seat:read-own');
    controller.accept();
    await desk.last('seat:accept-own').answer(succeed(buildSeat('enrolled')));
    await slow.answer(succeed(buildSeat('offered')));
    expect(state().answer?.seat.state).to.equal('enrolled');
    await desk.clock.advance(LOOK_MS);
    expect(desk.count('seat:read-own')).to.equal(3);
    controller.stop();
  });

  it('BK-28: whoever accepts without a network is told that it did not work', async () => {
    const { desk, controller, state } = await openSeat();
    controller.accept();
    for (let tries = 0; tries < 4; tries += 1) {
      await desk.last('seat:accept-own').answer(lose());
      await desk.clock.advance(5_000);
    }
    expect(state()).to.include({ isBusy: false, notice: 'failed' });
    for (let tries = 0; tries < 4; tries += 1) {
      await desk.last('seat:read-own').answer(lose());
      await desk.clock.advance(5_000);
    }
    expect(state()).to.include({ phase: 'shown', notice: 'failed' });
    controller.stop();
  });
});

describe('the page of a link to seats', () => {
  async function openPage(state: SeatSummary['state'], patch: Partial<SeatSummary> = {}) {
    const desk = createDesk();
    const page: FrontdeskManageSeat = document.createElement('frontdesk-manage-seat');
    page.words = await loadTranslator(manageCatalogue, { locale: 'en', tag: 'en' });
    page.client = desk.client;
    page.token = TOKEN;
    const box = await fixture<HTMLElement>(html`<div></div>`);
    box.append(page);
    await page.updateComplete;
    const root = page.shadowRoot;
    if (!root) throw new Error('Nothing was drawn.');
    const focus = async (): Promise<string> => {
      await page.updateComplete;
      return root.activeElement?.textContent.trim() ?? '';
    };
    const answer = buildSeat(state);
    return { desk, page, root, focus, answer: { ...answer, seat: { ...answer.seat, ...patch } } };
  }

  it('BK-35: each step leads to its question; what comes by itself takes no focus', async () => {
    const { desk, page, root, focus, answer } = await openPage('enrolled', {
      cancelUntil: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await desk.last('seat:read-own').answer(succeed(answer));
    expect(await focus()).to.equal('');
    findButton(root, 'Give up my place').click();
    expect(await focus()).to.equal('Somebody else may have it then.');
    findButton(root, 'Keep it as it is').click();
    expect(await focus()).to.equal('Your place in the class');
    findButton(root, 'Give up my place').click();
    await focus();
    findButton(root, 'Yes, give it up').click();
    await desk.last('seat:cancel-own').answer(succeed(buildSeat('cancelled')));
    expect(await focus()).to.equal('Your place in the class');
    page.remove();
  });

  it('BK-35: another date of the course leads to its page', async () => {
    const cancelUntil = new Date(Date.now() + 3_600_000).toISOString();
    const { desk, page, root, focus, answer } = await openPage('enrolled', { cancelUntil, isInCourse: true });
    const other = { ...answer, seatToken: `${TOKEN}-2` };
    const dates = [answer, { ...other, seat: { ...answer.seat, start: TUESDAY.start } }];
    const show = async (shown: SeatAnswer): Promise<void> => {
      await desk.last('seat:read-own').answer(succeed(shown));
      await desk.last('course:read-own').answer(succeed({ seatToken: TOKEN, dates }));
    };
    await show(answer);
    await page.updateComplete;
    root.querySelectorAll<HTMLElement>('.link')[1]?.click();
    await page.updateComplete;
    await show(other);
    expect(desk.last('seat:read-own').input).to.deep.equal({ seatToken: other.seatToken });
    expect(await focus()).to.equal('Your place in the class');
    page.remove();
  });

  it('BK-20: without an answer it can be tried again', async () => {
    const { desk, page, root, focus, answer } = await openPage('enrolled');
    for (let tries = 0; tries < 4; tries += 1) {
      await desk.last('seat:read-own').answer(lose());
      await desk.clock.advance(5_000);
    }
    await page.updateComplete;
    findButton(root, 'Try again').click();
    await desk.last('seat:read-own').answer(succeed(answer));
    expect(await focus()).to.equal('Your place in the class');
    expect(root.querySelector('.status')?.textContent).to.equal('You are in');
    page.remove();
  });
});

describe('the link to a booking', () => {
  it('BK-20: whatever was asked for without an answer is asked for again, and shown with the focus on it', async () => {
    const desk = createDesk();
    const controller = createManageController({
      client: desk.client,
      token: null,
      visitorZone: EXAMPLE_ZONE,
      emit: () => true,
      onToken: () => undefined,
    });
    controller.find('K7MP3XQ9', '6789');
    for (let tries = 0; tries < 4; tries += 1) {
      await desk.last('booking:find-own').answer(lose());
      await desk.clock.advance(5_000);
    }
    expect(controller.getState().phase).to.equal('unavailable');
    const { view, root } = await showManage(findManageExample('manage-unavailable'), {}, controller);
    controller.subscribe(() => (view.state = controller.getState()));
    findButton(root, 'Try again').click();
    expect(desk.last('booking:find-own').input).to.deep.equal({ code: 'K7MP3XQ9', phoneEnd: '6789' });
    await view.updateComplete;
    await desk.last('booking:find-own').answer(succeed(buildBooked()));
    await view.updateComplete;
    expect(controller.getState().phase).to.equal('shown');
    expect(root.activeElement?.textContent).to.equal('Your booking');
    controller.stop();
  });

  it('BK-21: an answer that comes when the page is gone leaves the address alone', async () => {
    const desk = createDesk();
    const [tokens, events]: [string[], Event[]] = [[], []];
    const controller = createManageController({
      client: desk.client,
      token: null,
      visitorZone: EXAMPLE_ZONE,
      emit: (event) => events.push(event) > 0,
      onToken: (token) => tokens.push(token),
    });
    controller.find('K7MP3XQ9', '6789');
    controller.stop();
    await desk.last('booking:find-own').answer(succeed(buildBooked()));
    expect(tokens).to.deep.equal([]);
    expect(events).to.deep.equal([]);
  });
});
