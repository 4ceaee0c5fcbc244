/**
 * One Socket.IO connection attempt and, when it succeeds, the connection. It never reconnects: connection.ts decides
 * when to try again and then opens another one, so that no timer or buffer of the library acts behind its back.
 */
import type { SocketRequest } from '@frontdesk/protocol/command';
import type { RevocationReason } from '@frontdesk/protocol/facts';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { Socket } from 'socket.io-client';
import type { TimerHandle } from './clock.js';
import type { ClientEnvironment } from './environment.js';
import { createUnknownOutcome, isErrorBody, isResult } from './outcome.js';

/** Time for transport, handshake and `session:ready` together. */
const OPEN_TIMEOUT_MS = 10_000;

export interface SocketTransport {
  send(name: string, request: SocketRequest, timeoutMs: number): Promise<Result<unknown>>;
  close(): void;
}

export interface SocketListener {
  handleReady(fact: { serverTime: string; instance: string }): void;
  handleFact(name: string, fact: unknown): void;
  /** Called once, also for an attempt that never opened. `error` is what the server said, if it said anything. */
  handleClosed(error: ErrorBody | null, revocation: RevocationReason | null): void;
}

export interface SocketAddress {
  readonly serverUrl: string;
  readonly namespace: string;
  /** Stands in the URL, where the server looks before the handshake arrives. */
  readonly query: Record<string, string>;
  readonly auth: object;
}

/** Returns at once; the listener hears the rest, and nothing after `close()`. */
export function openSocket(
  environment: ClientEnvironment,
  address: SocketAddress,
  listener: SocketListener,
): SocketTransport {
  const { clock } = environment;
  let socket: Socket | null = null;
  let isFinished = false;
  let revocation: RevocationReason | null = null;
  let resolveClosed: (outcome: Result<unknown>) => void = () => {};
  const closed = new Promise<Result<unknown>>((resolve) => {
    resolveClosed = resolve;
  });

  const finish = (): void => {
    isFinished = true;
    clock.clearTimeout(timer);
    socket?.offAny();
    socket?.off();
    socket?.disconnect();
    resolveClosed(createUnknownOutcome('The connection was closed before the acknowledgement.'));
  };
  const fail = (error: ErrorBody | null): void => {
    if (isFinished) return;
    finish();
    listener.handleClosed(error, revocation);
  };
  const timer: TimerHandle = clock.setTimeout(() => fail(null), OPEN_TIMEOUT_MS);

  const attach = (opened: Socket): void => {
    socket = opened;
    opened.on('connect_error', (error: Error & { data?: unknown }) =>
      fail(isErrorBody(error.data) ? error.data : null),
    );
    opened.on('disconnect', () => fail(null));
    opened.onAny((name: string, fact: unknown) => {
      if (name === 'session:ready') {
        clock.clearTimeout(timer);
        listener.handleReady(fact as { serverTime: string; instance: string });
      } else if (name === 'session:revoked') {
        revocation = (fact as { reason: RevocationReason }).reason;
      }
      listener.handleFact(name, fact);
    });
  };

  environment.loadSocketIo().then(
    ({ io }) => {
      if (isFinished) return;
      attach(
        io(address.serverUrl + address.namespace, {
          auth: address.auth,
          query: address.query,
          forceNew: true,
          reconnection: false,
          transports: ['websocket', 'polling'],
          tryAllTransports: true,
          timeout: OPEN_TIMEOUT_MS,
          withCredentials: false,
        }),
      );
    },
    // The chunk could not be loaded: the same as no network, and the next attempt loads it again.
    () => fail(null),
  );

  return {
    async send(name, request, timeoutMs) {
      if (isFinished || socket === null || !socket.connected)
        return createUnknownOutcome('The connection is not open.');
      const acknowledged = socket
        .timeout(timeoutMs)
        .emitWithAck(name, request)
        .then(
          (answer: unknown) => (isResult(answer) ? answer : createUnknownOutcome('The acknowledgement is not ours.')),
          () => createUnknownOutcome('The acknowledgement did not arrive.'),
        );
      // The library keeps a packet back while it doubts the transport; closing must not leave its caller waiting.
      let timeout: TimerHandle;
      const timedOut = new Promise<Result<unknown>>((resolve) => {
        timeout = clock.setTimeout(
          () => resolve(createUnknownOutcome('The acknowledgement did not arrive in time.')),
          timeoutMs,
        );
      });
      return Promise.race([acknowledged, closed, timedOut]).finally(() => clock.clearTimeout(timeout));
    },
    close() {
      if (!isFinished) finish();
    },
  };
}
