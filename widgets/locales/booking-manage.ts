/** What is read on the page of a booking's link, the calendar included. */
import { joinCatalogue } from './booking-join.js';
import { visitCatalogue } from './booking-visit.js';

export const manageCatalogue = joinCatalogue(visitCatalogue, {
  en: () => import('./booking-manage-en.js'),
  ms: () => import('./booking-manage-ms.js'),
  zh: () => import('./booking-manage-zh.js'),
  ta: () => import('./booking-manage-ta.js'),
  hi: () => import('./booking-manage-hi.js'),
  ar: () => import('./booking-manage-ar.js'),
});
