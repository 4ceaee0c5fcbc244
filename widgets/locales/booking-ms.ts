import type { BookingStartTable } from './booking.js';

export const table: BookingStartTable = {
  'booking.label': 'Tempah janji temu',
  'booking.close': 'Tutup',
  'booking.loading': 'Sebentar…',
  'booking.unavailable': 'Tempahan tidak berfungsi buat masa ini. Kami terus mencuba.',
  'booking.nothingOffered': 'Tiada apa-apa yang boleh ditempah di sini buat masa ini.',
  'booking.call': 'Atau hubungi kami:',
  'booking.chooseService': 'Apa yang boleh kami bantu?',
  'booking.chooseStaff': 'Anda ingin berjumpa siapa?',
  'booking.anyone': 'Sesiapa sahaja',
  'booking.anyoneText': 'Paling banyak masa lapang',
  'booking.change': 'Tukar',
  'booking.change.service': 'Tukar perkhidmatan',
  'booking.change.staff': 'Tukar orang',
  'booking.change.time': 'Tukar masa',
  'booking.online': 'Dalam talian',
};
