/**
 * The one way in for staff, over HTTP and sockets alike (SOC-01): a Passport strategy that checks the token's form and
 * signature, and then whether session, person, membership and tenant still stand. Everything it cannot vouch for is
 * UNAUTHENTICATED; only a good token that is too old is TOKEN_EXPIRED.
 */
import { decodeProtectedHeader } from 'jose';
import passportModule from 'passport';
import { Strategy } from 'passport-jwt';
import type { StaffActor } from '../core/context.js';
import type { Authenticated, Authenticators } from '../core/authenticators.js';
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import type { MembershipAccess } from '../tenancy/index.js';
import {
  ACCESS_TOKEN_ALGORITHM,
  ACCESS_TOKEN_AUDIENCE,
  ACCESS_TOKEN_TTL_MS,
  ACCESS_TOKEN_TYPE,
  accessTokenClaims,
} from './access-tokens.js';
import type { AuthStore } from './auth.store.js';
import { isSessionAlive } from './session-rules.js';

/** Clocks of two servers may differ by this much before a fresh token counts as one from the future. */
const CLOCK_SKEW_MS = 30_000;
const STRATEGY = 'jwt';

export interface StaffAuthenticatorDeps extends CoreDeps {
  readonly store: AuthStore;
  readonly access: MembershipAccess;
}

/** What stands in for an Express request; passport-jwt only hands it to the extractor below. */
interface TokenRequest {
  readonly accessToken: string | undefined;
}

type Key = Buffer | undefined;

/** The key of this token's `kid`, if it is ours and the header says what we sign. */
function findKey(deps: StaffAuthenticatorDeps, token: string): Key {
  try {
    const { alg, typ, kid } = decodeProtectedHeader(token);
    if (alg !== ACCESS_TOKEN_ALGORITHM || typ !== ACCESS_TOKEN_TYPE) return undefined;
    return deps.config.jwtSecrets.find((secret) => secret.kid === kid)?.secret;
  } catch {
    return undefined;
  }
}

async function authenticatePayload(
  deps: StaffAuthenticatorDeps,
  payload: unknown,
): Promise<Authenticated<StaffActor> | AppError> {
  const parsed = accessTokenClaims.safeParse(payload);
  if (!parsed.success) return new AppError('UNAUTHENTICATED');
  const { sub, tid, mid, sid, ver, iat, nbf, exp } = parsed.data;
  const nowMs = deps.clock.now();
  const isTooLong = (exp - iat) * 1000 > ACCESS_TOKEN_TTL_MS;
  if (isTooLong || Math.max(nbf, iat) * 1000 > nowMs + CLOCK_SKEW_MS) return new AppError('UNAUTHENTICATED');
  if (exp * 1000 <= nowMs) return new AppError('TOKEN_EXPIRED');
  const scope = { tenantId: tid };
  const [session, user, standing] = await Promise.all([
    deps.store.findSession(scope, sid),
    deps.store.findUser(sub),
    deps.access.findStanding(scope, mid),
  ]);
  if (!session || !user || !standing) return new AppError('UNAUTHENTICATED');
  if (session.membershipId !== mid || session.userId !== sub) return new AppError('UNAUTHENTICATED');
  if (standing.member.accessVersion !== ver) return new AppError('UNAUTHENTICATED');
  if (!isSessionAlive({ session, user, standing, nowMs })) return new AppError('UNAUTHENTICATED');
  const { member } = standing;
  return {
    tenantId: tid,
    actor: {
      kind: 'staff',
      userId: sub,
      membershipId: mid,
      sessionId: sid,
      role: member.role,
      name: member.name,
      inboxIds: member.inboxIds,
      expiresAtMs: exp * 1000,
    },
  };
}

function createStrategy(deps: StaffAuthenticatorDeps): Strategy {
  const options = {
    jwtFromRequest: (request: unknown) => (request as TokenRequest).accessToken ?? null,
    secretOrKeyProvider: (_request: unknown, token: string, done: (error: Error | null, key?: Buffer) => void) => {
      const key = findKey(deps, token);
      done(key ? null : new AppError('UNAUTHENTICATED'), key);
    },
    algorithms: [ACCESS_TOKEN_ALGORITHM],
    issuer: deps.config.publicUrl,
    audience: ACCESS_TOKEN_AUDIENCE,
    // Times are checked against the server's one clock in authenticatePayload, after the signature.
    ignoreExpiration: true,
    jsonWebTokenOptions: { ignoreNotBefore: true },
  };
  return new Strategy(options as ConstructorParameters<typeof Strategy>[0], (payload: unknown, done) => {
    authenticatePayload(deps, payload).then(
      (outcome) => (outcome instanceof AppError ? done(null, false, outcome) : done(null, outcome)),
      (error: unknown) => done(error, false),
    );
  });
}

export function createStaffAuthenticator(deps: StaffAuthenticatorDeps): Authenticators['staff'] {
  // An instance of our own: the module's singleton would be shared with everything else in the process.
  const passport = new passportModule.Passport();
  passport.use(STRATEGY, createStrategy(deps));
  return (accessToken) =>
    new Promise((resolve, reject) => {
      const request: TokenRequest = { accessToken };
      const authenticate = passport.authenticate(
        STRATEGY,
        { session: false },
        (error: unknown, principal: Authenticated<StaffActor> | false | undefined, info: unknown) => {
          if (error) reject(error);
          else if (principal) resolve(principal);
          else reject(info instanceof AppError ? info : new AppError('UNAUTHENTICATED'));
        },
      ) as (request: TokenRequest, response: object, next: (error?: unknown) => void) => void;
      authenticate(request, {}, (error) => reject((error as Error | undefined) ?? new AppError('UNAUTHENTICATED')));
    });
}
