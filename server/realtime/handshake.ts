/**
 * Who a socket is. Runs before the namespace lets it in and fails closed: without a principal there is no socket, and
 * an event of a connection that joined nothing closes it (SOC-02).
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AUDIENCE_QUERY, SITE_QUERY } from '@frontdesk/protocol/command';
import { siteKey, token as tokenOf, visitorToken } from '@frontdesk/protocol/fields';
import { findIncompatibility } from '@frontdesk/protocol/version';
import type { Config } from '../config.js';
import { addressPrefix, clientAddress } from '../core/address.js';
import type { Authenticated, Authenticators } from '../core/authenticators.js';
import type { CredentialedActor } from '../core/context.js';
import { AppError, toAppError } from '../core/errors.js';
import type { Limits } from '../core/limits.js';
import type { Logger } from '../core/logger.js';
import { rooms } from '../core/rooms.js';
import type { AnyNamespace, AnySocket, ConnectedAudience, Connection, Namespaces } from './connection.js';

export interface HandshakeDeps {
  readonly config: Config;
  readonly limits: Limits;
  readonly log: Logger;
  readonly authenticators: Authenticators;
}

/** Tabs of one browser; more is a script, and HTTP still answers it within its limits (SOC-08). */
const MAX_SOCKETS_PER_VISITOR = 5;
const RETRY_AFTER_MS = 30_000;

const visitorAuth = z.strictObject({ site: siteKey, token: visitorToken, protocol: z.number() });
const tokenAuth = z.strictObject({ token: tokenOf<string & {}>(), protocol: z.number() });
const staffAuth = z.strictObject({ token: z.string().min(1).max(4_096), protocol: z.number() });

function parse<Schema extends z.ZodType>(schema: Schema, auth: unknown): z.output<Schema> {
  const reason = findIncompatibility((auth as { protocol?: unknown } | null)?.protocol);
  if (reason) throw new AppError('INCOMPATIBLE_PROTOCOL', { fields: { protocol: reason } });
  const parsed = schema.safeParse(auth);
  // What is wrong with a credential is nobody's business.
  if (!parsed.success) throw new AppError('UNAUTHENTICATED');
  return parsed.data;
}

function readAddress(socket: AnySocket, config: Config): string {
  const forwarded = socket.handshake.headers['x-forwarded-for'];
  const header = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
  return addressPrefix(clientAddress(socket.conn.remoteAddress, header, config.trustedProxies));
}

function createConnection<Actor extends CredentialedActor>(
  socket: AnySocket,
  who: Authenticated<Actor>,
  ipPrefix: string,
  accessToken: string | null,
): Connection<Actor> {
  return {
    tenantId: who.tenantId,
    actor: who.actor,
    accessToken,
    ipPrefix,
    userAgent: socket.handshake.headers['user-agent']?.slice(0, 300) ?? '',
    ready: Promise.resolve(),
    unacknowledged: 0,
    abuses: 0,
    isExpiryAnnounced: false,
    isClosed: false,
  };
}

type Admission = (socket: AnySocket) => Promise<Connection>;

/** `room` holds the sockets of one visitor, or of one ticket. */
function refuseCrowd(socket: AnySocket, room: string): void {
  if ((socket.nsp.adapter.rooms.get(room)?.size ?? 0) >= MAX_SOCKETS_PER_VISITOR) {
    throw new AppError('RATE_LIMITED', { retryAfterMs: RETRY_AFTER_MS });
  }
}

export function createHandshakes(deps: HandshakeDeps) {
  const { config, limits, authenticators } = deps;

  async function admitVisitor(socket: AnySocket): Promise<Connection> {
    const { query, auth } = socket.handshake;
    const ipPrefix = readAddress(socket, config);
    await limits.consume('socket-connect', ipPrefix);
    const { site, token } = parse(visitorAuth, auth);
    // The origin was checked against the site of the URL, so the credential must name the same one.
    if (query[SITE_QUERY] !== site) throw new AppError('UNAUTHENTICATED');
    const origin = socket.handshake.headers.origin ?? config.publicUrl;
    const who = await authenticators.visitor({ siteKey: site, token, origin });
    await limits.consume('site-connect', `${who.tenantId}:${who.actor.siteId}`);
    refuseCrowd(socket, rooms.visitorToken(who.tenantId, who.actor.tokenHash));
    return createConnection(socket, who, ipPrefix, null);
  }

  async function admitStaff(socket: AnySocket): Promise<Connection> {
    const { query, auth } = socket.handshake;
    const ipPrefix = readAddress(socket, config);
    await limits.consume('socket-connect', ipPrefix);
    const { token } = parse(staffAuth, auth);
    if (query[AUDIENCE_QUERY] !== 'staff') throw new AppError('UNAUTHENTICATED');
    return createConnection(socket, await authenticators.staff(token), ipPrefix, token);
  }

  async function readToken(
    socket: AnySocket,
    audience: 'device' | 'ticket',
  ): Promise<{ readonly token: string; readonly ipPrefix: string }> {
    const ipPrefix = readAddress(socket, config);
    await limits.consume(`${audience}-connect`, ipPrefix);
    if (socket.handshake.query[AUDIENCE_QUERY] !== audience) throw new AppError('UNAUTHENTICATED');
    return { token: parse(tokenAuth, socket.handshake.auth).token, ipPrefix };
  }

  async function admitDevice(socket: AnySocket): Promise<Connection> {
    const { token, ipPrefix } = await readToken(socket, 'device');
    return createConnection(socket, await authenticators.device(token), ipPrefix, token);
  }

  async function admitTicket(socket: AnySocket): Promise<Connection> {
    const { token, ipPrefix } = await readToken(socket, 'ticket');
    const who = await authenticators.ticket(token);
    refuseCrowd(socket, rooms.ticket(who.tenantId, who.actor.ticketId));
    return createConnection(socket, who, ipPrefix, token);
  }

  function guard(namespace: AnyNamespace, admit: Admission): void {
    namespace.use((socket, next) => {
      admit(socket as AnySocket).then(
        (connection) => {
          socket.data.connection = connection;
          next();
        },
        (error: unknown) => {
          const failure = toAppError(error);
          if (failure.code === 'INTERNAL') deps.log.error({ err: error }, 'a socket could not be authenticated');
          next(Object.assign(new Error(failure.message), { data: failure.toBody(randomUUID()) }));
        },
      );
    });
  }

  const admissions: Readonly<Record<ConnectedAudience, Admission>> = {
    visitor: admitVisitor,
    staff: admitStaff,
    device: admitDevice,
    ticket: admitTicket,
  };
  return {
    guardAll(namespaces: Namespaces): void {
      for (const [audience, admit] of Object.entries(admissions))
        guard(namespaces[audience as ConnectedAudience], admit);
    },
  };
}
