import { expect } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import type { FrontdeskKioskEntry } from '@frontdesk/widgets/kiosk/kiosk-entry';
import { KIOSK_STATES } from '@frontdesk/widgets/kiosk/kiosk-states';
import { findState, LANDSCAPE, listControls, openStage, PORTRAIT } from './stage-fixture.js';

const SIZES = { landscape: LANDSCAPE, portrait: PORTRAIT };

/** Controls in reach of their scrolling box, with where they stand in the kiosk. */
function measure(root: ShadowRoot, host: DOMRect) {
  return listControls(root).map((control) => {
    const box = control.getBoundingClientRect();
    return { control, box, top: (box.top - host.top) / host.height };
  });
}

const nameOf = (control: HTMLElement): string =>
  (control.getAttribute('aria-label') ?? control.textContent ?? '').replace(/\s+/g, ' ').trim();

describe('kiosk screens', () => {
  before(async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    await setViewport({ width: 1300, height: 1940 });
  });
  after(async () => {
    await emulateMedia({ reducedMotion: 'no-preference' });
    await setViewport({ width: 800, height: 600 });
  });

  // Those differ from `ticket` and `failed-full` in their words, not in their colours.
  const isAlike = (name: string): boolean =>
    /^(ticket|failed|attract)-/.test(name) && !/print-failed|offline/.test(name);

  for (const [name, state] of Object.entries(KIOSK_STATES)) {
    for (const scheme of isAlike(name) ? (['light'] as const) : (['light', 'dark'] as const)) {
      it(`QK-16 ${name} passes axe in ${scheme}`, async () => {
        const { stage } = await openStage(state, { scheme, size: scheme === 'light' ? LANDSCAPE : PORTRAIT });
        await expect(stage).to.be.accessible();
      });
    }

    for (const [sizeName, size] of Object.entries(SIZES)) {
      it(`QK-2 ${name}: what is pressed is 76 px, 8 apart, in the lower 60 % (${sizeName})`, async () => {
        const { stage, root } = await openStage(state, { size });
        const measured = measure(root, stage.getBoundingClientRect());
        for (const { control, box } of measured) {
          expect(box.height, nameOf(control)).to.be.at.least(76);
          expect(box.width, nameOf(control)).to.be.at.least(76);
        }
        const isDialog = root.querySelector('dialog[open]') !== null;
        // The lock is for staff; the line that is typed into is read, its keys are pressed.
        const primary = measured.filter(({ control }) => !isDialog && !control.matches('.staff, input'));
        for (const { control, top } of primary) expect(top, nameOf(control)).to.be.at.least(0.4);
        for (const [index, one] of measured.entries()) {
          for (const other of measured.slice(index + 1)) {
            const apartX = Math.max(one.box.left, other.box.left) - Math.min(one.box.right, other.box.right);
            const apartY = Math.max(one.box.top, other.box.top) - Math.min(one.box.bottom, other.box.bottom);
            const isInScroller = one.control.closest('.actions') !== other.control.closest('.actions');
            if (isInScroller) continue;
            expect(Math.max(apartX, apartY), `${nameOf(one.control)} | ${nameOf(other.control)}`).to.be.at.least(7.9);
          }
        }
      });

      it(`QK-16 ${name} with letters twice as large: nothing is cut off sideways or out of reach (${sizeName})`, async () => {
        const large = { ...state, session: { ...state.session, isLargeText: true } };
        const { stage, root } = await openStage(large, { size });
        const host = stage.getBoundingClientRect();
        for (const { control, box } of measure(root, host)) {
          expect(box.left, nameOf(control)).to.be.at.least(host.left - 1);
          expect(box.right, nameOf(control)).to.be.at.most(host.right + 1);
        }
        for (const box of root.querySelectorAll<HTMLElement>('.message, .actions, .bar, dialog[open]')) {
          expect(box.scrollWidth, box.className).to.be.at.most(box.clientWidth + 1);
          const overflow = getComputedStyle(box).overflowY;
          if (box.scrollHeight > box.clientHeight + 1) expect(overflow, box.className).to.equal('auto');
        }
        const plain = parseFloat(getComputedStyle(root.querySelector('.stage') as Element).fontSize);
        const { root: small } = await openStage(
          { ...state, session: { ...state.session, isLargeText: false } },
          { size },
        );
        const before = parseFloat(getComputedStyle(small.querySelector('.stage') as Element).fontSize);
        expect(plain).to.be.closeTo(before * 2, 0.1);
      });
    }
  }

  for (const [name, size] of Object.entries(SIZES)) {
    it(`QK-2 the bar stands at the lower edge of every screen (${name})`, async function bars() {
      this.timeout(30_000);
      for (const state of Object.values(KIOSK_STATES)) {
        const { stage, root } = await openStage(state, { size });
        const bar = root.querySelector('.bar')?.getBoundingClientRect();
        expect(bar?.bottom).to.be.closeTo(stage.getBoundingClientRect().bottom, 1);
      }
    });
  }

  it('QK-3 all languages stand on the first screen and on every other, each by its own name', async () => {
    for (const name of ['attract', 'services', 'phone', 'ticket', 'failed-full']) {
      const { root } = await openStage(findState(name));
      const names = [...root.querySelectorAll('.languages .chip')].map(({ textContent }) => textContent?.trim());
      expect(names, name).to.deep.equal(['English', 'Bahasa Melayu', '中文', 'தமிழ்', 'हिन्दी', 'العربية']);
    }
  });

  it('QK-3 a language is chosen with one touch; the one that is spoken is marked by more than colour', async () => {
    const { root, requests } = await openStage(findState('attract'), { locale: 'ms' });
    const chips = [...root.querySelectorAll<HTMLElement>('.languages .chip')];
    expect(chips.map((chip) => chip.getAttribute('aria-pressed'))).to.deep.equal([
      'false',
      'true',
      'false',
      'false',
      'false',
      'false',
    ]);
    expect(getComputedStyle(chips[1] as Element).fontWeight).to.equal('700');
    chips[5]?.click();
    expect(requests).to.deep.equal([{ type: 'choose-language', language: 'ar' }]);
  });

  it('QK-4 the second tap of a hasty hand decides nothing; typing twice the same digit does', async () => {
    const { root, requests } = await openStage(findState('attract'));
    const begin = root.querySelector<HTMLElement>('.choice--primary');
    const tap = (detail: number): boolean | undefined =>
      begin?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, detail }));
    tap(1);
    tap(2);
    tap(3);
    expect(requests).to.deep.equal([{ type: 'begin' }]);
    const phone = await openStage(findState('phone'));
    const entry = phone.root.querySelector<FrontdeskKioskEntry>('frontdesk-kiosk-entry');
    const key = [...(entry?.shadowRoot?.querySelectorAll<HTMLElement>('.key') ?? [])].find(
      ({ textContent }) => textContent?.trim() === '1',
    );
    for (const detail of [1, 2, 3]) {
      key?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, detail }));
    }
    await entry?.updateComplete;
    expect(entry?.shadowRoot?.querySelector('input')?.value).to.equal('111');
  });

  it('QK-7 without a printer the code stands on the screen and asks for a photo', async () => {
    const { root } = await openStage(findState('ticket'));
    expect(root.querySelector('.qr')).not.to.equal(null);
    expect(root.querySelector('.actions')?.textContent).to.include('Take a photo of this number or scan the code');
    expect(root.querySelector('.number')?.textContent).to.equal('A012');
  });

  it('QK-7 the whole code is on the screen beside the whole number, on every tablet and with every label', async () => {
    const state = findState('ticket');
    const { ticket } = state.session;
    if (ticket === null) throw new Error('No ticket.');
    for (const label of ['A001', 'REG-00124']) {
      for (const size of [[768, 1024], [800, 1280], [1024, 768], LANDSCAPE, PORTRAIT] as const) {
        const { root } = await openStage(
          { ...state, session: { ...state.session, ticket: { ...ticket, label } } },
          { size },
        );
        const frame = root.querySelector('.message')?.getBoundingClientRect();
        for (const part of ['.qr', '.number']) {
          const box = root.querySelector(part)?.getBoundingClientRect();
          const name = `${part} of ${label} on ${size.join(' × ')}`;
          if (!frame || !box) throw new Error(`No ${name}`);
          expect(box.bottom, name).to.be.at.most(frame.bottom + 1);
          expect(box.top, name).to.be.at.least(frame.top - 1);
          expect(box.right, name).to.be.at.most(frame.right + 1);
        }
        const code = root.querySelector('.qr')?.getBoundingClientRect();
        expect(code?.left, `${label} on ${size.join(' × ')}`).to.be.at.least(
          root.querySelector('.number')?.getBoundingClientRect().left ?? 0,
        );
      }
    }
  });

  it('QK-6 failed paper is said in words, with what to do and who helps', async () => {
    const { root } = await openStage(findState('ticket-print-failed'));
    const text = root.querySelector('.actions')?.textContent ?? '';
    expect(text).to.include('Your number is valid');
    expect(text).to.include('Our staff can print your ticket');
    expect(text).to.include('Take a photo');
    expect(root.querySelector('.paper--failed')?.getAttribute('role')).to.equal('alert');
  });

  it('QK-12 closed services say why and when they open, and cannot be chosen', async () => {
    const { root } = await openStage(findState('services'));
    const closed = [...root.querySelectorAll('.choice--closed')];
    expect(closed.map(({ tagName }) => tagName)).to.deep.equal(['DIV', 'DIV']);
    expect(closed[0]?.textContent).to.include('Not open yet').and.to.include('Opens 11:30');
    expect(closed[1]?.textContent).to.include('All tickets of today are taken');
    const all = await openStage(findState('attract-closed'));
    expect(all.root.querySelector('.message')?.textContent).to.include('Opens Saturday');
    expect(all.root.querySelector('.choice--primary')).to.equal(null);
  });

  it('QK-13 the warning names closing time and lets one leave', async () => {
    const { root, requests } = await openStage(findState('warn'));
    expect(root.querySelector('.message')?.textContent).to.include('11:15');
    root.querySelectorAll<HTMLElement>('.choice')[1]?.click();
    expect(requests).to.deep.equal([{ type: 'end' }]);
    const { root: ticket } = await openStage(findState('ticket-warned'));
    expect(ticket.querySelector('.place')?.textContent).to.include('We may close before your turn');
  });

  it('QK-14 early and late are explained', async () => {
    const { root } = await openStage(findState('check-in'));
    expect(root.querySelector('.message')?.textContent)
      .to.include('shortly before your time')
      .and.to.include('if you are late');
    const { root: early } = await openStage(findState('failed-early'));
    expect(early.querySelector('.message')?.textContent).to.include('come back at 11:10');
  });

  it('QK-14 a reader that types is heard on the first screen; a person who types is not', async () => {
    const { stage, requests } = await openStage(findState('attract'));
    const code = 'https://desk.example/t#abc';
    const inner = stage.shadowRoot?.querySelector('.stage');
    for (const key of [...code, 'Enter']) {
      inner?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    }
    expect(requests).to.deep.equal([{ type: 'check-in', code }]);
    inner?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 80));
    inner?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(requests).to.have.length(1);
  });

  it('QK-15 the law is quoted beside each class, and saying no is the first choice', async () => {
    const { root, requests } = await openStage(findState('declare'));
    const choices = [...root.querySelectorAll<HTMLElement>('.choice')];
    expect(choices[0]?.textContent).to.include('No, none of these');
    expect(choices[1]?.textContent).to.include('By law, people aged 60 and over');
    expect(root.querySelector('.message')?.textContent).to.include('not printed on your ticket');
    choices[1]?.click();
    expect(requests).to.deep.equal([{ type: 'declare', classKey: 'senior' }]);
  });

  it('QK-16 a keypad does it all: arrows move, Enter presses, and the screen is read', async () => {
    const { root, requests, said, set, stage } = await openStage(findState('attract-one-service'));
    root.querySelector<HTMLElement>('.title')?.focus();
    await sendKeys({ press: 'ArrowDown' });
    expect(requests).to.deep.equal([{ type: 'switch-aid', aid: 'isReadAloud', on: true }]);
    const { session } = stage.state;
    await set({ ...stage.state, session: { ...session, isReadAloud: true } });
    expect(said.at(-1)).to.include('Welcome').and.to.include('Get a ticket');
    const names: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      names.push(nameOf(root.activeElement as HTMLElement));
      await sendKeys({ press: 'ArrowDown' });
    }
    for (const wanted of ['Get a ticket', 'I have an appointment', 'English', 'العربية', 'Large text']) {
      expect(
        names.some((name) => name.includes(wanted)),
        wanted,
      ).to.equal(true);
    }
    while (!nameOf(root.activeElement as HTMLElement).includes('Get a ticket')) await sendKeys({ press: 'ArrowUp' });
    expect(said.at(-1)).to.include('Get a ticket');
    await sendKeys({ press: 'Enter' });
    expect(requests.at(-1)).to.deep.equal({ type: 'begin' });
  });

  it('QK-16 each new screen begins at its heading, or in the line that is to be filled', async () => {
    const { root, set } = await openStage(findState('attract'));
    await set(findState('services'));
    expect(root.activeElement?.className).to.equal('title');
    await set(findState('check-in'));
    expect(root.activeElement?.tagName).to.equal('FRONTDESK-KIOSK-ENTRY');
  });

  it('QK-16 the number is read letter by letter of the screen, the code has a name', async () => {
    const { root, set, said, stage } = await openStage(findState('services'));
    await set({ ...stage.state, session: { ...stage.state.session, isReadAloud: true } });
    const ticket = findState('ticket');
    await set({ ...ticket, session: { ...ticket.session, isReadAloud: true } });
    expect(said.at(-1)).to.include('A012').and.to.include('12 people before you');
    expect(root.querySelector('.qr')?.getAttribute('aria-label')).to.equal('Code with the link to your ticket');
  });

  it('QK-16 high contrast reaches 7:1 and keeps every border', async () => {
    const { root } = await openStage(findState('high-contrast'));
    const choice = getComputedStyle(root.querySelector('.choice') as Element);
    expect([choice.color, choice.backgroundColor, choice.borderTopColor]).to.deep.equal([
      'rgb(255, 255, 255)',
      'rgb(0, 0, 0)',
      'rgb(255, 255, 255)',
    ]);
  });

  it('QK-9 the question stands over everything, says the seconds, and its first answer is more time', async () => {
    const { root, requests } = await openStage(findState('idle'));
    const dialog = root.querySelector('dialog');
    expect(dialog?.open).to.equal(true);
    expect(dialog?.textContent).to.include('17 seconds');
    expect(nameOf(root.activeElement as HTMLElement)).to.equal('I need more time');
    await sendKeys({ press: 'Escape' });
    expect(dialog?.open, 'Escape is no answer').to.equal(true);
    (root.activeElement as HTMLElement).click();
    expect(requests).to.deep.equal([{ type: 'more-time' }]);
  });

  it('QK-9 the question is heard', async () => {
    const { set, stage } = await openStage(findState('services'));
    const started: string[] = [];
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function record(this: OscillatorNode, when?: number) {
      started.push('tone');
      start.call(this, when);
    };
    try {
      await set({ ...stage.state, session: { ...stage.state.session, secondsLeft: 20 } });
      await set({ ...stage.state, session: { ...stage.state.session, secondsLeft: 19 } });
    } finally {
      OscillatorNode.prototype.start = start;
    }
    expect(started, 'once, two tones').to.have.length(2);
  });

  it('QK-8 consent stands above the line, and an optional one can be skipped', async () => {
    const { root, requests } = await openStage(findState('name'));
    expect(root.querySelector('.message')?.textContent).to.include('delete it afterwards');
    root.querySelector<HTMLElement>('frontdesk-kiosk-entry > .way')?.click();
    expect(requests).to.deep.equal([{ type: 'give-name', name: null }]);
    const phone = await openStage(findState('phone'));
    expect(phone.root.querySelector('frontdesk-kiosk-entry > .way'), 'a required one cannot').to.equal(null);
  });

  it('QK-19 limits are told with what to do', async () => {
    const { root } = await openStage(findState('failed-busy'));
    expect(root.querySelector('.message')?.textContent).to.include('Please wait 7 seconds and try again');
    const { root: twice } = await openStage(findState('failed-twice'));
    expect(twice.querySelector('.message')?.textContent).to.include('already a ticket with this phone number');
  });
});
