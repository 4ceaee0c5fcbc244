/** CH-23, CH-24, CH-26, CH-30, MSG-02, MSG-03, IN-28: for everybody, and for nobody's script. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { LOCALES, RIGHT_TO_LEFT_LOCALES } from '@frontdesk/protocol/locales';
import { closeBrowser, createContext, type ContextChoices } from '../support/browser.js';
import { callHttp } from '../support/server.js';
import { PAYLOADS } from './payloads.js';
import {
  buildHtml,
  composerOf,
  launcherOf,
  openChat,
  openInbox,
  openShop,
  readThread,
  say,
  startStage,
  until,
  type Stage,
} from './support/stage.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: { target: unknown; failureSummary?: string }[];
}

/** Serious and critical findings of axe-core on the whole page, shadow trees included. */
async function findViolations(page: Page): Promise<string[]> {
  const violations = await page.evaluate(async (source) => {
    // The page's policy is ours here, so the checker is evaluated through the debugger, not through a tag.
    new Function(source)();
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } };
    return (await axe.run({ resultTypes: ['violations'] })).violations;
  }, AXE);
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(
      (violation) =>
        `${violation.id}: ${violation.nodes.map((node) => JSON.stringify(node.target) + (node.failureSummary ?? '')).join('; ')}`,
    );
}

describe('access', function access() {
  this.timeout(90_000);
  let stage: Stage;

  before(async () => {
    stage = await startStage();
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  async function isFocusInChat(page: Page): Promise<boolean> {
    return page.evaluate(() => document.activeElement?.localName === 'frontdesk-chat');
  }

  it('CH-23 keyboard only: open, write, send, read, close; focus returns; nothing traps', async () => {
    const { context, page } = await openShop(stage);
    await page.locator('#outside').focus();
    await page.keyboard.press('Tab');
    expect(await isFocusInChat(page)).to.equal(true);
    await page.keyboard.press('Enter');
    await composerOf(page).waitFor();
    await until(
      () => composerOf(page).evaluate((field) => (field.getRootNode() as ShadowRoot).activeElement === field),
      (isFocused) => isFocused,
    );
    await page.keyboard.type('Typed without a mouse');
    await page.keyboard.press('Enter');
    await until(
      () => readThread(page),
      (thread) => thread.some((message) => message.body === 'Typed without a mouse'),
    );
    // Tab leaves the widget after a finite number of stops.
    let stops = 0;
    while ((await isFocusInChat(page)) && stops < 20) {
      await page.keyboard.press('Tab');
      stops += 1;
    }
    expect(stops).to.be.lessThan(20);
    await composerOf(page).focus();
    await page.keyboard.press('Escape');
    await composerOf(page).waitFor({ state: 'hidden' });
    await until(
      () => launcherOf(page).evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button),
      (isFocused) => isFocused,
    );
    await context.close();
  });

  const looks: Record<string, ContextChoices> = {
    light: {},
    dark: { colorScheme: 'dark' },
    'forced colours': { forcedColors: true },
    'a phone': { viewport: 'mobile' },
    'a narrow phone in the dark': { viewport: 'narrow', colorScheme: 'dark' },
  };
  for (const [name, choices] of Object.entries(looks)) {
    it(`CH-24 axe finds nothing serious in the open chat: ${name}`, async () => {
      const { context, page } = await openShop(stage, { ...choices, reducedMotion: true });
      await openChat(page);
      await say(page, 'Hello, is **anyone** there? https://clinic.example');
      await until(
        () => readThread(page),
        (thread) => thread.length === 1 && thread[0]!.state !== 'sending',
      );
      expect(await findViolations(page)).to.deep.equal([]);
      await context.close();
    });

    it(`IN-28 axe finds nothing serious in the inbox: ${name}`, async () => {
      const inbox = await openInbox(stage, stage.tenant.members.agent, { ...choices, reducedMotion: true });
      expect(await findViolations(inbox.page)).to.deep.equal([]);
      await inbox.page.locator('frontdesk-inbox-row').first().click();
      await inbox.page.locator('frontdesk-inbox-composer textarea').waitFor();
      expect(await findViolations(inbox.page)).to.deep.equal([]);
      await inbox.context.close();
    });
  }

  for (const accent of ['#ffff00', '#ffffff', '#000000', '#ff69b4', '#00ff7f']) {
    it(`CH-24 any accent stays readable: ${accent}`, async () => {
      stage.host.setPage(`/accent-${accent.slice(1)}`, {
        html: buildHtml(stage.snippet.replace('<frontdesk-chat ', `<frontdesk-chat accent="${accent}" `)),
      });
      const { context, page } = await openShop(stage, { reducedMotion: true }, `/accent-${accent.slice(1)}`);
      await openChat(page);
      await say(page, 'Can you read this?');
      await until(
        () => readThread(page),
        (thread) => thread.length === 1 && thread[0]!.state !== 'sending',
      );
      expect(await findViolations(page)).to.deep.equal([]);
      await context.close();
    });
  }

  for (const locale of LOCALES) {
    it(`CH-26 speaks ${locale}, in its direction`, async () => {
      const direction = RIGHT_TO_LEFT_LOCALES.includes(locale) ? 'rtl' : 'ltr';
      stage.host.setPage(`/in-${locale}`, { html: buildHtml(stage.snippet, { lang: locale, dir: direction }) });
      const { context, page } = await openShop(stage, { locale }, `/in-${locale}`);
      await openChat(page);
      // The language is a file of its own; English stands in until it is there.
      await until(
        () => composerOf(page).getAttribute('aria-label'),
        (label) => (label === 'Your message') === (locale === 'en'),
      );
      const field = (await composerOf(page).boundingBox())!;
      const viewport = page.viewportSize()!;
      // The card stands at the reading direction's end.
      if (direction === 'rtl') expect(field.x).to.be.lessThan(viewport.width / 2);
      else expect(field.x).to.be.greaterThan(viewport.width / 2);
      expect(await composerOf(page).evaluate((node) => getComputedStyle(node).direction)).to.equal(direction);
      await context.close();
    });
  }

  it('CH-26 waits a moment for its language instead of speaking English first', async () => {
    stage.host.setPage('/slow-ar', { html: buildHtml(stage.snippet, { lang: 'ar', dir: 'rtl' }) });
    const { context, page } = await openShop(stage, { locale: 'ar' }, '/slow-ar');
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const asked = page.waitForRequest(/\/ar-[^/]+\.js$/);
    await page.route(/\/ar-[^/]+\.js$/, async (route) => {
      await released;
      await route.continue();
    });
    await launcherOf(page).click();
    await asked;
    // Whatever the page wanted to draw without its language is drawn by now.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(await composerOf(page).count()).to.equal(0);
    release();
    await composerOf(page).waitFor();
    expect(await composerOf(page).getAttribute('aria-label')).not.to.equal('Your message');
    await context.close();
  });

  it('CH-26 speaks English, at the launcher’s side, when the language cannot be fetched', async () => {
    stage.host.setPage('/lost-ar', { html: buildHtml(stage.snippet, { lang: 'ar', dir: 'rtl' }) });
    const { context, page } = await openShop(stage, { locale: 'ar' }, '/lost-ar');
    await page.route(/\/ar-[^/]+\.js$/, (route) => route.abort());
    await openChat(page);
    expect(await composerOf(page).getAttribute('aria-label')).to.equal('Your message');
    const [field, launcher] = await Promise.all([composerOf(page).boundingBox(), launcherOf(page).boundingBox()]);
    expect(launcher!.x).to.be.lessThan(640);
    expect(field!.x).to.be.lessThan(640);
    await context.close();
  });

  it('CH-30 MSG-02 MSG-03 no payload runs, loads or links to anything, in chat or inbox', async () => {
    expect(PAYLOADS.length).to.be.at.least(50);
    const ran: string[] = [];
    const strangers: string[] = [];
    const watch = async (page: Page): Promise<void> => {
      await page.exposeFunction('pwned', () => ran.push(page.url()));
      page.on('request', (request) => {
        if (request.url().includes('evil.example')) strangers.push(request.url());
      });
      page.on('dialog', (dialog) => {
        ran.push(dialog.message());
        void dialog.dismiss();
      });
    };
    const visitorContext = await createContext();
    const visitor = await visitorContext.newPage();
    await watch(visitor);
    // The page itself carries a payload in its title and address; both are shown to staff.
    stage.host.setPage('/evil', {
      html: buildHtml(stage.snippet).replace('<title>Shop', `<title>${PAYLOADS[2]!.replaceAll('<', '&lt;')}`),
    });
    await visitor.goto(`${stage.host.origin}/evil?q=${encodeURIComponent(PAYLOADS[0]!)}`);
    await launcherOf(visitor).waitFor();
    await openChat(visitor);
    await say(visitor, 'payloads follow');
    await until(
      () => readThread(visitor),
      (thread) => thread[0]?.state === 'sent' || thread[0]?.state === 'delivered',
    );
    const asOwner = { audience: 'staff' as const, token: stage.tenant.members.owner.accessToken };
    const { result } = await callHttp<{ conversations: { id: string; lastMessage: { preview: string } | null }[] }>(
      stage.app.url,
      'conversation:list',
      { view: 'all-open' },
      asOwner,
    );
    const conversationId = (result.ok ? result.data.conversations : []).find(
      (row) => row.lastMessage?.preview === 'payloads follow',
    )!.id;
    for (const payload of PAYLOADS) {
      await callHttp(
        stage.app.url,
        'message:send',
        { conversationId, body: payload, seenSeq: 0, force: true },
        asOwner,
      );
      await callHttp(stage.app.url, 'note:add', { conversationId, body: payload }, asOwner);
    }
    await callHttp(stage.app.url, 'conversation:read', { conversationId }, asOwner);
    await until(
      () => readThread(visitor),
      (thread) => thread.length === PAYLOADS.length + 1,
      15_000,
    );
    const inbox = await openInbox(stage, stage.tenant.members.agent);
    await watch(inbox.page);
    await inbox.page
      .locator('frontdesk-inbox-row', { hasText: PAYLOADS.at(-1)!.slice(0, 8) })
      .first()
      .click();
    await inbox.page.locator('frontdesk-inbox-entry').first().waitFor();
    for (const [page, selector] of [
      [visitor, 'frontdesk-chat .rich-text'],
      [inbox.page, 'frontdesk-inbox-entry .bubble'],
    ] as const) {
      const nodes = await page.locator(selector).evaluateAll((bubbles) => {
        const elements = bubbles.flatMap((bubble) => [...bubble.querySelectorAll('*')]);
        return {
          names: [...new Set(elements.map((element) => element.localName))],
          handlers: elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on'))),
          links: elements
            .filter((element): element is HTMLAnchorElement => element.localName === 'a')
            .map((link) => ({ scheme: new URL(link.href).protocol, rel: link.rel })),
        };
      });
      expect(nodes.handlers).to.deep.equal([]);
      for (const name of [
        'script',
        'img',
        'iframe',
        'object',
        'embed',
        'form',
        'style',
        'link',
        'meta',
        'base',
        'input',
        'video',
        'audio',
        'frontdesk-chat',
      ]) {
        expect(nodes.names).not.to.include(name);
      }
      // MSG-03: only schemes that open a page, a mail or a call, and never a way back.
      for (const link of nodes.links) {
        expect(link.scheme).to.be.oneOf(['http:', 'https:', 'mailto:', 'tel:']);
        for (const word of ['noopener', 'noreferrer', 'nofollow', 'ugc']) expect(link.rel).to.include(word);
      }
    }
    expect(ran).to.deep.equal([]);
    expect(strangers).to.deep.equal([]);
    await inbox.context.close();
    await visitorContext.close();
  });
});
