/** The forms of the appointment pages: one page after the other, which makes it a little longer than 400 lines. */
import { expect, nextFrame } from '@open-wc/testing';
import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import {
  BOOKING_ANSWERS,
  buildOffer,
  buildPool,
  buildResource,
  RICH_OFFER,
} from '@frontdesk/widgets/settings/booking/booking-states';
import { NEW_SERVICE } from '@frontdesk/widgets/settings/booking/booking-service-draft';
import { bad, BRANCH_ID, buildLocation, good, type Answers } from '@frontdesk/widgets/settings/setup/setup-states';
import { openBookingPage } from './booking-fixture.js';

const LOST = { code: 'STORE_UNAVAILABLE', requestId: 'local' } as const;
const valueOf = (field: HTMLElement): string => (field as HTMLInputElement).value;

describe('settings of what can be booked', () => {
  it('BK-12 makes a service with all that a form says', async () => {
    const { link, fill, choose, press, find } = await openBookingPage('appointments', {
      answers: { 'booking-service:create': () => good(buildOffer(9)) },
    });
    await press('Add a service');
    await fill('#names-en', 'Dental');
    await fill('#names-ms', 'Gigi');
    await fill('#priceText', 'RM 120');
    await fill('#segments-0-minutes', '45');
    await fill('#bufferAfterMinutes', '10');
    await fill('#intervalMinutes', '60');
    await choose('#alignment', 'clock');
    await choose('#packing', 'tight');
    await fill('#minNoticeMinutes', '2');
    await choose('[aria-label="At the latest before the start: unit"]', 'days');
    await fill('#horizonDays', '30');
    await fill('#maxPerDay', '8');
    await choose('#confirmation', 'approve');
    await press('Create');
    expect(link.inputs('booking-service:create')).to.deep.equal([
      {
        ...NEW_SERVICE,
        locationId: BRANCH_ID,
        names: { en: 'Dental', ms: 'Gigi' },
        priceText: 'RM 120',
        segments: [{ minutes: 45, needsStaff: true, poolIds: [] }],
        bufferAfterMinutes: 10,
        intervalMinutes: 60,
        alignment: 'clock',
        packing: 'tight',
        minNoticeMinutes: 2_880,
        horizonDays: 30,
        maxPerDay: 8,
        confirmation: 'approve',
      },
    ]);
    expect(find('.status--saved').textContent).to.include('Saved');
  });

  it('BK-34 says of a service that its customers prove their address', async () => {
    const { link, choose, press, open, text } = await openBookingPage('appointments', {
      answers: { 'booking-service:update': () => good({ ...RICH_OFFER, verification: 'email' }) },
    });
    await open('Physiotherapy');
    await choose('#verification', 'email');
    expect(text()).to.include('They type a code that is mailed to them.');
    await press('Save');
    expect(link.inputs('booking-service:update')).to.deep.equal([{ serviceId: RICH_OFFER.id, verification: 'email' }]);
  });

  it('BK-12 asks nothing of the server while a field is wrong, and keeps what was typed', async () => {
    const { link, fill, press, find, text } = await openBookingPage('appointments');
    await press('Add a service');
    await fill('#segments-0-minutes', '7');
    await fill('#horizonDays', '');
    await press('Create');
    expect(link.inputs('booking-service:create')).to.deep.equal([]);
    for (const path of ['names-en', 'segments-0-minutes', 'horizonDays']) {
      expect(find(`#${path}`).getAttribute('aria-invalid'), path).to.equal('true');
    }
    expect(find('#segments-0-minutes-problem').textContent).to.include('multiple of 5');
    expect(text()).to.include('Nothing was lost');
    expect(valueOf(find('#segments-0-minutes'))).to.equal('7');
  });

  it('BK-12 sends only what was typed, and says what the server refused at its field', async () => {
    const { link, fill, press, open, find } = await openBookingPage('appointments', {
      answers: {
        'booking-service:update': () => bad({ code: 'VALIDATION', fields: { 'segments.1.minutes': 'too long' } }),
      },
    });
    await open('Physiotherapy');
    await fill('#segments-1-minutes', '600');
    await press('Save');
    expect(link.inputs('booking-service:update')).to.deep.equal([
      {
        serviceId: RICH_OFFER.id,
        segments: RICH_OFFER.segments.map((one, at) => (at === 1 ? { ...one, minutes: 600 } : one)),
      },
    ]);
    expect(find('#segments-1-minutes-problem').textContent).to.include('not accepted');
    expect(valueOf(find('#segments-1-minutes'))).to.equal('600');
  });

  it('BK-10 adds, orders and removes parts of a visit', async () => {
    const { link, press, open, find } = await openBookingPage('appointments', {
      answers: { 'booking-service:update': () => good(RICH_OFFER) },
    });
    await open('Physiotherapy');
    expect(find('[aria-label="Part 2"]').textContent).to.include('Needs a person');
    await press('Remove: Part 2');
    await press('Move up: Part 2');
    await press('Add a part');
    await press('Save');
    const [input] = link.inputs('booking-service:update') as Pick<BookingServiceDto, 'segments'>[];
    expect(input?.segments.map(({ minutes }) => minutes)).to.deep.equal([10, 20, 30]);
  });

  it('BK-35 a part that moves up keeps the focus, and one that is removed gives it to the one in its place', async () => {
    const { press, open } = await openBookingPage('appointments');
    const focused = (element = document.activeElement): Element | null =>
      element?.shadowRoot?.activeElement ? focused(element.shadowRoot.activeElement) : element;
    await open('Physiotherapy');
    await press('Move up: Part 3');
    expect(focused()?.getAttribute('aria-label')).to.equal('Move up: Part 2');
    await press('Move up: Part 2');
    expect(focused()?.getAttribute('aria-label')).to.equal('Remove: Part 1');
    await press('Remove: Part 2');
    expect(focused()?.getAttribute('aria-label')).to.equal('Move up: Part 2');
    await press('Remove: Part 2');
    expect(focused()).to.be.instanceOf(HTMLInputElement);
  });

  it('BK-15 previews the starts that the slot engine finds for the branch', async () => {
    const { open, choose, fill, find, text } = await openBookingPage('appointments');
    await open('Consultation');
    const timesOf = () => [...find('[data-preview]').querySelectorAll('.tag')].map(({ textContent }) => textContent);
    expect(timesOf().slice(0, 3)).to.deep.equal(['8:30 AM', '9:00 AM', '9:30 AM']);
    await fill('#intervalMinutes', '60');
    await choose('#alignment', 'clock');
    expect(timesOf().slice(0, 3)).to.deep.equal(['9:00 AM', '10:00 AM', '11:00 AM']);
    await fill('#segments-0-minutes', '240');
    expect(text()).to.include('No time in the next two weeks');
  });

  it('BK-22 lets customers change a booking until a time, or never', async () => {
    const { link, fill, press, open, has, find } = await openBookingPage('appointments', {
      answers: { 'booking-service:update': () => good(buildOffer(1)) },
    });
    await open('Consultation');
    const tick = (words: string): HTMLInputElement =>
      [...(find('form').querySelectorAll<HTMLLabelElement>('label.check') ?? [])]
        .find((label) => label.textContent.includes(words))
        ?.querySelector('input') as HTMLInputElement;
    tick('Customers may move it themselves').click();
    await fill('#cancelUntilMinutes', '24');
    expect(has('#maxReschedules')).to.equal(false);
    await press('Save');
    expect(link.inputs('booking-service:update')).to.deep.equal([
      { serviceId: buildOffer(1).id, rescheduleUntilMinutes: null, cancelUntilMinutes: 1_440 },
    ]);
  });

  it('BK-4 makes a class with seats, which is confirmed at once', async () => {
    const { link, open, fill, choose, press, find, has, settle } = await openBookingPage('appointments', {
      answers: { 'booking-service:update': () => good(buildOffer(1, { capacity: { min: 3, max: 12 } })) },
    });
    await open('Consultation');
    const boxes = [...find('form').querySelectorAll<HTMLInputElement>('.check input')];
    boxes.find((box) => box.closest('label')?.textContent.includes('A class'))?.click();
    await settle();
    expect(has('[data-preview]'), 'its dates are set by staff').to.equal(false);
    await fill('#capacity-max', '12');
    await fill('#capacity-min', '13');
    await choose('#confirmation', 'approve');
    await press('Save');
    expect(link.inputs('booking-service:update')).to.deep.equal([]);
    expect(find('#capacity-min-problem').textContent).to.include('not more than there are seats');
    expect(find('#confirmation').getAttribute('aria-invalid')).to.equal('true');
    await fill('#capacity-min', '3');
    await choose('#confirmation', 'auto');
    await press('Save');
    expect(link.inputs('booking-service:update')).to.deep.equal([
      { serviceId: buildOffer(1).id, capacity: { min: 3, max: 12 } },
    ]);
  });

  it('BK-32 makes a question of each kind, one asked only after a certain answer', async () => {
    const { link, fill, choose, press, open, find, has } = await openBookingPage('appointments', {
      answers: {
        'booking-service:update': (input) => {
          const { serviceId: _id, ...change } = input;
          return good({ ...buildOffer(1), ...change } as BookingServiceDto);
        },
      },
    });
    await open('Consultation');
    await press('Add a question');
    await fill('#questions-0-labels-en', 'How do you come?');
    await choose('#questions-0-type', 'choice');
    await fill('#questions-0-options-0-labels-en', 'By car');
    await press('Save');
    expect(find('#questions-0-options-1-labels-en').getAttribute('aria-invalid')).to.equal('true');
    await fill('#questions-0-options-1-labels-en', 'On foot');
    await press('Add a question');
    await fill('#questions-1-labels-en', 'Number plate');
    const car = (find('#questions-0-type').closest('li') as HTMLElement).dataset['question'] ?? '';
    await choose('#questions-1-onlyIf-key', car);
    await press('Save');
    const [input] = link.inputs('booking-service:update') as Pick<BookingServiceDto, 'questions'>[];
    const [first, second] = input?.questions ?? [];
    expect(first?.options.map(({ labels }) => labels.en)).to.deep.equal(['By car', 'On foot']);
    expect(second?.onlyIf).to.deep.equal({ key: car, equals: first?.options[0]?.key });
    await press('Remove: How do you come?');
    expect(has('#questions-0-onlyIf-key'), 'nothing is left to look at').to.equal(false);
  });

  it('BK-32 asks for files: their kinds, their size and how many', async () => {
    const { link, fill, choose, press, open, find, text } = await openBookingPage('appointments');
    await open('Consultation');
    await press('Add a question');
    await fill('#questions-0-labels-en', 'A photo of your hair');
    await choose('#questions-0-type', 'file');
    const kinds = [...find('[data-question]').querySelectorAll<HTMLInputElement>('.choice input')];
    expect(kinds.map(({ value, checked }) => [value, checked])).to.deep.equal(
      ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'].map((type) => [type, true]),
    );
    expect(text()).to.include('Kept encrypted');
    expect(text()).to.not.include('Sensitive, for example');
    await fill('#questions-0-file-maxBytes', '11');
    await fill('#questions-0-file-maxCount', '6');
    for (const kind of kinds) {
      kind.click();
      await nextFrame();
    }
    await press('Save');
    expect(text()).to.include('Choose at least one kind.');
    expect(text()).to.include('Between 1 and 10 megabytes.');
    expect(text()).to.include('Between 1 and 5 files.');
    expect(link.inputs('booking-service:update')).to.deep.equal([]);
    kinds[4]?.click();
    await nextFrame();
    await fill('#questions-0-file-maxBytes', '2');
    await fill('#questions-0-file-maxCount', '1');
    await press('Save');
    const [input] = link.inputs('booking-service:update') as Pick<BookingServiceDto, 'questions'>[];
    expect(input?.questions[0]).to.deep.include({
      type: 'file',
      isSensitive: false,
      file: { types: ['application/pdf'], maxBytes: 2 * 1_024 * 1_024, maxCount: 1 },
    });
  });

  it('BK-33 says for how long people stay, warns before it is less, and keeps them for ever where that is wanted', async () => {
    const { link, fill, press, find, has, text } = await openBookingPage('retention', {
      answers: { 'booking:update-retention': (input) => good(input) },
    });
    expect((find('#keepDays') as HTMLInputElement).value).to.equal('730');
    await fill('#keepDays', '0');
    await press('Save');
    expect(text()).to.include('Between 1 and 3650 days.');
    expect(link.inputs('booking:update-retention')).to.deep.equal([]);
    await fill('#keepDays', '900');
    expect(text()).to.not.include('nobody can bring it back');
    await fill('#keepDays', '90');
    expect(text()).to.include('nobody can bring it back');
    await press('Save');
    (find('.check input') as HTMLInputElement).click();
    await nextFrame();
    expect(has('#keepDays')).to.equal(false);
    expect(text()).to.not.include('nobody can bring it back');
    await press('Save');
    expect(link.inputs('booking:update-retention')).to.deep.equal([{ keepDays: 90 }, { keepDays: null }]);
  });

  it('BK-33 says that another wording is another version', async () => {
    const { fill, open, find, text } = await openBookingPage('appointments');
    await open('Physiotherapy');
    expect(find('[data-consent=treatment]').textContent).to.include('version 2');
    await fill('#consents-0-texts-en', 'I agree to the treatment and its plan.');
    expect(text()).to.include('saving makes it version 3');
  });

  it('BK-12 gives a person services, an account, hours of its own and a share', async () => {
    const { link, fill, choose, press, find } = await openBookingPage('people', {
      answers: { 'resource:create': () => good(buildResource(9)) },
    });
    await press('Add a person');
    await fill('#name', 'Nurul Izzah');
    await choose('#memberId', '' + ((await memberIds())[0] ?? ''));
    const boxes = [...find('form').querySelectorAll<HTMLInputElement>('.check input')];
    boxes.find((box) => box.closest('label')?.textContent.includes('Other hours'))?.click();
    await fill('#weight', '2');
    await press('Create');
    const [input] = link.inputs('resource:create') as { hours: unknown; serviceIds: unknown[] }[];
    expect(input).to.deep.include({ kind: 'staff', name: 'Nurul Izzah', weight: 2, priority: 0 });
    expect(input?.serviceIds).to.deep.equal([buildOffer(1).id, RICH_OFFER.id]);
    expect(input?.hours).to.deep.equal({ weekly: buildLocation(1).hours.weekly, specialDays: [], holidays: [] });
  });

  it('BK-12 adds a room and puts it into a pool', async () => {
    const { link, fill, choose, press, open, find } = await openBookingPage('rooms', {
      answers: {
        'resource:create': () => good(buildResource(5, { kind: 'equipment', name: 'Laser', serviceIds: [] })),
        'pool:update': () => good(buildPool(1)),
      },
    });
    await press('Add a room or thing');
    await fill('#name', 'Laser');
    await choose('#kind', 'equipment');
    await press('Create');
    expect(link.inputs('resource:create')[0]).to.deep.include({ kind: 'equipment', name: 'Laser', serviceIds: [] });
    await press('Back');
    await open('Treatment rooms');
    [...find('form').querySelectorAll<HTMLInputElement>('.choice input')].at(-1)?.click();
    await press('Save');
    expect(link.inputs('pool:update')).to.deep.equal([
      { poolId: buildPool(1).id, resourceIds: [...buildPool(1).resourceIds, buildResource(5).id] },
    ]);
  });

  it('BK-12 archives and brings back', async () => {
    const archived = buildOffer(1, { isArchived: true });
    const { link, press, open } = await openBookingPage('appointments', {
      answers: { 'booking-service:update': () => good(archived) },
    });
    await open('Consultation');
    await press('Archive');
    await press('Bring back');
    expect(link.inputs('booking-service:update')).to.deep.equal([
      { serviceId: archived.id, isArchived: true },
      { serviceId: archived.id, isArchived: false },
    ]);
  });

  it('BK-37 writes the tag of each kind with the key of the website and what was chosen', async () => {
    const { find, choose, settle, text, element } = await openBookingPage('tags');
    element.serverUrl = 'https://desk.example';
    await settle();
    const key = 'pk_4fJq8ZsT2mVxY7aBcDeFgH1k';
    const script = '<script type="module" src="https://desk.example/widgets/frontdesk.js" async></script>';
    expect(text()).to.include(script).and.include(`<frontdesk-booking site="${key}">Please call us`);
    const press = async (kind: string): Promise<void> => {
      find(`input[value=${kind}]`).click();
      await settle();
    };
    await press('floating');
    await choose('#tag-service', RICH_OFFER.id);
    await choose('#tag-staff', buildResource(1).id);
    expect(text()).to.include(
      `<frontdesk-booking site="${key}" view="floating" service="${RICH_OFFER.id}" staff="${buildResource(1).id}">`,
    );
    await press('popup');
    expect(text()).to.include('view="popup"');
    await press('manage');
    expect(text()).to.include(`<frontdesk-manage-booking site="${key}"></frontdesk-manage-booking>`);
  });

  it('BK-7 nothing typed is lost when the connection is, and the second press carries the first key', async () => {
    let isLost = true;
    const { link, fill, press, find, settle } = await openBookingPage('people', {
      answers: { 'resource:create': () => (isLost ? bad(LOST) : good(buildResource(9))) },
    });
    await press('Add a person');
    await fill('#name', 'Nurul Izzah');
    await press('Create');
    expect(find('.status--failed').textContent).to.include('No answer from the server');
    link.tell('booking');
    link.tell('back');
    await settle();
    expect(valueOf(find('#name'))).to.equal('Nurul Izzah');
    isLost = false;
    await press('Create');
    const keys = link.asked.filter(({ name }) => name === 'resource:create').map(({ key }) => key);
    expect(keys).to.have.length(3);
    expect(new Set(keys).size).to.equal(1);
  });

  it('BK-12 follows what somebody else stored meanwhile, field by field, and says so where both wrote', async () => {
    let stored = buildOffer(1);
    const setup: Answers = {
      'booking:read-setup': () => good({ services: [stored], resources: [], pools: [] }),
      'booking-service:update': (input) => {
        const { serviceId: _id, ...change } = input;
        return good((stored = { ...stored, ...change } as BookingServiceDto));
      },
    };
    const { link, fill, press, open, find, has, settle } = await openBookingPage('appointments', {
      answers: { ...BOOKING_ANSWERS, ...setup },
    });
    await open('Consultation');
    await fill('#priceText', 'RM 90');
    stored = { ...stored, horizonDays: 7 };
    link.tell('booking');
    await settle();
    expect(valueOf(find('#horizonDays')), 'not touched here').to.equal('7');
    expect(valueOf(find('#priceText'))).to.equal('RM 90');
    expect(has('.notice .button'), 'different fields do not clash').to.equal(false);
    stored = { ...stored, priceText: 'RM 100' };
    link.tell('booking');
    await settle();
    expect(find('.notice').textContent).to.include('Somebody else changed this');
    expect(valueOf(find('#priceText'))).to.equal('RM 90');
    await press('Show theirs instead');
    expect(valueOf(find('#priceText'))).to.equal('RM 100');
    await fill('#priceText', 'RM 95');
    await press('Save');
    expect(link.inputs('booking-service:update')).to.deep.equal([{ serviceId: stored.id, priceText: 'RM 95' }]);
    expect(stored.horizonDays).to.equal(7);
  });
});

async function memberIds(): Promise<readonly string[]> {
  const result = await BOOKING_ANSWERS['member:list']?.({});
  return result?.ok ? result.data.members.map(({ id }) => id) : [];
}
