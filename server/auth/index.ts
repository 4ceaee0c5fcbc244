/** Sign-up, sign-in, sessions and Google accounts. */
import type { UserId } from '@frontdesk/protocol/ids';
import type { Authenticators } from '../core/authenticators.js';
import type { BoundCommand } from '../core/command.js';
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import type { Mailer } from '../mail/index.js';
import type { Tenancy } from '../tenancy/index.js';
import { createAccountsService } from './accounts.service.js';
import { bindAuthCommands } from './auth.commands.js';
import { createAuthStore, type AuthStore } from './auth.store.js';
import type { GoogleCertificates } from './google-tokens.js';
import { createGoogleService } from './google.service.js';
import { hashPassword } from './passwords.js';
import { createSessionsService } from './sessions.service.js';
import { createStaffAuthenticator } from './staff-authenticator.js';
import { createPasswordThrottle } from './throttle.js';

export type { GoogleCertificates } from './google-tokens.js';
export { REFRESH_COOKIE } from './refresh-token.js';

export interface AuthDeps extends CoreDeps {
  readonly facts: FactPublisher;
  readonly mailer: Mailer;
  readonly tenancy: Tenancy;
  readonly googleCertificates?: GoogleCertificates | undefined;
}

/** Makes things without a person asking over the wire: the seed, an operator, tests. */
export interface AuthProvision {
  /** A user with a confirmed address, the new one or the one that was there (whose password stays). */
  createUser(
    input: { email: string; name: string } & ({ password: string } | { passwordHash: string }),
  ): Promise<{ id: UserId }>;
  /** Locks an identity out of every business at once (AUTH-05), or lets it in again. */
  setUserDisabled(id: UserId, disabled: boolean): Promise<void>;
}

export interface Auth {
  readonly commands: BoundCommand[];
  readonly authenticateStaff: Authenticators['staff'];
  readonly provision: AuthProvision;
}

export function createAuth(deps: AuthDeps): Auth {
  const store = createAuthStore(deps.connection);
  const { access } = deps.tenancy;
  const sessions = createSessionsService({ ...deps, store, access });
  const throttle = createPasswordThrottle(deps.limits);
  const accounts = createAccountsService({ ...deps, store, sessions, throttle });
  const google = createGoogleService({ ...deps, store, sessions, accounts });
  const authenticateStaff = createStaffAuthenticator({ ...deps, store, access });
  return {
    commands: bindAuthCommands({ accounts, sessions, google, authenticateStaff }),
    authenticateStaff,
    provision: createProvision(deps, store, sessions),
  };
}

function createProvision(
  { clock }: AuthDeps,
  store: AuthStore,
  sessions: ReturnType<typeof createSessionsService>,
): AuthProvision {
  return {
    async createUser({ email, name, ...secret }) {
      const address = email.trim().toLowerCase();
      const passwordHash = 'passwordHash' in secret ? secret.passwordHash : await hashPassword(secret.password);
      const user =
        (await store.insertUser({ email: address, name, locale: 'en', passwordHash }, new Date(clock.now()))) ??
        (await store.findUserByEmail(address));
      if (!user) throw new Error('a user vanished while it was made');
      return { id: user.id };
    },
    async setUserDisabled(id, disabled) {
      await store.setDisabled(id, disabled);
      const user = await store.findUser(id);
      if (user && disabled) await sessions.endSessionsOfUser(user, 'disabled');
    },
  };
}
