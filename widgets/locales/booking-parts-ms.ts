import type { PartsTable } from './booking-parts.js';

export const partsMs: PartsTable = {
  'parts.visit': 'Lawatan anda',
  'parts.which': 'Apa lagi yang anda mahu?',
  'parts.who': '{service}: anda ingin berjumpa siapa?',
  'parts.toTimes': 'Kembali ke masa',
  'parts.otherService': 'Pilih perkhidmatan lain',
  'parts.remove': 'Buang',
  'parts.removeThis': 'Buang {service}',
  'parts.changeWho': 'Tukar orang untuk {service}',
};
