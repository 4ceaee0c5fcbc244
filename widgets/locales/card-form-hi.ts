import type { FormTable } from './card-form.js';

export const table: FormTable = {
  'form.name': 'आपका नाम',
  'form.email': 'ईमेल',
  'form.phone': 'फ़ोन',
  'form.either': 'दोनों में से एक काफ़ी है।',
  'form.body': 'आपका संदेश',
  'form.send': 'भेजें',
  'form.cancel': 'रद्द करें',
  'form.sending': 'भेजा जा रहा है…',
  'form.offline': 'कनेक्शन नहीं है। आते ही भेज दिया जाएगा; कृपया यह पेज खुला रखें।',
  'form.sent': 'भेज दिया। धन्यवाद!',
  'form.sentText': 'आपके दिए पते या नंबर पर हम जवाब देंगे।',
  'form.again': 'एक और संदेश लिखें',
  'form.nameMissing': 'कृपया अपना नाम बताएँ।',
  'form.reachMissing': 'कृपया ईमेल पता या फ़ोन नंबर दें।',
  'form.emailWrong': 'यह ईमेल पता अधूरा है।',
  'form.phoneWrong': 'यह फ़ोन नंबर अधूरा है।',
  'form.bodyMissing': 'कृपया कुछ लिखें।',
  'form.failed': 'भेजा नहीं जा सका। कृपया फ़ोन करें, या बाद में कोशिश करें।',
  'form.tooMany': 'बहुत सारे संदेश। कृपया कुछ मिनट बाद कोशिश करें।',
};
