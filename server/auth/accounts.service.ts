/** Use cases of accounts: sign-up, confirmation, sign-in, new passwords, invitations. */
import type { SessionDto } from '@frontdesk/protocol/auth';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Role } from '@frontdesk/protocol/vocabulary';
import type { PublicContext, StaffContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import { createSecret, hashSecret } from '../core/secrets.js';
import { PLATFORM_TENANT_ID, type Mailer } from '../mail/index.js';
import { toStaffLocale, type Tenancy } from '../tenancy/index.js';
import type { User } from './auth.records.js';
import type { AuthStore } from './auth.store.js';
import { hashPassword, needsRehash, verifyPassword } from './passwords.js';
import type { SessionsService } from './sessions.service.js';
import type { PasswordThrottle } from './throttle.js';

/** AUTH-07: links that confirm or reset are good for an hour. */
const MAIL_TOKEN_TTL_MS = 60 * 60 * 1000;
const SIGN_UP_MAIL = 'sign-up';
const RESET_MAIL = 'reset';
const ACCEPTED = { accepted: true } as const;
const PLATFORM = { tenantId: PLATFORM_TENANT_ID };

export interface AccountsDeps extends CoreDeps {
  readonly store: AuthStore;
  readonly mailer: Mailer;
  readonly tenancy: Tenancy;
  readonly sessions: SessionsService;
  readonly throttle: PasswordThrottle;
}

export interface SignUpInput {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly businessName: string;
  readonly locale?: Locale | undefined;
}

const LINK_IS_OVER = { message: 'This link was used or has expired. Ask for a new one.' };

export type AccountsService = ReturnType<typeof createAccountsService>;

export function createAccountsService(deps: AccountsDeps) {
  defineMails(deps);
  const proof = createPasswordProof(deps);
  return {
    ...createSignUp(deps),
    ...createSignIn(deps, proof),
    ...createPasswordChange(deps, proof),
    ...createInvitations(deps, proof),
    ...proof,
  };
}

/**
 * Whether the address has an account is looked up when the mail is written, long after the answer: request and answer
 * are the same, in form and time, for every address (AUTH-04).
 */
function defineMails({ store, mailer, clock }: AccountsDeps): void {
  function mint() {
    const token = createSecret();
    const now = new Date(clock.now());
    return { token, secret: { hash: hashSecret(token), now, expiresAt: new Date(now.getTime() + MAIL_TOKEN_TTL_MS) } };
  }

  mailer.define(SIGN_UP_MAIL, async (_context, id) => {
    const pending = await store.findMailTokenById(id, 'sign-up');
    if (!pending?.signUp) return undefined;
    const { email: to } = pending;
    if (await store.findUserByEmail(to)) {
      await store.deleteMailTokens('sign-up', to);
      return { to, locale: toStaffLocale(pending.locale), template: { name: 'account-exists' } };
    }
    const { token, secret } = mint();
    if (!(await store.setMailTokenSecret(id, 'sign-up', secret))) return undefined;
    const { businessName } = pending.signUp;
    return { to, locale: toStaffLocale(pending.locale), template: { name: 'verify-address', token, businessName } };
  });

  mailer.define(RESET_MAIL, async (_context, id) => {
    const asked = await store.findMailTokenById(id, 'reset');
    const user = asked && (await store.findUserByEmail(asked.email));
    if (!user || user.disabled) return undefined;
    const { token, secret } = mint();
    if (!(await store.setMailTokenSecret(id, 'reset', secret))) return undefined;
    return { to: user.email, locale: toStaffLocale(user.locale), template: { name: 'reset-password', token } };
  });
}

function createSignUp({ store, mailer, clock, tenancy, sessions }: AccountsDeps) {
  return {
    async signUp(_context: PublicContext, input: SignUpInput): Promise<typeof ACCEPTED> {
      const { email, name, businessName, locale = 'en' } = input;
      if ((await mailer.reserve(email)) > 0) return ACCEPTED;
      const passwordHash = await hashPassword(input.password);
      const now = new Date(clock.now());
      const expiresAt = new Date(now.getTime() + MAIL_TOKEN_TTL_MS);
      const token = { purpose: 'sign-up', email, locale, expiresAt, now } as const;
      const reference = await store.insertMailToken(token, { passwordHash, name, businessName });
      await mailer.enqueue(PLATFORM, { purpose: SIGN_UP_MAIL, reference });
      return ACCEPTED;
    },

    /**
     * Makes user, business and membership with ids that the token chose, then uses the token up. A crash in between is
     * mended by opening the link again; of two clicks at once one signs in and the other is told that the link is used.
     */
    async verifyEmail(context: PublicContext, token: string): Promise<SessionDto> {
      const now = new Date(clock.now());
      const tokenHash = hashSecret(token);
      const pending = await store.findMailToken('sign-up', tokenHash, now);
      if (!pending?.signUp) throw new AppError('RESET_REQUIRED', LINK_IS_OVER);
      const { email, locale, signUp } = pending;
      const { userId: id, passwordHash, name } = signUp;
      const user = await store.insertUser({ id, email, name, locale, passwordHash }, now);
      // The address got an account by another way meanwhile, and this sign-up is void (GOO-04).
      if (!user) throw new AppError('RESET_REQUIRED', LINK_IS_OVER);
      const { tenantId, membershipId, businessName } = signUp;
      const owner = { membershipId, userId: id, name, email };
      await tenancy.provision.createTenant({ id: tenantId, name: businessName, locale, owner });
      const isOurs = await store.takeMailToken('sign-up', tokenHash, now);
      if (!isOurs) throw new AppError('RESET_REQUIRED', LINK_IS_OVER);
      await store.deleteMailTokens('sign-up', email);
      context.log.info({ audit: 'account-created', user: id, tenant: tenantId }, 'an account was created');
      return sessions.openSession(context, user, tenantId);
    },
  };
}

type PasswordProof = ReturnType<typeof createPasswordProof>;

function createPasswordProof({ store, throttle, log }: AccountsDeps) {
  /** Stores the same password under today's cost; whoever signs in does not wait for it or fail with it. */
  function upgradeHash(user: User, password: string): void {
    const { id, passwordHash } = user;
    if (passwordHash === null || !needsRehash(passwordHash)) return;
    hashPassword(password)
      .then((hash) => store.rehashPassword(id, passwordHash, hash))
      .catch((error: unknown) => log.warn({ err: error }, 'a password was not rehashed'));
  }

  return {
    /**
     * The user whose password this is. Unknown, disabled, Google-only and wrong are one answer after one comparison
     * (AUTH-03).
     */
    async provePassword(
      context: { readonly ipPrefix: string },
      email: string,
      password: string,
    ): Promise<User | undefined> {
      return throttle.guard(context, email, async () => {
        const user = await store.findUserByEmail(email);
        const isRight = await verifyPassword(password, user?.passwordHash);
        if (!user || !isRight || user.disabled) return undefined;
        upgradeHash(user, password);
        return user;
      });
    },
  };
}

function createSignIn({ sessions }: AccountsDeps, { provePassword }: PasswordProof) {
  return {
    async signIn(context: PublicContext, input: { email: string; password: string }): Promise<SessionDto> {
      const user = await provePassword(context, input.email, input.password);
      if (!user) {
        context.log.info({ audit: 'sign-in-failed' }, 'a sign-in failed');
        throw new AppError('UNAUTHENTICATED');
      }
      return sessions.openSession(context, user);
    },
  };
}

function createPasswordChange({ store, mailer, clock, sessions }: AccountsDeps, { provePassword }: PasswordProof) {
  return {
    async forgotPassword(_context: PublicContext, email: string): Promise<typeof ACCEPTED> {
      if ((await mailer.reserve(email)) > 0) return ACCEPTED;
      const now = new Date(clock.now());
      const expiresAt = new Date(now.getTime() + MAIL_TOKEN_TTL_MS);
      const reference = await store.insertMailToken({ purpose: 'reset', email, locale: 'en', expiresAt, now }, null);
      await mailer.enqueue(PLATFORM, { purpose: RESET_MAIL, reference });
      return ACCEPTED;
    },

    async resetPassword(context: PublicContext, input: { token: string; password: string }): Promise<SessionDto> {
      const now = new Date(clock.now());
      const tokenHash = hashSecret(input.token);
      const asked = await store.findMailToken('reset', tokenHash, now);
      if (!asked) throw new AppError('RESET_REQUIRED', LINK_IS_OVER);
      const user = await store.findUserByEmail(asked.email);
      if (!user || user.disabled) throw new AppError('UNAUTHENTICATED');
      const passwordHash = await hashPassword(input.password);
      if (!(await store.takeMailToken('reset', tokenHash, now))) throw new AppError('RESET_REQUIRED', LINK_IS_OVER);
      const updated = await store.replacePassword(user, passwordHash);
      if (!updated) throw new AppError('RESET_REQUIRED', LINK_IS_OVER);
      await store.deleteMailTokens('reset', asked.email);
      await sessions.endSessionsOfUser(updated, 'password-changed');
      context.log.info({ audit: 'password-reset', user: user.id }, 'a password was reset');
      return sessions.openSession(context, updated);
    },

    async changePassword(
      context: StaffContext,
      input: { currentPassword: string; newPassword: string },
    ): Promise<typeof ACCEPTED> {
      const { userId, sessionId } = context.actor;
      const known = await store.findUser(userId);
      if (!known) throw new AppError('UNAUTHENTICATED');
      const user = await provePassword(context, known.email, input.currentPassword);
      if (!user) throw new AppError('REAUTH_REQUIRED');
      const passwordHash = await hashPassword(input.newPassword);
      // The asking session moves to the new credentials first, so that it is not refused for a moment.
      await store.setSessionCredentials(context, sessionId, user.credentialsVersion + 1);
      const updated = await store.replacePassword(user, passwordHash);
      if (!updated) {
        await store.setSessionCredentials(context, sessionId, user.credentialsVersion);
        throw new AppError('CONFLICT');
      }
      await store.deleteMailTokens('reset', user.email);
      await sessions.endSessionsOfUser(updated, 'password-changed', sessionId);
      context.log.info({ audit: 'password-changed', user: user.id }, 'a password was changed');
      return ACCEPTED;
    },
  };
}

interface InvitationView {
  readonly businessName: string;
  readonly email: string;
  readonly role: Role;
  readonly hasAccount: boolean;
}

function createInvitations({ store, clock, tenancy, sessions }: AccountsDeps, { provePassword }: PasswordProof) {
  const { access } = tenancy;

  async function findInvitation(token: string) {
    const tokenHash = hashSecret(token);
    const invitation = await access.findInvitation(tokenHash);
    if (!invitation) throw new AppError('RESET_REQUIRED', LINK_IS_OVER);
    return { invitation, tokenHash };
  }

  return {
    async describeInvitation(_context: PublicContext, token: string): Promise<InvitationView> {
      const { invitation } = await findInvitation(token);
      const { businessName, email, role } = invitation;
      return { businessName, email, role, hasAccount: (await store.findUserByEmail(email)) !== undefined };
    },

    /** The token proves the address; an account that exists also wants its password, so a leaked mail opens none. */
    async acceptInvitation(
      context: PublicContext,
      input: { token: string; name?: string | undefined; password: string },
    ): Promise<SessionDto> {
      const { invitation, tokenHash } = await findInvitation(input.token);
      const { email } = invitation;
      const known = await store.findUserByEmail(email);
      if (!known && !input.name) throw new AppError('VALIDATION', { fields: { name: 'must not be empty' } });
      const user = known
        ? await provePassword(context, email, input.password)
        : await store.insertUser(
            {
              email,
              name: input.name ?? '',
              locale: 'en',
              passwordHash: await hashPassword(input.password),
            },
            new Date(clock.now()),
          );
      if (!user) throw new AppError('UNAUTHENTICATED');
      const member = await access.acceptInvitation(invitation, invitation.id, tokenHash, user);
      if (!member) throw new AppError('RESET_REQUIRED', LINK_IS_OVER);
      await store.deleteMailTokens('sign-up', email);
      return sessions.openSession(context, user, invitation.tenantId);
    },
  };
}
