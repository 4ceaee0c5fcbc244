/** Checks Google ID tokens with Google's own library. The certificates can be injected, so tests sign their own. */
import { OAuth2Client } from 'google-auth-library';
import { decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { email } from '@frontdesk/protocol/fields';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';

/** Key id → certificate or public key in PEM; Google's own by default. */
export type GoogleCertificates = () => Promise<Readonly<Record<string, string>>>;

export interface GoogleIdentity {
  /** The only stable name of a Google account; addresses move between people (GOO-02). */
  readonly sub: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly name: string | undefined;
}

const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];

const claims = z.object({
  iss: z.enum(ISSUERS as [string, ...string[]]),
  sub: z.string().min(1).max(255),
  exp: z.number(),
  nonce: z.string(),
  email,
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
});

export type GoogleVerifier = (credential: string, nonce: string) => Promise<GoogleIdentity>;

export function createGoogleVerifier(deps: {
  readonly clientId: string;
  readonly clock: Clock;
  readonly certificates?: GoogleCertificates | undefined;
}): GoogleVerifier {
  const client = new OAuth2Client({ clientId: deps.clientId });
  const loadCertificates: GoogleCertificates =
    deps.certificates ?? (async () => (await client.getFederatedSignonCertsAsync()).certs as Record<string, string>);

  async function readPayload(credential: string): Promise<unknown> {
    const certificates = await loadCertificates();
    try {
      // Google signs with RS256; whatever else a header says is not Google's.
      if (decodeProtectedHeader(credential).alg !== 'RS256') return undefined;
      const ticket = await client.verifySignedJwtWithCertsAsync(credential, certificates, deps.clientId, ISSUERS);
      return ticket.getPayload();
    } catch {
      // The library's messages quote the token, so they are neither logged nor passed on (AUD-03).
      return undefined;
    }
  }

  return async (credential, nonce) => {
    const parsed = claims.safeParse(await readPayload(credential));
    if (!parsed.success) throw new AppError('UNAUTHENTICATED');
    const payload = parsed.data;
    // The library allows five minutes after the end; a fresh sign-in needs none of them.
    if (payload.exp * 1000 <= deps.clock.now() || payload.nonce !== nonce) throw new AppError('UNAUTHENTICATED');
    return {
      sub: payload.sub,
      email: payload.email,
      isEmailVerified: payload.email_verified === true,
      name: payload.name,
    };
  };
}
