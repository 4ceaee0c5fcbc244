/**
 * Who asks, for which tenant. A context is made by a transport from a credential and by nothing else; services and
 * stores take it as their first argument, so a tenant can neither be forgotten nor named by a client.
 */
import type {
  ContactId,
  DeviceId,
  IdempotencyKey,
  InboxId,
  LocationId,
  MembershipId,
  SessionId,
  SiteId,
  SiteKey,
  TenantId,
  TicketId,
  UserId,
} from '@frontdesk/protocol/ids';
import type { DeviceKind, Role } from '@frontdesk/protocol/vocabulary';
import type { Logger } from './logger.js';

export interface VisitorActor {
  readonly kind: 'visitor';
  readonly siteId: SiteId;
  readonly siteKey: SiteKey;
  /** SHA-256 of the visitor's token in base64url; the token itself is never kept. */
  readonly tokenHash: string;
  /** null until the visitor sent something or proved who they are. */
  readonly contactId: ContactId | null;
  /** True while an identity token of the website's back end vouches for the person. */
  readonly verified: boolean;
  /** The site refuses everything but `visitor:identify` and `site:describe` from unverified visitors (WID-05). */
  readonly requireIdentity: boolean;
}

export interface StaffActor {
  readonly kind: 'staff';
  readonly userId: UserId;
  readonly membershipId: MembershipId;
  readonly sessionId: SessionId;
  readonly role: Role;
  readonly name: string;
  /** Inboxes that this member may see; null for every inbox of the tenant. */
  readonly inboxIds: readonly InboxId[] | null;
  /** When the access token dies, epoch milliseconds. */
  readonly expiresAtMs: number;
  /** Set for a program with an API key: what it may ask, and nothing else, whatever its role. */
  readonly commands?: ReadonlySet<string>;
}

/** A kiosk or display that a member paired with a location. */
export interface DeviceActor {
  readonly kind: 'device';
  readonly deviceId: DeviceId;
  readonly deviceKind: DeviceKind;
  readonly locationId: LocationId;
}

/** Whoever holds the link of a queue ticket. */
export interface TicketActor {
  readonly kind: 'ticket';
  readonly ticketId: TicketId;
  readonly locationId: LocationId;
}

/** Everybody whom a credential speaks for. */
export type CredentialedActor = VisitorActor | StaffActor | DeviceActor | TicketActor;

export interface SystemActor {
  readonly kind: 'system';
  readonly name: string;
}

export interface AnonymousActor {
  readonly kind: 'anonymous';
}

/** Cookies of one HTTP exchange; absent over a socket. */
export interface CookieJar {
  read(name: string): string | undefined;
  /** Always `Secure`, `HttpOnly`, `SameSite=Lax`, `Path=/`. */
  write(name: string, value: string, maxAgeSeconds: number): void;
  clear(name: string): void;
}

interface CommonContext {
  readonly requestId: string;
  /** What rate limits count: IPv4 address or IPv6 /64. Never written to a log in full. */
  readonly ipPrefix: string;
  readonly userAgent: string;
  readonly log: Logger;
  /** Set by the command executor for commands that carry one. */
  readonly idempotencyKey?: IdempotencyKey;
  readonly cookies?: CookieJar;
  /** The Socket.IO socket that asked, so that a fact need not be sent back to it. */
  readonly socketId?: string;
}

export interface TenantContext<
  Actor extends CredentialedActor | SystemActor = CredentialedActor | SystemActor,
> extends CommonContext {
  readonly tenantId: TenantId;
  readonly actor: Actor;
}

export interface PublicContext extends CommonContext {
  readonly tenantId: null;
  readonly actor: AnonymousActor;
}

export type RequestContext = TenantContext | PublicContext;
export type VisitorContext = TenantContext<VisitorActor>;
export type StaffContext = TenantContext<StaffActor>;
export type DeviceContext = TenantContext<DeviceActor>;
export type TicketContext = TenantContext<TicketActor>;
export type SystemContext = TenantContext<SystemActor>;

/** Context of work that no request started: a job, a sweep, the seed. */
export function createSystemContext(tenantId: TenantId, name: string, log: Logger): SystemContext {
  return {
    tenantId,
    actor: { kind: 'system', name },
    requestId: `system:${name}`,
    ipPrefix: 'system',
    userAgent: '',
    log,
  };
}
