/**
 * Pictures of every state of the kiosk, to be looked at:
 *
 *   node scripts/kiosk-gallery.mjs DIRECTORY [part of a state's name] [part of a size's name]
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { resolveChromium } from './chromium.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [directory, wanted = '', wantedSize = ''] = process.argv.slice(2);
if (!directory) throw new Error('Name a directory for the pictures.');

const SIZES = [
  { name: 'portrait', width: 1080, height: 1920, scheme: 'light', locale: 'en' },
  { name: 'landscape', width: 1280, height: 800, scheme: 'light', locale: 'en' },
  { name: 'portrait-dark', width: 1080, height: 1920, scheme: 'dark', locale: 'en' },
  { name: 'landscape-arabic', width: 1280, height: 800, scheme: 'light', locale: 'ar' },
  { name: 'landscape-tamil', width: 1280, height: 800, scheme: 'dark', locale: 'ta' },
];

async function showState({ id, scheme, locale }) {
  const { KIOSK_STATES, DEMO_NOW_MS } = await import('/widgets/dist/kiosk/kiosk-states.js');
  const { loadTranslator } = await import('/widgets/dist/core/locale.js');
  const { kioskCatalogue } = await import('/widgets/dist/locales/kiosk.js');
  const { applyTheme } = await import('/widgets/dist/core/theme.js');
  await import('/widgets/dist/kiosk/elements.js');
  const holder = document.createElement('div');
  applyTheme(holder.attachShadow({ mode: 'open' }), null, scheme);
  const element = document.createElement('frontdesk-kiosk-stage');
  element.words = await loadTranslator(kioskCatalogue, { locale, tag: locale });
  const state = KIOSK_STATES[id];
  element.state = { ...state, session: { ...state.session, language: locale } };
  element.reader = { canSpeak: () => true, say() {}, stop() {} };
  element.now = () => DEMO_NOW_MS;
  Object.assign(holder.style, { display: 'block', height: '100vh' });
  document.body.style.margin = '0';
  holder.shadowRoot.append(element);
  document.body.replaceChildren(holder);
  await element.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
await server.listen();
const { port } = server.httpServer.address();
const { executablePath, args, env } = await resolveChromium();
const browser = await chromium.launch({ executablePath, args, env });
await mkdir(directory, { recursive: true });
try {
  const blank = `http://127.0.0.1:${port}/widgets/kiosk/gallery`;
  const page = await browser.newPage();
  await page.route(blank, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' }));
  await page.goto(blank);
  const ids = await page.evaluate(async () => {
    const { KIOSK_STATES } = await import('/widgets/dist/kiosk/kiosk-states.js');
    return Object.keys(KIOSK_STATES);
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const { name, width, height, scheme, locale } of SIZES.filter((size) => size.name.includes(wantedSize))) {
    await page.setViewportSize({ width, height });
    for (const id of ids.filter((one) => one.includes(wanted))) {
      await page.evaluate(showState, { id, scheme, locale });
      await page.screenshot({ path: join(directory, `${id}-${name}.png`) });
    }
  }
} finally {
  await browser.close();
  await server.close();
}
