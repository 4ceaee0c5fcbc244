/** Every state of a visit with several services worth looking at; otherwise as states.ts. */
import type { FollowingPart } from '@frontdesk/protocol/booking-fields';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import type { BookingEvent } from '../start-store.js';
import {
  buildBooked,
  buildCatalogue,
  buildHold,
  buildService,
  example,
  EXAMPLE_NOW_MS,
  EXAMPLE_SERVICE,
  EXAMPLE_SERVICES,
  EXAMPLE_STAFF,
  EXAMPLE_START,
  play,
  SECOND_SERVICE,
  type BookingExample,
} from '../states.js';

const CHECKUP_SERVICE = 'd'.repeat(24) as BookingServiceId;
const ANYONE: BookingEvent = { type: 'staff-chosen', staffId: null };
const SERVICE: BookingEvent = { type: 'service-chosen', serviceId: EXAMPLE_SERVICE };
const DAY: BookingEvent = { type: 'date-chosen', date: '2027-03-04' };

/** Where several can be booked in one visit, one of them with people to choose from. */
export const SEVERAL = {
  catalogue: buildCatalogue([
    ...EXAMPLE_SERVICES.slice(0, 2),
    buildService({
      id: CHECKUP_SERVICE,
      names: {
        en: 'Check-up for children',
        ms: 'Pemeriksaan kanak-kanak',
        zh: '儿童体检',
        ta: 'குழந்தைகளுக்கான பரிசோதனை',
        hi: 'बच्चों की जाँच',
        ar: 'فحص الأطفال',
      },
      descriptions: null,
      minutes: 40,
      priceText: 'RM 90',
      staffIds: EXAMPLE_STAFF.slice(1).map((person) => person.id),
    }),
  ]),
};
export const PARTS: BookingEvent = {
  type: 'parts-changed',
  parts: [
    { serviceId: EXAMPLE_SERVICE, staffId: null },
    { serviceId: SECOND_SERVICE, staffId: null },
    { serviceId: CHECKUP_SERVICE, staffId: EXAMPLE_STAFF[1]?.id ?? null },
  ],
};

export function buildFollowing(start: number): FollowingPart[] {
  const [, second, third] = SEVERAL.catalogue.services;
  const from = (minutes: number): string => new Date((start + minutes) * 60_000).toISOString();
  return [
    {
      serviceId: SECOND_SERVICE,
      serviceNames: second?.names ?? { en: '' },
      staffId: null,
      staffName: null,
      start: from(20),
    },
    {
      serviceId: CHECKUP_SERVICE,
      serviceNames: third?.names ?? { en: '' },
      staffId: EXAMPLE_STAFF[1]?.id ?? null,
      staffName: EXAMPLE_STAFF[1]?.name ?? null,
      start: from(35),
    },
  ];
}
const ENDS_AT_MS = EXAMPLE_NOW_MS + 274_000;
const VISIT_HELD: BookingEvent = {
  type: 'held',
  held: { hold: buildHold(EXAMPLE_START, { followedBy: buildFollowing(EXAMPLE_START) }), endsAtMs: ENDS_AT_MS },
};

export const PARTS_STATES: readonly BookingExample[] = [
  example('add', play([SERVICE, ANYONE, { type: 'part-asked', at: 1 }], SEVERAL)),
  example('add-person', play([PARTS, { type: 'part-asked', at: 2 }], SEVERAL)),
  example('visit', play([PARTS, DAY], SEVERAL)),
  example('visit-details', play([PARTS, DAY, VISIT_HELD], SEVERAL)),
  example(
    'visit-booked',
    play(
      [PARTS, DAY, VISIT_HELD, { type: 'booked', booked: buildBooked({ followedBy: buildFollowing(EXAMPLE_START) }) }],
      SEVERAL,
    ),
  ),
  example('visit-arabic', play([PARTS, DAY, VISIT_HELD], SEVERAL), 'ar'),
];
