/** Access tokens: what they say and how they are signed. They are checked by the Passport strategy and nowhere else. */
import { SignJWT } from 'jose';
import { z } from 'zod';
import { id } from '@frontdesk/protocol/fields';
import type { MembershipId, SessionId, TenantId, UserId } from '@frontdesk/protocol/ids';
import type { Config } from '../config.js';
import type { Clock } from '../core/clock.js';

export const ACCESS_TOKEN_TTL_MS = 10 * 60 * 1000;
export const ACCESS_TOKEN_AUDIENCE = 'frontdesk-staff';
/** RFC 9068; keeps a visitor's identity token or any other JWT from passing as an access token. */
export const ACCESS_TOKEN_TYPE = 'at+jwt';
export const ACCESS_TOKEN_ALGORITHM = 'HS256';

/** Role, name and inboxes are not here: they come from the store on every request. */
export const accessTokenClaims = z.object({
  iss: z.string(),
  aud: z.literal(ACCESS_TOKEN_AUDIENCE),
  sub: id<UserId>(),
  tid: id<TenantId>(),
  mid: id<MembershipId>(),
  sid: id<SessionId>(),
  /** The membership's access version; an older number is void. */
  ver: z.number().int(),
  iat: z.number().int(),
  nbf: z.number().int(),
  exp: z.number().int(),
});

export interface AccessTokenSubject {
  readonly userId: UserId;
  readonly tenantId: TenantId;
  readonly membershipId: MembershipId;
  readonly sessionId: SessionId;
  readonly accessVersion: number;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

export async function signAccessToken(
  deps: { readonly config: Pick<Config, 'jwtSecrets' | 'publicUrl'>; readonly clock: Clock },
  subject: AccessTokenSubject,
): Promise<AccessToken> {
  const newest = deps.config.jwtSecrets[0];
  if (!newest) throw new Error('no secret to sign with');
  const issuedAt = Math.floor(deps.clock.now() / 1000);
  const expiresAt = issuedAt + ACCESS_TOKEN_TTL_MS / 1000;
  const { tenantId, membershipId, sessionId, accessVersion } = subject;
  const token = await new SignJWT({ tid: tenantId, mid: membershipId, sid: sessionId, ver: accessVersion })
    .setProtectedHeader({ alg: ACCESS_TOKEN_ALGORITHM, typ: ACCESS_TOKEN_TYPE, kid: newest.kid })
    .setIssuer(deps.config.publicUrl)
    .setAudience(ACCESS_TOKEN_AUDIENCE)
    .setSubject(subject.userId)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(newest.secret);
  return { token, expiresAt: new Date(expiresAt * 1000) };
}
