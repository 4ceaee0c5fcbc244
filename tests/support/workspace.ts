/** A furnished business for tests: members of every role who are signed in, a site, a visitor with a conversation. */
import {
  createDeviceToken,
  createVisitorToken,
  type ConversationId,
  type ApiKeyId,
  type BookableId,
  type BookingId,
  type BookingServiceId,
  type CardId,
  type ClassSessionId,
  type CounterId,
  type DeviceId,
  type EnrolmentId,
  type DeviceToken,
  type InboxId,
  type LocationId,
  type MembershipId,
  type ResourcePoolId,
  type ServiceId,
  type SessionId,
  type SiteId,
  type SiteKey,
  type TeamId,
  type TenantId,
  type TicketId,
  type TimeBlockId,
  type VisitorToken,
  type WebhookId,
} from '@frontdesk/protocol/ids';
import type { SessionDto } from '@frontdesk/protocol/auth';
import type { VisitorConversationDto } from '@frontdesk/protocol/chat';
import { ROLES, type DeviceKind, type Role } from '@frontdesk/protocol/vocabulary';
import { callHttp, dataOf, type TestServer } from './server.js';

export const PASSWORD = 'correct horse battery';

export interface MemberFixture {
  readonly role: Role;
  readonly email: string;
  readonly membershipId: MembershipId;
  readonly sessionId: SessionId;
  readonly accessToken: string;
  /** `name=value` of the refresh cookie, as a browser would send it back. */
  readonly cookie: string;
}

export interface VisitorFixture {
  readonly token: VisitorToken;
  readonly conversation: VisitorConversationDto;
}

export interface DeviceFixture {
  readonly id: DeviceId;
  readonly token: DeviceToken;
}

/** What can be booked, and a booking; named as the inputs of the security matrix name them. */
export interface BookingFixture {
  readonly bookingServiceId: BookingServiceId;
  readonly resourceId: BookableId;
  readonly poolId: ResourcePoolId;
  readonly blockId: TimeBlockId;
  readonly bookingId: BookingId;
  readonly classSessionId: ClassSessionId;
  readonly classEnrolmentId: EnrolmentId;
  /** A branch of its own, which is open around the clock. */
  readonly branchId: LocationId;
}

export interface TenantFixture {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly members: Readonly<Record<Role, MemberFixture>>;
  readonly site: { readonly id: SiteId; readonly publicKey: SiteKey; readonly origin: string };
  readonly inboxId: InboxId;
  readonly teamId: TeamId;
  readonly invitationId: string;
  readonly locationId: LocationId;
  readonly serviceId: ServiceId;
  readonly counterId: CounterId;
  /** A ticket that waits. */
  readonly ticketId: TicketId;
  /** What its holder opens it with. */
  readonly ticketToken: string;
  readonly display: DeviceFixture;
  readonly kiosk: DeviceFixture;
  readonly webhookId: WebhookId;
  readonly apiKeyId: ApiKeyId;
  readonly booking: BookingFixture;
  readonly cardId: CardId;
  readonly conversation: { readonly id: ConversationId; readonly epoch: string };
  readonly visitor: VisitorFixture;
  /** Another person on the same site. */
  readonly otherVisitor: VisitorFixture;
}

/** `name=value` of every cookie that an answer sets. */
export function cookieOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

export async function signIn(
  url: string,
  email: string,
  password: string = PASSWORD,
): Promise<{ session: SessionDto; cookie: string }> {
  const answer = await callHttp<SessionDto>(url, 'session:sign-in', { email, password }, { audience: 'public' });
  return { session: dataOf(answer), cookie: cookieOf(answer.headers) };
}

export async function buildVisitor(
  url: string,
  site: { publicKey: SiteKey; origin: string },
  body = 'Hello',
): Promise<VisitorFixture> {
  const token = createVisitorToken();
  const answer = await callHttp<{ conversation: VisitorConversationDto }>(
    url,
    'conversation:start',
    { body },
    { audience: 'visitor', token, site: site.publicKey, origin: site.origin },
  );
  return { token, conversation: dataOf(answer).conversation };
}

/** A service, a counter that serves it, and somebody who waits. */
async function buildQueue(
  url: string,
  server: TestServer['server'],
  { context, locationId, token }: { context: { tenantId: TenantId }; locationId: LocationId; token: string },
): Promise<{ serviceId: ServiceId; counterId: CounterId; ticketId: TicketId; ticketToken: string }> {
  const series = { prefix: 'A', width: 3, first: 1, last: 999 };
  const service = await server.queue.provision.addService(context, locationId, { names: { en: 'General' }, series });
  const counter = await server.queue.provision.addCounter(context, locationId, {
    label: 'Counter 1',
    serviceIds: [service.id],
  });
  const issued = await callHttp<{ ticket: { id: TicketId }; url: string }>(
    url,
    'ticket:issue-at-desk',
    {
      locationId,
      serviceId: service.id,
      language: 'en',
      classKey: null,
      name: null,
      phone: null,
      note: '',
      overridesLimits: true,
      bookedFor: null,
    },
    { audience: 'staff', token },
  );
  const { ticket, url: link } = dataOf(issued);
  const ticketToken = link.slice(link.indexOf('#') + 1);
  return { serviceId: service.id, counterId: counter.id, ticketId: ticket.id, ticketToken };
}

/** A class of the branch, a date of it, and somebody in it. */
async function buildClass(
  url: string,
  token: string,
  locationId: LocationId,
): Promise<{ classSessionId: ClassSessionId; classEnrolmentId: EnrolmentId }> {
  const ask = async <T>(name: string, input: object): Promise<T> =>
    dataOf(await callHttp<T>(url, name, input, { audience: 'staff', token }));
  const service = await ask<{ id: BookingServiceId }>('booking-service:create', {
    locationId,
    names: { en: 'Back class' },
    segments: [{ minutes: 60, needsStaff: true, poolIds: [] }],
    capacity: { min: 1, max: 8 },
    horizonDays: 400,
  });
  const person = { locationId, kind: 'staff', name: 'Devi', serviceIds: [service.id] };
  await ask('resource:create', person);
  const date = {
    serviceId: service.id,
    staffId: null,
    date: '2029-01-03',
    time: '10:00',
    weekly: null,
    capacity: null,
  };
  const { sessions } = await ask<{ sessions: { id: ClassSessionId }[] }>('class-session:create', date);
  const [session] = sessions;
  if (!session) throw new Error('The class has no date.');
  const { enrolments } = await ask<{ enrolments: { id: EnrolmentId }[] }>('seat:enrol', {
    sessionId: session.id,
    seats: 1,
    customer: { name: 'Walk-in', phone: null, email: null },
    answers: {},
  });
  const [enrolment] = enrolments;
  if (!enrolment) throw new Error('Nobody is in the class.');
  return { classSessionId: session.id, classEnrolmentId: enrolment.id };
}

/** Somebody who gives a service, their room, their leave, and a visit of theirs. */
async function buildBooking(url: string, token: string): Promise<BookingFixture> {
  const ask = async <T>(name: string, input: object): Promise<T> =>
    dataOf(await callHttp<T>(url, name, input, { audience: 'staff', token }));
  const allDay = [{ from: '00:00', to: '24:00' }];
  const weekly = [allDay, allDay, allDay, allDay, allDay, allDay, allDay];
  const hours = { weekly, specialDays: [], holidays: [] };
  const { id: locationId } = await ask<{ id: LocationId }>('location:create', { name: 'By appointment', hours });
  const service = await ask<{ id: BookingServiceId }>('booking-service:create', {
    locationId,
    names: { en: 'Physiotherapy' },
    segments: [{ minutes: 30, needsStaff: true, poolIds: [] }],
    horizonDays: 400,
  });
  const person = { locationId, kind: 'staff', name: 'Dana', serviceIds: [service.id] };
  const { id: resourceId } = await ask<{ id: BookableId }>('resource:create', person);
  const pool = await ask<{ id: ResourcePoolId }>('pool:create', {
    locationId,
    name: 'People',
    resourceIds: [resourceId],
  });
  const [start, end] = ['2029-01-01T02:00:00.000Z', '2029-01-01T04:00:00.000Z'];
  const { block } = await ask<{ block: { id: TimeBlockId } }>('block:create', { resourceId, start, end, reason: '' });
  const customer = { name: 'Walk-in', phone: null, email: null };
  const visit = { serviceId: service.id, staffId: null, start: '2029-01-02T02:00:00.000Z', customer, answers: {} };
  const booking = await ask<{ id: BookingId }>('booking:create', visit);
  return {
    bookingServiceId: service.id,
    resourceId,
    poolId: pool.id,
    blockId: block.id,
    bookingId: booking.id,
    ...(await buildClass(url, token, locationId)),
    branchId: locationId,
  };
}

/** A webhook that is off, so that nobody is asked for its address, and a key. */
async function buildIntegrations(url: string, token: string): Promise<{ webhookId: WebhookId; apiKeyId: ApiKeyId }> {
  const asOwner = { audience: 'staff', token } as const;
  const hook = { url: 'https://hooks.example.com/queue', events: [] };
  const { webhook } = dataOf(await callHttp<{ webhook: { id: WebhookId } }>(url, 'webhook:create', hook, asOwner));
  dataOf(await callHttp(url, 'webhook:update', { webhookId: webhook.id, isEnabled: false }, asOwner));
  const key = { name: 'Importer', scopes: ['queue:read'] };
  const { apiKey } = dataOf(await callHttp<{ apiKey: { id: ApiKeyId } }>(url, 'api-key:create', key, asOwner));
  return { webhookId: webhook.id, apiKeyId: apiKey.id };
}

/** A device that shows its code and is taken in by somebody who types it. */
export async function pairDevice(
  url: string,
  kind: DeviceKind,
  { locationId, token }: { locationId: LocationId; token: string },
): Promise<DeviceFixture> {
  const deviceToken = createDeviceToken();
  const shown = dataOf(
    await callHttp<{ code: string }>(
      url,
      'device:request-pairing',
      { token: deviceToken, kind },
      { audience: 'public' },
    ),
  );
  const paired = await callHttp<{ id: DeviceId }>(
    url,
    'device:pair',
    { code: shown.code, name: `The ${kind}`, locationId },
    { audience: 'staff', token },
  );
  return { id: dataOf(paired).id, token: deviceToken };
}

let made = 0;

/** Each call makes another business with its own addresses. */
export async function buildTenant({ server, url }: TestServer, label: string): Promise<TenantFixture> {
  made += 1;
  const slug = `${label}-${made}`;
  const { provision } = server.tenancy;
  const addresses = Object.fromEntries(ROLES.map((role) => [role, `${role}@${slug}.test`])) as Record<Role, string>;
  const owner = await server.auth.provision.createUser({
    email: addresses.owner,
    name: `Olivia ${label}`,
    password: PASSWORD,
  });
  const { tenant } = await provision.createTenant({
    name: `Business ${label}`,
    owner: { userId: owner.id, name: `Olivia ${label}`, email: addresses.owner },
  });
  const context = { tenantId: tenant.id };
  // Passwords are slow on purpose; side by side they take the time of two.
  await Promise.all(
    ROLES.filter((role) => role !== 'owner').map(async (role) => {
      const name = `${role} ${label}`;
      const email = addresses[role];
      const user = await server.auth.provision.createUser({ email, name, password: PASSWORD });
      await provision.addMember(context, { userId: user.id, role, name, email });
    }),
  );
  const signedIn = await Promise.all(ROLES.map((role) => signIn(url, addresses[role])));
  const members = Object.fromEntries(
    signedIn.map(({ session, cookie }, i) => [
      ROLES[i],
      {
        role: ROLES[i],
        email: session.user.email,
        membershipId: session.membership.id,
        sessionId: session.sessionId,
        accessToken: session.accessToken,
        cookie,
      },
    ]),
  ) as Record<Role, MemberFixture>;
  const origin = `https://${slug}.example`;
  const created = await provision.createSite(context, { name: `Site ${label}`, allowedOrigins: [origin] });
  const team = await provision.createTeam(context, `Team ${label}`);
  const location = await server.locations.provision.createLocation(context, { name: `Branch ${label}` });
  const site = { id: created.id, publicKey: created.publicKey, origin };
  const by = { locationId: location.id, token: members.owner.accessToken };
  const display = await pairDevice(url, 'display', by);
  const kiosk = await pairDevice(url, 'kiosk', by);
  const queue = await buildQueue(url, server, { context, locationId: location.id, token: members.owner.accessToken });
  const integrations = await buildIntegrations(url, members.owner.accessToken);
  const booking = await buildBooking(url, members.owner.accessToken);
  const card = await callHttp<{ id: CardId }>(
    url,
    'card:create',
    { locationId: location.id, subject: 'location', name: `Card ${label}` },
    { audience: 'staff', token: members.owner.accessToken },
  );
  await callHttp(
    url,
    'invitation:create',
    { email: `new@${slug}.test`, role: 'agent' },
    { audience: 'staff', token: members.owner.accessToken },
  );
  const { invitations } = dataOf(
    await callHttp<{ invitations: { id: string }[] }>(
      url,
      'invitation:list',
      {},
      { audience: 'staff', token: members.owner.accessToken },
    ),
  );
  const visitor = await buildVisitor(url, site, `Hello from ${label}`);
  const otherVisitor = await buildVisitor(url, site, `Hello from somebody else at ${label}`);
  return {
    tenantId: tenant.id,
    name: tenant.name,
    members,
    site,
    inboxId: created.inboxId,
    teamId: team!.id,
    invitationId: invitations[0]!.id,
    locationId: location.id,
    ...queue,
    display,
    kiosk,
    ...integrations,
    booking,
    cardId: dataOf(card).id,
    conversation: { id: visitor.conversation.id, epoch: visitor.conversation.epoch },
    visitor,
    otherVisitor,
  };
}
