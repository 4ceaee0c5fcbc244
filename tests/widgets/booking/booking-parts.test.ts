/** A visit of several services: what is asked of the server for it, and what people see and hear of it. */
import { aTimeout, expect, nextFrame } from '@open-wc/testing';
import type { Question } from '@frontdesk/protocol/booking-fields';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import { reduceBooking } from '@frontdesk/widgets/booking/booking-store';
import { buildFollowing, PARTS, SEVERAL } from '@frontdesk/widgets/booking/parts/parts-states';
import { EMPTY_DRAFT, type BookingState } from '@frontdesk/widgets/booking/start-store';
import {
  ASKING_SERVICE,
  buildBooked,
  buildCatalogue,
  buildHold,
  buildList,
  buildService,
  EXAMPLE_SERVICE,
  EXAMPLE_STAFF,
  EXAMPLE_START,
  HELD,
  play,
  SECOND_SERVICE,
} from '@frontdesk/widgets/booking/states';
import { addableTo, visitOf } from '@frontdesk/widgets/booking/visit-parts';
import { createManageController } from '@frontdesk/widgets/booking/manage/manage-controller';
import { settle, succeed } from '../ticket/ticket-fixture.js';
import {
  collectRoots,
  createDesk,
  findBookingExample,
  findButton,
  findManageExample,
  openBooking,
  showBooking,
  showManage,
} from './booking-fixture.js';

const CLASS = buildService({ id: 'e'.repeat(24) as BookingServiceId, isClass: true });
const ELSEWHERE = buildService({ id: 'f'.repeat(24) as BookingServiceId, locationId: '2'.repeat(24) as never });
const LIM = EXAMPLE_STAFF[1]?.id ?? null;
const DRAFT = { ...EMPTY_DRAFT, name: 'Nurul', phone: '+60123456789' };
const CATALOGUE = buildCatalogue([...SEVERAL.catalogue.services, CLASS, ELSEWHERE]);
const [, , CHECKUP] = SEVERAL.catalogue.services;

const textOf = (root: ShadowRoot): string =>
  collectRoots(root)
    .map((one) => [...one.children].filter(({ localName }) => localName !== 'style').map((e) => e.textContent))
    .join(' ')
    .replaceAll(/\s+/g, ' ');

async function openVisit(options: Parameters<typeof openBooking>[1] = {}, desk = createDesk()) {
  const booking = openBooking(desk, { draft: DRAFT, ...options });
  await desk.last('booking:browse').answer(succeed(CATALOGUE));
  return { desk, ...booking, state: () => booking.controller.getState() };
}

const preset = (...ids: string[]) => ({
  preset: { serviceId: ids[0] ?? null, staffId: LIM, date: null, followedBy: ids.slice(1) },
});
const WANTED = preset(EXAMPLE_SERVICE, SECOND_SERVICE, CHECKUP?.id ?? '', CLASS.id, ELSEWHERE.id, 'nothing');
const FOLLOWED_BY = [
  { serviceId: SECOND_SERVICE, staffId: null },
  { serviceId: CHECKUP?.id, staffId: LIM },
];

describe('a visit of several services', () => {
  it('BK-9: is asked for, held and booked whole, with the person who was chosen for each', async () => {
    const { desk, controller, state, events } = await openVisit(WANTED);
    expect(state().step).to.equal('time');
    expect(desk.last('slot:list').input).to.deep.include({
      serviceId: EXAMPLE_SERVICE,
      staffId: LIM,
      followedBy: FOLLOWED_BY,
    });
    await desk.last('slot:list').answer(succeed(buildList('2027-02-28', 120, [EXAMPLE_START])));
    controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
    expect(desk.last('hold:create').input).to.deep.include({ staffId: LIM, followedBy: FOLLOWED_BY });
    const hold = buildHold(EXAMPLE_START, { followedBy: buildFollowing(EXAMPLE_START) });
    await desk.last('hold:create').answer(succeed(hold));
    controller.handle({ name: 'submit', detail: null });
    await settle();
    await desk.last('booking:confirm').answer(succeed(buildBooked({ followedBy: buildFollowing(EXAMPLE_START) })));
    expect(state().step).to.equal('done');
    expect(events.map(({ type }) => type)).to.include('frontdesk-booking-booked');
    controller.stop();
  });

  it('BK-9: that changes gives its time back and asks for other times; a page that is loaded again goes on with it', async () => {
    const { desk, controller, state, events } = await openVisit(preset(EXAMPLE_SERVICE, SECOND_SERVICE));
    controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
    const hold = buildHold(EXAMPLE_START, { followedBy: buildFollowing(EXAMPLE_START) });
    await desk.last('hold:create').answer(succeed(hold));
    const again = await openVisit({}, createDesk(desk.session));
    expect(again.state().followedBy).to.deep.equal(FOLLOWED_BY);
    expect(again.state()).to.include({ step: 'details', start: EXAMPLE_START });
    again.controller.stop();
    const parts = [{ serviceId: CHECKUP?.id as BookingServiceId, staffId: null }];
    controller.handle({ name: 'parts', detail: { parts } });
    expect(desk.last('hold:release').input).to.deep.equal({ holdId: hold.id });
    expect(state()).to.include({ step: 'time', serviceId: CHECKUP?.id, held: null, start: null });
    expect(desk.last('slot:list').input).to.not.have.property('followedBy');
    expect(events.filter(({ type }) => type === 'frontdesk-booking-service-select')).to.have.length(1);
    controller.stop();
  });

  it('BK-9: is not changed while it is being sent', async () => {
    const { desk, controller, state } = await openVisit(WANTED);
    controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
    await desk.last('hold:create').answer(succeed(buildHold(EXAMPLE_START)));
    controller.handle({ name: 'submit', detail: null });
    await settle();
    controller.handle({ name: 'parts', detail: { parts: [{ serviceId: SECOND_SERVICE, staffId: null }] } });
    controller.handle({ name: 'back', detail: { to: 'time' } });
    expect(desk.count('hold:release')).to.equal(0);
    await desk.last('booking:confirm').answer(succeed(buildBooked()));
    expect(state().step).to.equal('done');
    controller.stop();
  });

  it('BK-9: takes only what can be booked together, five at most, and none where the page says so', () => {
    const one = play([{ type: 'service-chosen', serviceId: EXAMPLE_SERVICE }], { catalogue: CATALOGUE });
    const ids = (state: BookingState) => addableTo(state).map(({ id }) => id);
    expect(ids(one)).to.deep.equal([SECOND_SERVICE, CHECKUP?.id]);
    expect(ids({ ...one, isSingle: true })).to.deep.equal([]);
    expect(ids({ ...one, locked: ['service'] })).to.deep.equal([]);
    const five = Array.from({ length: 4 }, () => ({ serviceId: SECOND_SERVICE, staffId: null }));
    expect(ids({ ...one, followedBy: five })).to.deep.equal([]);
    expect(ids(play([{ type: 'service-chosen', serviceId: CLASS.id }], { catalogue: CATALOGUE }))).to.deep.equal([]);
  });

  it('BK-9: is one service with what all of them ask, their time together and the strictest rules', () => {
    const strict = {
      ...ASKING_SERVICE,
      id: SECOND_SERVICE,
      confirmation: 'approve',
      verification: 'email',
      horizonDays: 7,
    } as const;
    const catalogue = buildCatalogue([ASKING_SERVICE, strict]);
    const parts = [EXAMPLE_SERVICE, SECOND_SERVICE].map((serviceId) => ({ serviceId, staffId: null }));
    const state = play([{ type: 'parts-changed', parts }], { catalogue });
    const visit = visitOf(state);
    expect(visit).to.include({ minutes: 40, confirmation: 'approve', verification: 'email', horizonDays: 7 });
    expect(visit?.questions.map(({ key }) => key)).to.deep.equal(ASKING_SERVICE.questions.map(({ key }) => key));
    expect(visit?.consents).to.have.length(1);
    expect(state.lastDate).to.equal('2027-03-08');
  });

  it('BK-9 BK-35: is put together with the keyboard: what is added, with whom, and without what', async () => {
    const { root, view, requests } = await showBooking(findBookingExample('add'));
    await nextFrame();
    const inner = root.activeElement?.shadowRoot;
    expect(inner?.activeElement?.textContent).to.equal('What else would you like?');
    expect(() => findButton(root, 'General consultation 20 minutes · RM 45')).to.throw();
    const choices = [...(inner?.querySelectorAll<HTMLElement>('.choice') ?? [])];
    choices[1]?.click();
    await nextFrame();
    expect(inner?.activeElement?.textContent).to.equal('Check-up for children: who would you like to see?');
    inner?.querySelectorAll<HTMLElement>('.choice')[1]?.click();
    const parts = [
      { serviceId: EXAMPLE_SERVICE, staffId: null },
      { serviceId: CHECKUP?.id, staffId: LIM },
    ];
    expect(requests.at(-1)?.request).to.deep.equal({ name: 'parts', detail: { parts } });
    view.state = reduceBooking(view.state, { type: 'parts-changed', parts: parts as never });
    await view.updateComplete;
    expect(root.activeElement?.textContent).to.equal('When would you like to come?');
    await nextFrame();
    findButton(root, 'Change the person for Check-up for children').click();
    expect(requests.at(-1)?.request).to.deep.equal({ name: 'part', detail: { at: 1 } });
    const remove = findButton(root, 'Remove General consultation');
    remove.focus();
    remove.click();
    expect(requests.at(-1)?.request).to.deep.equal({ name: 'parts', detail: { parts: parts.slice(1) } });
    view.state = reduceBooking(view.state, { type: 'parts-changed', parts: parts.slice(1) as never });
    await view.updateComplete;
    expect(root.activeElement?.textContent).to.equal('When would you like to come?');
    expect(textOf(root)).to.include('Check-up for children').and.not.include('General consultation');
  });

  it('BK-9: says of every part when it is and with whom, in the form, on the receipt and behind the link', async () => {
    const before = await showBooking(findBookingExample('visit'));
    expect(textOf(before.root)).to.include('1 hr 15 mins in all').and.include('RM 45 + RM 70 + RM 90');
    const held = await showBooking(findBookingExample('visit-details'));
    await aTimeout(0);
    expect(textOf(held.root))
      .to.match(/9:40 am · 20 minutes · RM 45 .*Dr Aisyah Rahman/)
      .and.match(/10:15 am · 40 minutes · RM 90 .*Dr Lim Wei Jie/);
    const booked = await showBooking(findBookingExample('visit-booked'));
    const managed = await showManage(findManageExample('manage-visit'));
    for (const { root } of [booked, managed]) {
      expect(textOf(root)).to.match(
        /9:40 am General consultation ?Dr Aisyah Rahman 10:00 am Vaccination 10:15 am Check-up for children ?Dr Lim Wei Jie/i,
      );
    }
  });

  it('BK-9 BK-32: a file that one of the services asks for is sent for the whole visit', async () => {
    const question = { ...ASKING_SERVICE.questions[0], key: 'photo', type: 'file', options: [] } as Question;
    const second = buildService({ id: SECOND_SERVICE, questions: [question] });
    const parts = [EXAMPLE_SERVICE, SECOND_SERVICE].map((serviceId) => ({ serviceId, staffId: null }));
    const state = play([{ type: 'parts-changed', parts }, HELD], {
      catalogue: buildCatalogue([buildService(), second]),
    });
    const { root } = await showBooking({ id: 'files', state });
    const found = collectRoots(root).flatMap((one) => [...one.querySelectorAll('frontdesk-booking-files')]);
    expect(found.map(({ serviceIds }) => serviceIds)).to.deep.equal([[EXAMPLE_SERVICE, SECOND_SERVICE]]);
  });

  it('BK-9: is moved whole: the page of its link lists the times at which all of it fits', async () => {
    const desk = createDesk();
    const controller = createManageController({
      client: desk.client,
      token: 'm'.repeat(64),
      visitorZone: 'Asia/Kuala_Lumpur',
      emit: () => true,
      onToken: () => undefined,
    });
    controller.start();
    await desk.last('booking:read-own').answer(succeed(buildBooked({ followedBy: buildFollowing(EXAMPLE_START) })));
    controller.choose('move');
    expect(desk.last('slot:list').input).to.deep.include({ serviceId: EXAMPLE_SERVICE, followedBy: FOLLOWED_BY });
    controller.stop();
  });

  it('BK-9: a page that names one service of those that are there asks with whom, as for one', async () => {
    const wanted = { serviceId: EXAMPLE_SERVICE, staffId: null, date: null, followedBy: [CLASS.id] };
    const { controller, state } = await openVisit({ preset: wanted });
    expect(state()).to.deep.include({ step: 'staff', followedBy: [] });
    controller.handle({ name: 'staff', detail: { staffId: null } });
    expect(state().step).to.equal('time');
    expect(play([PARTS], SEVERAL).followedBy).to.have.length(2);
    controller.stop();
  });
});
