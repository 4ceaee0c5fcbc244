/** Pure rules of a session's life. */
import type { Standing } from '../tenancy/index.js';
import type { Session, User } from './auth.records.js';

/** A session lives on for this long after each use. */
export const SESSION_TTL_MS = 30 * 24 * 60 * 60 * 1000;
/** For this long the direct predecessor of the newest token gets the same answer again (SES-03). */
export const ROTATION_GRACE_MS = 10_000;

export function isSessionAlive(state: {
  readonly session: Session;
  readonly user: User;
  readonly standing: Standing;
  readonly nowMs: number;
}): boolean {
  const { session, user, standing, nowMs } = state;
  if (session.revokedAt !== null || session.expiresAt.getTime() <= nowMs) return false;
  if (user.disabled || session.credentialsVersion < user.credentialsVersion) return false;
  return session.createdAt >= standing.member.sessionsValidFrom;
}

export type TokenStanding = 'newest' | 'predecessor' | 'spent';

/** Where a presented token stands in its family. Only the direct predecessor has a grace, and only for seconds. */
export function classifyToken(session: Session, tokenHash: string, nowMs: number): TokenStanding {
  if (session.tokenHash === tokenHash) return 'newest';
  const isInGrace = nowMs - session.rotatedAt.getTime() <= ROTATION_GRACE_MS;
  return session.previousHash === tokenHash && isInGrace ? 'predecessor' : 'spent';
}
