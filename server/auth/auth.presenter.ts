/** Records → wire DTOs of the auth domain. */
import type { SessionDto, SessionSummaryDto } from '@frontdesk/protocol/auth';
import type { SessionId } from '@frontdesk/protocol/ids';
import type { Standing } from '../tenancy/index.js';
import type { AccessToken } from './access-tokens.js';
import type { Session, User } from './auth.records.js';

type IdentityDto = Omit<SessionDto, 'accessToken' | 'expiresAt'>;

export function presentIdentity(sessionId: SessionId, user: User, { member, tenant }: Standing): IdentityDto {
  return {
    sessionId,
    user: {
      id: user.id,
      email: user.email,
      name: user.name,
      hasPassword: user.passwordHash !== null,
      hasGoogle: user.googleSub !== null,
    },
    membership: { id: member.id, role: member.role },
    tenant: { id: tenant.id, name: tenant.name, locale: tenant.locale },
  };
}

export function presentSession(token: AccessToken, session: Session, user: User, standing: Standing): SessionDto {
  return {
    accessToken: token.token,
    expiresAt: token.expiresAt.toISOString(),
    ...presentIdentity(session.id, user, standing),
  };
}

export function presentSessionSummary(session: Session, currentId: SessionId): SessionSummaryDto {
  return {
    id: session.id,
    current: session.id === currentId,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    device: session.device,
  };
}
