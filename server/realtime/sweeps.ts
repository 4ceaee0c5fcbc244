/**
 * Keeps open sockets honest. Every second: who expires soon is warned, who expired and did not renew is closed. Every
 * SWEEP_INTERVAL_MS: each session of a connected member is asked again, so that a sign-out in another process reaches
 * its sockets within 5 s (P17, SES-04). Now and then: visitors whose identity token ran out leave what it had opened, and phones
 * whose ticket was purged or erased by another process are told so and closed.
 */
import type { Authenticators } from '../core/authenticators.js';
import type { Clock } from '../core/clock.js';
import type { StaffActor } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';
import type { Contacts } from '../contacts/index.js';
import {
  isDeviceConnection,
  isStaffConnection,
  isVisitorConnection,
  type AnySocket,
  type Namespaces,
} from './connection.js';
import type { createArrivals } from './arrivals.js';
import type { FactHub } from './fact-hub.js';

export interface SweepsDeps {
  readonly authenticators: Authenticators;
  readonly contacts: Pick<Contacts, 'refreshVisitor'>;
  readonly arrivals: ReturnType<typeof createArrivals>;
  readonly hub: FactHub;
  readonly clock: Clock;
  readonly log: Logger;
}

const EXPIRY_CHECK_MS = 1_000;
const WARNING_MS = 60_000;
/** Time after the token's end in which a renewal is still taken (SOC-06). */
const GRACE_MS = 30_000;
const SWEEP_INTERVAL_MS = 4_000;
const VISITOR_SWEEP_INTERVAL_MS = 30_000;
const DEVICE_SWEEP_INTERVAL_MS = 1_500;
const TICKET_SWEEP_INTERVAL_MS = 10_000;
/** Ten thousand phones may hold one: together they cost a read of the store every other second, and none of the reads is long. */
const TICKETS_PER_CHECK = 2_000;
const CONCURRENT_CHECKS = 8;

async function forEachLimited<T>(items: T[], run: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const workers = Array.from({ length: Math.min(CONCURRENT_CHECKS, queue.length) }, async () => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await run(item);
  });
  await Promise.all(workers);
}

/** Runs `work` again and again, never two at once. */
function repeat(work: () => Promise<void> | void, intervalMs: number, handleError: (error: unknown) => void) {
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    Promise.resolve()
      .then(work)
      .catch(handleError)
      .finally(() => {
        isRunning = false;
      });
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

export function startSweeps(deps: SweepsDeps, namespaces: Namespaces): () => void {
  const { authenticators, arrivals, hub, clock } = deps;

  function checkExpiry(socket: AnySocket): void {
    const { connection } = socket.data;
    if (!isStaffConnection(connection)) return;
    const leftMs = connection.actor.expiresAtMs - clock.now();
    if (leftMs <= -GRACE_MS) {
      hub.revoke(socket, 'expired');
    } else if (leftMs <= WARNING_MS && !connection.isExpiryAnnounced) {
      connection.isExpiryAnnounced = true;
      socket.emit('session:expiring', { expiresAt: new Date(connection.actor.expiresAtMs).toISOString() });
    }
  }

  /** One question per session, however many tabs it has. */
  async function recheckSession(sockets: AnySocket[]): Promise<void> {
    const newest = sockets
      .map((socket) => socket.data.connection)
      .filter(isStaffConnection)
      .sort((a, b) => b.actor.expiresAtMs - a.actor.expiresAtMs)[0];
    if (!newest) return;
    let fresh: StaffActor;
    try {
      fresh = (await authenticators.staff(newest.accessToken ?? undefined)).actor;
    } catch (error) {
      // Expiry has its own clock, and a store that does not answer is no reason to sign anybody out.
      if (!(error instanceof AppError) || error.code !== 'UNAUTHENTICATED') return;
      for (const socket of sockets) hub.revoke(socket, 'revoked');
      return;
    }
    for (const socket of sockets) {
      const { connection } = socket.data;
      if (connection.isClosed || !isStaffConnection(connection)) continue;
      connection.actor = { ...fresh, expiresAtMs: connection.actor.expiresAtMs };
      await arrivals.rejoinStaff(socket, connection);
    }
  }

  async function sweepStaff(): Promise<void> {
    const sessions = new Map<string, AnySocket[]>();
    for (const socket of namespaces.staff.sockets.values()) {
      const { connection } = socket.data;
      if (!isStaffConnection(connection) || connection.isClosed) continue;
      const { sessionId } = connection.actor;
      sessions.set(sessionId, [...(sessions.get(sessionId) ?? []), socket]);
    }
    await forEachLimited([...sessions.values()], recheckSession);
  }

  async function recheckVisitor(socket: AnySocket): Promise<void> {
    const { connection } = socket.data;
    if (!isVisitorConnection(connection) || connection.isClosed) return;
    try {
      connection.actor = (await deps.contacts.refreshVisitor(connection)).actor;
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED') hub.revoke(socket, 'revoked');
      return;
    }
    if (!connection.actor.verified) await arrivals.rejoinVisitor(socket, connection);
  }

  async function sweepVisitors(): Promise<void> {
    const verified = [...namespaces.visitor.sockets.values()].filter((socket) => {
      const { connection } = socket.data;
      return isVisitorConnection(connection) && connection.actor.verified;
    });
    await forEachLimited(verified, recheckVisitor);
  }

  /** A device that was put out by another process must not stay on (QA-7). */
  async function recheckDevice(socket: AnySocket): Promise<void> {
    const { connection } = socket.data;
    if (!isDeviceConnection(connection) || connection.isClosed) return;
    try {
      connection.actor = (await authenticators.device(connection.accessToken ?? undefined)).actor;
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED') hub.revoke(socket, 'revoked');
    }
  }

  /** What this process ends it closes itself; another one may have purged or erased the ticket (QP-11, QA-12). */
  async function recheckTickets(sockets: readonly AnySocket[]): Promise<void> {
    const tokens = sockets.flatMap((socket) => socket.data.connection.accessToken ?? []);
    const open = await authenticators.listOpenTickets(tokens);
    for (const socket of sockets) {
      if (!open.has(socket.data.connection.accessToken ?? '')) hub.revoke(socket, 'expired');
    }
  }

  async function sweepTickets(): Promise<void> {
    const sockets = [...namespaces.ticket.sockets.values()];
    for (let at = 0; at < sockets.length; at += TICKETS_PER_CHECK) {
      await recheckTickets(sockets.slice(at, at + TICKETS_PER_CHECK));
    }
  }

  const warn = (error: unknown): void => deps.log.warn({ err: error }, 'a sweep over open sockets failed');
  const stops = [
    repeat(() => namespaces.staff.sockets.forEach(checkExpiry), EXPIRY_CHECK_MS, warn),
    repeat(sweepStaff, SWEEP_INTERVAL_MS, warn),
    repeat(
      () => forEachLimited([...namespaces.device.sockets.values()], recheckDevice),
      DEVICE_SWEEP_INTERVAL_MS,
      warn,
    ),
    repeat(sweepVisitors, VISITOR_SWEEP_INTERVAL_MS, warn),
    repeat(sweepTickets, TICKET_SWEEP_INTERVAL_MS, warn),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
