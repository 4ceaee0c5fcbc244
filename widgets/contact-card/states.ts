/** Every state of a card and of its form worth looking at, with made-up people. Screenshot pages and tests draw from this list. */
import { listOpeningDays } from '@frontdesk/domain/hours/opening-days';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { CardAction, CardView } from '@frontdesk/protocol/cards';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import type { CardId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import { describeView, type CardState } from './card-session.js';
import { NO_MESSAGE, type MessageState } from './form/message-session.js';

/** Friday, 10:42 in Kuala Lumpur. */
export const EXAMPLE_NOW = '2026-11-20T02:42:00.000Z';

const DAY = [
  { from: '08:30', to: '12:15' },
  { from: '14:45', to: '21:00' },
];

function buildAction(kind: CardAction['kind'], patch: Partial<CardAction> = {}): CardAction {
  return { kind, map: null, url: null, text: null, ...patch };
}

const MAPS = ['google', 'apple', 'waze'] as const;
export const EXAMPLE_ACTIONS: readonly CardAction[] = [
  buildAction('book', { url: 'https://klinikmawar.example/booking' }),
  buildAction('chat', { url: 'https://klinikmawar.example/contact' }),
  buildAction('call', { url: 'tel:+60355500123;ext=12', text: '+60 3 5550 0123 × 12' }),
  buildAction('whatsapp', { url: 'https://wa.me/60123456789?text=Hi', text: '+60 12 345 6789' }),
  buildAction('email', { url: 'mailto:hello@klinikmawar.example', text: 'hello@klinikmawar.example' }),
  ...MAPS.map((map) => buildAction('directions', { map, url: `https://maps.example/${map}` })),
];

/** A leaf on green, drawn as a PNG of a few bytes. */
const PHOTO =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGNMaHjAAAJMDAwMDAwMAAwpAZjnTvXPAAAAAElFTkSuQmCC';

const ZONE = 'Asia/Kuala_Lumpur';
const HOURS: OpeningHours = {
  weekly: [DAY, DAY, DAY, DAY, DAY, [{ from: '09:00', to: '17:00' }], []],
  specialDays: [{ date: '2026-11-24', windows: [], label: 'Staff training' }],
  holidays: [],
};
const NEVER: OpeningHours = { weekly: [[], [], [], [], [], [], []], specialDays: [], holidays: [] };
const ALL_DAY = [{ from: '00:00', to: '24:00' }];

/** As the server gives them, on the day of the examples. */
const listDays = (hours: OpeningHours): CardView['days'] =>
  listOpeningDays(hours, getZone(ZONE), Date.parse(EXAMPLE_NOW));

export function buildCardView(patch: Partial<CardView> = {}): CardView {
  return {
    id: '0123456789abcdef01234567' as CardId,
    subject: 'location',
    businessName: 'Klinik Mawar',
    locationName: 'Bangsar',
    name: 'Klinik Mawar',
    role: 'Family doctors in Bangsar',
    about: 'We see everybody from the newborn to the great-grandmother, with or without an appointment.',
    photo: null,
    address: '12 Jalan Kenanga, Taman Damai, 59000 Kuala Lumpur',
    timeZone: ZONE,
    days: listDays(HOURS),
    actions: [...EXAMPLE_ACTIONS],
    isContactHidden: false,
    book: { serviceId: null, staffId: null },
    links: [
      { label: 'Price list', url: 'https://klinikmawar.example/prices' },
      { label: 'How to find us', url: 'https://klinikmawar.example/way' },
    ],
    hasForm: true,
    structuredData: '{"@id":"https://desk.example/cards/0123456789abcdef01234567.html"}',
    ...patch,
  };
}

export function buildCardState(
  view: Partial<CardView> = {},
  patch: Partial<CardState> = {},
  now = EXAMPLE_NOW,
): CardState {
  return { phase: 'ready', reveal: 'idle', ...describeView(buildCardView(view), Date.parse(now)), ...patch };
}

export interface CardExample {
  readonly id: string;
  readonly state: CardState;
  readonly locale?: Locale;
}

const HIDDEN = EXAMPLE_ACTIONS.filter(({ text }) => text === null);
const LONG = 'Pusat Perubatan Keluarga dan Pergigian Komprehensif Sri Muruganandamoorthy';

export const CARD_STATES: readonly CardExample[] = [
  { id: 'open', state: buildCardState() },
  { id: 'photo', state: buildCardState({ photo: PHOTO }) },
  { id: 'closed', state: buildCardState({}, {}, '2026-11-20T05:00:00.000Z') },
  { id: 'closed-until-monday', state: buildCardState({}, {}, '2026-11-21T10:00:00.000Z') },
  {
    id: 'closed-for-now',
    state: buildCardState({ days: listDays(NEVER) }),
  },
  { id: 'always', state: buildCardState({ days: listDays({ ...NEVER, weekly: NEVER.weekly.map(() => ALL_DAY) }) }) },
  {
    id: 'person',
    state: buildCardState({
      subject: 'staff',
      name: 'Dr. Nurul Aisyah',
      role: 'Family doctor',
      about: null,
      links: [],
    }),
  },
  { id: 'hidden', state: buildCardState({ actions: HIDDEN, isContactHidden: true }) },
  { id: 'reveal-failed', state: buildCardState({ actions: HIDDEN, isContactHidden: true }, { reveal: 'failed' }) },
  {
    id: 'bare',
    state: buildCardState({
      role: null,
      about: null,
      address: null,
      days: null,
      actions: EXAMPLE_ACTIONS.filter(({ kind }) => kind === 'call'),
      links: [],
      hasForm: false,
    }),
  },
  { id: 'long', state: buildCardState({ name: LONG, role: LONG, about: `${LONG} `.repeat(6) }) },
  { id: 'arabic', locale: 'ar', state: buildCardState({ name: 'عيادة الورد', role: 'أطباء الأسرة', about: null }) },
  { id: 'tamil', locale: 'ta', state: buildCardState({ name: 'மலர் மருத்துவமனை', role: 'குடும்ப மருத்துவர்கள்' }) },
];

export interface FormExample {
  readonly id: string;
  readonly state: MessageState;
}

const TYPED = { ...NO_MESSAGE, name: 'Siti', email: 'siti@example.com', body: 'Do you see children on Saturdays?' };

export const FORM_STATES: readonly FormExample[] = [
  { id: 'form-empty', state: { phase: 'writing', problem: null, fields: NO_MESSAGE } },
  { id: 'form-reach-missing', state: { phase: 'writing', problem: 'reach-missing', fields: { ...TYPED, email: '' } } },
  { id: 'form-phone-wrong', state: { phase: 'writing', problem: 'phone-wrong', fields: { ...TYPED, phone: '12' } } },
  { id: 'form-sending', state: { phase: 'sending', problem: null, fields: TYPED } },
  { id: 'form-offline', state: { phase: 'waiting', problem: null, fields: TYPED } },
  { id: 'form-failed', state: { phase: 'writing', problem: 'failed', fields: TYPED } },
  { id: 'form-sent', state: { phase: 'sent', problem: null, fields: NO_MESSAGE } },
];
