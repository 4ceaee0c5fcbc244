/** Seats in a class, and the pages of links: what late and lost answers do, and what is left when they are gone. */
import { expect, fixture, html } from '@open-wc/testing';
import type { OfferedSession, SeatAnswer, SeatHold, SeatSummary } from '@frontdesk/protocol/booking-class';
import type { ClassSessionId, EnrolmentId } from '@frontdesk/protocol/ids';
import type { FrontdeskBookingClass } from '@frontdesk/widgets/booking/classes/booking-class';
import { createClassController } from '@frontdesk/widgets/booking/classes/class-controller';
import { createSeatController } from '@frontdesk/widgets/booking/classes/seat-controller';
import { createManageController } from '@frontdesk/widgets/booking/manage/manage-controller';
import '@frontdesk/widgets/booking/classes/define';
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
import { lose, succeed } from '../ticket/ticket-fixture.js';
import { createDesk } from './booking-fixture.js';

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

async function openClass() {
  const desk = createDesk();
  const controller = createClassController({
    client: desk.client,
    service: SERVICE,
    timeZone: EXAMPLE_ZONE,
    draft: EMPTY_DRAFT,
    getLocale: () => 'en',
    emit: () => true,
  });
  controller.start();
  await desk.last('class-session:list').answer(succeed(LIST));
  return { desk, controller };
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

describe('the form of a class', () => {
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

describe('the link to a booking', () => {
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
