/** What is typed about a contact card, and what is wrong with it before the server is asked. */
import type { CardDto } from '@frontdesk/protocol/cards';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { Problems } from './cards-page.js';

export type CardDraft = Omit<CardDto, 'id' | 'isArchived' | 'updatedAt'>;

export const NEW_CARD: CardDraft = {
  locationId: '' as LocationId,
  subject: 'location',
  name: '',
  roles: null,
  abouts: null,
  photo: null,
  phone: null,
  sms: null,
  whatsapp: null,
  email: null,
  openers: null,
  position: null,
  buttons: ['call', 'whatsapp', 'sms', 'email', 'directions'],
  maps: ['google', 'apple', 'waze'],
  website: null,
  book: { serviceId: null, staffId: null },
  links: [],
  showsHours: true,
  hours: null,
  hidesContactData: false,
  hasForm: true,
};

export function toCardDraft({ id: _id, isArchived: _archived, updatedAt: _updated, ...draft }: CardDto): CardDraft {
  return draft;
}

/** As people write numbers: blanks, hyphens, dots and brackets say nothing. */
export const toNumber = (typed: string): string => typed.replaceAll(/[\s().-]/g, '');

const isNumber = (number: string | null): boolean => number === null || /^\+[1-9]\d{6,14}$/.test(number);
const isWebsite = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === 'https:';
const lacksEnglish = (texts: LocalizedText | null): boolean => texts !== null && texts.en.trim() === '';

function checkContact({ phone, sms, whatsapp, email, website, position }: CardDraft): Problems {
  return {
    ...(phone === null || isNumber(phone.number) ? {} : { 'phone.number': 'cardNumberWrong' as const }),
    ...(phone === null || phone.extension === null || /^\d{1,8}$/.test(phone.extension)
      ? {}
      : { 'phone.extension': 'cardExtensionWrong' as const }),
    ...(isNumber(sms) ? {} : { sms: 'cardNumberWrong' as const }),
    ...(isNumber(whatsapp) ? {} : { whatsapp: 'cardNumberWrong' as const }),
    ...(email === null || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { email: 'cardEmailWrong' as const }),
    ...(website === null || isWebsite(website) ? {} : { website: 'cardAddressWrong' as const }),
    ...(position === null || Math.abs(position.latitude) <= 90
      ? {}
      : { 'position.latitude': 'cardPlaceWrong' as const }),
    ...(position === null || Math.abs(position.longitude) <= 180
      ? {}
      : { 'position.longitude': 'cardPlaceWrong' as const }),
  };
}

export function checkCard(draft: CardDraft): Problems {
  const { name, roles, abouts, openers, links } = draft;
  const wrongLinks = links.flatMap(({ labels, url }, at): (readonly [string, Problems[string]])[] => [
    ...(labels.en.trim() === '' ? [[`links.${at}.labels.en`, 'invalidRequired'] as const] : []),
    ...(isWebsite(url) ? [] : [[`links.${at}.url`, 'cardAddressWrong'] as const]),
  ]);
  const texts = Object.entries({ roles, abouts, openers }).filter(([, text]) => lacksEnglish(text));
  return {
    ...(name.trim() === '' ? { name: 'invalidRequired' as const } : {}),
    ...Object.fromEntries(texts.map(([path]) => [`${path}.en`, 'cardEnglishMissing' as const])),
    ...checkContact(draft),
    ...Object.fromEntries(wrongLinks),
  };
}
