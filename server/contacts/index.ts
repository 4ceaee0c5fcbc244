/** Contacts and visitor sessions: who a website's visitor is, and what proves it. */
import type { ContactId } from '@frontdesk/protocol/ids';
import type { Authenticated, Authenticators } from '../core/authenticators.js';
import type { VisitorActor } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import type { IsOriginAllowed, TenancyDirectory } from '../tenancy/tenancy.types.js';

export interface ContactsDeps extends CoreDeps {
  readonly directory: TenancyDirectory;
  readonly facts: FactPublisher;
  readonly isOriginAllowed: IsOriginAllowed;
}

export interface Contacts {
  readonly authenticateVisitor: Authenticators['visitor'];
  readonly isSiteOrigin: Authenticators['isSiteOrigin'];
  /** The same visitor as of now: open sockets ask before every command. Throws UNAUTHENTICATED when the token was signed out. */
  refreshVisitor(current: Authenticated<VisitorActor>): Promise<Authenticated<VisitorActor>>;
}

export type { ContactId };

export function createContacts(_deps: ContactsDeps): Contacts {
  throw new Error('Contacts are being built.');
}
