/**
 * One handler for every event of every socket (SOC-01). An event is a command of the table or it is refused; there is no
 * other listener. What cannot be answered because it brought no acknowledgement counts as abuse.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Failure, Result } from '@frontdesk/protocol/result';
import type { Authenticators } from '../core/authenticators.js';
import type { Clock } from '../core/clock.js';
import type { BoundCommand } from '../core/command.js';
import type { RequestContext } from '../core/context.js';
import { AppError, toAppError } from '../core/errors.js';
import type { Executor } from '../core/executor.js';
import type { Logger } from '../core/logger.js';
import type { Contacts } from '../contacts/index.js';
import { isStaffConnection, isVisitorConnection, type AnySocket, type Connection } from './connection.js';

export interface CommandHandlerDeps {
  readonly executor: Executor;
  readonly authenticators: Authenticators;
  readonly contacts: Pick<Contacts, 'refreshVisitor'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A client that sends without waiting for answers is told to slow down (SOC-08). */
const MAX_UNACKNOWLEDGED = 20;
const BUSY_RETRY_MS = 250;
const MAX_ABUSES = 5;

/** The one command that an expired socket may still give. */
const RENEW = 'session:renew';

const requestSchema = z.strictObject({ input: z.unknown().optional(), idempotencyKey: z.unknown().optional() });
const renewSchema = z.looseObject({ accessToken: z.string().max(4_096) });

type Acknowledge = (result: Result<unknown>) => void;

function fail(error: unknown, requestId: string = randomUUID()): Failure {
  return { ok: false, error: toAppError(error).toBody(requestId) };
}

function createContext(socket: AnySocket, connection: Connection, log: Logger): RequestContext {
  const requestId = randomUUID();
  const { tenantId, actor, ipPrefix, userAgent } = connection;
  return { requestId, tenantId, actor, ipPrefix, userAgent, socketId: socket.id, log: log.child({ requestId }) };
}

export function createCommandHandler(deps: CommandHandlerDeps) {
  const { executor, authenticators, clock } = deps;

  /** Is whoever opened this socket still who they were? Members are swept besides; their token's end is known. */
  async function recheck(connection: Connection, command: BoundCommand): Promise<void> {
    if (connection.isClosed) throw new AppError('UNAUTHENTICATED');
    if (isVisitorConnection(connection)) {
      connection.actor = (await deps.contacts.refreshVisitor(connection)).actor;
    } else if (isStaffConnection(connection) && command.definition.name !== RENEW) {
      if (connection.actor.expiresAtMs <= clock.now()) throw new AppError('TOKEN_EXPIRED');
    }
    if (connection.isClosed) throw new AppError('UNAUTHENTICATED');
  }

  /** A new access token keeps the socket alive, but only one of the same session: a socket never changes hands. */
  async function renew(connection: Connection, input: unknown): Promise<void> {
    const parsed = renewSchema.safeParse(input);
    if (!parsed.success || !isStaffConnection(connection)) return;
    const { accessToken } = parsed.data;
    const { tenantId, actor } = await authenticators.staff(accessToken);
    const isSame =
      tenantId === connection.tenantId &&
      actor.sessionId === connection.actor.sessionId &&
      actor.userId === connection.actor.userId &&
      actor.membershipId === connection.actor.membershipId;
    if (!isSame) throw new AppError('UNAUTHENTICATED');
    connection.actor = actor;
    connection.accessToken = accessToken;
    connection.isExpiryAnnounced = false;
  }

  async function run(socket: AnySocket, command: BoundCommand, argument: unknown): Promise<Result<unknown>> {
    const { connection } = socket.data;
    await connection.ready;
    const request = requestSchema.safeParse(argument);
    if (!request.success) throw new AppError('VALIDATION', { fields: { '*': 'must be { input, idempotencyKey? }' } });
    await recheck(connection, command);
    const input = request.data.input ?? {};
    if (command.definition.name === RENEW) await renew(connection, input);
    const { idempotencyKey } = request.data;
    return executor.execute(command, createContext(socket, connection, deps.log), { input, idempotencyKey });
  }

  async function answer(socket: AnySocket, command: BoundCommand, argument: unknown, acknowledge: Acknowledge) {
    const { connection } = socket.data;
    if (connection.unacknowledged >= MAX_UNACKNOWLEDGED) {
      acknowledge(fail(new AppError('BUSY', { retryAfterMs: BUSY_RETRY_MS })));
      return;
    }
    connection.unacknowledged += 1;
    try {
      acknowledge(await run(socket, command, argument));
    } catch (error) {
      const failure = fail(error);
      if (failure.error.code === 'INTERNAL') deps.log.error({ err: error }, 'a socket command failed');
      acknowledge(failure);
    } finally {
      connection.unacknowledged -= 1;
    }
  }

  function countAbuse(socket: AnySocket): void {
    socket.data.connection.abuses += 1;
    if (socket.data.connection.abuses > MAX_ABUSES) socket.disconnect(true);
  }

  return function listen(socket: AnySocket): void {
    socket.onAny((name: unknown, ...args: unknown[]) => {
      const acknowledge = args.pop();
      if (typeof acknowledge !== 'function') {
        countAbuse(socket);
        return;
      }
      const { actor } = socket.data.connection;
      const command = typeof name === 'string' ? executor.find(actor.kind, name) : undefined;
      if (!command?.definition.transports.includes('socket') || args.length !== 1) {
        countAbuse(socket);
        (acknowledge as Acknowledge)(fail(new AppError('VALIDATION')));
        return;
      }
      void answer(socket, command, args[0], acknowledge as Acknowledge);
    });
  };
}
