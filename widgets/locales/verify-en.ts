/** English: the source of the keys of proving one’s address. */
export const verifyEn = {
  'verify.title': 'Please check your e-mail',
  'verify.sending': 'We are sending you a code…',
  'verify.text': 'We sent a code to {address}. It is valid for ten minutes.',
  'verify.sent': 'We sent a code to {address}.',
  'verify.label': 'Code from the e-mail',
  'verify.hint': 'Six digits. If it does not come, look among unwanted mail too.',
  'verify.confirm': 'Confirm',
  'verify.resend': 'Send another code',
  'verify.resendIn': 'Another code in {time}',
  'verify.change': 'Use another address',
  'verify.format': 'Please type all six digits.',
  'verify.wrong': {
    one: 'This is not the code. You can try {count} more time.',
    other: 'This is not the code. You can try {count} more times.',
  },
  'verify.exhausted': 'This code was tried too often. Please have another one sent.',
  'verify.expired': 'This code is no longer valid. Please have another one sent.',
  'verify.early': 'Not so fast: please use the code that you have, or wait for the next one.',
  'verify.unsent': 'No code could be sent. Please try again.',
  'verify.failed': 'That did not work. Please try again.',
} as const;

export type VerifyKey = keyof typeof verifyEn;
