import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { BOOKING_PAGES, pagesFor, type BookingPageName } from '@frontdesk/widgets/settings/settings-store';
import { bad, good } from '@frontdesk/widgets/settings/setup/setup-states';
import { findOverflow, type SetupChoices } from '../settings/setup-fixture.js';
import { openBookingPage } from './booking-fixture.js';

const EMPTY = { 'booking:read-setup': () => good({ services: [], resources: [], pools: [] }) };

/** A page, what is pressed on it first, and whatever else a picture of it needs. */
const STATES: Readonly<
  Record<string, readonly [page: BookingPageName, press: readonly string[], choices?: SetupChoices]>
> = {
  appointments: ['appointments', []],
  'appointments loading': [
    'appointments',
    [],
    { answers: { 'booking:read-setup': () => new Promise(() => undefined) } },
  ],
  'appointments failed': [
    'appointments',
    [],
    { answers: { 'booking:read-setup': () => bad({ code: 'STORE_UNAVAILABLE' }) } },
  ],
  'appointments empty': ['appointments', [], { answers: EMPTY }],
  'appointments without a branch': [
    'appointments',
    [],
    { answers: { 'location:list': () => good({ locations: [] }) } },
  ],
  'service new': ['appointments', ['Add a service', 'Add a question', 'Add a consent', 'Create']],
  service: ['appointments', ['→ Physiotherapy']],
  'service archived': ['appointments', ['→ Vaccination']],
  people: ['people', []],
  'people empty': ['people', [], { answers: EMPTY }],
  'person new': ['people', ['Add a person', 'Create']],
  'person with hours': ['people', ['→ Farid Osman']],
  rooms: ['rooms', []],
  'rooms empty': ['rooms', [], { answers: EMPTY }],
  'room new': ['rooms', ['Add a room or thing', 'Create']],
  tags: ['tags', []],
  retention: ['retention', []],
  'tags without a website': ['tags', [], { answers: { 'site:list': () => good({ sites: [] }) } }],
  'pool new': ['rooms', ['Add a pool', 'Create']],
};

describe('states of the settings of booking', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const [name, [page, presses, choices]] of Object.entries(STATES)) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`BK-35 ${name} passes axe in ${scheme}`, async () => {
        const { element, press, open } = await openBookingPage(page, { ...choices, scheme });
        for (const words of presses) await (words.startsWith('→ ') ? open(words.slice(2)) : press(words));
        await expect(element).to.be.accessible();
      });
    }

    for (const [widthPx, direction] of [
      [320, 'ltr'],
      [560, 'rtl'],
    ] as const) {
      it(`BK-36 ${name} fits ${widthPx} px, ${direction}`, async () => {
        const { host, element, press, open } = await openBookingPage(page, { ...choices, widthPx, direction });
        for (const words of presses) await (words.startsWith('→ ') ? open(words.slice(2)) : press(words));
        expect(findOverflow(element, host.getBoundingClientRect())).to.deep.equal([]);
      });
    }
  }

  it('BK-40 an agent reads what can be booked and is offered nothing to change', async () => {
    expect(pagesFor('agent')).to.include('people').and.not.include('tags').and.not.include('retention');
    for (const page of BOOKING_PAGES.filter((one) => one !== 'tags' && one !== 'retention')) {
      const { open, has, text } = await openBookingPage(page, { role: 'agent' });
      expect(text(), page).to.include('You can look at this.');
      if (page === 'appointments') await open('Physiotherapy');
      if (page === 'people') await open('Farid Osman');
      if (page === 'rooms') await open('Treatment rooms');
      for (const control of [
        'button[type=submit]',
        '.bar',
        'input:not(:disabled)',
        'select:not(:disabled):not(#place)',
      ]) {
        if (control.startsWith('input') && page !== 'appointments') continue;
        expect(has(control), `${page} ${control}`).to.equal(false);
      }
    }
  });
});
