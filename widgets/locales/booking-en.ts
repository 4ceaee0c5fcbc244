/** English: the source of the keys of what booking begins with. Everything else comes while this is read. */
export const table = {
  'booking.label': 'Book an appointment',
  'booking.close': 'Close',
  'booking.loading': 'One moment…',
  'booking.unavailable': 'Booking does not work at the moment. We keep trying.',
  'booking.nothingOffered': 'Nothing can be booked here at the moment.',
  'booking.call': 'Or call us:',
  'booking.chooseService': 'What can we do for you?',
  'booking.chooseStaff': 'Who would you like to see?',
  'booking.anyone': 'Anyone',
  'booking.anyoneText': 'Most free times',
  'booking.change': 'Change',
  'booking.change.service': 'Change the service',
  'booking.change.staff': 'Change the person',
  'booking.change.time': 'Change the time',
  'booking.online': 'Online',
} as const;

export type BookingStartKey = keyof typeof table;
