/** A business with a branch that is open on weekdays, two cards, and somebody on its website. */
import { createVisitorToken, type CardId, type LocationId } from '@frontdesk/protocol/ids';
import type { CardDto, CardView } from '@frontdesk/protocol/cards';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import type { Locale } from '@frontdesk/protocol/locales';
import { callHttp, dataOf, type CallAnswer, type CallOptions, type TestServer } from '../../support/server.js';
import { openShop, SHOP_ORIGIN, type Shop } from '../../support/sockets.js';

const DAY = [
  { from: '08:30', to: '12:15' },
  { from: '14:45', to: '21:00' },
];
export const HOURS: OpeningHours = {
  weekly: [DAY, DAY, DAY, DAY, DAY, [], []],
  specialDays: [],
  holidays: [{ date: '2026-12-25', label: 'Christmas' }],
};
/** The smallest picture there is. */
export const PHOTO = `data:image/png;base64,${Buffer.from('\x89PNG\r\n\x1a\n and what else belongs to it', 'latin1').toString('base64')}`;

/** Everything that a card can say. */
export const FULL_CARD = {
  subject: 'location',
  name: 'Klinik Mawar; "Bangsar" <1>',
  roles: { en: 'Family clinic', ms: 'Klinik keluarga' },
  abouts: { en: 'We see everybody, also <b>without</b> an appointment.' },
  photo: PHOTO,
  phone: { number: '+60355500123', extension: '12' },
  sms: '+60123456789',
  whatsapp: '+60123456789',
  email: 'hello@klinikmawar.example',
  openers: { en: 'Hi, I am writing from your website.', ms: 'Hai!' },
  position: { latitude: 3.107, longitude: 101.606 },
  buttons: ['call', 'whatsapp', 'sms', 'email', 'directions', 'book', 'chat'],
  maps: ['google', 'geo'],
  website: 'https://klinikmawar.example/contact',
  links: [{ labels: { en: 'Price list' }, url: 'https://klinikmawar.example/prices' }],
} as const;

export interface Clinic {
  readonly shop: Shop;
  readonly locationId: LocationId;
  readonly ownerToken: string;
  readonly visitor: CallOptions;
  readonly card: CardDto;
  staff<T>(name: string, input: object, key?: string): Promise<CallAnswer<T>>;
  change(input: object, cardId?: CardId): Promise<CardDto>;
  ask<T>(name: string, input: object, options?: Partial<CallOptions>): Promise<CallAnswer<T>>;
  read(locale?: Locale, cardId?: CardId): Promise<CardView>;
}

export async function openClinic(app: TestServer): Promise<Clinic> {
  const shop = await openShop(app);
  const { accessToken } = await shop.signIn(shop.ownerEmail);
  const location = await app.server.locations.provision.createLocation(
    { tenantId: shop.site.tenantId },
    { name: 'Bangsar', address: '12 Jalan Kenanga, 46000 Petaling Jaya', timeZone: 'Asia/Kuala_Lumpur', hours: HOURS },
  );
  const token = createVisitorToken();
  const visitor: CallOptions = { audience: 'visitor', token, site: shop.site.publicKey, origin: SHOP_ORIGIN };
  const staff = <T>(name: string, input: object, key?: string) =>
    callHttp<T>(app.url, name, input, { audience: 'staff', token: accessToken, ...(key && { key }) });
  const ask = <T>(name: string, input: object, options: Partial<CallOptions> = {}) =>
    callHttp<T>(app.url, name, input, { ...visitor, ...options });
  const card = dataOf(await staff<CardDto>('card:create', { locationId: location.id, ...FULL_CARD }));
  return {
    shop,
    locationId: location.id,
    ownerToken: accessToken,
    visitor,
    card,
    staff,
    ask,
    change: async (input, cardId = card.id) => dataOf(await staff<CardDto>('card:update', { cardId, ...input })),
    read: async (locale = 'en', cardId = card.id) => dataOf(await ask<CardView>('card:read', { cardId, locale })),
  };
}
