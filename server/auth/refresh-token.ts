/** The refresh cookie: `tenant.session.secret`. It names its tenant and family, and the secret proves them. */
import { createHmac } from 'node:crypto';
import { OBJECT_ID_PATTERN, type SessionId, type TenantId } from '@frontdesk/protocol/ids';

export const REFRESH_COOKIE = '__Host-frontdesk-refresh';

const SECRET_PATTERN = /^[A-Za-z0-9_-]{43}$/;

export interface RefreshToken {
  readonly tenantId: TenantId;
  readonly sessionId: SessionId;
  readonly secret: string;
}

export function formatRefreshToken({ tenantId, sessionId, secret }: RefreshToken): string {
  return `${tenantId}.${sessionId}.${secret}`;
}

export function parseRefreshToken(text: string | undefined): RefreshToken | undefined {
  const [tenantId, sessionId, secret, ...rest] = (text ?? '').split('.');
  if (!tenantId || !sessionId || !secret || rest.length > 0) return undefined;
  if (!OBJECT_ID_PATTERN.test(tenantId) || !OBJECT_ID_PATTERN.test(sessionId)) return undefined;
  if (!SECRET_PATTERN.test(secret)) return undefined;
  return { tenantId: tenantId as TenantId, sessionId: sessionId as SessionId, secret };
}

/**
 * The successor of a secret. It is derived, not drawn, so that two tabs that refresh at once, or a browser whose first
 * answer was lost on the way, end up with the same token (SES-03). Without the presented secret, which the store does
 * not have, the family's key derives nothing.
 */
export function deriveSuccessor(rotationKey: string, secret: string): string {
  return createHmac('sha256', rotationKey).update(secret).digest('base64url');
}
