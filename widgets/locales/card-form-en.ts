/** English: the source of the keys of the card's message form. */
export const table = {
  'form.name': 'Your name',
  'form.email': 'E-mail',
  'form.phone': 'Telephone',
  'form.either': 'One of the two is enough.',
  'form.body': 'Your message',
  'form.send': 'Send',
  'form.cancel': 'Cancel',
  'form.sending': 'Sending…',
  'form.offline': 'No connection. It is sent as soon as there is one; please keep this page open.',
  'form.sent': 'Sent. Thank you!',
  'form.sentText': 'We answer to the address or number that you gave us.',
  'form.again': 'Write another message',
  'form.nameMissing': 'Please tell us your name.',
  'form.reachMissing': 'Please give an e-mail address or a phone number.',
  'form.emailWrong': 'This e-mail address is not complete.',
  'form.phoneWrong': 'This phone number is not complete.',
  'form.bodyMissing': 'Please write something.',
  'form.failed': 'It could not be sent. Please call us, or try again later.',
  'form.tooMany': 'Too many messages. Please try again in a few minutes.',
} as const;

export type FormKey = keyof typeof table;
