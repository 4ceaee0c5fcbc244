import type { VerifyTable } from './verify.js';

export const verifyHi: VerifyTable = {
  'verify.title': 'कृपया अपना ईमेल देखें',
  'verify.sending': 'हम आपको कोड भेज रहे हैं…',
  'verify.text': 'हमने {address} पर कोड भेजा है। यह दस मिनट तक मान्य है।',
  'verify.sent': 'हमने {address} पर कोड भेजा है।',
  'verify.label': 'ईमेल में आया कोड',
  'verify.hint': 'छह अंक। न मिले तो स्पैम फ़ोल्डर भी देखें।',
  'verify.confirm': 'पुष्टि करें',
  'verify.resend': 'दूसरा कोड भेजें',
  'verify.resendIn': 'दूसरा कोड {time} में',
  'verify.change': 'दूसरा पता इस्तेमाल करें',
  'verify.format': 'कृपया छहों अंक लिखें।',
  'verify.wrong': {
    one: 'यह कोड सही नहीं है। आप {count} बार और कोशिश कर सकते हैं।',
    other: 'यह कोड सही नहीं है। आप {count} बार और कोशिश कर सकते हैं।',
  },
  'verify.exhausted': 'इस कोड पर बहुत बार कोशिश हो चुकी है। कृपया दूसरा कोड मँगाएँ।',
  'verify.expired': 'यह कोड अब मान्य नहीं है। कृपया दूसरा कोड मँगाएँ।',
  'verify.early': 'थोड़ा रुकें: कृपया आया हुआ कोड लिखें, या अगले का इंतज़ार करें।',
  'verify.unsent': 'कोड नहीं भेजा जा सका। कृपया फिर कोशिश करें।',
  'verify.failed': 'यह नहीं हो सका। कृपया फिर कोशिश करें।',
};
