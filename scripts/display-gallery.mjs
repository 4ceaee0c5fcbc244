/**
 * Pictures of every state of the waiting-room display, to be looked at:
 *
 *   node scripts/display-gallery.mjs DIRECTORY [part of a state's name]
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { resolveChromium } from './chromium.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [directory, wanted = ''] = process.argv.slice(2);
if (!directory) throw new Error('Name a directory for the pictures.');

const SIZES = [
  { name: '720p', width: 1280, height: 720 },
  { name: '1080p', width: 1920, height: 1080 },
  { name: 'portrait', width: 1080, height: 1920 },
  { name: '4k', width: 3840, height: 2160 },
];

async function showState({ id, scheme }) {
  const { DISPLAY_STATES } = await import('/widgets/dist/queue-display/display-states.js');
  const { createEnglishTranslator, loadTranslator } = await import('/widgets/dist/core/locale.js');
  const { displayCatalogue } = await import('/widgets/dist/locales/display.js');
  const { applyTheme } = await import('/widgets/dist/core/theme.js');
  await import('/widgets/dist/queue-display/define.js');
  await import('/widgets/dist/device-pairing/define.js');
  const holder = document.createElement('div');
  applyTheme(holder.attachShadow({ mode: 'open' }), null, scheme);
  const state = DISPLAY_STATES.find((one) => one.id === id);
  const element = document.createElement(state ? 'frontdesk-queue-board' : 'frontdesk-device-pairing');
  if (state) {
    const resolved = { locale: state.locale, tag: state.locale };
    element.words = await loadTranslator(displayCatalogue, resolved).catch(() =>
      createEnglishTranslator(displayCatalogue),
    );
    element.view = state.view;
    element.accent = state.accent;
  } else
    element.state = { phase: id === 'pairing' ? 'waiting' : 'unreachable', code: id === 'pairing' ? '482913' : null };
  applyTheme(holder.shadowRoot, state?.accent ?? null, scheme);
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
  const blank = `http://127.0.0.1:${port}/widgets/queue-display/gallery`;
  const first = await browser.newPage();
  await first.route(blank, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' }));
  await first.goto(blank);
  const ids = await first.evaluate(async () => {
    const { DISPLAY_STATES } = await import('/widgets/dist/queue-display/display-states.js');
    return [...DISPLAY_STATES.map(({ id }) => id), 'pairing', 'pairing-offline'];
  });
  await first.emulateMedia({ reducedMotion: 'reduce' });
  for (const { name, width, height } of SIZES) {
    await first.setViewportSize({ width, height });
    for (const id of ids.filter((one) => one.includes(wanted))) {
      for (const scheme of name === '720p' ? ['light', 'dark'] : ['light']) {
        await first.evaluate(showState, { id, scheme });
        await first.screenshot({ path: join(directory, `${id}-${name}-${scheme}.png`) });
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
