/** CH-1, CH-2, CH-5, CH-6, CH-18, WID-08: pasted into somebody else's page. */
import { expect } from 'chai';
import { closeBrowser, createContext, watchComplaints } from '../support/browser.js';
import {
  buildHtml,
  composerOf,
  launcherOf,
  openChat,
  openShop,
  readThread,
  say,
  startStage,
  until,
  type Stage,
} from './support/stage.js';

const LOADER_MAX_BYTES = 1_200;
const UNTOUCHED_MAX_BYTES = 7_000;

describe('embedding', function embedding() {
  this.timeout(30_000);
  let stage: Stage;

  before(async () => {
    stage = await startStage();
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  it('CH-1 works with the snippet in <head>, before a body exists', async () => {
    const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>${stage.snippet}</head><body><h1>A shop</h1></body></html>`;
    stage.host.setPage('/head', { html });
    const { context, page } = await openShop(stage, {}, '/head');
    await openChat(page);
    await context.close();
  });

  it('CH-1 a second element and a second loader are ignored, with a warning', async () => {
    stage.host.setPage('/twice', {
      html: buildHtml(`${stage.snippet}${stage.snippet.replace('frontdesk.js"', 'frontdesk.js?again"')}`),
    });
    const context = await createContext();
    const page = await context.newPage();
    const warnings: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    await page.goto(`${stage.host.origin}/twice`);
    await launcherOf(page).waitFor();
    await until(
      async () => warnings,
      (list) => list.some((text) => /frontdesk/i.test(text)),
    );
    expect(await page.locator('frontdesk-chat [part~=launcher]:visible').count()).to.equal(1);
    await context.close();
  });

  it('CH-1 survives SPA route changes: an element that comes later, leaves and comes back', async () => {
    const element = stage.snippet.split('\n')[1]!;
    const loader = stage.snippet.split('\n')[0]!;
    stage.host.setPage('/spa', { html: buildHtml(`${loader}<button id="go">Contact</button><main></main>`) });
    const context = await createContext();
    const page = await context.newPage();
    await page.goto(`${stage.host.origin}/spa`);
    await page.evaluate((markup) => {
      document.querySelector('#go')!.addEventListener('click', () => {
        history.pushState({}, '', '/spa/contact');
        document.querySelector('main')!.innerHTML = markup;
      });
    }, element);
    await page.locator('#go').click();
    await openChat(page);
    await page.evaluate(() => {
      document.querySelector('main')!.replaceChildren();
      history.pushState({}, '', '/spa');
    });
    expect(await page.locator('frontdesk-chat').count()).to.equal(0);
    await page.locator('#go').click();
    await openChat(page);
    await context.close();
  });

  it('CH-2 untouched: at most two requests, 7 kB and no third host, font, cookie or storage', async () => {
    const context = await createContext();
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const sizes = new Map<string, number>();
    const urls = new Map<string, string>();
    session.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      sizes.set(requestId, encodedDataLength),
    );
    await page.goto(stage.host.origin);
    await launcherOf(page).waitFor();
    await page.waitForLoadState('networkidle');
    const ours = [...urls].filter(([, url]) => url.startsWith(stage.url));
    const strangers = [...urls.values()].filter(
      (url) => ![stage.url, stage.host.origin, 'data:'].some((own) => url.startsWith(own)),
    );
    expect(strangers).to.deep.equal([]);
    expect(ours.length, [...urls.values()].join('\n')).to.be.at.most(2);
    // encodedDataLength counts response headers too; the budget is about bodies, so their sizes are read on their own.
    const bodies = await Promise.all(ours.map(([, url]) => compressedSize(url)));
    expect(bodies[0]).to.be.at.most(LOADER_MAX_BYTES);
    expect(bodies.reduce((sum, size) => sum + size, 0)).to.be.at.most(UNTOUCHED_MAX_BYTES);
    expect(await context.cookies()).to.deep.equal([]);
    const state = await context.storageState({ indexedDB: true });
    expect(state.origins).to.deep.equal([]);
    await context.close();
  });

  async function compressedSize(url: string): Promise<number> {
    const { get } = await import('node:http');
    return new Promise((resolve, reject) => {
      get(url, { headers: { 'Accept-Encoding': 'br' } }, (response) => {
        let bytes = 0;
        expect(response.headers['content-encoding']).to.equal('br');
        response.on('data', (piece: Buffer) => (bytes += piece.length));
        response.on('end', () => resolve(bytes));
      }).on('error', reject);
    });
  }

  it('CH-5 leaves the page alone: no observer on body, no patched history, passive listeners, no global CSS', async () => {
    stage.host.setScript(
      '/spy.js',
      `window.spied = { observed: [], listeners: [] };
       const observe = MutationObserver.prototype.observe;
       MutationObserver.prototype.observe = function (target, options) { spied.observed.push(target.nodeName); return observe.call(this, target, options); };
       const add = EventTarget.prototype.addEventListener;
       EventTarget.prototype.addEventListener = function (type, listener, options) {
         if (/^(scroll|touch|wheel|pointermove)/.test(type) && (this === window || this === document || this === document.body)) {
           spied.listeners.push(type + ':' + (typeof options === 'object' && options !== null && options.passive === true));
         }
         return add.call(this, type, listener, options);
       };
       window.before = { push: history.pushState, replace: history.replaceState, globals: Object.keys(window).length };`,
    );
    stage.host.setPage('/spied', { html: buildHtml(stage.snippet, { head: '<script src="/spy.js"></script>' }) });
    const { context, page } = await openShop(stage, {}, '/spied');
    await openChat(page);
    const spied = await page.evaluate(() => {
      const win = window as unknown as {
        spied: { observed: string[]; listeners: string[] };
        before: { push: unknown; replace: unknown };
      };
      return {
        ...win.spied,
        isHistoryOurs: history.pushState === win.before.push && history.replaceState === win.before.replace,
        sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
        styleElements: document.querySelectorAll('style, link[rel=stylesheet]').length,
      };
    });
    expect(spied.observed.filter((name) => name === 'BODY' || name === 'HTML' || name === '#document')).to.deep.equal(
      [],
    );
    expect(spied.listeners.filter((listener) => listener.endsWith('false'))).to.deep.equal([]);
    expect(spied.isHistoryOurs).to.equal(true);
    expect(spied.sheets).to.equal(0);
    expect(spied.styleElements).to.equal(0);
    await context.close();
  });

  it('CH-5 hostile CSS of the page does not break it', async () => {
    const head = `<style>*, *::before, *::after { all: unset !important; } * { display: none; } html, body, h1, p { display: block !important; }
      button, textarea, div, span { color: red; font: 40px cursive; position: static; transform: rotate(3deg) }</style>`;
    stage.host.setPage('/hostile', { html: buildHtml(stage.snippet, { head }) });
    const { context, page } = await openShop(stage, {}, '/hostile');
    const box = await launcherOf(page).boundingBox();
    expect(box!.width).to.be.closeTo(56, 1);
    expect(box!.x + box!.width).to.be.greaterThan(1280 - 120);
    await openChat(page);
    const field = await composerOf(page).boundingBox();
    expect(field!.width).to.be.greaterThan(200);
    await context.close();
  });

  it('CH-6 works under a strict CSP and COEP require-corp, without one violation', async () => {
    const host = stage.url;
    const socket = stage.url.replace('http', 'ws');
    stage.host.setPage('/strict', {
      html: buildHtml(stage.snippet),
      headers: {
        'Content-Security-Policy': `default-src 'none'; script-src 'self' ${host}; style-src 'self'; connect-src ${host} ${socket}; img-src data:; base-uri 'none'`,
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Cross-Origin-Opener-Policy': 'same-origin',
      },
    });
    await chatWithoutComplaints('/strict');
  });

  it('WID-08 works under a nonce policy with Trusted Types, without one violation', async () => {
    const nonce = 'c2VjcmV0LW5vbmNl';
    const socket = stage.url.replace('http', 'ws');
    stage.host.setPage('/trusted', {
      html: buildHtml(stage.snippet.replace('<script ', `<script nonce="${nonce}" crossorigin `)),
      headers: {
        'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self'; connect-src ${stage.url} ${socket}; img-src data:; require-trusted-types-for 'script'; trusted-types lit-html`,
      },
    });
    await chatWithoutComplaints('/trusted');
  });

  async function chatWithoutComplaints(path: string): Promise<void> {
    const context = await createContext();
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`violation of ${event.violatedDirective}: ${event.blockedURI}`),
      );
    });
    await page.goto(`${stage.host.origin}${path}`);
    await launcherOf(page).waitFor();
    await openChat(page);
    await say(page, 'Hello from a strict page');
    await until(
      () => readThread(page),
      (thread) =>
        thread.some(
          (message) =>
            message.body === 'Hello from a strict page' && message.state !== 'sending' && message.state !== 'queued',
        ),
    );
    expect(complaints).to.deep.equal([]);
    await context.close();
  }

  const failures: Record<string, { path: RegExp; isLasting: boolean }> = {
    'of which a part was lost on the way': { path: /\/widgets\/lit-[^/]+\.js$/, isLasting: false },
    'that a newer release has replaced': { path: /\/widgets\/mount-[^/]+\.js$/, isLasting: true },
  };
  for (const [name, { path, isLasting }] of Object.entries(failures)) {
    it(`CH-1 a panel ${name} is not the end: the next press brings it`, async () => {
      const { context, page } = await openShop(stage);
      await page.route(path, (route) => (isLasting ? route.fulfill({ status: 404, body: '' }) : route.abort()));
      await launcherOf(page).click();
      await page.locator('frontdesk-chat').getByText('Press to try again').waitFor();
      if (!isLasting) await page.unroute(path);
      await openChat(page);
      await page.locator('frontdesk-chat').getByText('Press to try again').waitFor({ state: 'hidden' });
      await say(page, `Hello after a panel ${name}`);
      await until(
        () => readThread(page),
        (thread) => thread[0]?.state === 'sent' || thread[0]?.state === 'delivered',
      );
      await context.close();
    });
  }

  it('CH-27 tells the page about new messages, and not about the history of a returning visitor', async () => {
    const context = await createContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      document.addEventListener('frontdesk-message', (event) => {
        heard.push((event as Event & { message: { body: string } }).message.body);
      });
    });
    const readHeard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await page.goto(stage.host.origin);
    await openChat(page);
    await say(page, 'is this news?');
    await until(readHeard, (heard) => heard.length > 0);
    expect(await readHeard()).to.deep.equal(['is this news?']);
    await page.reload();
    await composerOf(page).waitFor();
    await say(page, 'but this is');
    await until(readHeard, (heard) => heard.includes('but this is'));
    expect(await readHeard()).to.deep.equal(['but this is']);
    await context.close();
  });

  it('CH-18 a page that is not on the list cannot chat, and says so kindly', async () => {
    const html = buildHtml(stage.snippet);
    stage.host.setPage('/copied', { html });
    const context = await createContext();
    const page = await context.newPage();
    // The same server under another name is another origin.
    await page.goto(`${stage.host.origin.replace('localhost', '127.0.0.1')}/copied`);
    await launcherOf(page).click();
    await page.locator('frontdesk-chat').getByText('Chat is not available here right now').waitFor();
    await context.close();
  });
});
