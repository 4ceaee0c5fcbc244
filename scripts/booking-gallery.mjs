/**
 * Pictures of every state of booking, to be looked at:
 *
 *   node scripts/booking-gallery.mjs DIRECTORY [part of a state's name] [part of a size's name]
 */
import { takePictures } from './gallery.mjs';

const SIZES = [
  { name: '320', width: 320, height: 568, scheme: 'light' },
  { name: '390-dark', width: 390, height: 844, scheme: 'dark' },
  { name: '768', width: 768, height: 720, scheme: 'light' },
  { name: '1280', width: 1280, height: 720, scheme: 'light' },
  { name: '1280-dark', width: 1280, height: 720, scheme: 'dark' },
];

async function showState({ id, scheme }) {
  const { BOOKING_STATES } = await import('/widgets/dist/booking/states.js');
  const { PARTS_STATES } = await import('/widgets/dist/booking/parts/parts-states.js');
  const { MANAGE_STATES } = await import('/widgets/dist/booking/manage/manage-states.js');
  const { loadTranslator } = await import('/widgets/dist/core/locale.js');
  const { manageCatalogue } = await import('/widgets/dist/locales/booking-manage.js');
  const { applyTheme } = await import('/widgets/dist/core/theme.js');
  await import('/widgets/dist/booking/flow/define.js');
  const { renderSummary } = await import('/widgets/dist/booking/visit.js');
  await import('/widgets/dist/booking/parts/define.js');
  await import('/widgets/dist/booking/verify/define.js');
  await import('/widgets/dist/booking/manage/define.js');
  const { state, locale = 'en' } = [...BOOKING_STATES, ...PARTS_STATES, ...MANAGE_STATES].find((one) => one.id === id);
  const holder = document.createElement('div');
  applyTheme(holder.attachShadow({ mode: 'open' }), '#0f766e', scheme);
  const element = document.createElement('mode' in state ? 'frontdesk-manage-booking-view' : 'frontdesk-booking-view');
  element.words = await loadTranslator(manageCatalogue, { locale, tag: locale === 'en' ? 'en-MY' : locale });
  element.state = state;
  element.renderSummary = renderSummary;
  element.manageUrl = 'https://clinic.example/booking';
  holder.shadowRoot.append(element);
  document.body.replaceChildren(holder);
  document.body.style.cssText = `margin:0;padding:8px;background:${scheme === 'dark' ? '#111' : '#f7f7f8'}`;
  await element.updateComplete;
  await new Promise((resolve) => setTimeout(resolve, 80));
}

async function listIds() {
  const { BOOKING_STATES } = await import('/widgets/dist/booking/states.js');
  const { PARTS_STATES } = await import('/widgets/dist/booking/parts/parts-states.js');
  const { MANAGE_STATES } = await import('/widgets/dist/booking/manage/manage-states.js');
  return [...BOOKING_STATES, ...PARTS_STATES, ...MANAGE_STATES].map(({ id }) => id);
}

await takePictures({ sizes: SIZES, listIds, showState, fullPage: true });
