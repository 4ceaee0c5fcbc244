import type { FormTable } from './card-form.js';

export const table: FormTable = {
  'form.name': 'Nama anda',
  'form.email': 'E-mel',
  'form.phone': 'Telefon',
  'form.either': 'Salah satu sudah memadai.',
  'form.body': 'Mesej anda',
  'form.send': 'Hantar',
  'form.cancel': 'Batal',
  'form.sending': 'Menghantar…',
  'form.offline': 'Tiada sambungan. Mesej dihantar sebaik sahaja ada; biarkan halaman ini terbuka.',
  'form.sent': 'Telah dihantar. Terima kasih!',
  'form.sentText': 'Kami akan menjawab ke alamat atau nombor yang anda berikan.',
  'form.again': 'Tulis mesej lain',
  'form.nameMissing': 'Sila beritahu nama anda.',
  'form.reachMissing': 'Sila beri alamat e-mel atau nombor telefon.',
  'form.emailWrong': 'Alamat e-mel ini tidak lengkap.',
  'form.phoneWrong': 'Nombor telefon ini tidak lengkap.',
  'form.bodyMissing': 'Sila tulis sesuatu.',
  'form.failed': 'Tidak dapat dihantar. Sila telefon kami, atau cuba lagi nanti.',
  'form.tooMany': 'Terlalu banyak mesej. Sila cuba lagi dalam beberapa minit.',
};
