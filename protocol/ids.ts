/**
 * Identifiers. Stored documents carry 24 hexadecimal digits (a MongoDB ObjectId); what a client makes before the
 * first try (idempotency keys) is a UUIDv7 (RFC 9562, section 5.7), so that keys sort by the time they were made.
 */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type TenantId = Branded<'Tenant'>;
export type SiteId = Branded<'Site'>;
export type InboxId = Branded<'Inbox'>;
export type TeamId = Branded<'Team'>;
export type UserId = Branded<'User'>;
export type MembershipId = Branded<'Membership'>;
export type InvitationId = Branded<'Invitation'>;
export type SessionId = Branded<'Session'>;
export type ContactId = Branded<'Contact'>;
export type ConversationId = Branded<'Conversation'>;
export type LocationId = Branded<'Location'>;
export type ServiceId = Branded<'Service'>;
export type CounterId = Branded<'Counter'>;
export type TicketId = Branded<'Ticket'>;
export type DeviceId = Branded<'Device'>;
export type WebhookId = Branded<'Webhook'>;
export type ApiKeyId = Branded<'ApiKey'>;
/** A person, room or thing whose time can be booked. */
export type BookableId = Branded<'Bookable'>;
export type ResourcePoolId = Branded<'ResourcePool'>;
export type BookingServiceId = Branded<'BookingService'>;
export type BookingId = Branded<'Booking'>;
/** A hold becomes the booking with the same digits. */
export type HoldId = Branded<'Hold'>;
export type BookingFileId = Branded<'BookingFile'>;
/** Repeated visits that were booked together. */
export type SeriesId = Branded<'Series'>;
export type TimeBlockId = Branded<'TimeBlock'>;
/** One date of a class. */
export type ClassSessionId = Branded<'ClassSession'>;
/** Sessions that were made together: a course. */
export type CourseId = Branded<'Course'>;
/** Seats of one party in a session, or its place in the line for them. */
export type EnrolmentId = Branded<'Enrolment'>;
export type CardId = Branded<'Card'>;
/** 256 random bits in base64url, made by a kiosk or display; it opens nothing until a member has paired the device. */
export type DeviceToken = Branded<'DeviceToken'>;
/** 256 random bits in base64url, in the link of a ticket; the server stores its SHA-256 only. */
export type TicketToken = Branded<'TicketToken'>;
/** Made by the client before the first try of a state-changing request. */
export type IdempotencyKey = Branded<'IdempotencyKey'>;
/** 256 random bits in base64url, made by the visitor's browser; the server stores its SHA-256 only. */
export type VisitorToken = Branded<'VisitorToken'>;
/** `pk_` and 24 base62 characters; public, printed in the snippet. */
export type SiteKey = Branded<'SiteKey'>;

export const OBJECT_ID_PATTERN = /^[0-9a-f]{24}$/;
export const UUID_V7_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Tokens of visitors, devices and tickets alike. */
export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;
export const VISITOR_TOKEN_PATTERN = TOKEN_PATTERN;
export const SITE_KEY_PATTERN = /^pk_[A-Za-z0-9]{24}$/;

let lastTimestampMs = 0;
let counter = 0;

/**
 * A UUIDv7. Within one process the 12 bits after the timestamp count up inside a millisecond (RFC 9562, section 6.2,
 * method 1), so that keys made in a row sort in the order they were made.
 */
export function createIdempotencyKey(nowMs: number = Date.now()): IdempotencyKey {
  if (nowMs > lastTimestampMs) {
    lastTimestampMs = nowMs;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastTimestampMs += 1;
    counter = 0;
  }
  const random = crypto.getRandomValues(new Uint8Array(8));
  random[0] = (random[0]! & 0x3f) | 0x80;
  const time = lastTimestampMs.toString(16).padStart(12, '0');
  const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const count = counter.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}` as IdempotencyKey;
}

/** 256 bits from the platform's CSPRNG in base64url without padding (43 characters). */
function createToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export function createVisitorToken(): VisitorToken {
  return createToken() as VisitorToken;
}

export function createDeviceToken(): DeviceToken {
  return createToken() as DeviceToken;
}

export function createTicketToken(): TicketToken {
  return createToken() as TicketToken;
}
