/**
 * One live connection: opens the socket when somebody wants it, brings it back when it is lost, and answers requests
 * over whatever works. It decides; socket-transport.ts and http-transport.ts carry.
 *
 * More than 400 lines in one file, because every transition reads the same handful of variables.
 */
import { AUDIENCE_QUERY, SITE_QUERY, type Audience, type SocketRequest } from '@frontdesk/protocol/command';
import type { RevocationReason } from '@frontdesk/protocol/facts';
import { ACK_TIMEOUT_MS, BACKOFF_MAX_MS, HTTP_FALLBACK_AFTER_MS } from '@frontdesk/protocol/limits';
import { ERROR_CATALOGUE, type ErrorBody, type Result } from '@frontdesk/protocol/result';
import { computeBackoffMs, createNamedTimers, type NamedTimers } from './clock.js';
import type {
  CommandMap,
  Connection,
  ConnectionState,
  Credential,
  FactMap,
  RequestOptions,
} from './connection-types.js';
import type { ClientEnvironment } from './environment.js';
import { postCommand } from './http-transport.js';
import {
  createUnknownOutcome,
  isCredentialRefusal,
  isRetryable,
  isUnknownOutcome,
  LOCAL_REQUEST_ID,
} from './outcome.js';
import { openSocket, type SocketTransport } from './socket-transport.js';
import { createStore, waitUntil } from './store.js';

/** A visible page's socket must answer a ping within this, or it is dead whatever it says about itself. */
const PROBE_TIMEOUT_MS = 3_000;
/** Without a socket, ask for news over HTTP this often while the page is visible. */
const POLL_INTERVAL_MS = 10_000;
/** An element that is moved in the page leaves and returns at once; the socket outlives that. */
const LINGER_MS = 1_000;
/** A wake signal does not start another attempt sooner than this after the last one. */
const MIN_ATTEMPT_INTERVAL_MS = 1_000;

export interface ConnectionOptions {
  readonly environment: ClientEnvironment;
  readonly serverUrl: string;
  readonly audience: Exclude<Audience, 'public'>;
  readonly site: string | null;
  readonly credential: Credential;
  /** `auth` of the handshake; null when there is no credential to show. */
  buildHandshake(): object | null;
  readonly check: ConnectionCheck;
}

/** A read that serves as the ping; its answer is heard as the fact that would have brought the same news. */
export interface ConnectionCheck {
  readonly name: string;
  buildInput(): object;
  toFact(data: unknown): { readonly name: string; readonly fact: unknown };
}

const IDLE: ConnectionState = {
  phase: 'idle',
  reason: null,
  revocation: null,
  instance: null,
  isReachable: false,
  clockOffsetMs: 0,
};

export function createConnection<Commands extends CommandMap, Facts extends FactMap>(
  options: ConnectionOptions,
): Connection<Commands, Facts> {
  const engine = new ConnectionEngine(options);
  return {
    getState: engine.store.getState,
    subscribe: engine.store.subscribe,
    request: (name, input, requestOptions = {}) => engine.request(name, input, requestOptions),
    on(name, listener) {
      const listeners = engine.listeners.get(name) ?? new Set();
      engine.listeners.set(name, listeners.add(listener as (fact: unknown) => void));
      return () => void listeners.delete(listener as (fact: unknown) => void);
    },
    acquire: () => engine.acquire(),
    reconnect: () => engine.reconnect(),
    probe: () => engine.probe(),
    close: () => engine.close(),
  };
}

class ConnectionEngine {
  readonly store = createStore<ConnectionState>(IDLE);
  readonly listeners = new Map<string, Set<(fact: unknown) => void>>();
  readonly #options: ConnectionOptions;
  readonly #environment: ClientEnvironment;
  readonly #stopListening: (() => void)[];
  readonly #timers: NamedTimers<'retry' | 'poll' | 'linger' | 'drain'>;
  #users = 0;
  #isSuspended = false;
  #isClosed = false;
  #socket: SocketTransport | null = null;
  #failedTries = 0;
  #hasRefreshed = false;
  #lastAttemptAt = -Infinity;
  /** When the live connection went away, or was first wanted. */
  #lostAt = 0;
  #notBefore = 0;
  #probing: Promise<boolean> | null = null;
  #refreshing: Promise<boolean> | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#environment = options.environment;
    this.#timers = createNamedTimers(options.environment.clock);
    const { lifecycle } = options.environment;
    this.#stopListening = [
      lifecycle.on('wake', () => this.#handleWake()),
      lifecycle.on('offline', () => void (this.#isOnline && this.probe())),
      lifecycle.on('suspend', () => this.#handleSuspend()),
      lifecycle.on('resume', () => this.#handleResume()),
    ];
  }

  acquire(): () => void {
    this.#users += 1;
    this.#timers.stop('linger');
    if (this.#users === 1 && this.#socket === null) this.#begin();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#users -= 1;
      if (this.#users === 0) this.#timers.start('linger', LINGER_MS, () => this.#goIdle());
    };
  }

  reconnect(): void {
    if (!this.#isWanted) {
      if (this.store.getState().phase === 'refused') this.store.patch(IDLE);
      return;
    }
    this.#failedTries = 0;
    this.#hasRefreshed = false;
    this.#notBefore = 0;
    this.#dropSocket();
    this.#open();
  }

  close(): void {
    this.#isClosed = true;
    this.#goIdle();
    for (const stop of this.#stopListening) stop();
    this.listeners.clear();
  }

  async request(name: string, input: unknown, options: RequestOptions): Promise<Result<unknown>> {
    const result = await this.#dispatch(name, input, options);
    if (result.ok || isUnknownOutcome(result.error) || !isCredentialRefusal(result.error)) return result;
    if (!(await this.#refreshCredential().catch(() => false))) return result;
    return this.#dispatch(name, input, options);
  }

  /** Coalesced: several wake signals in a row ask once. */
  probe(): Promise<boolean> {
    this.#probing ??= this.#runProbe().finally(() => {
      this.#probing = null;
    });
    return this.#probing;
  }

  get #isWanted(): boolean {
    return this.#users > 0 && !this.#isSuspended && !this.#isClosed;
  }

  get #isOnline(): boolean {
    return this.store.getState().phase === 'online';
  }

  async #dispatch(name: string, input: unknown, options: RequestOptions): Promise<Result<unknown>> {
    const via = options.keepalive ? 'http' : (options.via ?? 'any');
    if (via === 'any' && !this.#isOnline) await this.#waitForSocket(options.signal);
    if (options.signal?.aborted) return createUnknownOutcome('The request was given up.');
    const timeoutMs = options.timeoutMs ?? ACK_TIMEOUT_MS;
    if (via !== 'http' && this.#isOnline && this.#socket !== null) {
      const request: SocketRequest = { input, ...pickKey(options) };
      const result = await this.#socket.send(name, request, timeoutMs);
      // A silent socket that still claims to be open may be dead in one direction; find out now, not in 45 s.
      if (!result.ok && isUnknownOutcome(result.error) && this.#isOnline) void this.probe();
      return result;
    }
    if (via === 'socket') return createUnknownOutcome('There is no live connection.');
    return this.#post(name, input, options, timeoutMs);
  }

  async #post(name: string, input: unknown, options: RequestOptions, timeoutMs: number): Promise<Result<unknown>> {
    const { audience, credential, serverUrl, site } = this.#options;
    const result = await postCommand(this.#environment, {
      serverUrl,
      audience,
      name,
      input,
      token: credential.getToken(),
      site,
      idempotencyKey: options.idempotencyKey,
      timeoutMs,
      keepalive: options.keepalive ?? false,
      signal: options.signal,
    });
    this.#learnFrom(result);
    return result;
  }

  /** A socket cannot say that its page was refused, or is welcome again; the HTTP twin can. */
  #learnFrom(result: Result<unknown>): void {
    const { phase, reason } = this.store.getState();
    if (phase === 'online') return;
    this.store.patch({ isReachable: result.ok || !isUnknownOutcome(result.error) });
    // Also while nobody wants a live connection: an empty chat asks over HTTP alone.
    if (!result.ok && result.error.code === 'ORIGIN_NOT_ALLOWED') {
      this.#dropSocket();
      this.#timers.stop('retry');
      this.#refuse(result.error, null);
    } else if (result.ok && phase === 'refused' && reason?.code === 'ORIGIN_NOT_ALLOWED') {
      this.reconnect();
    }
  }

  /** Resolves when online, or when the socket has been gone for so long that HTTP takes over. */
  #waitForSocket(signal: AbortSignal | undefined): Promise<void> {
    const { clock } = this.#environment;
    const waitMs = this.#msUntil(this.#lostAt + HTTP_FALLBACK_AFTER_MS, HTTP_FALLBACK_AFTER_MS);
    if (!this.#isWanted || !isPending(this.store.getState()) || waitMs <= 0) return Promise.resolve();
    return waitUntil(this.store, (state) => !isPending(state), { clock, waitMs, signal });
  }

  #begin(): void {
    if (!this.#isWanted || this.store.getState().phase === 'refused') return;
    this.#lostAt = this.#environment.clock.now();
    this.store.patch({ phase: 'connecting', reason: null });
    this.#schedulePoll();
    this.#open();
  }

  #open(): void {
    this.#timers.stop('retry');
    if (!this.#isWanted || this.#socket !== null) return;
    const auth = this.#options.buildHandshake();
    if (auth === null) return this.#handleClosed(createLocalRefusal(), null);
    this.#lastAttemptAt = this.#environment.clock.now();
    const { phase } = this.store.getState();
    if (phase === 'idle' || phase === 'refused') {
      this.store.patch({ phase: 'connecting', reason: null, revocation: null });
    }
    const { serverUrl, audience, site } = this.#options;
    this.#socket = openSocket(
      this.#environment,
      {
        serverUrl,
        namespace: `/${audience}`,
        query: site === null ? { [AUDIENCE_QUERY]: audience } : { [SITE_QUERY]: site },
        auth,
      },
      {
        handleReady: (fact) => this.#handleReady(fact),
        handleFact: (name, fact) => this.#handleFact(name, fact),
        handleClosed: (error, revocation) => this.#handleClosed(error, revocation),
      },
    );
  }

  #handleReady(fact: { serverTime: string; instance: string }): void {
    this.#failedTries = 0;
    this.#hasRefreshed = false;
    this.#notBefore = 0;
    this.#timers.stop('poll');
    const clockOffsetMs = Date.parse(fact.serverTime) - this.#environment.clock.now();
    this.store.patch({
      phase: 'online',
      reason: null,
      revocation: null,
      instance: fact.instance,
      isReachable: false,
      clockOffsetMs: Number.isFinite(clockOffsetMs) ? clockOffsetMs : 0,
    });
  }

  #handleFact(name: string, fact: unknown): void {
    if (name === 'server:draining') this.#handleDraining(fact as { retryAfterMs: number });
    if (name === 'session:expiring') void this.#refreshCredential().catch(() => false);
    for (const listener of [...(this.listeners.get(name) ?? [])]) listener(fact);
  }

  /** Each socket hears another number, so the herd comes back spread out; until then this one stays as it is. */
  #handleDraining({ retryAfterMs }: { retryAfterMs: number }): void {
    this.#notBefore = this.#environment.clock.now() + retryAfterMs;
    this.#timers.start('drain', retryAfterMs, () => {
      this.#dropSocket();
      this.#lose(null);
      this.#open();
    });
  }

  #handleClosed(error: ErrorBody | null, revocation: RevocationReason | null): void {
    this.#socket = null;
    this.#timers.stop('drain');
    if (!this.#isWanted) return;
    const needsCredential = revocation === 'expired' || (error !== null && isCredentialRefusal(error));
    if (needsCredential && !this.#hasRefreshed)
      return void this.#refreshAndOpen(error ?? createLocalRefusal(), revocation);
    if (revocation !== null || needsCredential || (error !== null && !isRetryable(error))) {
      return this.#refuse(error ?? createLocalRefusal(), revocation);
    }
    this.#lose(error);
    this.#scheduleRetry(error?.retryAfterMs ?? 0);
  }

  async #refreshAndOpen(error: ErrorBody, revocation: RevocationReason | null): Promise<void> {
    this.#lose(error);
    try {
      const isRefreshed = await this.#refreshCredential();
      if (!this.#isWanted) return;
      this.#hasRefreshed = true;
      if (!isRefreshed) return this.#refuse(error, revocation);
      this.#open();
    } catch {
      // The question could not be asked; that is the network's fault and says nothing about the credential.
      this.#scheduleRetry(0);
    }
  }

  #refuse(reason: ErrorBody, revocation: RevocationReason | null): void {
    this.#timers.stop('poll');
    this.store.patch({ phase: 'refused', reason, revocation });
  }

  #lose(reason: ErrorBody | null): void {
    if (this.#isOnline) this.#lostAt = this.#environment.clock.now();
    this.store.patch({ phase: 'offline', reason });
    this.#schedulePoll();
  }

  #scheduleRetry(retryAfterMs: number): void {
    if (!this.#isWanted) return;
    this.#failedTries += 1;
    const { clock } = this.#environment;
    const notBeforeMs = this.#msUntil(this.#notBefore, BACKOFF_MAX_MS);
    const delayMs = Math.max(computeBackoffMs(this.#failedTries, clock), retryAfterMs, notBeforeMs);
    this.#timers.start('retry', delayMs, () => this.#open());
  }

  #schedulePoll(): void {
    if (this.#timers.has('poll')) return;
    this.#timers.start('poll', POLL_INTERVAL_MS, () => {
      if (!this.#isWanted || this.#isOnline) return;
      if (this.#environment.lifecycle.isVisible()) void this.probe();
      this.#schedulePoll();
    });
  }

  async #runProbe(): Promise<boolean> {
    const { check } = this.#options;
    const input = check.buildInput();
    const socket = this.#socket;
    const isLive = this.#isOnline && socket !== null;
    const result = isLive
      ? await socket.send(check.name, { input }, PROBE_TIMEOUT_MS)
      : await this.#post(check.name, input, {}, ACK_TIMEOUT_MS);
    if (result.ok) {
      const { name, fact } = check.toFact(result.data);
      this.#handleFact(name, fact);
      return true;
    }
    const isAnswered = !isUnknownOutcome(result.error);
    if (!isAnswered && isLive && this.#socket === socket) {
      this.#dropSocket();
      this.#lose(null);
      this.#open();
    }
    return isAnswered;
  }

  #refreshCredential(): Promise<boolean> {
    this.#refreshing ??= this.#options.credential
      .refresh()
      .then((isRefreshed) => {
        const accessToken = this.#options.credential.getToken();
        if (isRefreshed && this.#isOnline && this.#options.audience === 'staff' && accessToken !== null) {
          return this.#renewSocket(accessToken);
        }
        return isRefreshed;
      })
      .finally(() => {
        this.#refreshing = null;
      });
    return this.#refreshing;
  }

  /** Gives the open socket the new token, so that it need not be closed for it. */
  async #renewSocket(accessToken: string): Promise<boolean> {
    await this.#socket?.send('session:renew', { input: { accessToken } }, ACK_TIMEOUT_MS);
    return true;
  }

  #handleWake(): void {
    if (!this.#isWanted) return;
    if (this.#isOnline) return void this.probe();
    const { phase } = this.store.getState();
    if (phase === 'refused') return;
    const tooEarlyMs = Math.max(
      this.#msUntil(this.#notBefore, BACKOFF_MAX_MS),
      this.#msUntil(this.#lastAttemptAt + MIN_ATTEMPT_INTERVAL_MS, MIN_ATTEMPT_INTERVAL_MS),
    );
    if (tooEarlyMs > 0) {
      // The person is looking, so what remains of a long back-off is too long.
      if (this.#socket === null) this.#timers.start('retry', tooEarlyMs, () => this.#open());
      return;
    }
    const now = this.#environment.clock.now();
    // An attempt that began before the machine slept may hang on a connection that no longer exists.
    if (this.#socket !== null && now - this.#lastAttemptAt < PROBE_TIMEOUT_MS) return;
    this.#dropSocket();
    this.#open();
  }

  /** Never more than `limitMs`: a clock that was set back by an hour must not stretch a wait by an hour. */
  #msUntil(instant: number, limitMs: number): number {
    return Math.min(instant - this.#environment.clock.now(), limitMs);
  }

  #handleSuspend(): void {
    this.#isSuspended = true;
    const { phase } = this.store.getState();
    this.#goIdle();
    if (phase === 'refused') this.store.patch({ phase });
  }

  #handleResume(): void {
    if (!this.#isSuspended) return;
    this.#isSuspended = false;
    this.#begin();
  }

  #goIdle(): void {
    this.#dropSocket();
    this.#timers.stopAll();
    this.#failedTries = 0;
    this.#hasRefreshed = false;
    this.store.patch({ phase: 'idle' });
  }

  #dropSocket(): void {
    this.#timers.stop('drain');
    this.#socket?.close();
    this.#socket = null;
  }
}

function isPending({ phase }: ConnectionState): boolean {
  return phase === 'connecting' || phase === 'offline';
}

function pickKey({ idempotencyKey }: RequestOptions): Pick<SocketRequest, 'idempotencyKey'> {
  return idempotencyKey === undefined ? {} : { idempotencyKey };
}

/** There is no credential, so the server need not be asked. */
function createLocalRefusal(): ErrorBody {
  return {
    code: 'UNAUTHENTICATED',
    message: ERROR_CATALOGUE.UNAUTHENTICATED.message,
    requestId: LOCAL_REQUEST_ID,
  };
}
