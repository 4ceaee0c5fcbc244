/**
 * The website's word for who its visitor is: a JWT that its own back end signed with one of the site's two live secrets
 * (WID-04). Everything that is not exactly right is UNAUTHENTICATED, without saying what was wrong.
 */
import { decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import { email as emailSchema, line, locale as localeSchema } from '@frontdesk/protocol/fields';
import { AppError } from '../core/errors.js';
import type { Site } from '../tenancy/index.js';
import type { ContactDetails } from './contacts.types.js';

const MAX_LIFETIME_MS = 60 * 60 * 1000;
/** How far the website's clock may be ahead of ours when it signs for a full hour. */
const CLOCK_TOLERANCE_MS = 60 * 1000;
const MAX_SUBJECT_LENGTH = 200;
const nameSchema = line(80);

export interface Identity {
  readonly externalId: string;
  readonly expiresAtMs: number;
  readonly details: ContactDetails;
}

/** Optional claims that do not fit are left out: they decorate, they prove nothing. */
function readDetails(payload: JWTPayload): ContactDetails {
  return {
    name: nameSchema.safeParse(payload['name']).data,
    email: emailSchema.safeParse(payload['email']).data,
    locale: localeSchema.safeParse(payload['locale']).data,
  };
}

function findSecret(token: string, site: Site): Uint8Array {
  const { alg, kid } = decodeProtectedHeader(token);
  const entry = site.identitySecrets.find((secret) => secret.kid === kid);
  if (alg !== 'HS256' || !entry) throw new AppError('UNAUTHENTICATED');
  return new TextEncoder().encode(entry.secret);
}

/** What the website signed, for this site and no longer than an hour; throws whatever is wrong with it. */
export async function readSiteToken(token: string, site: Site, nowMs: number): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, findSecret(token, site), {
    algorithms: ['HS256'],
    audience: site.publicKey,
    requiredClaims: ['exp', 'aud'],
    currentDate: new Date(nowMs),
  });
  if (Array.isArray(payload.aud) && payload.aud.length !== 1) throw new AppError('UNAUTHENTICATED');
  if (Number(payload.exp) * 1_000 > nowMs + MAX_LIFETIME_MS + CLOCK_TOLERANCE_MS) {
    throw new AppError('UNAUTHENTICATED');
  }
  return payload;
}

export async function verifyIdentityToken(token: string, site: Site, nowMs: number): Promise<Identity> {
  try {
    const payload = await readSiteToken(token, site, nowMs);
    const subject: unknown = payload.sub;
    if (typeof subject !== 'string' || subject.trim() === '' || subject.length > MAX_SUBJECT_LENGTH) {
      throw new AppError('UNAUTHENTICATED');
    }
    return { externalId: subject, expiresAtMs: Number(payload.exp) * 1_000, details: readDetails(payload) };
  } catch (error) {
    throw new AppError('UNAUTHENTICATED', { message: 'The identity token is not valid.', cause: error });
  }
}
