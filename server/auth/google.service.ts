/** Use cases of Google accounts. Who somebody is comes from Google's signed token alone (GOO-05). */
import type { SessionDto } from '@frontdesk/protocol/auth';
import { line } from '@frontdesk/protocol/fields';
import type { PublicContext, StaffContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import { createSecret, hashSecret } from '../core/secrets.js';
import type { Tenancy } from '../tenancy/index.js';
import type { AccountsService } from './accounts.service.js';
import type { User } from './auth.records.js';
import type { AuthStore } from './auth.store.js';
import { createGoogleVerifier, type GoogleCertificates, type GoogleIdentity } from './google-tokens.js';
import { requireCookies, type SessionsService } from './sessions.service.js';

const NONCE_COOKIE = '__Host-frontdesk-google';
const NONCE_TTL_SECONDS = 10 * 60;
const ACCEPTED = { accepted: true } as const;
const personName = line(80);

export interface GoogleDeps extends CoreDeps {
  readonly store: AuthStore;
  readonly tenancy: Tenancy;
  readonly sessions: SessionsService;
  readonly accounts: Pick<AccountsService, 'provePassword'>;
  readonly googleCertificates?: GoogleCertificates | undefined;
}

/** The address belongs to an account that this Google account does not open; its owner links it after signing in. */
function createLinkConflict(): AppError {
  return new AppError('CONFLICT', { message: 'Sign in with your password and link Google there.' });
}

export type GoogleService = ReturnType<typeof createGoogleService>;

export function createGoogleService(deps: GoogleDeps) {
  const { store, tenancy, sessions, clock } = deps;
  const { identify, startGoogle } = createHandshake(deps);

  async function createUser(identity: GoogleIdentity): Promise<User> {
    if (!identity.isEmailVerified) throw new AppError('FORBIDDEN');
    if (await store.findUserByEmail(identity.email)) throw createLinkConflict();
    const parsedName = personName.safeParse(identity.name?.slice(0, 80));
    const name = parsedName.success ? parsedName.data : (identity.email.split('@')[0] ?? identity.email);
    const user = await store.insertUser(
      { email: identity.email, name, locale: 'en', passwordHash: null, googleSub: identity.sub },
      new Date(clock.now()),
    );
    if (!user) throw createLinkConflict();
    // A sign-up that somebody else began for this address is void, and with it the password it chose (GOO-04).
    await store.deleteMailTokens('sign-up', identity.email);
    return user;
  }

  /** A new business for somebody whom no business knows yet. */
  async function openBusiness(context: PublicContext, identity: GoogleIdentity, known: User | undefined, name: string) {
    const user = known ?? (await createUser(identity));
    const owner = { userId: user.id, name: user.name, email: user.email };
    const { tenant } = await tenancy.provision.createTenant({ name, owner });
    context.log.info({ audit: 'account-created', user: user.id, tenant: tenant.id }, 'an account was created');
    return sessions.openSession(context, user, tenant.id);
  }

  async function refuseUnknown(identity: GoogleIdentity): Promise<never> {
    if (!identity.isEmailVerified) throw new AppError('FORBIDDEN');
    if (await store.findUserByEmail(identity.email)) throw createLinkConflict();
    // Google vouches for the person, and only the name of the business is missing: the same credential may come again.
    throw new AppError('VALIDATION', { fields: { businessName: 'must not be empty' } });
  }

  async function signInGoogle(
    context: PublicContext,
    input: { credential: string; businessName?: string | undefined },
  ): Promise<SessionDto> {
    const { credential, businessName } = input;
    const identity = await identify(context, credential);
    const known = await store.findUserByGoogleSub(identity.sub);
    if (known?.disabled) throw new AppError('UNAUTHENTICATED');
    if (!known && !businessName) return refuseUnknown(identity);
    const isMember = known !== undefined && (await tenancy.access.listStandings(known.id)).length > 0;
    const session =
      known && (isMember || !businessName)
        ? await sessions.openSession(context, known)
        : await openBusiness(context, identity, known, businessName ?? '');
    requireCookies(context).clear(NONCE_COOKIE);
    return session;
  }

  return {
    startGoogle,
    signInGoogle,
    /** Linking wants the password: a borrowed open browser must not be able to add a way in. */
    async linkGoogle(
      context: StaffContext,
      input: { credential: string; currentPassword: string },
    ): Promise<typeof ACCEPTED> {
      const known = await store.findUser(context.actor.userId);
      if (!known) throw new AppError('UNAUTHENTICATED');
      const user = await deps.accounts.provePassword(context, known.email, input.currentPassword);
      if (!user) throw new AppError('REAUTH_REQUIRED');
      const identity = await identify(context, input.credential);
      if (!identity.isEmailVerified) throw new AppError('FORBIDDEN');
      if (user.googleSub === identity.sub) return ACCEPTED;
      if (!(await store.linkGoogle(user.id, identity.sub))) throw new AppError('CONFLICT');
      requireCookies(context).clear(NONCE_COOKIE);
      context.log.info({ audit: 'google-linked', user: user.id }, 'a Google account was linked');
      return ACCEPTED;
    },
  };
}

/** The nonce binds a Google token to the browser that asked for it: Google signs what only this browser's cookie opens. */
function createHandshake(deps: GoogleDeps) {
  const { googleClientId } = deps.config;
  const verify =
    googleClientId === null
      ? undefined
      : createGoogleVerifier({ clientId: googleClientId, clock: deps.clock, certificates: deps.googleCertificates });
  return {
    async startGoogle(context: PublicContext): Promise<{ clientId: string | null; nonce: string }> {
      const secret = createSecret();
      requireCookies(context).write(NONCE_COOKIE, secret, NONCE_TTL_SECONDS);
      return { clientId: googleClientId, nonce: hashSecret(secret) };
    },
    async identify(context: PublicContext | StaffContext, credential: string): Promise<GoogleIdentity> {
      const cookies = requireCookies(context);
      const secret = cookies.read(NONCE_COOKIE);
      if (!verify || !secret) throw new AppError('UNAUTHENTICATED');
      const identity = await verify(credential, hashSecret(secret));
      return identity;
    },
  };
}
