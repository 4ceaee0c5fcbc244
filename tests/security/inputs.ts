/**
 * One valid input for every command of the contract, given a tenant's things. The isolation matrix, the injection and
 * the mass-assignment tests walk it, so a new command without an entry here fails the run. One table, which is
 * why it may be longer than 400 lines.
 */
import { randomBytes } from 'node:crypto';
import type { CommandDefinition } from '@frontdesk/protocol/command';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { DEFAULT_POLICY } from '@frontdesk/server/queue/default-policy';
import type { TenantFixture } from '../support/workspace.js';
import { bookingVisitorInputs, classStaffInputs, slots } from './booking-inputs.js';

/** Where the ids of an input come from: the caller's own tenant, a neighbour, or nowhere. */
export interface InputIds {
  readonly memberId: string;
  readonly sessionId: string;
  readonly siteId: string;
  readonly invitationId: string;
  readonly teamId: string;
  readonly conversationId: string;
  readonly locationId: string;
  readonly serviceId: string;
  readonly bookingServiceId: string;
  readonly resourceId: string;
  readonly poolId: string;
  readonly blockId: string;
  readonly bookingId: string;
  readonly classSessionId: string;
  readonly classEnrolmentId: string;
  readonly counterId: string;
  readonly ticketId: string;
  readonly deviceId: string;
  readonly webhookId: string;
  readonly apiKeyId: string;
  readonly cardId: string;
  readonly epoch: string | null;
}

export function idsOf(tenant: TenantFixture): InputIds {
  return {
    memberId: tenant.members.viewer.membershipId,
    sessionId: tenant.members.viewer.sessionId,
    siteId: tenant.site.id,
    invitationId: tenant.invitationId,
    teamId: tenant.teamId,
    conversationId: tenant.conversation.id,
    locationId: tenant.locationId,
    serviceId: tenant.serviceId,
    ...tenant.booking,
    counterId: tenant.counterId,
    ticketId: tenant.ticketId,
    deviceId: tenant.display.id,
    webhookId: tenant.webhookId,
    apiKeyId: tenant.apiKeyId,
    cardId: tenant.cardId,
    epoch: null,
  };
}

export function randomIds(): InputIds {
  const next = (): string => randomBytes(12).toString('hex');
  return {
    memberId: next(),
    sessionId: next(),
    siteId: next(),
    invitationId: next(),
    teamId: next(),
    conversationId: next(),
    locationId: next(),
    serviceId: next(),
    bookingServiceId: next(),
    resourceId: next(),
    poolId: next(),
    blockId: next(),
    bookingId: next(),
    classSessionId: next(),
    classEnrolmentId: next(),
    counterId: next(),
    ticketId: next(),
    deviceId: next(),
    webhookId: next(),
    apiKeyId: next(),
    cardId: next(),
    epoch: null,
  };
}

export type InputBuilder = (ids: InputIds) => Record<string, unknown>;

const token = (): string => randomBytes(32).toString('base64url');
const address = (): string => `someone-${randomBytes(6).toString('hex')}@example.test`;
const PASSWORD = 'a long enough password';

/** Letters only: a prefix must be three capitals, and nobody else's. */
const prefix = (): string => Array.from(randomBytes(3), (byte) => String.fromCharCode(65 + (byte % 26))).join('');
const onTicket: InputBuilder = ({ counterId, ticketId }) => ({ counterId, ticketId });

const publicInputs: Record<string, InputBuilder> = {
  'account:sign-up': () => ({
    email: address(),
    password: PASSWORD,
    name: 'Aina',
    businessName: 'Kedai Aina',
    locale: 'ms',
  }),
  'account:verify-email': () => ({ token: token() }),
  'session:sign-in': () => ({ email: address(), password: PASSWORD }),
  'session:start-google': () => ({}),
  'session:sign-in-google': () => ({ credential: 'a.b.c', businessName: 'Kedai Aina' }),
  'session:refresh': () => ({}),
  'session:sign-out': () => ({}),
  'password:forgot': () => ({ email: address() }),
  'password:reset': () => ({ token: token(), password: PASSWORD }),
  'invitation:describe': () => ({ token: token() }),
  'invitation:accept': () => ({ token: token(), name: 'Aina', password: PASSWORD }),
  'device:request-pairing': () => ({ token: token(), kind: 'display' }),
};

const sync: InputBuilder = ({ conversationId, epoch }) => ({ conversationId, epoch, after: 0, limit: 10, tail: false });
const mark: InputBuilder = ({ conversationId }) => ({ conversationId, readUpTo: 1, deliveredUpTo: 1 });

const visitorInputs: Record<string, InputBuilder> = {
  'site:describe': () => ({}),
  'visitor:identify': () => ({ identityToken: 'a.b.c' }),
  'visitor:forget': () => ({}),
  'conversation:list': () => ({}),
  'conversation:start': () => ({
    body: 'Hello',
    locale: 'en',
    name: 'Mei',
    email: 'mei@example.test',
    page: { url: 'https://clinic.example/', title: 'Clinic' },
  }),
  'message:send': ({ conversationId }) => ({ conversationId, body: 'Hello' }),
  'conversation:sync': sync,
  'conversation:check': () => ({}),
  'conversation:mark': mark,
  'typing:set': ({ conversationId }) => ({ conversationId, on: true }),
  'card:read': ({ cardId }) => ({ cardId, locale: 'en' }),
  'card:reveal': ({ cardId }) => ({ cardId, locale: 'en' }),
  'card:send-message': ({ cardId }) => ({
    cardId,
    name: 'Mei',
    email: 'mei@example.test',
    phone: null,
    body: 'Hello',
    locale: 'en',
    website: '',
    proof: { challenge: 'a.1.b', solution: '1' },
  }),
  'proof:request': () => ({ purpose: 'card-message' }),
  'queue:browse': ({ locationId }) => ({ locationId }),
  'ticket:join': (ids) => ({ ...request(ids), locationId: ids.locationId, proof: { kind: 'day-code', code: 'x' } }),
};

const segments = [{ minutes: 30, needsStaff: true, poolIds: [] }];
const customer = { name: 'Mei', phone: '+60123456789', email: null };
const START = '2030-03-04T02:00:00.000Z';
const weekly = { staffId: null, date: '2030-03-04', time: '10:00', unit: 'week', every: 1, count: 3 };
/** Nobody's. */
const seriesId = (): string => randomBytes(12).toString('hex');
const lessons = ({ bookingServiceId }: InputIds) => ({ ...weekly, serviceId: bookingServiceId });
Object.assign(visitorInputs, bookingVisitorInputs);

const inMarch: InputBuilder = ({ locationId }) => ({ locationId, from: '2026-03-01', to: '2026-03-31' });

const staffInputs: Record<string, InputBuilder> = {
  'session:read': () => ({}),
  'session:list': () => ({}),
  'session:revoke': ({ sessionId }) => ({ sessionId }),
  'session:renew': () => ({ accessToken: 'a.b.c' }),
  'password:change': () => ({ currentPassword: PASSWORD, newPassword: PASSWORD }),
  'google:link': () => ({ credential: 'a.b.c', currentPassword: PASSWORD }),
  'tenant:read': () => ({}),
  'tenant:update': () => ({ name: 'Kedai Baru', locale: 'ms', timeZone: 'Asia/Kuala_Lumpur' }),
  'member:list': () => ({}),
  'member:update': ({ memberId }) => ({ memberId, disabled: false, inboxIds: null }),
  'member:remove': ({ memberId }) => ({ memberId }),
  'invitation:list': () => ({}),
  'invitation:create': () => ({ email: address(), role: 'agent' }),
  'invitation:revoke': ({ invitationId }) => ({ invitationId }),
  'site:list': () => ({}),
  'site:create': () => ({ name: 'Second site', allowedOrigins: ['https://second.example'] }),
  'site:update': ({ siteId }) => ({ siteId, name: 'Renamed', greeting: 'Welcome' }),
  'site:rotate-identity-secret': ({ siteId }) => ({ siteId }),
  'location:list': () => ({}),
  'location:create': () => ({ name: 'Branch', timeZone: 'Asia/Kuala_Lumpur' }),
  'location:update': ({ locationId }) => ({ locationId, name: 'Renamed branch', dayStart: '05:00' }),
  'card:list': () => ({}),
  'card:create': ({ locationId }) => ({ locationId, subject: 'location', name: 'Second card' }),
  'card:update': ({ cardId }) => ({ cardId, name: 'Renamed card' }),
  'device:list': () => ({}),
  'device:pair': ({ locationId }) => ({ code: '000000', name: 'Screen at the door', locationId }),
  'device:update': ({ deviceId }) => ({ deviceId, name: 'Renamed screen' }),
  'device:revoke': ({ deviceId }) => ({ deviceId }),
  'queue:read-setup': ({ locationId }) => ({ locationId }),
  'service:create': ({ locationId }) => ({
    locationId,
    names: { en: 'X-ray' },
    series: { prefix: prefix(), width: 3, first: 1, last: 999 },
  }),
  'service:update': ({ serviceId }) => ({ serviceId, typicalMinutes: 12 }),
  'counter:create': ({ locationId, serviceId }) => ({ locationId, label: 'Counter 9', serviceIds: [serviceId] }),
  'counter:update': ({ counterId }) => ({ counterId, label: 'Renamed counter' }),
  'queue:update-policy': ({ locationId }) => ({ locationId, policy: DEFAULT_POLICY }),
  'counter:read': ({ counterId }) => ({ counterId }),
  'counter:open': ({ counterId }) => ({ counterId }),
  'counter:pause': ({ counterId }) => ({ counterId, reason: 'Lunch', resumeAfterMinutes: 30 }),
  'counter:resume': ({ counterId }) => ({ counterId }),
  'counter:close': ({ counterId }) => ({ counterId }),
  'ticket:call-next': ({ counterId }) => ({ counterId }),
  'ticket:call': (ids) => ({ ...onTicket(ids), reason: 'Feels unwell' }),
  'ticket:recall': onTicket,
  'ticket:start': onTicket,
  'ticket:complete': (ids) => ({ ...onTicket(ids), outcome: 'Paid' }),
  'ticket:mark-no-show': onTicket,
  'ticket:undo-call': onTicket,
  'ticket:transfer': (ids) => ({
    ...onTicket(ids),
    serviceId: ids.serviceId,
    mode: 'sorted',
    toCounterId: null,
    note: null,
  }),
  'ticket:hold': (ids) => ({ ...onTicket(ids), scope: 'counter', minutes: 10 }),
  'ticket:call-held': onTicket,
  'ticket:return': onTicket,
  'ticket:cancel': (ids) => ({ ...onTicket(ids), reason: 'Left' }),
  'ticket:set-class': (ids) => ({ ...onTicket(ids), classKey: null }),
  'ticket:serve-walk-in': ({ counterId, serviceId }) => ({ counterId, serviceId }),
  'ticket:issue-at-desk': ({ locationId, serviceId }) => ({
    locationId,
    serviceId,
    language: 'en',
    classKey: null,
    name: null,
    phone: null,
    note: '',
    overridesLimits: true,
    bookedFor: null,
  }),
  'ticket:reprint': ({ ticketId }) => ({ ticketId }),
  'queue:finish-line': ({ locationId, serviceId }) => ({ locationId, serviceIds: [serviceId], isFinishing: true }),
  'service:close': ({ serviceId }) => ({ serviceId, message: 'Power cut' }),
  'queue:broadcast': ({ locationId }) => ({ locationId, notice: 'We close early today' }),
  'booking:read-setup': ({ locationId }) => ({ locationId }),
  'booking-service:create': ({ locationId }) => ({ locationId, names: { en: 'Massage' }, segments }),
  'booking-service:update': ({ bookingServiceId }) => ({ serviceId: bookingServiceId, horizonDays: 30 }),
  'resource:create': ({ locationId }) => ({ locationId, kind: 'room', name: 'Room 9' }),
  'resource:update': ({ resourceId }) => ({ resourceId, name: 'Renamed' }),
  'pool:create': ({ locationId, resourceId }) => ({ locationId, name: 'Rooms', resourceIds: [resourceId] }),
  'pool:update': ({ poolId }) => ({ poolId, name: 'All rooms' }),
  'feed:read': ({ resourceId }) => ({ resourceId }),
  'feed:rotate': ({ resourceId }) => ({ resourceId }),
  'block:create': ({ resourceId }) => ({ resourceId, start: START, end: '2030-03-04T04:00:00.000Z', reason: 'Leave' }),
  'block:delete': ({ blockId }) => ({ blockId }),
  'agenda:read': ({ locationId }) => ({ locationId, from: '2030-03-04', days: 7 }),
  'booking:admit': ({ bookingId, serviceId }) => ({ bookingId, version: 1, queueServiceId: serviceId }),
  'agenda:list-starts': (ids) => ({ ...slots(ids), moving: null }),
  'booking:create': ({ bookingServiceId }) => ({
    serviceId: bookingServiceId,
    staffId: null,
    start: START,
    customer,
    answers: {},
  }),
  'booking-file:list': ({ bookingId }) => ({ ownerId: bookingId }),
  'booking-file:link': () => ({ fileId: randomBytes(12).toString('hex') }),
  'booking:read-retention': () => ({}),
  'booking:update-retention': () => ({ keepDays: 3_650 }),
  'booking:export-person': () => ({ phone: '+60123456789', email: null }),
  'booking:erase-person': () => ({ phone: '+60123456789', email: null, reason: 'Asked for it' }),
  'series:preview': (ids) => lessons(ids),
  'series:create': (ids) => ({ ...lessons(ids), without: [], customer, answers: {} }),
  'series:read': () => ({ seriesId: seriesId() }),
  'series:cancel': () => ({ seriesId: seriesId(), from: START, reason: '' }),
  'booking:read-answers': ({ bookingId }) => ({ bookingId }),
  'booking:move': ({ bookingId }) => ({ bookingId, version: 1, start: START, staffId: null }),
  'booking:mark': ({ bookingId }) => ({ bookingId, version: 1, mark: 'arrive', reason: '' }),
  'webhook:list': () => ({}),
  'webhook:create': () => ({ url: 'https://hooks.example.com/queue', events: [] }),
  'webhook:update': ({ webhookId }) => ({ webhookId, isEnabled: false }),
  'webhook:remove': ({ webhookId }) => ({ webhookId }),
  'webhook:rotate-secret': ({ webhookId }) => ({ webhookId }),
  'webhook:replay': ({ webhookId, locationId }) => ({ webhookId, locationId, fromRev: 1 }),
  'api-key:list': () => ({}),
  'api-key:create': () => ({ name: 'Importer', scopes: ['queue:read'] }),
  'api-key:revoke': ({ apiKeyId }) => ({ apiKeyId }),
  'queue:read-report': inMarch,
  'queue:read-honesty': inMarch,
  'queue:preview-policy': ({ locationId }) => ({ locationId, serviceDay: '2026-03-02', policy: DEFAULT_POLICY }),
  'queue:export': (ids) => ({ ...inMarch(ids), format: 'csv' }),
  'queue:erase-person': () => ({ phone: '+60129876543', reason: 'Asked by mail' }),
  'queue:overview': () => ({}),
  'queue:audit': ({ locationId, ticketId, memberId, counterId }) => ({
    locationId,
    ticketId,
    memberId,
    counterId,
    before: 9,
  }),
  'inbox:list': () => ({}),
  'team:list': () => ({}),
  'team:create': () => ({ name: `Team ${randomBytes(4).toString('hex')}` }),
  'conversation:list': () => ({ view: 'all-open' }),
  'conversation:read': ({ conversationId }) => ({ conversationId }),
  'conversation:sync': sync,
  'conversation:check': ({ conversationId }) => ({ conversationIds: [conversationId] }),
  'conversation:mark': mark,
  'conversation:update': ({ conversationId }) => ({ conversationId, ifRev: 0, set: { priority: 'high' } }),
  'message:send': ({ conversationId }) => ({ conversationId, body: 'Hello', seenSeq: 0, force: true }),
  'note:add': ({ conversationId }) => ({ conversationId, body: 'A note' }),
  'typing:set': ({ conversationId }) => ({ conversationId, on: true, mode: 'reply' }),
  'conversation:view': ({ conversationId }) => ({ conversationId }),
  'presence:set': () => ({ availability: 'online' }),
};

Object.assign(staffInputs, classStaffInputs);

const request: InputBuilder = ({ serviceId }) => ({
  serviceId,
  token: token(),
  language: 'ms',
  classKey: null,
  name: null,
  phone: null,
  hasConsented: false,
});
const NOW = '2026-03-02T01:00:00.000Z';

const deviceInputs: Record<string, InputBuilder> = {
  'device:read': () => ({}),
  'device:report': () => ({
    health: {
      appVersion: '1.0.0',
      wakeLock: 'held',
      sound: 'on',
      voice: 'clips',
      printer: 'ready',
      latencyMs: 20,
      waitingOffline: 0,
      lastTicketAt: NOW,
    },
  }),
  'device:check-pin': () => ({ pin: '0000' }),
  'board:read': () => ({}),
  'call:shown': () => ({ calls: [{ id: 'a call', sequence: 1, shownAt: NOW, spokenAt: NOW }] }),
  'queue:offer': () => ({}),
  'ticket:issue': request,
  'ticket:reserve-block': ({ serviceId }) => ({ serviceId, count: 2 }),
  'ticket:sync-issued': (ids) => ({
    tickets: [
      {
        ...request(ids),
        idempotencyKey: createIdempotencyKey(),
        label: 'AK001',
        serviceDay: '2026-03-02',
        ageSeconds: 60,
      },
    ],
  }),
  'ticket:check-in': () => ({ code: 'A999', language: 'ms' }),
  'ticket:report-print': ({ ticketId }) => ({ ticketId, print: 'printed' }),
};
const ticketInputs: Record<string, InputBuilder> = {
  'ticket:read': () => ({}),
  'ticket:arrive': () => ({}),
  'ticket:defer': () => ({ places: 3 }),
  'ticket:leave': () => ({}),
  'ticket:come-back': () => ({}),
  'ticket:rate': () => ({ stars: 5, text: 'Friendly' }),
  'ticket:set-language': () => ({ language: 'ms' }),
  'ticket:subscribe-push': () => ({ subscription: null }),
  'ticket:read-push-key': () => ({}),
};

const INPUTS = {
  public: publicInputs,
  visitor: visitorInputs,
  staff: staffInputs,
  device: deviceInputs,
  ticket: ticketInputs,
} as const;

/** Throws for a command that nobody has listed, so that the matrix cannot be outgrown silently. */
export function buildInput(definition: CommandDefinition, ids: InputIds): Record<string, unknown> {
  const build = INPUTS[definition.audience][definition.name];
  if (!build) throw new Error(`${definition.audience} ${definition.name} has no entry in tests/security/inputs.ts`);
  return build(ids);
}

/** True when the input names something by id, so that a neighbour's id can be put there. */
export function namesThings(definition: CommandDefinition): boolean {
  const input = buildInput(definition, randomIds());
  return Object.keys(randomIds()).some((name) => name !== 'epoch' && name in input);
}
