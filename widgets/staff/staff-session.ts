/**
 * Who is signed in on this page, for one server. The access token lives in this object's memory only; what survives a
 * reload is the httpOnly refresh cookie, which no script can read.
 *
 * The refresh token rotates, and presenting an old one twice ends the whole session. All tabs share the cookie, so a
 * Web Lock lets one tab refresh at a time; within a page all callers share one running refresh.
 */
import type { SessionDto } from '@frontdesk/protocol/auth';
import type { ErrorCode, Result } from '@frontdesk/protocol/result';
import { isUnknownOutcome } from '../core/client/outcome.js';
import { createPublicCaller, type CallPublic, type PublicCommands } from './public-commands.js';

export type StaffPhase = 'starting' | 'unreachable' | 'signed-out' | 'signed-in';

export interface StaffSessionState {
  readonly phase: StaffPhase;
  /** Everything about the session but its token. */
  readonly session: Omit<SessionDto, 'accessToken'> | null;
  /** True when a session ended without its owner asking for it. */
  readonly ended: boolean;
}

export type SessionListener = (state: StaffSessionState) => void;

/** Commands that answer with a session, and thereby sign in. */
type SignInCommand =
  'session:sign-in' | 'session:sign-in-google' | 'account:verify-email' | 'password:reset' | 'invitation:accept';

/** A token is renewed after this share of its life, early enough for a slow network. */
const RENEW_AT_SHARE = 0.8;
const RETRY_AFTER_MS = 5_000;
/** `setTimeout` overflows beyond 2^31 ms; a token never lives that long, but a wrong clock may say so. */
const TIMER_MAX_MS = 60 * 60 * 1000;

export interface StaffSessionOptions {
  readonly call?: CallPublic;
  readonly now?: () => number;
}

export class StaffSession {
  readonly server: string;
  readonly #call: CallPublic;
  readonly #now: () => number;
  readonly #listeners = new Set<SessionListener>();
  #state: StaffSessionState = { phase: 'starting', session: null, ended: false };
  #accessToken: string | null = null;
  #running: Promise<string | null> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #channel: BroadcastChannel | null = null;
  #started = false;
  /** Rises when a session ends, so that an answer which was on its way does not bring it back. */
  #endings = 0;

  constructor(server: string, { call = createPublicCaller(server), now = Date.now }: StaffSessionOptions = {}) {
    this.server = server;
    this.#call = call;
    this.#now = now;
  }

  get state(): StaffSessionState {
    return this.#state;
  }

  subscribe(listener: SessionListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Looks for a session of an earlier visit. Safe to call again, for instance to retry an unreachable server. */
  async start(): Promise<void> {
    if (this.#started && this.#state.phase !== 'unreachable') return;
    this.#started = true;
    this.#openChannel();
    this.#update({ phase: 'starting', session: null, ended: false });
    await this.#refreshOnce();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#channel?.close();
    this.#channel = null;
    this.#started = false;
  }

  call<Name extends keyof PublicCommands>(
    name: Name,
    input: PublicCommands[Name]['input'],
  ): Promise<Result<PublicCommands[Name]['output']>> {
    return this.#call(name, input);
  }

  async signIn<Name extends SignInCommand>(
    name: Name,
    input: PublicCommands[Name]['input'],
  ): Promise<Result<SessionDto>> {
    const answer = (await this.#call(name, input)) as Result<SessionDto>;
    if (answer.ok) this.#adopt(answer.data);
    return answer;
  }

  async signOut(): Promise<void> {
    // Signed out here first: a dead network must not keep anyone signed in on a shared computer's screen.
    this.#forget(false);
    this.#channel?.postMessage('signed-out');
    const ending = this.#endings;
    const answer = await this.#call('session:sign-out', {});
    if (answer.ok || !isUnknownOutcome(answer.error)) return;
    // The cookie is still there, and a reload would sign in again: asked until the server has heard it.
    const isSignedOut = (): boolean => this.#endings === ending && this.#state.phase === 'signed-out';
    this.#timer = setTimeout(() => void (isSignedOut() && this.signOut()), RETRY_AFTER_MS);
  }

  /** The token to use now; null when nobody is signed in. A token past its life is still given: the server decides. */
  get accessToken(): string | null {
    return this.#accessToken;
  }

  /** Gets a new token; false when the person has to sign in again or nobody answered. */
  async refresh(): Promise<boolean> {
    if (this.#state.phase === 'signed-out') return false;
    return (await this.#refreshOnce()) !== null;
  }

  /** The server closed the session for good (revoked, disabled, password changed elsewhere). */
  handleRevoked(): void {
    this.#forget(true);
  }

  #refreshOnce(): Promise<string | null> {
    const endings = this.#endings;
    this.#running ??= this.#withLock(() => this.#refresh(endings)).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  #withLock<T>(work: () => Promise<T>): Promise<T> {
    // Web Locks are missing on plain-http pages; the server's grace for the direct predecessor covers those.
    const locks = globalThis.navigator?.locks as LockManager | undefined;
    if (locks === undefined) return work();
    return locks.request(`frontdesk-staff-refresh:${this.server}`, work);
  }

  /** `endings`: how many there were when it was asked for; one more, and nobody wants the answer. */
  async #refresh(endings: number): Promise<string | null> {
    if (endings !== this.#endings) return null;
    const answer = await this.#call('session:refresh', {});
    if (endings !== this.#endings) return null;
    if (answer.ok) {
      this.#adopt(answer.data);
      return this.#accessToken;
    }
    if (!isUnknownOutcome(answer.error) && isFinal(answer.error.code)) {
      this.#forget(this.#state.phase === 'signed-in');
      return null;
    }
    if (this.#state.phase === 'starting') this.#update({ phase: 'unreachable', session: null, ended: false });
    else if (this.#state.phase === 'signed-in') this.#schedule(answer.error.retryAfterMs ?? RETRY_AFTER_MS);
    return null;
  }

  #adopt({ accessToken, ...session }: SessionDto): void {
    const lifeMs = readLifeMs(accessToken) ?? Date.parse(session.expiresAt) - this.#now();
    this.#accessToken = accessToken;
    this.#schedule(lifeMs * RENEW_AT_SHARE);
    this.#update({ phase: 'signed-in', session, ended: false });
  }

  #forget(ended: boolean): void {
    clearTimeout(this.#timer);
    this.#endings += 1;
    this.#accessToken = null;
    this.#update({ phase: 'signed-out', session: null, ended });
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#started) return;
    const boundedMs = Math.min(Math.max(delayMs, 1_000), TIMER_MAX_MS);
    this.#timer = setTimeout(() => void this.#refreshOnce(), boundedMs);
  }

  #openChannel(): void {
    if (this.#channel !== null || typeof BroadcastChannel === 'undefined') return;
    this.#channel = new BroadcastChannel(`frontdesk-staff:${this.server}`);
    this.#channel.onmessage = (event) => {
      if (event.data === 'signed-out' && this.#state.phase === 'signed-in') this.#forget(false);
    };
  }

  #update(state: StaffSessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

/** Codes after which asking again with the same cookie is pointless. */
function isFinal(code: ErrorCode): boolean {
  return code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED' || code === 'FORBIDDEN' || code === 'VALIDATION';
}

/** `exp - iat` of a JWT: a length of time, so a computer with a wrong clock still renews in time. */
function readLifeMs(token: string): number | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    if (typeof claims !== 'object' || claims === null || !('exp' in claims) || !('iat' in claims)) return undefined;
    const lifeMs = (Number(claims.exp) - Number(claims.iat)) * 1000;
    return Number.isFinite(lifeMs) && lifeMs > 0 ? lifeMs : undefined;
  } catch {
    return undefined;
  }
}
