/** What a connection promises, apart from how it keeps it. */
import type { Idempotency } from '@frontdesk/protocol/command';
import type { IdempotencyKey } from '@frontdesk/protocol/ids';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { RevocationReason } from '@frontdesk/protocol/facts';
import type { ReadableStore, Unsubscribe } from './store.js';

/** Name → input and output, as `CommandTypes` of the protocol makes it. */
export type CommandMap = Record<string, { input: unknown; output: unknown; idempotency: Idempotency }>;
export type FactMap = object;

/**
 * - `idle`: nobody asked for a live connection, or the page is suspended. Requests go over HTTP.
 * - `connecting`: the first try is under way.
 * - `online`: the server said `session:ready`; the rooms are joined.
 * - `offline`: the connection was lost or could not be made; tries go on by themselves.
 * - `refused`: the server said no for good; `reason` says why. A new credential or `reconnect()` starts again.
 */
export type ConnectionPhase = 'idle' | 'connecting' | 'online' | 'offline' | 'refused';

export interface ConnectionState {
  readonly phase: ConnectionPhase;
  /** Why it is offline or refused, as far as the server said. */
  readonly reason: ErrorBody | null;
  /** Present when the server closed the connection with `session:revoked`. */
  readonly revocation: RevocationReason | null;
  /** Server process behind the connection; another one means that it restarted. */
  readonly instance: string | null;
  /** There is no live connection, but the server answered the last request over HTTP: slower, and nothing waits. */
  readonly isReachable: boolean;
  /** Server clock minus local clock, for labels only. */
  readonly clockOffsetMs: number;
}

export interface RequestOptions {
  readonly idempotencyKey?: IdempotencyKey;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  /**
   * - `any` (default): the socket when online; otherwise HTTP, HTTP_FALLBACK_AFTER_MS after the socket was lost.
   * - `socket`: only the socket; offline answers an unknown outcome at once. For ephemera.
   * - `http`: only HTTP.
   */
  readonly via?: 'any' | 'socket' | 'http';
  /** Let the request outlive the page (`fetch` keepalive); implies HTTP. */
  readonly keepalive?: boolean;
}

export interface Connection<Commands extends CommandMap, Facts extends FactMap> extends ReadableStore<ConnectionState> {
  /** Never throws and never rejects; see outcome.ts for failures that are not the server's. */
  request<Name extends keyof Commands & string>(
    name: Name,
    input: Commands[Name]['input'],
    options?: RequestOptions,
  ): Promise<Result<Commands[Name]['output']>>;
  on<Name extends keyof Facts & string>(name: Name, listener: (fact: Facts[Name]) => void): Unsubscribe;
  /** Asks for a live connection. Call the returned function once to withdraw; the last one closes the socket. */
  acquire(): Unsubscribe;
  /** Drops the socket and tries again now, with a fresh look at the credential. Also leaves `refused`. */
  reconnect(): void;
  /** Asks the server whether something was missed; the answer arrives as a fact. */
  probe(): Promise<boolean>;
  /** Closes for good and forgets all listeners. */
  close(): void;
}

/** Who the connection speaks for. */
export interface Credential {
  /** The token for the next request or connection; null sends none. */
  getToken(): string | null;
  /** Tries once to get a better token; false when there is none to be had. */
  refresh(): Promise<boolean>;
}
