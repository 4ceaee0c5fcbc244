/** Use cases of sessions: open, refresh, list, end. */
import type { SessionDto, SessionSummaryDto } from '@frontdesk/protocol/auth';
import type { RevocationReason } from '@frontdesk/protocol/facts';
import type { SessionId, TenantId } from '@frontdesk/protocol/ids';
import type { CookieJar, PublicContext, StaffContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import { rooms } from '../core/rooms.js';
import { createSecret, hashSecret } from '../core/secrets.js';
import type { MembershipAccess, Standing } from '../tenancy/index.js';
import { signAccessToken } from './access-tokens.js';
import { presentIdentity, presentSession, presentSessionSummary } from './auth.presenter.js';
import type { Session, User } from './auth.records.js';
import type { AuthStore } from './auth.store.js';
import { describeDevice } from './device-label.js';
import {
  REFRESH_COOKIE,
  deriveSuccessor,
  formatRefreshToken,
  parseRefreshToken,
  type RefreshToken,
} from './refresh-token.js';
import { SESSION_TTL_MS, classifyToken, isSessionAlive } from './session-rules.js';

const ACCEPTED = { accepted: true } as const;

export interface SessionsDeps extends CoreDeps {
  readonly store: AuthStore;
  readonly access: MembershipAccess;
}

export type SessionsService = ReturnType<typeof createSessionsService>;

/** Every command that touches a cookie is HTTP only, so a missing jar is a mistake of ours. */
export function requireCookies(context: { readonly cookies?: CookieJar }): CookieJar {
  if (!context.cookies) throw new Error('a command that needs cookies ran without them');
  return context.cookies;
}

export function createSessionsService(deps: SessionsDeps) {
  const revocation = createRevocation(deps);
  return {
    ...createOpening(deps),
    ...createRefresh(deps, revocation),
    ...createOverview(deps, revocation),
    ...revocation,
  };
}

async function issue(deps: SessionsDeps, session: Session, user: User, standing: Standing): Promise<SessionDto> {
  const { member, tenant } = standing;
  const token = await signAccessToken(deps, {
    userId: user.id,
    tenantId: tenant.id,
    membershipId: member.id,
    sessionId: session.id,
    accessVersion: member.accessVersion,
  });
  return presentSession(token, session, user, standing);
}

function writeCookie(context: PublicContext, token: RefreshToken): void {
  requireCookies(context).write(REFRESH_COOKIE, formatRefreshToken(token), SESSION_TTL_MS / 1000);
}

function createOpening(deps: SessionsDeps) {
  const { store, access, clock } = deps;
  return {
    /** Signs a proven person in. Who may act nowhere gets the same answer as a wrong password. */
    async openSession(context: PublicContext, user: User, wanted?: TenantId): Promise<SessionDto> {
      if (user.disabled) throw new AppError('UNAUTHENTICATED');
      const standings = await access.listStandings(user.id);
      const preferred = wanted ?? user.lastTenantId;
      const standing = standings.find(({ tenant }) => tenant.id === preferred) ?? (wanted ? undefined : standings[0]);
      if (!standing) throw new AppError('UNAUTHENTICATED');
      const now = new Date(clock.now());
      const secret = createSecret();
      const { tenant, member } = standing;
      const session = await store.insertSession(
        { tenantId: tenant.id },
        {
          userId: user.id,
          membershipId: member.id,
          tokenHash: hashSecret(secret),
          rotationKey: createSecret(),
          credentialsVersion: user.credentialsVersion,
          device: describeDevice(context.userAgent),
          expiresAt: new Date(now.getTime() + SESSION_TTL_MS),
        },
        now,
      );
      if (user.lastTenantId !== tenant.id) await store.setLastTenant(user.id, tenant.id);
      writeCookie(context, { tenantId: tenant.id, sessionId: session.id, secret });
      context.log.info({ audit: 'signed-in', tenant: tenant.id, member: member.id, session: session.id }, 'signed in');
      return issue(deps, session, user, standing);
    },
  };
}

type Revocation = ReturnType<typeof createRevocation>;

function createRevocation({ store, clock, bus }: SessionsDeps) {
  async function endSession(session: Pick<Session, 'id' | 'tenantId'>, reason: RevocationReason): Promise<boolean> {
    const { tenantId, id } = session;
    if (!(await store.revokeSession(session, id, new Date(clock.now())))) return false;
    bus.publish('session:ended', { tenantId, room: rooms.session(tenantId, id), sessionIds: [id], reason });
    return true;
  }
  return {
    endSession,
    /** Ends a person's sessions in every business, except the one that asked. */
    async endSessionsOfUser(user: User, reason: RevocationReason, except?: SessionId): Promise<void> {
      const sessions = await store.listSessionsEverywhere(user.id);
      await Promise.all(sessions.filter(({ id }) => id !== except).map((session) => endSession(session, reason)));
    },
  };
}

function createRefresh(deps: SessionsDeps, { endSession }: Revocation) {
  const { store, access, clock } = deps;

  function refuse(context: PublicContext): never {
    requireCookies(context).clear(REFRESH_COOKIE);
    throw new AppError('UNAUTHENTICATED');
  }

  async function refuseReuse(context: PublicContext, session: Session): Promise<never> {
    await endSession(session, 'revoked');
    context.log.warn({ audit: 'refresh-reuse', sessionId: session.id, tenant: session.tenantId }, 'a token was reused');
    return refuse(context);
  }

  /** The session with everything it stands on, or undefined when any of it fell. */
  async function load(token: RefreshToken) {
    const session = await store.findSession(token, token.sessionId);
    if (!session) return undefined;
    const [user, standing] = await Promise.all([
      store.findUser(session.userId),
      access.findStanding(session, session.membershipId),
    ]);
    if (!user || !standing) return undefined;
    return isSessionAlive({ session, user, standing, nowMs: clock.now() }) ? { session, user, standing } : undefined;
  }

  async function rotate(session: Session, from: string, to: string): Promise<boolean> {
    const now = new Date(clock.now());
    const expiresAt = new Date(now.getTime() + SESSION_TTL_MS);
    return store.rotateSession(session, session.id, { from, to, now, expiresAt });
  }

  /** `isRetry`: another request moved the family on between our read and our write; look once more. */
  async function refresh(context: PublicContext, token: RefreshToken, isRetry: boolean): Promise<SessionDto> {
    const state = await load(token);
    if (!state) return refuse(context);
    const { session, user, standing } = state;
    const presented = hashSecret(token.secret);
    const place = classifyToken(session, presented, clock.now());
    if (place === 'spent') return refuseReuse(context, session);
    const secret = deriveSuccessor(session.rotationKey, token.secret);
    if (place === 'newest' && !(await rotate(session, presented, hashSecret(secret)))) {
      return isRetry ? refuse(context) : refresh(context, token, true);
    }
    writeCookie(context, { ...token, secret });
    return issue(deps, session, user, standing);
  }

  return {
    async refreshSession(context: PublicContext): Promise<SessionDto> {
      const token = parseRefreshToken(requireCookies(context).read(REFRESH_COOKIE));
      return token ? refresh(context, token, false) : refuse(context);
    },
    async signOut(context: PublicContext): Promise<typeof ACCEPTED> {
      const cookies = requireCookies(context);
      const token = parseRefreshToken(cookies.read(REFRESH_COOKIE));
      const session = token && (await store.findSession(token, token.sessionId));
      if (token && session && classifyToken(session, hashSecret(token.secret), clock.now()) !== 'spent') {
        await endSession(session, 'signed-out');
      }
      cookies.clear(REFRESH_COOKIE);
      return ACCEPTED;
    },
  };
}

function createOverview({ store, access, clock }: SessionsDeps, { endSession }: Revocation) {
  return {
    async readSession(context: StaffContext) {
      const { userId, membershipId, sessionId } = context.actor;
      const [user, standing] = await Promise.all([store.findUser(userId), access.findStanding(context, membershipId)]);
      if (!user || !standing) throw new AppError('UNAUTHENTICATED');
      return presentIdentity(sessionId, user, standing);
    },
    async listSessions(context: StaffContext): Promise<SessionSummaryDto[]> {
      const sessions = await store.listSessions(context, context.actor.userId, new Date(clock.now()));
      return sessions.map((session) => presentSessionSummary(session, context.actor.sessionId));
    },
    async revokeSession(context: StaffContext, id: SessionId): Promise<typeof ACCEPTED> {
      const session = await store.findSession(context, id);
      if (!session || session.userId !== context.actor.userId) throw new AppError('NOT_FOUND');
      await endSession(session, 'revoked');
      return ACCEPTED;
    },
  };
}
