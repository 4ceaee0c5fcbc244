import type { BookingStartTable } from './booking.js';

export const table: BookingStartTable = {
  'booking.label': 'சந்திப்பு நேரத்தை முன்பதிவு செய்க',
  'booking.close': 'மூடு',
  'booking.loading': 'ஒரு நிமிடம்…',
  'booking.unavailable': 'முன்பதிவு இப்போது இயங்கவில்லை. தொடர்ந்து முயல்கிறோம்.',
  'booking.nothingOffered': 'இப்போது இங்கே முன்பதிவு செய்ய எதுவும் இல்லை.',
  'booking.call': 'அல்லது எங்களை அழைக்கவும்:',
  'booking.chooseService': 'உங்களுக்கு என்ன சேவை வேண்டும்?',
  'booking.chooseStaff': 'யாரைச் சந்திக்க விரும்புகிறீர்கள்?',
  'booking.anyone': 'யாராக இருந்தாலும்',
  'booking.anyoneText': 'அதிக நேரங்கள் கிடைக்கும்',
  'booking.change': 'மாற்று',
  'booking.change.service': 'சேவையை மாற்று',
  'booking.change.staff': 'நபரை மாற்று',
  'booking.change.time': 'நேரத்தை மாற்று',
  'booking.online': 'இணையவழி',
};
