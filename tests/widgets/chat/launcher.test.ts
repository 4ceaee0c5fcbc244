import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import '@frontdesk/widgets/chat/define';
import type { FrontdeskChat } from '@frontdesk/widgets/chat/chat';
import { hasConversation, wasOpen } from '@frontdesk/widgets/chat/history-peek';
import { createSiteStorage, detectStorage } from '@frontdesk/widgets/core/client/storage';
import { deepActiveElement } from '@frontdesk/widgets/core/a11y';
import { createVisitorToken } from '@frontdesk/protocol/ids';
import { query } from './panel-fixture.js';

const SITE = 'pk_abcdefghijklmnopqrstuvwx';

const create = (): Promise<FrontdeskChat> =>
  fixture<FrontdeskChat>(html`<frontdesk-chat site=${SITE} locale="en"></frontdesk-chat>`);

const launcherOf = (chat: FrontdeskChat): HTMLElement => query(chat, '.launcher');
const panelOf = (chat: FrontdeskChat) => chat.shadowRoot?.querySelector('frontdesk-chat-panel') ?? null;

describe('<frontdesk-chat>', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  it('CH-24 is one named button of 56 px that passes axe', async () => {
    const chat = await create();
    const launcher = launcherOf(chat);
    expect(launcher.getAttribute('aria-label')).to.equal('Open chat');
    expect(launcher.getAttribute('aria-expanded')).to.equal('false');
    const box = launcher.getBoundingClientRect();
    expect([box.width, box.height]).to.deep.equal([56, 56]);
    await expect(chat).to.be.accessible();
  });

  it('CH-1 a second chat on the page is ignored with one warning, and takes over when the first one goes', async () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (text: unknown) => void warnings.push(text);
    const first = await create();
    const second = await create();
    const third = await create();
    console.warn = warn;
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('second <frontdesk-chat>');
    expect(getComputedStyle(launcherOf(second)).visibility + launcherOf(second).offsetWidth).to.equal('visible0');
    first.remove();
    await waitUntil(() => launcherOf(second).offsetWidth === 56);
    expect(launcherOf(third).offsetWidth).to.equal(0);
  });

  it('CH-1 survives being moved by a page that changes its content', async () => {
    const chat = await create();
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(chat);
    await aTimeout(0);
    expect(launcherOf(chat).offsetWidth).to.equal(56);
    elsewhere.remove();
  });

  it('CH-5 stands in the top layer, untouched by hostile styles', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { all: unset } div, frontdesk-chat { transform: translateX(300px); filter: blur(1px); z-index: -1 } ' +
        'frontdesk-chat { display: none-such; font-size: 40px; line-height: 5; text-transform: uppercase; direction: rtl }',
    );
    document.adoptedStyleSheets.push(sheet);
    try {
      const chat = await create();
      const cover = document.createElement('div');
      cover.setAttribute('id', 'cover');
      const coverSheet = new CSSStyleSheet();
      coverSheet.replaceSync(
        '#cover { position: fixed; inset: 0; z-index: 2147483647; background: red; transform: none }',
      );
      document.adoptedStyleSheets.push(coverSheet);
      document.body.append(cover);
      const box = launcherOf(chat).getBoundingClientRect();
      expect([box.width, box.height]).to.deep.equal([56, 56]);
      expect(Math.round(innerWidth - box.right)).to.equal(20);
      expect(Math.round(innerHeight - box.bottom)).to.equal(20);
      expect(document.elementFromPoint(box.x + 28, box.y + 28) === chat).to.equal(true);
      expect(getComputedStyle(query(chat, '.root')).textTransform).to.equal('none');
      cover.remove();
    } finally {
      document.adoptedStyleSheets = [];
    }
  });

  it('CH-5 adds nothing to the page: no style, no observer on the body, no scroll or touch listener', async () => {
    const added: string[] = [];
    const { addEventListener } = EventTarget.prototype;
    const { observe } = MutationObserver.prototype;
    EventTarget.prototype.addEventListener = function (this: EventTarget, type: string, ...rest: unknown[]) {
      const options = rest[1];
      const isPassive =
        typeof options === 'object' && options !== null && 'passive' in options && options.passive === true;
      if (/^(?:scroll|wheel|touch)/.test(type) && !isPassive) added.push(type);
      Reflect.apply(addEventListener, this, [type, ...rest]);
    };
    MutationObserver.prototype.observe = function (
      this: MutationObserver,
      target: Node,
      options?: MutationObserverInit,
    ) {
      if (target === document.body || target === document.documentElement) added.push('MutationObserver');
      observe.call(this, target, options);
    };
    const styles = document.querySelectorAll('style, link').length;
    const { length } = document.adoptedStyleSheets;
    try {
      const chat = await create();
      chat.open();
      await waitUntil(() => panelOf(chat)?.isOpen);
      expect(added).to.deep.equal([]);
      expect(document.querySelectorAll('style, link').length).to.equal(styles);
      expect(document.adoptedStyleSheets.length).to.equal(length);
    } finally {
      EventTarget.prototype.addEventListener = addEventListener;
      MutationObserver.prototype.observe = observe;
    }
  });

  it('CH-7 stores nothing while it is only looked at', async () => {
    localStorage.clear();
    sessionStorage.clear();
    const chat = await create();
    chat.open();
    await waitUntil(() => panelOf(chat)?.isOpen);
    chat.close();
    await chat.updateComplete;
    expect(localStorage.length + sessionStorage.length).to.equal(0);
    expect(document.cookie).to.equal('');
  });

  it('CH-23 opens by keyboard with the focus in the field, and Escape brings it back to the launcher', async () => {
    const chat = await create();
    launcherOf(chat).focus();
    const opened = oneEvent(chat, 'frontdesk-open');
    await sendKeys({ press: 'Enter' });
    await opened;
    await waitUntil(() => deepActiveElement()?.tagName === 'TEXTAREA');
    expect(launcherOf(chat).getAttribute('aria-expanded')).to.equal('true');
    const closed = oneEvent(chat, 'frontdesk-close');
    await sendKeys({ press: 'Escape' });
    await closed;
    expect(deepActiveElement() === launcherOf(chat)).to.equal(true);
    expect(chat.hasAttribute('open')).to.equal(false);
  });

  it('a page that opens it by attribute does not move the focus', async () => {
    const field = await fixture<HTMLInputElement>(html`<input aria-label="Search" />`);
    field.focus();
    const chat = await create();
    chat.setAttribute('open', '');
    await waitUntil(() => panelOf(chat)?.isOpen);
    await aTimeout(50);
    expect(deepActiveElement() === field).to.equal(true);
  });

  it('CH-25 on a phone the panel is the screen', async () => {
    await setViewport({ width: 390, height: 844 });
    const chat = await create();
    chat.open();
    await waitUntil(() => panelOf(chat)?.isOpen);
    const panel = panelOf(chat);
    await panel?.updateComplete;
    const box = panel && query(panel, '.panel').getBoundingClientRect();
    expect([box?.x, box?.y, box?.width, box?.height]).to.deep.equal([0, 0, 390, 844]);
    await setViewport({ width: 1280, height: 800 });
    const card = panel && query(panel, '.panel').getBoundingClientRect();
    expect([card?.width, card?.height, Math.round(1280 - (card?.right ?? 0))]).to.deep.equal([384, 640, 20]);
    await setViewport({ width: 800, height: 600 });
  });

  it('CH-26 speaks the language of the page, from the side its readers begin', async () => {
    const chat = await fixture<FrontdeskChat>(html`<frontdesk-chat site=${SITE} locale="ar"></frontdesk-chat>`);
    expect(launcherOf(chat).getAttribute('aria-label')).to.equal('فتح المحادثة');
    expect(Math.round(launcherOf(chat).getBoundingClientRect().left)).to.equal(20);
    chat.setLocale('ms');
    await chat.updateComplete;
    expect(launcherOf(chat).getAttribute('aria-label')).to.equal('Buka sembang');
    chat.setAttribute('side', 'start');
    await chat.updateComplete;
    expect(Math.round(launcherOf(chat).getBoundingClientRect().left)).to.equal(20);
  });

  it('while it loads, only the icon that is seen breathes', async () => {
    await emulateMedia({ reducedMotion: 'no-preference' });
    const chat = await create();
    const launcher = launcherOf(chat);
    launcher.setAttribute('aria-busy', 'true');
    const animationOf = (selector: string) => getComputedStyle(query(chat, selector)).animationName;
    expect([animationOf('.icon--open'), animationOf('.icon--close')]).to.deep.equal(['wait', 'none']);
    launcher.setAttribute('aria-expanded', 'true');
    expect([animationOf('.icon--open'), animationOf('.icon--close')]).to.deep.equal(['none', 'wait']);
    await emulateMedia({ reducedMotion: 'reduce' });
  });

  it('the closed chat reads the keys that the storage module writes', async () => {
    const storage = createSiteStorage(SITE, detectStorage());
    expect([hasConversation(SITE), wasOpen(SITE)]).to.deep.equal([false, false]);
    storage.writeVisitorToken(createVisitorToken());
    storage.writeFlag('chatOpen', true);
    expect([hasConversation(SITE), wasOpen(SITE)]).to.deep.equal([true, true]);
    await storage.forget();
    expect([hasConversation(SITE), wasOpen(SITE)]).to.deep.equal([false, false]);
  });
});
