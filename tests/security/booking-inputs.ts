/** Inputs of booking's visitor commands and of classes, for `inputs.ts`. */
import { randomBytes } from 'node:crypto';
import type { InputBuilder } from './inputs.js';

const START = '2030-03-04T02:00:00.000Z';
const customer = { name: 'Mei', phone: '+60123456789', email: null };
const proof = { challenge: 'a.1.b', solution: '1' };
const details = { customer, answers: {}, consents: [], locale: 'ms', website: '', proof };
/** Nobody's: a link names seats of its own tenant or nothing. */
const seatToken = (): string => `seat.${randomBytes(48).toString('base64url')}`;
/** A hold is its visitor's alone. */
const enrolmentId = (): string => randomBytes(12).toString('hex');
const question: InputBuilder = ({ bookingServiceId }) => ({ serviceId: bookingServiceId, from: '2030-03-04', days: 7 });

export const slots: InputBuilder = ({ bookingServiceId }) => ({
  serviceId: bookingServiceId,
  staffId: null,
  from: '2030-03-04',
  days: 1,
});
/** Nobody's: a link names a booking of its own tenant or nothing. */
const manageToken = (): string => randomBytes(48).toString('base64url');
const holdId = (): string => randomBytes(12).toString('hex');

const claim = (serviceId: unknown) => ({ serviceId, channel: 'email', address: 'mei@example.test' });

export const bookingVisitorInputs: Record<string, InputBuilder> = {
  'booking:browse': ({ locationId }) => ({ locationId }),
  'slot:list': slots,
  'slot:watch': slots,
  'slot:unwatch': () => ({}),
  'hold:create': ({ bookingServiceId }) => ({ serviceId: bookingServiceId, staffId: null, start: START }),
  'hold:extend': () => ({ holdId: holdId() }),
  'hold:release': () => ({ holdId: holdId() }),
  'booking:confirm': () => ({ holdId: holdId(), ...details }),
  'booking:read-own': () => ({ manageToken: manageToken() }),
  'booking:find-own': () => ({ code: 'AAAA2222', phoneEnd: '6789' }),
  'booking:reschedule-own': () => ({ manageToken: manageToken(), version: 1, start: START }),
  'booking:cancel-own': () => ({ manageToken: manageToken(), version: 1, reason: '' }),
  'class-session:list': question,
  'class-session:watch': question,
  'class-session:unwatch': () => ({}),
  'seat:hold': ({ classSessionId }) => ({ sessionId: classSessionId, seats: 1 }),
  'seat:extend': () => ({ enrolmentId: enrolmentId() }),
  'seat:release': () => ({ enrolmentId: enrolmentId() }),
  'seat:confirm': () => ({ enrolmentId: enrolmentId(), ...details }),
  'seat:wait': ({ classSessionId }) => ({ sessionId: classSessionId, seats: 1, ...details }),
  'seat:read-own': () => ({ seatToken: seatToken() }),
  'seat:accept-own': () => ({ seatToken: seatToken() }),
  'seat:cancel-own': () => ({ seatToken: seatToken(), reason: '' }),
  'verification:request': ({ bookingServiceId }) => ({
    ...claim(bookingServiceId),
    locale: 'en',
    proof: details.proof,
  }),
  'verification:check': ({ bookingServiceId }) => ({ ...claim(bookingServiceId), code: '123456' }),
  'course:read': () => ({ courseId: enrolmentId() }),
  'course:hold': () => ({ courseId: enrolmentId(), seats: 1, without: [] }),
  'course:release': () => ({ enrolmentId: enrolmentId() }),
  'course:confirm': () => ({ enrolmentId: enrolmentId(), ...details }),
  'course:read-own': () => ({ seatToken: seatToken() }),
  'course:cancel-own': () => ({ seatToken: seatToken(), reason: '' }),
  'file:begin': ({ bookingServiceId }) => ({
    serviceIds: [bookingServiceId],
    questionKey: 'photo',
    name: 'photo.png',
    size: 100,
  }),
  'file:finish': () => ({ fileId: holdId() }),
  'file:remove': () => ({ fileId: holdId() }),
};

export const classStaffInputs: Record<string, InputBuilder> = {
  'course:list': () => ({ courseId: enrolmentId() }),
  'course:enrol': () => ({ courseId: enrolmentId(), seats: 1, without: [], customer, answers: {} }),
  'class-session:preview': ({ bookingServiceId, classSessionId }) => ({
    ...{ serviceId: bookingServiceId, staffId: null, date: '2030-03-04', time: '10:00', weeks: 2 },
    moving: classSessionId,
  }),
  'class-session:create': ({ bookingServiceId }) => ({
    serviceId: bookingServiceId,
    staffId: null,
    date: '2030-03-04',
    time: '10:00',
    weekly: null,
    capacity: null,
  }),
  'class-session:agenda': ({ locationId }) => ({ locationId, from: '2030-03-04', days: 7 }),
  'class-session:read': ({ classSessionId }) => ({ sessionId: classSessionId }),
  'class-session:move': ({ classSessionId }) => ({
    sessionId: classSessionId,
    version: 1,
    start: START,
    staffId: null,
  }),
  'class-session:resize': ({ classSessionId }) => ({ sessionId: classSessionId, version: 1, capacity: 12 }),
  'class-session:cancel': ({ classSessionId }) => ({ sessionId: classSessionId, version: 1, reason: '' }),
  'seat:enrol': ({ classSessionId }) => ({ sessionId: classSessionId, seats: 1, customer, answers: {} }),
  'seat:remove': (ids) => ({ sessionId: ids.classSessionId, enrolmentId: ids.classEnrolmentId, reason: '' }),
  'seat:read-answers': (ids) => ({ sessionId: ids.classSessionId, enrolmentId: ids.classEnrolmentId }),
  'attendance:mark': (ids) => ({
    sessionId: ids.classSessionId,
    marks: [{ enrolmentId: ids.classEnrolmentId, person: 0, mark: 'present', at: START }],
  }),
};
