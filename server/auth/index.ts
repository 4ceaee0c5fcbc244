/** Sign-up, sign-in, sessions and Google accounts. */
import type { UserId } from '@frontdesk/protocol/ids';
import type { Authenticators } from '../core/authenticators.js';
import type { BoundCommand } from '../core/command.js';
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import type { Mailer } from '../mail/index.js';
import type { Tenancy } from '../tenancy/index.js';

/** Key id → certificate or public key in PEM; Google's own by default. */
export type GoogleCertificates = () => Promise<Readonly<Record<string, string>>>;

export interface AuthDeps extends CoreDeps {
  readonly facts: FactPublisher;
  readonly mailer: Mailer;
  readonly tenancy: Tenancy;
  readonly googleCertificates?: GoogleCertificates | undefined;
}

export interface AuthProvision {
  /** A user with a confirmed address; the seed and tests make theirs here. */
  createUser(input: { email: string; name: string; password: string }): Promise<{ id: UserId }>;
}

export interface Auth {
  readonly commands: BoundCommand[];
  readonly authenticateStaff: Authenticators['staff'];
  readonly provision: AuthProvision;
}

export function createAuth(_deps: AuthDeps): Auth {
  throw new Error('The auth domain is not composed yet.');
}
