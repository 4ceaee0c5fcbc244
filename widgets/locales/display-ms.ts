import type { DisplayTable } from './display.js';

export const displayMs: DisplayTable = {
  'display.now': 'Dipanggil sekarang',
  'display.call': 'Nombor {label}, {counter}',
  'display.recent': 'Dipanggil tadi',
  'display.none': 'Nombor anda akan dipaparkan di sini',
  'display.waiting': '{count} menunggu',
  'display.waitingList': 'Orang yang menunggu',
  'display.page': 'Halaman {page} daripada {pages}',
  'display.stale': 'Tidak dikemas kini sejak {time}',
  'display.lastUpdated': 'Tiada sambungan. Kemas kini terakhir {time}',
  'display.sound': 'Ketik untuk menghidupkan bunyi',
  'display.fullScreen': 'Ketik untuk skrin penuh',
  'display.join': 'Sertai giliran dengan telefon',
  'display.closed': 'Kami tutup',
  'display.opens': 'Kami buka pada {time}',
  'display.opensOn': 'Kami buka pada {day}, {time}',
  'display.starting': 'Memulakan…',
};
