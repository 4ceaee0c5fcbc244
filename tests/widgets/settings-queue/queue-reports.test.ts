import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { QUEUE_PAGES, pagesFor } from '@frontdesk/widgets/settings/settings-store';
import { buildAuditRow, buildCounter, SAMPLE_POLICY } from '@frontdesk/widgets/settings/queue/queue-states';
import { bad, buildLocation, good } from '@frontdesk/widgets/settings/setup/setup-states';
import { findOverflow, type SetupChoices } from '../settings/setup-fixture.js';
import { openQueuePage } from './queue-fixture.js';

/** A page, what is pressed on it first, and whatever else a picture of it needs. */
const STATES: Readonly<
  Record<string, readonly [page: (typeof QUEUE_PAGES)[number], press: readonly string[], choices?: SetupChoices]>
> = {
  today: ['today', []],
  'today closing': ['today', ['Close: Consultation']],
  locations: ['locations', []],
  'locations loading': ['locations', [], { answers: { 'location:list': () => new Promise(() => undefined) } }],
  'locations failed': ['locations', [], { answers: { 'location:list': () => bad({ code: 'STORE_UNAVAILABLE' }) } }],
  'locations empty': ['locations', [], { answers: { 'location:list': () => good({ locations: [] }) } }],
  'location new': ['locations', ['Add a branch', 'Create']],
  services: ['services', []],
  'services without a branch': ['services', [], { answers: { 'location:list': () => good({ locations: [] }) } }],
  'service new': ['services', ['Add a service', 'Create']],
  counters: ['counters', []],
  'counter new': ['counters', ['Add a counter', 'Create']],
  rules: ['rules', ['Add a class', 'Play it again']],
  'rules tried': ['rules', ['Play it again']],
  devices: ['devices', ['Pair']],
  designer: ['devices', ['Set up: Waiting room', 'Add a picture or video', 'Save']],
  kiosk: ['devices', ['Set up: Entrance']],
  reports: ['reports', []],
  audit: ['audit', []],
  privacy: ['privacy', ['Erase now']],
};

describe('settings of reports, audit and privacy', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const [name, [page, presses, choices]] of Object.entries(STATES)) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`${name} passes axe in ${scheme}`, async () => {
        const { element, press } = await openQueuePage(page, { ...choices, scheme });
        for (const words of presses) await press(words);
        await expect(element).to.be.accessible();
      });
    }

    for (const [widthPx, direction] of [
      [320, 'ltr'],
      [560, 'rtl'],
    ] as const) {
      it(`${name} fits ${widthPx} px, ${direction}`, async () => {
        const { host, element, press } = await openQueuePage(page, { ...choices, widthPx, direction });
        for (const words of presses) await press(words);
        expect(findOverflow(element, host.getBoundingClientRect())).to.deep.equal([]);
      });
    }
  }

  it('QA-9 shows the numbers as they were answered, with the zone of the branch', async () => {
    const { find, text, settle } = await openQueuePage('reports');
    await settle();
    const figures = find('.figures').textContent.replaceAll(/\s+/g, ' ');
    for (const words of [
      'Tickets 412',
      'Wait, mean 14 min',
      'Wait, 90% within 32 min',
      'Within target 81%',
      'Did not come 6%',
      'Sent on 38',
    ]) {
      expect(figures).to.include(words);
    }
    expect(text()).to.include('in Asia/Kuala Lumpur');
    expect(text()).to.include('Mei Ling Tan');
    expect(text()).to.include('Website');
    expect(find('.heat tbody tr').querySelectorAll('td')).to.have.length(10);
  });

  it('QA-9 keeps what was read when another period is refused, and says what is possible', async () => {
    let isRefused = false;
    const { choose, press, find, has, settle, link } = await openQueuePage('reports', {
      answers: {
        'queue:read-honesty': () =>
          isRefused ? bad({ code: 'VALIDATION', fields: { to: 'too far' } }) : good({ weeks: [] }),
      },
    });
    await settle();
    isRefused = true;
    await choose('#from', '2026-01-01');
    await press('Show');
    await settle();
    expect(find('.status--failed').textContent).to.include('at most 92 days');
    expect(has('.figures')).to.equal(true);
    expect(link.inputs('queue:read-report').at(-1)).to.deep.include({ from: '2026-01-01' });
  });

  it('QA-10 shows by week whether the promises were kept', async () => {
    const { text, settle } = await openQueuePage('reports');
    await settle();
    expect(text()).to.include('Were the promised waits right?');
    expect(text()).to.match(/Nov 9, 2026\s+380\s+82%\s+13%\s+6 min 30 sec/);
  });

  it('QA-11 hands the export to the browser as a file', async () => {
    const { press, settle, link } = await openQueuePage('reports', {
      answers: { 'queue:export': () => good({ fileName: 'queue.csv', mediaType: 'text/csv', text: 'label\nA001\n' }) },
    });
    const saved: string[] = [];
    const heed = (event: Event): void => {
      const [link] = event.composedPath();
      if (link instanceof HTMLAnchorElement) saved.push(link.download);
      event.preventDefault();
    };
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function press(this: HTMLAnchorElement) {
      this.addEventListener('click', heed, { once: true });
      click.call(this);
    };
    try {
      await press('Download CSV');
      await settle();
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    expect(saved).to.deep.equal(['queue.csv']);
    expect(link.inputs('queue:export')[0]).to.deep.include({ format: 'csv' });
  });

  it('QA-12 erases a person only after asking, with a number in full, and says how many tickets it was', async () => {
    const { link, fill, press, find, settle, text } = await openQueuePage('privacy', {
      answers: {
        'queue:erase-person': () => good({ erased: 3 }),
        'queue:update-policy': ({ policy }) => good({ policy }),
      },
    });
    await fill('#phone', '012 345');
    await fill('#reason', 'Asked at the desk');
    await press('Erase now');
    expect(find('#phone-problem').textContent).to.include('country code');
    await fill('#phone', '+60 12-345 6789');
    await press('Erase now');
    expect(link.inputs('queue:erase-person')).to.deep.equal([]);
    find('dialog .button--danger').click();
    await settle();
    expect(link.inputs('queue:erase-person')).to.deep.equal([{ phone: '+60123456789', reason: 'Asked at the desk' }]);
    expect(text()).to.include('3 tickets were cleared.');
    expect((find('#phone') as HTMLInputElement).value).to.equal('');
    await fill('#retentionHours', '30');
    await press('Save');
    expect(find('#retentionHours-problem').textContent).to.include('0 and 24');
    await fill('#retentionHours', '6');
    await press('Save');
    expect(link.inputs('queue:update-policy')).to.deep.equal([
      { locationId: buildLocation(1).id, policy: { ...SAMPLE_POLICY, retentionHours: 6 } },
    ]);
  });

  it('QA-13 filters by ticket and counter, and reads on where the page ended', async () => {
    const { link, press, choose, settle, text } = await openQueuePage('audit');
    await settle();
    const { locationId } = buildCounter(1);
    await press('Older');
    await choose('#counterId', buildCounter(2).id);
    await press('Only ticket A012');
    await press('Only A012');
    const { ticketId } = buildAuditRow(12);
    expect(link.inputs('queue:audit')).to.deep.equal([
      { locationId },
      { locationId, before: 11 },
      { locationId, counterId: buildCounter(2).id },
      { locationId, counterId: buildCounter(2).id, ticketId },
      { locationId, counterId: buildCounter(2).id },
    ]);
    expect(text()).to.include('waiting → called');
  });

  it('QA-15 an agent reads what agents may and is offered nothing to change', async () => {
    expect(pagesFor('agent')).to.not.include('privacy');
    expect(pagesFor('viewer')).to.include('reports');
    expect(pagesFor('admin')).to.include('privacy');
    for (const page of QUEUE_PAGES.filter((one) => one !== 'privacy')) {
      const { element, has, link, text } = await openQueuePage(page, { role: 'agent' });
      expect(text(), page).to.include('You can look at this.');
      expect(has('.button--danger') && page !== 'devices', page).to.equal(false);
      expect(has('.bar'), page).to.equal(false);
      expect(has('button[aria-label^="Put out"]'), page).to.equal(false);
      if (has('.open')) {
        element.shadowRoot
          ?.querySelector(`frontdesk-queue-${page}`)
          ?.shadowRoot?.querySelector<HTMLElement>('.open')
          ?.click();
        await Promise.resolve();
        expect(has('button[type=submit]'), page).to.equal(false);
      }
      const asked = new Set(link.asked.map(({ name }) => name));
      expect([...asked].filter((name) => name === 'queue:export' || name === 'queue:preview-policy')).to.deep.equal([]);
    }
  });
});
