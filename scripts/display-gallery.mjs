/**
 * Pictures of every state of the waiting-room display, to be looked at:
 *
 *   node scripts/display-gallery.mjs DIRECTORY [part of a state's name] [part of a size's name]
 */
import { takePictures } from './gallery.mjs';

const SIZES = [
  { name: '720p-light', width: 1280, height: 720, scheme: 'light' },
  { name: '720p-dark', width: 1280, height: 720, scheme: 'dark' },
  { name: '1080p', width: 1920, height: 1080, scheme: 'light' },
  { name: 'portrait', width: 1080, height: 1920, scheme: 'light' },
  { name: '4k', width: 3840, height: 2160, scheme: 'light' },
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

async function listIds() {
  const { DISPLAY_STATES } = await import('/widgets/dist/queue-display/display-states.js');
  return [...DISPLAY_STATES.map(({ id }) => id), 'pairing', 'pairing-offline'];
}

await takePictures({ sizes: SIZES, listIds, showState });
