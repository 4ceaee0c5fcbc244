/** CH-3: what a visitor's phone fetches, step by step. `npm run sizes` holds the same numbers without a browser. */
import { request } from 'node:http';
import { expect } from 'chai';
import { closeBrowser, createContext } from '../support/browser.js';
import {
  buildHtml,
  composerOf,
  launcherOf,
  openChat,
  readThread,
  say,
  startStage,
  until,
  type Stage,
} from './support/stage.js';

const OPENED_MAX_BYTES = 45_000;
const LIVE_MAX_BYTES = 51_500;

describe('weight of the chat', function weight() {
  this.timeout(30_000);
  let stage: Stage;

  before(async () => {
    stage = await startStage();
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  async function weigh(urls: Iterable<string>): Promise<number> {
    let sum = 0;
    for (const url of urls) {
      sum += await new Promise<number>((resolve, reject) => {
        const asked = request(url, { headers: { 'Accept-Encoding': 'br' } }, (response) => {
          let bytes = 0;
          response.on('data', (piece: Buffer) => (bytes += piece.length));
          response.on('end', () => resolve(bytes));
        });
        asked.on('error', reject);
        asked.end();
      });
    }
    return sum;
  }

  it('CH-3 opened: at most 45 kB and one language; the realtime library comes with the first typed word', async () => {
    stage.host.setPage('/ms', { html: buildHtml(stage.snippet, { lang: 'ms' }) });
    const context = await createContext();
    const page = await context.newPage();
    const files = new Set<string>();
    page.on('request', (asked) => {
      if (asked.url().startsWith(`${stage.url}/widgets/`)) files.add(asked.url());
    });
    await page.goto(`${stage.host.origin}/ms`);
    await launcherOf(page).waitFor();
    await openChat(page);
    await until(
      () => composerOf(page).getAttribute('aria-label'),
      (label) => label !== 'Your message',
    );
    await page.waitForLoadState('networkidle');
    const languages = [...files].filter((url) => /\/(en|ms|zh|ta|hi|ar)-[^/]+\.js$/.test(url));
    expect(languages).to.have.length(1);
    expect([...files].filter((url) => url.includes('/realtime-'))).to.deep.equal([]);
    expect(await weigh(files)).to.be.at.most(OPENED_MAX_BYTES);
    await say(page, 'Apa khabar?');
    await until(
      () => readThread(page),
      (thread) => thread.length === 1 && thread[0]!.state !== 'sending' && thread[0]!.state !== 'queued',
    );
    await until(
      async () => [...files].some((url) => url.includes('/realtime-')),
      (isLoaded) => isLoaded,
    );
    expect(await weigh(files)).to.be.at.most(LIVE_MAX_BYTES);
    await context.close();
  });
});
