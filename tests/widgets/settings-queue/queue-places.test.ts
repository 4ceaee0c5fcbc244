import { expect } from '@open-wc/testing';
import type { LocationDto } from '@frontdesk/protocol/locations';
import { buildCounter, buildService, SAMPLE_POLICY } from '@frontdesk/widgets/settings/queue/queue-states';
import { bad, buildLocation, good } from '@frontdesk/widgets/settings/setup/setup-states';
import { openQueuePage } from './queue-fixture.js';

const LOST = { code: 'STORE_UNAVAILABLE', requestId: 'local' } as const;

describe('settings of branches, services and counters', () => {
  it('QA-1 saves a branch with all that stands on the page', async () => {
    const { link, fill, choose, press, find, settle } = await openQueuePage('locations', {
      answers: { 'location:update': () => good(buildLocation(1, { name: 'Bangsar' })) },
    });
    find('.open').click();
    await settle();
    await fill('#name', ' Bangsar ');
    await choose('#timeZone', 'Asia/Tokyo');
    await fill('#dayStart', '05:30');
    await press('Save');
    const { id, address, hours, languages, country, phone } = buildLocation(1);
    expect(link.inputs('location:update')).to.deep.equal([
      {
        locationId: id,
        name: 'Bangsar',
        address,
        timeZone: 'Asia/Tokyo',
        dayStart: '05:30',
        hours,
        languages,
        country,
        geofence: null,
        phone,
      },
    ]);
    expect(find('.status--saved').textContent).to.include('Saved');
  });

  it('QA-1 says that another zone waits for the next service day', async () => {
    const page = await openQueuePage('locations', {
      answers: { 'location:list': () => good({ locations: [buildLocation(1, { nextTimeZone: 'Asia/Tokyo' })] }) },
    });
    page.find('.open').click();
    await page.settle();
    expect(page.find('.notice').textContent).to.include('From the next service day: Asia/Tokyo');
    expect(page.text()).to.include('A change takes effect with the next service day.');
    expect((page.find('#timeZone') as HTMLSelectElement).value).to.equal('Asia/Tokyo');
  });

  it('QA-1 copies the hours of a day, keeps nights past midnight, and previews the week', async () => {
    const { link, press, choose, find, text, settle } = await openQueuePage('locations', {
      answers: { 'location:update': () => good(buildLocation(1)) },
    });
    find('.open').click();
    await settle();
    await press('Add hours: Saturday');
    await choose('[aria-label="Saturday: from"]', '18:00');
    await choose('[aria-label="Saturday: until"]', '02:00');
    expect(text()).to.include('next day');
    await press('Copy the hours of Saturday to other days');
    await press('To all days');
    expect(text()).to.include('Monday – Sunday 6:00 PM – 2:00 AM');
    await press('Save');
    const [input] = link.inputs('location:update') as { hours: LocationDto['hours'] }[];
    expect(input?.hours.weekly).to.deep.equal(Array.from({ length: 7 }, () => [{ from: '18:00', to: '02:00' }]));
  });

  it('QA-1 adds special days and holidays, and shows which hours the server refused', async () => {
    const { link, press, find, text, settle } = await openQueuePage('locations', {
      answers: {
        'location:update': () => bad({ code: 'VALIDATION', fields: { 'hours.weekly.2.1.from': 'must be HH:MM' } }),
      },
    });
    find('.open').click();
    await settle();
    const holidays = find('frontdesk-setup-hours').shadowRoot?.querySelectorAll('section');
    holidays?.[1]?.querySelector<HTMLElement>('div > .button')?.click();
    await settle();
    await press('Save');
    const [input] = link.inputs('location:update') as { hours: LocationDto['hours'] }[];
    expect(input?.hours.holidays).to.have.length(2);
    expect(input?.hours.specialDays).to.have.length(1);
    expect(text()).to.include('Do they overlap?');
    expect(find('[role=group][aria-label=Wednesday] .field__error').textContent).to.include('not accepted');
  });

  it('BK-13 asks about the night before a special day where one reaches into it, and nowhere else', async () => {
    const night = buildLocation(1);
    const weekly = night.hours.weekly.map(() => [{ from: '18:00', to: '02:00' }]);
    const specialDays = [
      { date: '2026-12-24', windows: [], label: null },
      { date: '2026-12-25', windows: [], label: null },
    ];
    const hours = { weekly, specialDays, holidays: [] };
    const { link, press, find, settle } = await openQueuePage('locations', {
      answers: {
        'location:list': () => good({ locations: [{ ...night, hours }] }),
        'location:update': () => good(night),
      },
    });
    find('.open').click();
    await settle();
    const days = [...(find('frontdesk-setup-hours').shadowRoot?.querySelectorAll('section:first-of-type li') ?? [])];
    const boxes = days.map((day) => day.querySelector<HTMLInputElement>('input[type=checkbox]'));
    expect(boxes[1] === null, 'the day before is closed').to.equal(true);
    boxes[0]?.click();
    await press('Save');
    const [input] = link.inputs('location:update') as { hours: LocationDto['hours'] }[];
    expect(input?.hours.specialDays.map(({ cutsNightBefore }) => cutsNightBefore)).to.deep.equal([true, undefined]);
  });

  it('QA-1 archives a branch and brings it back', async () => {
    const archived = buildLocation(1, { isArchived: true });
    const { link, press, find, settle } = await openQueuePage('locations', {
      answers: { 'location:update': () => good(archived) },
    });
    find('.open').click();
    await settle();
    await press('Archive');
    await press('Bring back');
    expect(link.inputs('location:update')).to.deep.equal([
      { locationId: archived.id, isArchived: true },
      { locationId: archived.id, isArchived: false },
    ]);
  });

  it('nothing typed is lost when the connection is, and the second press carries the first key', async () => {
    let isLost = true;
    const { link, fill, press, find, settle } = await openQueuePage('locations', {
      answers: { 'location:create': () => (isLost ? bad(LOST) : good(buildLocation(3, { name: 'Ampang' }))) },
    });
    await press('Add a branch');
    await fill('#name', 'Ampang');
    await press('Create');
    expect(find('.status--failed').textContent).to.include('No answer from the server');
    expect((find('#name') as HTMLInputElement).value).to.equal('Ampang');
    link.tell('locations');
    link.tell('back');
    await settle();
    expect((find('#name') as HTMLInputElement).value).to.equal('Ampang');
    isLost = false;
    await press('Create');
    const keys = link.asked.filter(({ name }) => name === 'location:create').map(({ key }) => key);
    expect(keys).to.have.length(3);
    expect(new Set(keys).size).to.equal(1);
  });

  it('QA-2 makes a service with the first free letter, names per language and limits', async () => {
    const { link, fill, choose, press, text } = await openQueuePage('services', {
      answers: { 'service:create': () => good(buildService(9)) },
    });
    await press('Add a service');
    await press('Create');
    expect(link.inputs('service:create')).to.deep.equal([]);
    expect(text()).to.include('look at the marked fields');
    await fill('#names-en', 'Dental');
    await fill('#names-ms', 'Gigi');
    await fill('#pool', 'Dental');
    await fill('#capPerDay', '80');
    await fill('#stopAt', '16:00');
    await choose('#askPhone', 'required');
    await fill('#consentText', 'To call you.');
    await press('Create');
    expect(link.inputs('service:create')).to.have.length(1);
    expect(link.inputs('service:create')[0]).to.deep.include({
      names: { en: 'Dental', ms: 'Gigi' },
      series: { prefix: 'C', width: 3, first: 1, last: 999 },
      pool: 'dental',
      capPerDay: 80,
      maxWaiting: null,
      stopAt: '16:00',
      askPhone: 'required',
      consentText: 'To call you.',
      isRemoteJoinAllowed: true,
    });
  });

  it('QA-2 a taken prefix is told at its field; archiving keeps the history and says so', async () => {
    const { press, find, fill, has, settle } = await openQueuePage('services', {
      answers: {
        'service:update': (input) =>
          input.isArchived === true
            ? good(buildService(1, { isArchived: true }))
            : bad({ code: 'CONFLICT', fields: { 'series.prefix': 'taken' } }),
      },
    });
    find('.open').click();
    await settle();
    await fill('#series-prefix', 'p');
    await press('Save');
    expect(find('#series-prefix-problem').textContent).to.include('Another one uses this already');
    expect(find('#series-prefix').getAttribute('aria-describedby')).to.include('series-prefix-problem');
    expect(has('#names-en-problem')).to.equal(false);
    await press('Archive');
    expect(find('.notice').textContent).to.include('history stays');
  });

  it('QA-3 previews the numbers and the wrap, and refuses a range that ends before it starts', async () => {
    const { press, find, fill, text, link, settle } = await openQueuePage('services');
    find('.open').click();
    await settle();
    await fill('#series-first', '5');
    await fill('#series-last', '40');
    await fill('#series-width', '4');
    expect(find('.big').textContent.replaceAll(/\s+/g, ' ')).to.include('A0005 A0006 … A0040');
    expect(text()).to.include('After A0040 comes A0005 again');
    await fill('#series-last', '3');
    await press('Save');
    expect(find('#series-last-problem').textContent).to.include('above the first');
    expect(link.inputs('service:update')).to.deep.equal([]);
  });

  it('QA-4 shows counters as they open and close, and saves what one serves', async () => {
    let status: 'open' | 'closed' = 'closed';
    const services = [buildService(1), buildService(2, { names: { en: 'Pharmacy' } })];
    const { link, press, find, fill, settle } = await openQueuePage('counters', {
      answers: {
        'queue:read-setup': () => good({ services, counters: [buildCounter(1, { status })], policy: SAMPLE_POLICY }),
        'counter:update': () => good(buildCounter(1)),
      },
    });
    expect(find('[data-status]').dataset['status']).to.equal('closed');
    status = 'open';
    link.tell('floor');
    await settle();
    expect(find('[data-status]').dataset['status']).to.equal('open');
    find('.open').click();
    await settle();
    await fill('#group', 'First floor');
    [...(find('frontdesk-queue-counter').shadowRoot?.querySelectorAll<HTMLInputElement>('.choice input') ?? [])]
      .find(({ value }) => value === services[1]?.id)
      ?.click();
    await press('Save');
    expect(link.inputs('counter:update')).to.deep.equal([
      {
        counterId: buildCounter(1).id,
        label: 'Counter 1',
        group: 'First floor',
        serviceIds: services.map(({ id }) => id),
      },
    ]);
    await press('Archive');
    expect(link.inputs('counter:update')[1]).to.deep.equal({ counterId: buildCounter(1).id, isArchived: true });
  });
});
