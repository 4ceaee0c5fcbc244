import type { PartsTable } from './booking-parts.js';

export const partsHi: PartsTable = {
  'parts.visit': 'आपकी विज़िट',
  'parts.which': 'आपको और क्या चाहिए?',
  'parts.who': '{service}: आप किससे मिलना चाहेंगे?',
  'parts.toTimes': 'समय पर वापस जाएँ',
  'parts.otherService': 'कोई और सेवा चुनें',
  'parts.remove': 'हटाएँ',
  'parts.removeThis': '{service} हटाएँ',
  'parts.changeWho': '{service}: व्यक्ति बदलें',
};
