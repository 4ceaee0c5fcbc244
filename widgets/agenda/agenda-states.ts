/**
 * Every state of the agenda worth looking at, with made-up people. Screenshot pages and tests draw from this list; the product never
 * imports it. It is a list, and one longer than 400 lines because the states share their people.
 */
import type { ClassSessionDto, EnrolmentDto, RosterDto } from '@frontdesk/protocol/booking-class-staff';
import type {
  BookingDto,
  BookingServiceDto,
  Question,
  ResourceDto,
  TimeBlockDto,
} from '@frontdesk/protocol/booking-fields';
import type { BookingFile } from '@frontdesk/protocol/booking-files';
import type {
  BookableId,
  BookingFileId,
  BookingId,
  BookingServiceId,
  ClassSessionId,
  CourseId,
  EnrolmentId,
  LocationId,
  MembershipId,
  ResourcePoolId,
  ServiceId,
  TenantId,
  TimeBlockId,
  UserId,
} from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { StaffCommandName } from '@frontdesk/protocol/staff';
import type { SeriesVisit } from '@frontdesk/protocol/booking-series';
import {
  ZONE_RULES_REASON,
  ZONE_TAKEN_REASON,
  type AttendanceMark,
  type BookingState,
  type VisitOutlook,
} from '@frontdesk/protocol/vocabulary';
import { keyOfDates } from './agenda-class.js';
import { INITIAL_AGENDA, type AgendaState, type Sheet } from './agenda-store.js';
import { addDays, dateAt, getZone } from './agenda-time.js';
import type { AgendaSession } from './agenda-words.js';

const idOf = (group: string, index: number): string => `${group}${index.toString(16).padStart(23, '0')}`;
const fileIdOf = (index: number): BookingFileId => idOf('f', index) as BookingFileId;
const buildFile = (index: number, name: string, size: number): BookingFile => ({
  id: fileIdOf(index),
  questionKey: 'letter',
  name,
  type: name.endsWith('pdf') ? 'application/pdf' : 'image/jpeg',
  size,
});
export const bookingIdOf = (index: number): BookingId => idOf('1', index) as BookingId;
export const staffIdOf = (index: number): BookableId => idOf('2', index) as BookableId;
export const roomIdOf = (index: number): BookableId => idOf('3', index) as BookableId;
export const serviceIdOf = (index: number): BookingServiceId => idOf('4', index) as BookingServiceId;
const memberIdOf = (index: number): MembershipId => idOf('e', index) as MembershipId;
const LOCATION_ID = idOf('5', 1) as LocationId;
const POOL_ID = idOf('6', 1) as ResourcePoolId;

export const ZONE = 'Asia/Kuala_Lumpur';
const zone = getZone(ZONE);
export const TODAY = dateAt(zone, Date.now());

/** A time of a day of the branch, as an instant. */
export function at(hour: number, minute = 0, date = TODAY): string {
  return new Date(zone.toInstant(date, hour * 60 + minute)).toISOString();
}

export const DEMO_SESSION: AgendaSession = {
  user: {
    id: idOf('a', 1) as UserId,
    email: 'aina@klinikmawar.example',
    name: 'Aina Rahman',
    hasPassword: true,
    hasGoogle: false,
  },
  membership: { id: memberIdOf(1), role: 'owner' },
  tenant: { id: idOf('b', 1) as TenantId, name: 'Klinik Mawar', locale: 'en' },
};

const WEEKDAY = [
  { from: '09:00', to: '13:00' },
  { from: '14:00', to: '18:00' },
];

export const LOCATION: LocationDto = {
  id: LOCATION_ID,
  name: 'Klinik Mawar, Bangsar',
  address: '12 Jalan Telawi, Kuala Lumpur',
  timeZone: ZONE,
  nextTimeZone: null,
  dayStart: '04:00',
  hours: { weekly: Array.from({ length: 7 }, () => WEEKDAY), specialDays: [], holidays: [] },
  languages: ['en', 'ms'],
  country: 'MY',
  phone: null,
  geofence: null,
  isArchived: false,
  createdAt: '2026-01-05T01:00:00.000Z',
};

const buildResource = (id: BookableId, name: string, patch: Partial<ResourceDto> = {}): ResourceDto => ({
  id,
  locationId: LOCATION_ID,
  kind: 'staff',
  name,
  memberId: null,
  serviceIds: [serviceIdOf(1), serviceIdOf(2)],
  hours: null,
  priority: 0,
  weight: 1,
  isArchived: false,
  ...patch,
});

const QUESTIONS: readonly Question[] = [
  {
    key: 'first-visit',
    type: 'checkbox',
    labels: { en: 'First visit', ms: 'Lawatan pertama' },
    options: [],
    isRequired: false,
    isSensitive: false,
    onlyIf: null,
  },
  {
    key: 'allergies',
    type: 'text',
    labels: { en: 'Allergies', ms: 'Alahan' },
    options: [],
    isRequired: false,
    isSensitive: true,
    onlyIf: null,
  },
  {
    key: 'letter',
    type: 'file',
    labels: { en: 'Letter of your doctor', ms: 'Surat doktor anda' },
    options: [],
    isRequired: false,
    isSensitive: false,
    onlyIf: null,
  },
];

const buildService = (index: number, en: string, ms: string, minutes: number): BookingServiceDto => ({
  id: serviceIdOf(index),
  locationId: LOCATION_ID,
  names: { en, ms },
  descriptions: null,
  segments: [{ minutes, needsStaff: true, poolIds: index === 2 ? [POOL_ID] : [] }],
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  buffersMayLeaveHours: true,
  intervalMinutes: 15,
  alignment: 'open',
  packing: 'grid',
  minNoticeMinutes: 60,
  horizonDays: 60,
  capacity: null,
  maxPerDay: null,
  maxPerCustomerPerDay: null,
  priceText: 'RM 80',
  confirmation: 'auto',
  rescheduleUntilMinutes: 120,
  cancelUntilMinutes: 120,
  maxReschedules: 3,
  questions: [...QUESTIONS],
  consents: [],
  verification: 'none',
  isOnline: false,
  isArchived: false,
});

const SETUP: NonNullable<AgendaState['setup']> = {
  services: [
    buildService(1, 'Consultation', 'Konsultasi', 30),
    buildService(2, 'Physiotherapy', 'Fisioterapi', 60),
    { ...buildService(3, 'Back class', 'Kelas belakang', 60), capacity: { min: 2, max: 8 } },
  ],
  resources: [
    buildResource(staffIdOf(1), 'Dr Nadia', { memberId: memberIdOf(2), serviceIds: [1, 2, 3].map(serviceIdOf) }),
    buildResource(staffIdOf(2), 'Dr Lim Wei Jie', { serviceIds: [1, 2, 3].map(serviceIdOf) }),
    buildResource(staffIdOf(3), 'Kavitha', { serviceIds: [serviceIdOf(2)] }),
    buildResource(roomIdOf(1), 'Room 1', { kind: 'room', serviceIds: [] }),
  ],
  pools: [{ id: POOL_ID, locationId: LOCATION_ID, name: 'Rooms', resourceIds: [roomIdOf(1)] }],
};

interface Visit {
  readonly name: string;
  readonly start: string;
  readonly minutes?: number;
  readonly staff?: number;
  readonly service?: number;
  readonly state?: BookingState;
  readonly room?: boolean;
}

export function buildBooking(
  index: number,
  { name, start, minutes = 30, staff = 1, service = 1, state = 'confirmed', room = false }: Visit,
): BookingDto {
  const end = new Date(Date.parse(start) + minutes * 60_000).toISOString();
  const wall = zone.toWall(Date.parse(start));
  return {
    id: bookingIdOf(index),
    code: `K7M4PQ${String(index).padStart(2, '0')}`,
    version: 2,
    state,
    locationId: LOCATION_ID,
    start,
    end,
    timeZone: ZONE,
    wallStart: `${wall.date}T09:00`,
    segments: [
      {
        serviceId: serviceIdOf(service),
        start,
        end,
        staffId: staffIdOf(staff),
        resourceIds: room ? [roomIdOf(1)] : [],
      },
    ],
    customer: { name, phone: '+60123456789', email: 'mei.tan@example.test' },
    answers: { 'first-visit': 'true' },
    consents: [],
    reschedules: 0,
    history: [
      { at: at(8, 30), by: 'customer', memberId: null, from: 'held', to: 'confirmed', reason: '' },
      { at: at(8, 45), by: 'staff', memberId: memberIdOf(1), from: 'confirmed', to: 'confirmed', reason: '' },
    ],
  };
}

export const BOOKINGS: readonly BookingDto[] = [
  buildBooking(1, { name: 'Mei Tan', start: at(9), state: 'completed' }),
  buildBooking(2, { name: 'Ravi Kumar', start: at(9, 30), state: 'arrived' }),
  buildBooking(3, { name: 'Siti Nurhaliza binti Abdullah', start: at(10, 30) }),
  buildBooking(4, { name: 'Ahmad Faizal', start: at(9), staff: 2, state: 'no-show' }),
  buildBooking(5, { name: '陈美玲', start: at(11), staff: 2, state: 'requested' }),
  buildBooking(6, { name: 'முத்து செல்வி', start: at(14), staff: 2, minutes: 60, service: 2, room: true }),
  buildBooking(7, { name: 'Grace Wong', start: at(15), staff: 3, minutes: 60, service: 2, room: true }),
  buildBooking(8, { name: 'Short visit', start: at(12), staff: 1, minutes: 15 }),
  buildBooking(9, { name: 'Given up', start: at(16), staff: 1, state: 'cancelled-by-customer' }),
];

const BLOCKS: readonly TimeBlockDto[] = [
  {
    id: idOf('7', 1) as TimeBlockId,
    resourceId: staffIdOf(3),
    start: at(9),
    end: at(11),
    reason: 'Training',
  },
];

const buildEnrolment = (index: number, name: string, patch: Partial<EnrolmentDto> = {}): EnrolmentDto => ({
  id: idOf('c', index) as EnrolmentId,
  state: 'enrolled',
  seats: 1,
  customer: { name, phone: null, email: null },
  answers: {},
  attendance: [null],
  offerUntil: null,
  createdAt: at(7),
  ...patch,
});

const marked = (mark: AttendanceMark) => ({ mark, markedBy: memberIdOf(2), markedAt: at(16) });

export const SESSION: ClassSessionDto = {
  id: idOf('d', 1) as ClassSessionId,
  courseId: null,
  version: 1,
  isCancelled: false,
  locationId: LOCATION_ID,
  serviceId: serviceIdOf(3),
  staffId: staffIdOf(1),
  resourceIds: [],
  start: at(16),
  end: at(17),
  timeZone: ZONE,
  wallStart: `${TODAY}T16:00`,
  capacity: 8,
  minimum: 2,
  enrolled: 5,
  kept: 0,
  waiting: 1,
  present: 1,
  absent: 0,
};

/** A class of yesterday: whoever was in it can be marked. */
const PAST = { ...SESSION, start: at(16, 0, addDays(TODAY, -1)), end: at(17, 0, addDays(TODAY, -1)) };

export const ROSTER: RosterDto = {
  session: PAST,
  enrolments: [
    buildEnrolment(1, 'Mei Tan', { attendance: [marked('present')] }),
    buildEnrolment(2, 'Siti Nurhaliza binti Abdullah', { seats: 2, attendance: [null, null] }),
    buildEnrolment(3, 'Ravi Kumar', { attendance: [marked('late')] }),
    buildEnrolment(4, 'முத்து செல்வி'),
    buildEnrolment(5, 'Grace Wong', { state: 'waiting' }),
  ],
};

export const READY: AgendaState = {
  ...INITIAL_AGENDA,
  link: 'live',
  locations: [LOCATION],
  locationId: LOCATION_ID,
  setup: SETUP,
  queueServices: [
    { id: idOf('8', 1) as ServiceId, names: { en: 'Consultation room', ms: 'Bilik konsultasi' } },
    { id: idOf('8', 2) as ServiceId, names: { en: 'Pharmacy', ms: 'Farmasi' } },
  ],
  date: TODAY,
  agenda: { bookings: [...BOOKINGS], blocks: [...BLOCKS] },
};

const withSheet = (sheet: Sheet, more: Partial<AgendaState> = {}): AgendaState => ({ ...READY, sheet, ...more });
const STARTS = [at(9), at(9, 15), at(10), at(10, 15), at(12, 15), at(12, 30), at(14), at(14, 15), at(16)];

export function startsOf(service: number, staff: number | null, moving: BookingId | null): AgendaState['starts'] {
  const key = `${serviceIdOf(service)} ${staff === null ? null : staffIdOf(staff)} ${TODAY} ${moving}`;
  return { key, starts: STARTS, error: null };
}

function withFailure(command: StaffCommandName, code: ErrorCode, alternatives: readonly string[] = []): AgendaState {
  const error = { code, message: '', requestId: '7' };
  const about = { bookingId: bookingIdOf(3), sessionId: null, isChanged: false, staffId: staffIdOf(1) };
  return { ...READY, failure: { command, error, ...about, alternatives } };
}

const find = (index: number): BookingDto => {
  const booking = BOOKINGS.find(({ id }) => id === bookingIdOf(index));
  if (!booking) throw new Error(`No booking ${index}`);
  return booking;
};

const selected = (index: number, more: Partial<AgendaState> = {}): AgendaState => ({
  ...READY,
  selectedId: bookingIdOf(index),
  ...more,
});

const withRoster = (more: Partial<AgendaState> = {}): AgendaState => ({
  ...READY,
  sessions: [SESSION],
  openSessionId: SESSION.id,
  roster: ROSTER,
  ...more,
});

const COURSE_ID = idOf('9', 1) as CourseId;

/** A class that is still to come. */
function withClass(more: Partial<AgendaState> = {}, change: Partial<ClassSessionDto> = {}): AgendaState {
  const date = addDays(TODAY, 1);
  const session = { ...SESSION, start: at(16, 0, date), end: at(17, 0, date), present: 0, ...change };
  const enrolments = ROSTER.enrolments.map((one) => ({ ...one, attendance: one.attendance.map(() => null) }));
  return { ...withRoster({ roster: { session, enrolments } }), date, sessions: [session], ...more };
}

function toClassFailure(
  command: StaffCommandName,
  error: NonNullable<AgendaState['failure']>['error'],
  isChanged = false,
): NonNullable<AgendaState['failure']> {
  return { command, error, bookingId: null, sessionId: SESSION.id, isChanged, alternatives: [], staffId: null };
}

const classSheet = (more: Partial<Extract<Sheet, { kind: 'class-create' }>> = {}): Sheet => ({
  ...{ kind: 'class-create', date: TODAY, staffId: staffIdOf(1), time: '17:30', weeks: null },
  ...more,
});

const foresee = (outlook: VisitOutlook, week = 0): SeriesVisit => {
  const date = addDays(TODAY, week * 7);
  const start = at(17, 30, date);
  return { date, start, outlook, alternatives: outlook === 'taken' ? [at(16, 30, date), at(18, 30, date)] : [] };
};

/** What is in the way, of the question that the sheet begins with. */
function withDates(sheet: Sheet, dates: readonly SeriesVisit[] | null): Pick<AgendaState, 'sheet' | 'dates'> {
  const weeks = sheet.kind === 'class-create' ? sheet.weeks : null;
  const question = {
    serviceId: serviceIdOf(3),
    staffId: staffIdOf(1),
    date: TODAY,
    time: '17:30',
    weeks,
    moving: null,
  };
  return { sheet, dates: { key: keyOfDates(question), dates, error: null } };
}

/** Of two visits the rules of the zone changed; one of them could not keep its time on the clock. */
const afterZoneRules = (selectedId: BookingId): AgendaState => {
  const flag = (booking: BookingDto, isMoved: boolean): BookingDto => {
    const { end: at, start: from } = booking;
    const reason = isMoved ? ZONE_RULES_REASON : ZONE_TAKEN_REASON;
    const change = { at: from, by: 'system', memberId: null, from: 'confirmed', to: 'confirmed', reason } as const;
    return { ...booking, zoneChange: { from, to: at, isMoved }, history: [...booking.history, change] };
  };
  const bookings = BOOKINGS.map((one) =>
    one.id === bookingIdOf(3) ? flag(one, false) : one.id === bookingIdOf(6) ? flag(one, true) : one,
  );
  return { ...READY, selectedId, agenda: { bookings, blocks: [...BLOCKS] } };
};

export const AGENDA_STATES: Readonly<Record<string, AgendaState>> = {
  loading: { ...INITIAL_AGENDA, link: 'live', locations: [LOCATION], locationId: LOCATION_ID, date: TODAY },
  failed: {
    ...INITIAL_AGENDA,
    link: 'live',
    loadError: { code: 'BUSY', message: '', requestId: '7' },
  },
  pick: {
    ...INITIAL_AGENDA,
    link: 'live',
    locations: [LOCATION, { ...LOCATION, id: idOf('5', 2) as LocationId, name: 'Klinik Mawar, Ipoh' }],
  },
  'no-locations': { ...INITIAL_AGENDA, link: 'live', locations: [] },
  nobody: { ...READY, setup: { services: [], resources: [], pools: [] }, agenda: { bookings: [], blocks: [] } },
  day: READY,
  'day-empty': { ...READY, date: addDays(TODAY, 1), agenda: { bookings: [], blocks: [] } },
  week: { ...READY, view: 'week' },
  'week-one': { ...READY, view: 'week', resourceId: staffIdOf(1) },
  list: { ...READY, view: 'list' },
  'list-empty': { ...READY, view: 'list', agenda: { bookings: [], blocks: [] } },
  ended: { ...READY, showsEnded: true },
  details: selected(3),
  request: selected(5),
  arrived: selected(2),
  'details-answers': selected(3, {
    answers: {
      bookingId: bookingIdOf(3),
      answers: { 'first-visit': 'true', allergies: 'Penicillin', letter: [fileIdOf(1), fileIdOf(2)] },
      files: [
        buildFile(1, 'Letter of Dr Lim to the clinic, with the pictures of both knees.pdf', 1_830_000),
        buildFile(2, 'knee.jpg', 84_000),
      ],
    },
  }),
  'zone-moved': afterZoneRules(bookingIdOf(6)),
  'zone-taken': afterZoneRules(bookingIdOf(3)),
  classes: { ...READY, sessions: [SESSION] },
  'classes-list': { ...READY, view: 'list', sessions: [SESSION] },
  roster: withRoster(),
  'roster-loading': withRoster({ roster: null }),
  'roster-early': withRoster({ roster: { ...ROSTER, session: { ...SESSION, start: at(16, 0, addDays(TODAY, 1)) } } }),
  'roster-offline': withRoster({
    link: 'lost',
    unsent: [
      { sessionId: SESSION.id, enrolmentId: idOf('c', 4) as EnrolmentId, person: 0, mark: 'absent', at: at(16) },
    ],
  }),
  'class-moved': {
    ...READY,
    sessions: [SESSION],
    notice: { kind: 'class-moved', session: SESSION, back: { start: at(15), staffId: staffIdOf(2) } },
  },
  'classes-set': {
    ...READY,
    sessions: [SESSION],
    notice: {
      kind: 'classes-set',
      sessions: [SESSION],
      problems: [{ date: addDays(TODAY, 14), problem: 'taken' }],
    },
  },
  'class-open': withClass(),
  'class-off': withClass({}, { isCancelled: true }),
  'class-changed': withClass({
    failure: toClassFailure('class-session:move', { code: 'CONFLICT', message: '', requestId: '7' }, true),
  }),
  'sheet-class': { ...READY, sheet: classSheet({ time: '' }) },
  'sheet-class-once': { ...READY, ...withDates(classSheet(), [foresee('taken')]) },
  'sheet-class-looking': { ...READY, ...withDates(classSheet({ weeks: 4 }), null) },
  'sheet-class-weekly': {
    ...READY,
    ...withDates(classSheet({ weeks: 5 }), [
      foresee('past'),
      foresee('free', 1),
      foresee('taken', 2),
      foresee('closed', 3),
      foresee('free', 4),
    ]),
  },
  'sheet-class-move': withClass({ sheet: { kind: 'class-move', sessionId: SESSION.id } }),
  'sheet-class-seats': withClass({
    sheet: { kind: 'class-resize', sessionId: SESSION.id },
    failure: toClassFailure('class-session:resize', { code: 'CONFLICT', message: '', requestId: '7' }),
  }),
  'sheet-class-cancel': withClass({ sheet: { kind: 'class-cancel', sessionId: SESSION.id } }),
  'sheet-class-enrol': withClass({ sheet: { kind: 'class-enrol', sessionId: SESSION.id } }),
  'sheet-class-course': withClass(
    {
      sheet: { kind: 'class-enrol', sessionId: SESSION.id },
      course: {
        courseId: COURSE_ID,
        sessions: [1, 2, 3].map((week) => ({
          ...SESSION,
          id: idOf('d', week) as ClassSessionId,
          start: at(16, 0, addDays(TODAY, 1 + (week - 1) * 7)),
          enrolled: week === 2 ? 8 : 3,
        })),
      },
    },
    { courseId: COURSE_ID },
  ),
  'sheet-class-enrol-full': withClass({
    sheet: { kind: 'class-enrol', sessionId: SESSION.id },
    failure: toClassFailure('seat:enrol', {
      ...{ code: 'SLOT_TAKEN', message: '', requestId: '7' },
      current: { seatsLeft: 0 },
    }),
  }),
  'sheet-class-remove': withClass({
    sheet: { kind: 'class-remove', sessionId: SESSION.id, enrolmentId: idOf('c', 2) as EnrolmentId },
  }),
  'sheet-sign-out': withRoster({
    link: 'lost',
    sheet: { kind: 'sign-out' },
    unsent: [
      { sessionId: SESSION.id, enrolmentId: idOf('c', 4) as EnrolmentId, person: 0, mark: 'absent', at: at(16) },
    ],
  }),
  lost: { ...READY, link: 'lost' },
  refused: { ...READY, link: 'refused' },
  moved: {
    ...READY,
    notice: { kind: 'moved', booking: find(3), back: { start: at(11), staffId: staffIdOf(2) } },
  },
  'marked-arrived': { ...READY, notice: { kind: 'marked', booking: find(2) } },
  booked: { ...READY, notice: { kind: 'booked', booking: find(3) } },
  blocked: { ...READY, notice: { kind: 'blocked', overlapping: [find(3), find(8)], sessions: [SESSION] } },
  taken: withFailure('booking:move', 'SLOT_TAKEN', [at(10), at(12, 15), at(14)]),
  conflict: withFailure('booking:move', 'CONFLICT'),
  'sheet-book': withSheet(
    { kind: 'book', resourceId: null, date: TODAY, start: at(10) },
    { starts: startsOf(1, null, null) },
  ),
  'sheet-book-full': withSheet(
    { kind: 'book', resourceId: null, date: TODAY, start: null },
    { starts: { key: `${serviceIdOf(1)} null ${TODAY} null`, starts: [], error: null } },
  ),
  'sheet-move': withSheet({ kind: 'move', bookingId: bookingIdOf(3) }, { starts: startsOf(1, 1, bookingIdOf(3)) }),
  'sheet-cancel': withSheet({ kind: 'reason', bookingId: bookingIdOf(3), mark: 'cancel' }),
  'sheet-decline': withSheet({ kind: 'reason', bookingId: bookingIdOf(5), mark: 'decline' }),
  'sheet-admit': withSheet({ kind: 'admit', bookingId: bookingIdOf(2) }),
  'sheet-number': withSheet({
    kind: 'number',
    bookingId: bookingIdOf(2),
    label: 'A018',
    url: 'https://desk.example/t#Zm9yIHRoZSBzdGF0ZXMgb25seSwgb3BlbnMgbm90aGluZw',
  }),
  'sheet-block': withSheet({ kind: 'block', resourceId: staffIdOf(1), date: TODAY }),
  'sheet-show-block': withSheet({ kind: 'show-block', blockId: idOf('7', 1) as TimeBlockId }),
};
