/** English: the source of the keys of a visit with several services. */
export const partsEn = {
  'parts.visit': 'Your visit',
  'parts.which': 'What else would you like?',
  'parts.who': '{service}: who would you like to see?',
  'parts.toTimes': 'Back to the times',
  'parts.otherService': 'Choose another service',
  'parts.remove': 'Remove',
  'parts.removeThis': 'Remove {service}',
  'parts.changeWho': 'Change the person for {service}',
} as const;

export type PartsKey = keyof typeof partsEn;
