/**
 * Pictures of every state of the agenda, to be looked at:
 *
 *   node scripts/agenda-gallery.mjs DIRECTORY [part of a state's name] [part of a size's name]
 */
import { takePictures } from './gallery.mjs';

const SIZES = [
  { name: '320', width: 320, height: 568, scheme: 'light' },
  { name: '390-dark', width: 390, height: 844, scheme: 'dark' },
  { name: '768', width: 768, height: 900, scheme: 'light', locale: 'ms' },
  { name: '1280', width: 1280, height: 800, scheme: 'light' },
  { name: '1280-dark', width: 1280, height: 800, scheme: 'dark' },
];

async function showState({ id, scheme, locale = 'en' }) {
  const { AGENDA_STATES, DEMO_SESSION } = await import('/widgets/dist/agenda/agenda-states.js');
  const { AGENDA_CATALOGUE } = await import('/widgets/dist/agenda/agenda-words.js');
  const { loadTranslator } = await import('/widgets/dist/core/locale.js');
  const { applyTheme } = await import('/widgets/dist/core/theme.js');
  await import('/widgets/dist/agenda/define.js');
  const holder = document.createElement('div');
  applyTheme(holder.attachShadow({ mode: 'open' }), '#0f766e', scheme);
  const desk = document.createElement('frontdesk-agenda-desk');
  desk.style.blockSize = '100vh';
  desk.words = await loadTranslator(AGENDA_CATALOGUE, { locale, tag: locale === 'en' ? 'en-MY' : locale });
  desk.session = DEMO_SESSION;
  desk.state = AGENDA_STATES[id];
  holder.shadowRoot.append(desk);
  document.body.replaceChildren(holder);
  document.body.style.cssText = 'margin:0';
  await desk.updateComplete;
  await new Promise((resolve) => setTimeout(resolve, 120));
}

async function listIds() {
  return Object.keys((await import('/widgets/dist/agenda/agenda-states.js')).AGENDA_STATES);
}

await takePictures({ sizes: SIZES, listIds, showState });
