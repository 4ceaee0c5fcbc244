/**
 * Contact cards: what a branch or a person of the business tells about itself, on websites, on a page of its own, as a vCard and as a
 * code. Opening hours are those of the location, so card, queue and booking never disagree.
 */
import { z } from 'zod';
import { accepted } from './auth.js';
import { defineCommand } from './command.js';
import { email, id, instant, line, locale, messageBody, nothing, timeZone } from './fields.js';
import { openingDay, openingHours } from './hours.js';
import type { BookableId, BookingServiceId, CardId, LocationId } from './ids.js';
import { CARD_PHOTO_MAX_BYTES } from './limits.js';
import { proofOfWork } from './proof.js';
import { localizedLine, phoneNumber } from './queue-fields.js';
import { CARD_BUTTONS, CARD_SUBJECTS, MAP_SERVICES } from './vocabulary.js';

const PHOTO_PATTERN = /^data:image\/(jpeg|png|webp);base64,([A-Za-z0-9+/]+={0,2})$/;
/** First bytes of the three formats, in base64 as far as they are the same in every file. */
const PHOTO_SIGNATURES = { jpeg: /^\/9j\//, png: /^iVBORw0KGg/, webp: /^UklGR.{6}XRUJQ/ } as const;

function isPhoto(text: string): boolean {
  const [, format = '', base64 = ''] = PHOTO_PATTERN.exec(text) ?? [];
  if (!(format in PHOTO_SIGNATURES) || base64.length % 4 !== 0) return false;
  const bytes = (base64.length / 4) * 3 - (base64.length - base64.replace(/=+$/, '').length);
  return bytes <= CARD_PHOTO_MAX_BYTES && PHOTO_SIGNATURES[format as keyof typeof PHOTO_SIGNATURES].test(base64);
}

/** A small picture as a `data:` URL, so that no widget ever fetches it from another host. */
const photo = z
  .string()
  .max(Math.ceil(CARD_PHOTO_MAX_BYTES / 3) * 4 + 40)
  .refine(isPhoto, `must be a JPEG, PNG or WebP of at most ${CARD_PHOTO_MAX_BYTES} bytes as a data: URL`);

/** RFC 3966: a number and what is dialled after it was answered. */
const cardPhone = z.strictObject({
  number: phoneNumber,
  extension: z
    .string()
    .regex(/^\d{1,8}$/, 'must be up to eight digits')
    .nullable(),
});
export type CardPhone = z.output<typeof cardPhone>;

const webAddress = z.url({ protocol: /^https$/ }).max(200);

export const cardFields = {
  locationId: id<LocationId>(),
  subject: z.enum(CARD_SUBJECTS),
  name: line(80),
  /** What the person or branch is: "Family doctor". */
  roles: localizedLine(80).nullable(),
  abouts: localizedLine(600).nullable(),
  photo: photo.nullable(),
  phone: cardPhone.nullable(),
  sms: phoneNumber.nullable(),
  whatsapp: phoneNumber.nullable(),
  email: email.nullable(),
  /** Begins the customer's WhatsApp message, SMS or mail. */
  openers: localizedLine(200).nullable(),
  /** Degrees (WGS 84); without it the way is found by the address of the location. */
  position: z
    .strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .nullable(),
  /** Shown in this order; one whose data is missing is left out. */
  buttons: z.array(z.enum(CARD_BUTTONS)).max(CARD_BUTTONS.length),
  maps: z.array(z.enum(MAP_SERVICES)).max(MAP_SERVICES.length),
  /** Page of the website that chat and booking are on: where their buttons lead without our script. */
  website: webAddress.nullable(),
  /** What the booking element opens with; null leaves the choice to the customer. */
  book: z.strictObject({
    serviceId: id<BookingServiceId>().nullable(),
    staffId: id<BookableId>().nullable(),
  }),
  links: z.array(z.strictObject({ labels: localizedLine(40), url: webAddress })).max(8),
  showsHours: z.boolean(),
  /** Hours of this person; null follows the location. */
  hours: openingHours.nullable(),
  /** Telephone, WhatsApp, SMS and mail are shown at a click only, and stand in no page before. */
  hidesContactData: z.boolean(),
  hasForm: z.boolean(),
};

export const cardDto = z.strictObject({
  id: id<CardId>(),
  ...z.strictObject(cardFields).shape,
  name: z.string(),
  isArchived: z.boolean(),
  updatedAt: instant,
});
export type CardDto = z.output<typeof cardDto>;

export const cardAction = z.strictObject({
  kind: z.enum(CARD_BUTTONS),
  /** Which map a `directions` button opens. */
  map: z.enum(MAP_SERVICES).nullable(),
  /** null: only an element on the page can do it. */
  url: z.string().nullable(),
  /** The number or address as people read it; null where the button says all. */
  text: z.string().nullable(),
});
export type CardAction = z.output<typeof cardAction>;

/** A card in one language, as everybody may see it. */
export const cardView = z.strictObject({
  id: id<CardId>(),
  subject: z.enum(CARD_SUBJECTS),
  businessName: z.string(),
  locationName: z.string(),
  name: z.string(),
  role: z.string().nullable(),
  about: z.string().nullable(),
  photo: z.string().nullable(),
  address: z.string().nullable(),
  timeZone,
  /** From yesterday on, three weeks and more; null: not shown. */
  days: z.array(openingDay).nullable(),
  actions: z.array(cardAction),
  /** More actions are there for whoever asks with `card:reveal`. */
  isContactHidden: z.boolean(),
  book: cardFields.book,
  links: z.array(z.strictObject({ label: z.string(), url: z.string() })),
  hasForm: z.boolean(),
  /** JSON-LD of the branch or person (schema.org), for the page's head. */
  structuredData: z.string(),
});
export type CardView = z.output<typeof cardView>;

const cardId = id<CardId>();

export const cardStaffCommands = {
  'card:list': defineCommand({
    name: 'card:list',
    audience: 'staff',
    summary: 'The contact cards of the business.',
    idempotency: 'read',
    input: nothing,
    output: z.strictObject({ cards: z.array(cardDto) }),
  }),
  'card:create': defineCommand({
    name: 'card:create',
    audience: 'staff',
    summary:
      'Add a contact card for a branch or a person; shows hours, form and every button that has data unless told otherwise.',
    idempotency: 'key',
    input: z.strictObject({
      locationId: cardFields.locationId,
      subject: cardFields.subject,
      name: cardFields.name,
      ...z.strictObject(cardFields).omit({ locationId: true, subject: true, name: true }).partial().shape,
    }),
    output: cardDto,
  }),
  'card:update': defineCommand({
    name: 'card:update',
    audience: 'staff',
    summary: 'Change a contact card; archive it or bring it back.',
    idempotency: 'key',
    input: z.strictObject({
      cardId,
      ...z.strictObject(cardFields).omit({ locationId: true, subject: true }).partial().shape,
      isArchived: z.boolean().optional(),
    }),
    output: cardDto,
  }),
} as const;

export const cardVisitorCommands = {
  'card:read': defineCommand({
    name: 'card:read',
    audience: 'visitor',
    summary: 'A contact card in a language.',
    idempotency: 'read',
    input: z.strictObject({ cardId, locale }),
    output: cardView,
  }),
  'card:reveal': defineCommand({
    name: 'card:reveal',
    audience: 'visitor',
    summary: 'The same with the contact data that the card hides.',
    idempotency: 'read',
    input: z.strictObject({ cardId, locale }),
    output: cardView,
  }),
  'card:send-message': defineCommand({
    name: 'card:send-message',
    audience: 'visitor',
    summary: "Write to the business: goes on in the visitor's conversation, or begins one. Wants proof of work.",
    idempotency: 'key',
    input: z
      .strictObject({
        cardId,
        name: line(80),
        email: email.nullable(),
        /** As typed; read in the country of the location. */
        phone: z.string().max(30).nullable(),
        body: messageBody,
        locale,
        /** No person sees this field; what fills it in is thanked and forgotten. */
        website: z.string().max(200),
        proof: proofOfWork,
      })
      .refine(({ email: mail, phone }) => mail !== null || (phone ?? '').trim() !== '', {
        path: ['email'],
        message: 'give an e-mail address or a phone number',
      }),
    output: accepted,
    errors: ['PROOF_REFUSED'],
  }),
} as const;
