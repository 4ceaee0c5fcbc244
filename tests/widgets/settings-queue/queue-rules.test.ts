import { expect } from '@open-wc/testing';
import type { QueuePolicy } from '@frontdesk/protocol/queue-setup';
import { buildDisplay, SAMPLE_POLICY } from '@frontdesk/widgets/settings/queue/queue-states';
import { bad, good } from '@frontdesk/widgets/settings/setup/setup-states';
import { openQueuePage } from './queue-fixture.js';

describe('settings of rules, screens and emergencies', () => {
  it('QA-5 plays yesterday again under what stands on the page, and saves nothing by that', async () => {
    const { link, fill, press, find, settle } = await openQueuePage('rules');
    await fill('#classes-0-rate', '3');
    await press('Play it again');
    await settle();
    const [asked] = link.inputs('queue:preview-policy') as { policy: QueuePolicy; serviceDay: string }[];
    expect(asked?.policy.classes[0]?.rate).to.equal(3);
    const yesterday = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kuala_Lumpur' }).format(
      Date.now() - 86_400_000,
    );
    expect(asked?.serviceDay).to.equal(yesterday);
    const rows = [...(find('table').querySelectorAll('tbody tr') ?? [])].map(
      (row) => row.textContent?.trim().split(/\s{2,}/)[0],
    );
    expect(rows).to.deep.equal(['As they are', 'As on this page', 'First come, first served']);
    expect(find('tbody tr').textContent.replaceAll(/\s+/g, ' ')).to.include('8 min 24 sec');
    expect(link.inputs('queue:update-policy')).to.deep.equal([]);
  });

  it('QA-5 says when a day has no record, and why a replay was refused', async () => {
    const { press, text, settle } = await openQueuePage('rules', {
      answers: { 'queue:preview-policy': () => good({ outcomes: [] }) },
    });
    await press('Play it again');
    await settle();
    expect(text()).to.include('Nothing was recorded');
    const refused = await openQueuePage('rules', {
      answers: { 'queue:preview-policy': () => bad({ code: 'RATE_LIMITED', retryAfterMs: 5_000 }) },
    });
    await refused.press('Play it again');
    await refused.settle();
    expect(refused.find('.status--failed').textContent).to.match(/\d/);
  });

  it('QA-6 adds a class that the law puts first, with a quota and a declaration', async () => {
    const { link, fill, choose, press, find, has, settle } = await openQueuePage('rules', {
      answers: { 'queue:update-policy': ({ policy }) => good({ policy }) },
    });
    await press('Add a class');
    await fill('#classes-1-names-en', 'Pregnant women');
    await choose('#classes-1-kind', 'statutory');
    expect(has('#classes-1-rate')).to.equal(false);
    await fill('#classes-1-maxConsecutive', '2');
    await fill('#classes-1-quota', '40');
    find('[data-class=class-1] .check input').click();
    await settle();
    await press('Save');
    expect(find('#classes-1-declaration-en-problem').textContent).to.include('in');
    await fill('#classes-1-declaration-en', 'I am pregnant.');
    await press('Save');
    const [input] = link.inputs('queue:update-policy') as { policy: QueuePolicy }[];
    expect(input?.policy.classes).to.deep.equal([
      ...SAMPLE_POLICY.classes,
      {
        key: 'class-1',
        names: { en: 'Pregnant women' },
        kind: 'statutory',
        rate: 2,
        headStartMinutes: 0,
        maxConsecutive: 2,
        declaration: { en: 'I am pregnant.' },
        quota: 40,
      },
    ]);
  });

  it('QA-7 shows what is wrong with a device, and asks before it puts one out', async () => {
    const { link, press, find, text } = await openQueuePage('devices', {
      answers: { 'device:revoke': () => good({ accepted: true }) },
    });
    expect(text()).to.include('Paper is out');
    expect(text()).to.include('Has tickets to send');
    expect(text()).to.include('last seen 42 min. ago');
    await press('Put out: Waiting room');
    expect((find('dialog') as HTMLDialogElement).open).to.equal(true);
    expect(link.inputs('device:revoke')).to.deep.equal([]);
    find('dialog .button--danger').click();
    expect(link.inputs('device:revoke')).to.deep.equal([{ deviceId: buildDisplay(1).id }]);
  });

  it('QA-7 a code that nobody shows is told at its field, and stays there to be corrected', async () => {
    const { fill, press, find, link } = await openQueuePage('devices', {
      answers: { 'device:pair': () => bad({ code: 'NOT_FOUND' }) },
    });
    await fill('#name', 'Hall');
    await fill('#code', '12 34');
    await press('Pair');
    expect(find('#code-problem').textContent).to.include('Six digits');
    await fill('#code', '123 456');
    await press('Pair');
    expect(link.inputs('device:pair')).to.have.length(1);
    expect(link.inputs('device:pair')[0]).to.deep.include({ code: '123456', name: 'Hall' });
    expect(find('#code-problem').textContent).to.include('No screen shows this code');
    expect((find('#code') as HTMLInputElement).value).to.equal('123456');
  });

  it('QA-8 previews with the very board: colour, names, groups and news, before anything is saved', async () => {
    const { link, fill, press, find, settle } = await openQueuePage('devices', {
      answers: { 'device:update': () => good(buildDisplay(1)) },
    });
    await press('Set up: Waiting room');
    const board = find('frontdesk-queue-board').shadowRoot;
    expect(board?.querySelector('.ticker')?.textContent).to.include('Flu vaccination');
    expect(board?.querySelectorAll('[data-call]')).to.have.length(3);
    await fill('#ticker', 'Free parking');
    await fill('#accent', '#7a1fa2');
    [...(find('frontdesk-queue-designer').shadowRoot?.querySelectorAll<HTMLInputElement>('.choice input') ?? [])]
      .find(({ value }) => value === 'Ground floor')
      ?.click();
    find('.check + .check input, section:nth-of-type(2) .check:last-of-type input').click();
    find('section:nth-of-type(3) .check input').click();
    await settle();
    await settle();
    expect(board?.querySelector('.ticker')?.textContent).to.include('Free parking');
    expect(board?.querySelectorAll('[data-call]')).to.have.length(2);
    expect(board?.querySelector('.name')?.textContent).to.include('Muh*** A.');
    expect(link.inputs('device:update')).to.deep.equal([]);
    await press('Add a picture or video');
    await fill('#playlist-0-url', 'http://media.example/a.png');
    await press('Save');
    expect(find('#playlist-0-url-problem').textContent).to.include('https://');
    await fill('#playlist-0-url', 'https://media.example/a.png');
    await press('Save');
    const [input] = link.inputs('device:update') as { display: object }[];
    expect(input?.display).to.deep.include({
      accent: '#7a1fa2',
      ticker: 'Free parking',
      showNames: true,
      showJoinCode: false,
      counterGroups: ['Ground floor'],
      playlist: [{ kind: 'image', url: 'https://media.example/a.png', seconds: 15, alt: '' }],
    });
  });

  it('a kiosk is set up with printer, paper, idle time and PIN', async () => {
    const { link, fill, choose, press, find } = await openQueuePage('devices', {
      answers: { 'device:update': () => good(buildDisplay(2)) },
    });
    await press('Set up: Entrance');
    await fill('#exitPin', '12');
    await press('Save');
    expect(find('#exitPin-problem').textContent).to.include('Four to eight');
    await fill('#exitPin', '1357');
    await choose('#paper', '58');
    await fill('#idleSeconds', '45');
    await press('Save');
    const [input] = link.inputs('device:update') as { kiosk: object }[];
    expect(input?.kiosk).to.deep.include({ exitPin: '1357', paperMillimeters: 58, idleSeconds: 45, printer: 'escpos' });
  });

  it('QA-14 shows every branch as it is now, reads again when tickets move, and says when it cannot', async () => {
    let waiting = 3;
    let isLost = false;
    const { link, find, settle, text } = await openQueuePage('today', {
      answers: {
        'queue:overview': () =>
          isLost
            ? bad({ code: 'STORE_UNAVAILABLE' })
            : good({
                locations: [
                  {
                    locationId: buildDisplay(1).locationId,
                    name: 'Bangsar',
                    waiting,
                    longestWaitSeconds: 900,
                    openCounters: 2,
                    offlineDevices: 1,
                  },
                ],
              }),
      },
    });
    const cells = (): string[] =>
      [...find('tbody tr').querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? '');
    expect(cells()).to.deep.equal(['3', '15 min', '2', '1']);
    waiting = 5;
    link.tell('floor');
    await settle();
    expect(cells()[0]).to.equal('5');
    isLost = true;
    link.tell('floor');
    await settle();
    expect(text()).to.include('This may be old');
    expect(cells()[0]).to.equal('5');
  });

  it('QA-16 closes a service with the words that its holders read, and tells everybody a notice', async () => {
    const { link, fill, press, find, settle } = await openQueuePage('today', {
      answers: {
        'service:close': ({ message }) => good({ isClosed: message !== null }),
        'queue:broadcast': ({ notice }) => good({ notice }),
      },
    });
    await press('Close: Consultation');
    find('form .button--danger').click();
    await settle();
    expect(find('#message-problem').textContent).to.include('in');
    expect(link.inputs('service:close')).to.deep.equal([]);
    await fill('#message', 'The power is out.');
    expect(find('.preview').textContent).to.include('The power is out.');
    find('form .button--danger').click();
    await settle();
    await press('Open again: Blood test');
    expect((link.inputs('service:close') as { message: string | null }[]).map(({ message }) => message)).to.deep.equal([
      'The power is out.',
      null,
    ]);
    await fill('#notice', 'Fire drill at noon');
    await press('Show');
    await press('Take down');
    expect((link.inputs('queue:broadcast') as { notice: string | null }[]).map(({ notice }) => notice)).to.deep.equal([
      'Fire drill at noon',
      null,
    ]);
  });
});
