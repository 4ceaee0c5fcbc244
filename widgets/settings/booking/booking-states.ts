/** What a made-up clinic offers by appointment. Screenshots and tests draw from this; the product never imports it. */
import type { BookingServiceDto, PoolDto, ResourceDto } from '@frontdesk/protocol/booking-fields';
import type {
  BookableId,
  BookingServiceId,
  MembershipId,
  ResourcePoolId,
  SiteId,
  SiteKey,
} from '@frontdesk/protocol/ids';
import { BRANCH_ID, buildLocation, good, idOf, type Answers } from '../setup/setup-states.js';
import { NEW_SERVICE } from './booking-service-draft.js';

export function buildOffer(index: number, change: Partial<BookingServiceDto> = {}): BookingServiceDto {
  return {
    ...NEW_SERVICE,
    id: idOf('2', index) as BookingServiceId,
    locationId: BRANCH_ID,
    names: { en: 'Consultation', ms: 'Perundingan' },
    segments: [{ minutes: 30, needsStaff: true, poolIds: [] }],
    intervalMinutes: 30,
    capacity: null,
    priceText: 'RM 80',
    isArchived: false,
    ...change,
  };
}

export function buildResource(index: number, change: Partial<ResourceDto> = {}): ResourceDto {
  return {
    id: idOf('6', index) as BookableId,
    locationId: BRANCH_ID,
    kind: 'staff',
    name: 'Dr Aisha Rahman',
    memberId: null,
    serviceIds: [idOf('2', 1) as BookingServiceId],
    hours: null,
    priority: 0,
    weight: 1,
    isArchived: false,
    ...change,
  };
}

export function buildPool(index: number, change: Partial<PoolDto> = {}): PoolDto {
  return {
    id: idOf('7', index) as ResourcePoolId,
    locationId: BRANCH_ID,
    name: 'Treatment rooms',
    resourceIds: [idOf('6', 3) as BookableId],
    ...change,
  };
}

/** A service with everything that a form can say. */
export const RICH_OFFER = buildOffer(2, {
  names: { en: 'Physiotherapy', zh: '物理治疗' },
  descriptions: { en: 'First visit, with a plan for the weeks after it.' },
  segments: [
    { minutes: 20, needsStaff: true, poolIds: [idOf('7', 1) as ResourcePoolId] },
    { minutes: 15, needsStaff: false, poolIds: [idOf('7', 1) as ResourcePoolId] },
    { minutes: 10, needsStaff: true, poolIds: [] },
  ],
  bufferAfterMinutes: 10,
  confirmation: 'approve',
  questions: [
    {
      key: 'pain',
      type: 'choice',
      labels: { en: 'Where does it hurt?' },
      options: [
        { key: 'back', labels: { en: 'Back' } },
        { key: 'knee', labels: { en: 'Knee' } },
      ],
      isRequired: true,
      isSensitive: true,
      onlyIf: null,
    },
    {
      key: 'since',
      type: 'date',
      labels: { en: 'Since when?' },
      options: [],
      isRequired: false,
      isSensitive: false,
      onlyIf: { key: 'pain', equals: 'back' },
    },
  ],
  consents: [{ key: 'treatment', version: 2, texts: { en: 'I agree to the treatment.' }, isRequired: true }],
});

/** A clinic on an ordinary day; each test or picture replaces what it is about. */
export const BOOKING_ANSWERS: Answers = {
  'booking:read-retention': () => good({ keepDays: 730 }),
  'location:list': () => good({ locations: [buildLocation(1), buildLocation(2, { name: 'Klinik Mawar Ampang' })] }),
  'booking:read-setup': () =>
    good({
      services: [buildOffer(1), RICH_OFFER, buildOffer(3, { names: { en: 'Vaccination' }, isArchived: true })],
      resources: [
        buildResource(1),
        buildResource(2, { name: 'Farid Osman', serviceIds: [], hours: buildLocation(1).hours }),
        buildResource(3, { kind: 'room', name: 'Room 1', serviceIds: [] }),
        buildResource(4, { kind: 'equipment', name: 'Ultrasound', serviceIds: [] }),
      ],
      pools: [buildPool(1), buildPool(2, { name: 'Ultrasound machines', resourceIds: [] })],
    }),
  'member:list': () =>
    good({
      members: [
        {
          id: idOf('e', 1) as MembershipId,
          name: 'Mei Ling Tan',
          email: 'meiling@klinikmawar.example',
          role: 'owner',
          disabled: false,
          inboxIds: null,
          availability: 'online',
          self: true,
        },
      ],
    }),
  'site:list': () =>
    good({
      sites: [
        {
          id: idOf('9', 1) as SiteId,
          publicKey: 'pk_4fJq8ZsT2mVxY7aBcDeFgH1k' as SiteKey,
          name: 'Klinik Mawar',
          allowedOrigins: ['https://klinikmawar.example'],
          allowNullOrigin: false,
          theme: { accent: '#0b6e4f', colorScheme: 'auto', launcherSide: 'end' },
          greeting: 'Hello!',
          requireIdentity: false,
          identityKeyIds: [],
        },
      ],
    }),
};
