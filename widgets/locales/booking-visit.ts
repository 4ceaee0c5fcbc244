/** What is read from the calendar to the receipt. */
import { joinCatalogue } from './booking-join.js';
import { startCatalogue } from './booking.js';

export const visitCatalogue = joinCatalogue(startCatalogue, {
  en: () => import('./booking-visit-en.js'),
  ms: () => import('./booking-visit-ms.js'),
  zh: () => import('./booking-visit-zh.js'),
  ta: () => import('./booking-visit-ta.js'),
  hi: () => import('./booking-visit-hi.js'),
  ar: () => import('./booking-visit-ar.js'),
});
