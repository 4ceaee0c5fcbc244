import { expect } from 'chai';
import { closeBrowser, createContext } from '../support/browser.js';

describe('the test browser', function () {
  this.timeout(60_000);
  after(closeBrowser);

  it('opens a phone in Arabic and dark colours, with web security on', async () => {
    const context = await createContext({ viewport: 'mobile', locale: 'ar', colorScheme: 'dark' });
    const page = await context.newPage();
    await page.setContent('<meta name=viewport content=width=device-width>');
    const seen = await page.evaluate(() => ({
      width: innerWidth,
      language: navigator.language,
      dark: matchMedia('(prefers-color-scheme: dark)').matches,
    }));
    expect(seen).to.deep.equal({ width: 390, language: 'ar', dark: true });
    await context.close();
  });
});
