/**
 * Pictures of every state of the kiosk, to be looked at:
 *
 *   node scripts/kiosk-gallery.mjs DIRECTORY [part of a state's name] [part of a size's name]
 */
import { takePictures } from './gallery.mjs';

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

async function listIds() {
  const { KIOSK_STATES } = await import('/widgets/dist/kiosk/kiosk-states.js');
  return Object.keys(KIOSK_STATES);
}

await takePictures({ sizes: SIZES, listIds, showState });
