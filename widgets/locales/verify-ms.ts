import type { VerifyTable } from './verify.js';

export const verifyMs: VerifyTable = {
  'verify.title': 'Sila semak e-mel anda',
  'verify.sending': 'Kami sedang menghantar kod…',
  'verify.text': 'Kami menghantar kod ke {address}. Kod ini sah selama sepuluh minit.',
  'verify.sent': 'Kami menghantar kod ke {address}.',
  'verify.label': 'Kod daripada e-mel',
  'verify.hint': 'Enam digit. Jika tidak sampai, lihat juga dalam folder spam.',
  'verify.confirm': 'Sahkan',
  'verify.resend': 'Hantar kod lain',
  'verify.resendIn': 'Kod lain dalam {time}',
  'verify.change': 'Guna alamat lain',
  'verify.format': 'Sila taip keenam-enam digit.',
  'verify.wrong': { other: 'Kod ini tidak betul. Anda boleh mencuba {count} kali lagi.' },
  'verify.exhausted': 'Kod ini sudah terlalu banyak kali dicuba. Sila minta kod lain.',
  'verify.expired': 'Kod ini tidak sah lagi. Sila minta kod lain.',
  'verify.early': 'Tunggu sebentar: sila guna kod yang ada, atau tunggu kod seterusnya.',
  'verify.unsent': 'Kod tidak dapat dihantar. Sila cuba lagi.',
  'verify.failed': 'Tidak berjaya. Sila cuba lagi.',
};
