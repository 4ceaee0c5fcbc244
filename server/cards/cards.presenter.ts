/** Record → wire, one allow-list per audience; and a card in one language, before it becomes a view, a page or a file. */
import type { CardData } from '@frontdesk/domain/cards/card-data';
import { mailLink, mapLink, smsLink, telLink, whatsappLink } from '@frontdesk/domain/cards/links';
import { describeStructuredData } from '@frontdesk/domain/cards/structured-data';
import { listOpeningDays } from '@frontdesk/domain/hours/opening-days';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { CardAction, CardDto, CardView } from '@frontdesk/protocol/cards';
import type { Locale } from '@frontdesk/protocol/locales';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { CardButton } from '@frontdesk/protocol/vocabulary';
import { writePhoneNumber } from '../core/phone-numbers.js';
import type { Location } from '../locations/index.js';
import type { Card } from './cards.types.js';

/** A card with what it takes from its branch and its business. */
export interface CardInPlace {
  readonly card: Card;
  readonly location: Location;
  readonly businessName: string;
}

export interface CardLook {
  readonly locale: Locale;
  /** Shows what the card hides until somebody asks. */
  readonly isRevealed: boolean;
  /** Address of the card's own page. */
  readonly url: string;
}

export function presentCard({ tenantId: _tenantId, createdAt: _createdAt, updatedAt, ...fields }: Card): CardDto {
  return {
    ...fields,
    buttons: [...fields.buttons],
    maps: [...fields.maps],
    links: [...fields.links],
    updatedAt: updatedAt.toISOString(),
  };
}

function translate(texts: LocalizedText | null, locale: Locale): string | null {
  return texts && (texts[locale] ?? texts.en);
}

/** Hidden contact data are nowhere in this, so they cannot slip into anything that is made from it (CC-17). */
export function describeCardData({ card, location, businessName }: CardInPlace, look: CardLook): CardData {
  const { locale, isRevealed, url } = look;
  const { geofence } = location;
  const isShown = isRevealed || !card.hidesContactData;
  return {
    url,
    subject: card.subject,
    name: card.name,
    businessName,
    role: translate(card.roles, locale),
    about: translate(card.abouts, locale),
    photo: card.photo,
    phone: isShown ? card.phone : null,
    whatsapp: isShown ? card.whatsapp : null,
    sms: isShown ? card.sms : null,
    email: isShown ? card.email : null,
    address: location.address.trim() || null,
    country: location.country,
    position: card.position ?? (geofence && { latitude: geofence.latitude, longitude: geofence.longitude }),
    website: card.website,
    links: card.links.map(({ labels, url: address }) => ({ label: labels[locale] ?? labels.en, url: address })),
    timeZone: location.timeZone,
    hours: card.showsHours ? (card.hours ?? location.hours) : null,
    updatedAt: card.updatedAt,
  };
}

const action = (kind: CardButton, url: string | null, text: string | null = null): CardAction => ({
  kind,
  map: null,
  url,
  text,
});

/** What stands behind one kind of button; nothing where data is missing. */
function actionsOf(
  kind: CardButton,
  { card }: Pick<CardInPlace, 'card'>,
  data: CardData,
  locale: Locale,
): CardAction[] {
  const { phone, whatsapp, sms, email } = data;
  const opener = translate(card.openers, locale);
  switch (kind) {
    case 'call': {
      if (!phone) return [];
      const extension = phone.extension === null ? '' : ` × ${phone.extension}`;
      return [action(kind, telLink(phone), writePhoneNumber(phone.number) + extension)];
    }
    case 'whatsapp':
      return whatsapp ? [action(kind, whatsappLink(whatsapp, opener), writePhoneNumber(whatsapp))] : [];
    case 'sms':
      return sms ? [action(kind, smsLink(sms, opener), writePhoneNumber(sms))] : [];
    case 'email':
      return email ? [action(kind, mailLink(email, opener), email)] : [];
    case 'directions':
      return card.maps.flatMap((map) => {
        const url = mapLink(map, data);
        return url === null ? [] : [{ ...action(kind, url), map }];
      });
    case 'book':
    case 'chat':
      return [action(kind, card.website)];
  }
}

/** The buttons that have something behind them, in the order that was chosen (CC-1). */
export function listActions(place: Pick<CardInPlace, 'card'>, data: CardData, locale: Locale): CardAction[] {
  return place.card.buttons.flatMap((kind) => actionsOf(kind, place, data, locale));
}

function hasContactData({ buttons, phone, whatsapp, sms, email }: Card): boolean {
  const behind: Readonly<Partial<Record<CardButton, unknown>>> = { call: phone, whatsapp, sms, email };
  return buttons.some((kind) => Boolean(behind[kind]));
}

export function isContactHidden({ card }: Pick<CardInPlace, 'card'>, { isRevealed }: CardLook): boolean {
  return card.hidesContactData && !isRevealed && hasContactData(card);
}

/** JSON that may stand in a script element. */
export function writeStructuredData(data: CardData, nowMs: number): string {
  const today = getZone(data.timeZone).toWall(nowMs).date;
  return JSON.stringify(describeStructuredData(data, today)).replaceAll('<', '\\u003c');
}

export function presentView(place: CardInPlace, look: CardLook, nowMs: number): CardView {
  const data = describeCardData(place, look);
  const { card, location } = place;
  return {
    id: card.id,
    subject: card.subject,
    businessName: place.businessName,
    locationName: location.name,
    name: data.name,
    role: data.role,
    about: data.about,
    photo: data.photo,
    address: data.address,
    timeZone: data.timeZone,
    days: data.hours && listOpeningDays(data.hours, getZone(data.timeZone), nowMs),
    actions: listActions(place, data, look.locale),
    isContactHidden: isContactHidden(place, look),
    book: card.book,
    links: [...data.links],
    hasForm: card.hasForm,
    structuredData: writeStructuredData(data, nowMs),
  };
}
