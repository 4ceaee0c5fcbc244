/**
 * How a transport learns who asks. One function per audience, made by the domains, used by HTTP routes and sockets
 * alike: there is no second way in (SOC-01).
 */
import type { SiteKey, TenantId } from '@frontdesk/protocol/ids';
import type { DeviceActor, StaffActor, TicketActor, VisitorActor } from './context.js';

export interface Authenticated<Actor> {
  readonly tenantId: TenantId;
  readonly actor: Actor;
}

export interface Authenticators {
  /** Verifies an access token and that its session, membership and tenant still stand. Throws UNAUTHENTICATED or TOKEN_EXPIRED. */
  staff(accessToken: string | undefined): Promise<Authenticated<StaffActor>>;
  /** Resolves a program by its API key, over HTTP only. Throws UNAUTHENTICATED. */
  apiKey(key: string): Promise<Authenticated<StaffActor>>;
  /**
   * Resolves a visitor. Throws NOT_FOUND for an unknown site, ORIGIN_NOT_ALLOWED for a foreign page, UNAUTHENTICATED for
   * a malformed token. A well-formed token that the server never saw is a visitor without a contact.
   */
  visitor(credential: VisitorCredential): Promise<Authenticated<VisitorActor>>;
  /** Resolves a paired device. Throws UNAUTHENTICATED for a token that nobody paired or that was revoked. */
  device(token: string | undefined): Promise<Authenticated<DeviceActor>>;
  /** Resolves the holder of a ticket. Throws the same neutral NOT_FOUND for a wrong and for a purged token (QP-11). */
  ticket(token: string | undefined): Promise<Authenticated<TicketActor>>;
  /** Those of these tickets' tokens that still open something, as the store says now. */
  listOpenTickets(tokens: readonly string[]): Promise<ReadonlySet<string>>;
  /** True when a page of this origin may use the site; checked before anything else on HTTP, upgrade and polling. */
  isSiteOrigin(siteKey: string | undefined, origin: string | undefined): Promise<boolean>;
}

export interface VisitorCredential {
  readonly siteKey: SiteKey | string | undefined;
  readonly token: string | undefined;
  readonly origin: string | undefined;
}
