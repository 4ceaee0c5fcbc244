/** Contact cards of a made-up clinic. Screenshots and tests draw from this; the product never imports it. */
import type { CardDto } from '@frontdesk/protocol/cards';
import type { CardId, TenantId } from '@frontdesk/protocol/ids';
import { BOOKING_ANSWERS } from '../booking/booking-states.js';
import { agoMinutes, BRANCH_ID, buildLocation, good, idOf, type Answers } from '../setup/setup-states.js';
import { NEW_CARD } from './card-draft.js';

/** Two dots, as a PNG of a few bytes. */
const PHOTO =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGNMaHjAAAJMDAwMDAwMAAwpAZjnTvXPAAAAAElFTkSuQmCC';

export function buildCard(index: number, change: Partial<CardDto> = {}): CardDto {
  return {
    ...NEW_CARD,
    id: idOf('a', index) as CardId,
    locationId: BRANCH_ID,
    name: 'Klinik Mawar Bangsar',
    roles: { en: 'Family doctors', ms: 'Doktor keluarga' },
    phone: { number: '+60355500123', extension: '12' },
    whatsapp: '+60123456789',
    email: 'hello@klinikmawar.example',
    isArchived: false,
    updatedAt: agoMinutes(90),
    ...change,
  };
}

export const STAFF_CARD = buildCard(2, {
  subject: 'staff',
  name: 'Dr Aisha Rahman',
  roles: { en: 'Family doctor' },
  abouts: { en: 'Here on weekday mornings.' },
  photo: PHOTO,
  hours: buildLocation(1).hours,
  links: [{ labels: { en: 'Publications' }, url: 'https://klinikmawar.example/aisha' }],
  buttons: ['call', 'book'],
});

/** A clinic on an ordinary day; each test or picture replaces what it is about. */
export const CARD_ANSWERS: Answers = {
  ...BOOKING_ANSWERS,
  'card:list': () =>
    good({ cards: [buildCard(1), STAFF_CARD, buildCard(3, { name: 'Old branch', isArchived: true })] }),
  'tenant:read': () =>
    good({ id: idOf('b', 1) as TenantId, name: 'Klinik Mawar', locale: 'en', timeZone: 'Asia/Kuala_Lumpur' }),
};
