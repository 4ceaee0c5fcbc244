/** Composition root: builds each domain with its dependencies, then the two transports on top of them. */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import type { Agent } from 'node:https';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { COMMANDS } from '@frontdesk/protocol/catalogue';
import { createApp } from './app.js';
import { createAuth, type Auth, type GoogleCertificates } from './auth/index.js';
import { createBooking, type Booking, type ZoneRules } from './booking/index.js';
import { createCards } from './cards/index.js';
import { createChat, type Chat } from './chat/index.js';
import type { Config } from './config.js';
import { createContacts } from './contacts/index.js';
import type { Authenticators } from './core/authenticators.js';
import { createEventBus } from './core/bus.js';
import { systemClock, type Clock } from './core/clock.js';
import type { CoreDeps } from './core/deps.js';
import { createExecutor, type Executor } from './core/executor.js';
import { createIdempotencyLedger } from './core/idempotency.js';
import { createJobQueue } from './core/jobs.js';
import { readServerSecret } from './core/derived.js';
import { createLimits } from './core/limits.js';
import { createLogger, type Logger } from './core/logger.js';
import { createProofOfWork } from './core/proof-of-work.js';
import { buildIndexes, openStore, type Store } from './core/store/connect.js';
import { createDevices } from './devices/index.js';
import { createLocations, type Locations } from './locations/index.js';
import { createMailer } from './mail/index.js';
import { createNotifications } from './notifications/index.js';
import { createPresence } from './presence/index.js';
import { createQueue, type Queue } from './queue/index.js';
import { createRealtime } from './realtime.js';
import { createWebhooks, type Webhooks, type WebhookTargets } from './webhooks/index.js';
import { createTenancy, isOriginAllowed, type Tenancy } from './tenancy/index.js';

/** What tests and the demo may replace. */
export interface ServerOverrides {
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly googleCertificates?: GoogleCertificates;
  /** Trusts a push service of the test's own. */
  readonly pushAgent?: Agent;
  /** Lets webhooks reach a receiver of the test's own. */
  readonly webhookTargets?: WebhookTargets;
  /** Clocks of the world by other rules than those of this machine. */
  readonly zoneRules?: ZoneRules;
}

export interface FrontdeskServer {
  readonly log: Logger;
  readonly storeKind: Store['kind'];
  readonly core: CoreDeps;
  readonly tenancy: Tenancy;
  readonly auth: Auth;
  readonly locations: Locations;
  readonly queue: Queue;
  readonly booking: Booking;
  readonly webhooks: Webhooks;
  readonly chat: Chat;
  readonly executor: Executor;
  readonly authenticators: Authenticators;
  readonly http: HttpServer;
  /** Resolves with the port when the server accepts connections. */
  listen(): Promise<number>;
  /** Drains, closes and releases everything; safe to call twice. */
  close(): Promise<void>;
}

/** Slow handshakes and half-sent requests must not pile up (SOC-05). */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;

/** Every command of the contract is bound, and nothing else is (OPS-03). */
function assertComplete(executor: Executor): void {
  const missing = Object.entries(COMMANDS).flatMap(([audience, commands]) =>
    Object.keys(commands).filter((name) => !executor.find(audience as keyof typeof COMMANDS, name)),
  );
  if (missing.length > 0) throw new Error(`Commands without a binding: ${missing.join(', ')}`);
}

async function listen(http: HttpServer, config: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.port, config.host, () => {
      http.off('error', reject);
      resolve();
    });
  });
  return (http.address() as AddressInfo).port;
}

async function closeHttp(http: HttpServer): Promise<void> {
  if (!http.listening) return;
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeIdleConnections();
  http.closeAllConnections();
  await closed;
}

export async function createServer(config: Config, overrides: ServerOverrides = {}): Promise<FrontdeskServer> {
  const log = overrides.log ?? createLogger({ level: config.logLevel });
  const clock = overrides.clock ?? systemClock;
  const store = await openStore({ uri: config.mongodbUri, dataDir: join(config.dataDir, 'store'), log });
  try {
    return await createServerOn({ store, log, clock }, config, overrides);
  } catch (error) {
    // Nobody gets a server to close, so the store, its thread and its lock would outlive the failure.
    await store.close();
    throw error;
  }
}

interface Foundation {
  readonly store: Store;
  readonly log: Logger;
  readonly clock: Clock;
}

async function createServerOn(
  { store, log, clock }: Foundation,
  config: Config,
  overrides: ServerOverrides,
): Promise<FrontdeskServer> {
  const { connection } = store;
  const jobs = createJobQueue({ connection, clock, log });
  const limits = createLimits({ multiplier: config.rateLimitMultiplier, connection });
  const core: CoreDeps = { config, connection, clock, log, limits, jobs, bus: createEventBus(log) };

  const realtime = createRealtime(core);
  const { facts } = realtime;
  const mailer = createMailer(core);
  const tenancy = createTenancy({
    ...core,
    facts,
    mailer,
    availabilityOf: (...member) => presence.availabilityOf(...member),
  });
  const { directory } = tenancy;
  const locations = createLocations({ ...core, facts, directory });
  const auth = createAuth({ ...core, facts, mailer, tenancy, googleCertificates: overrides.googleCertificates });
  const presence = createPresence({ ...core, facts, directory });
  // Pages that we host for a site (the ticket, joining a queue) may use it, whatever its list says.
  const contacts = createContacts({
    ...core,
    facts,
    directory,
    isOriginAllowed: (site, origin) => origin === config.publicUrl || isOriginAllowed(site, origin),
  });
  const chat = createChat({ ...core, facts, directory, contacts, presence });
  const proofOfWork = createProofOfWork({ connection, clock, secret: readServerSecret(config) });
  const cards = createCards({ ...core, facts, directory, locations: locations.directory, chat, proofOfWork });

  const notifications = createNotifications({ config, mailer, pushAgent: overrides.pushAgent });

  const devices = createDevices({
    ...core,
    facts,
    directory,
    locations: locations.directory,
    ownsServices: (...question) => queue.ownsServices(...question),
  });
  const queue = createQueue({
    ...core,
    facts,
    directory,
    locations: locations.directory,
    devices: devices.directory,
    notifications,
  });

  const booking = createBooking({
    ...core,
    facts,
    directory,
    queue,
    locations: locations.directory,
    notifications,
    proofOfWork,
    isSiteOrigin: contacts.isSiteOrigin,
    authenticateVisitor: contacts.authenticateVisitor,
    zoneRules: overrides.zoneRules,
  });

  const webhooks = createWebhooks({
    ...core,
    feed: queue.feed,
    locations: locations.directory,
    directory,
    targets: overrides.webhookTargets ?? 'public',
  });

  const ledger = createIdempotencyLedger(core);
  const executor = createExecutor({
    commands: [
      ...tenancy.commands,
      ...locations.commands,
      ...auth.commands,
      ...chat.commands,
      ...cards.commands,
      ...proofOfWork.commands,
      ...devices.commands,
      ...queue.commands,
      ...booking.commands,
      ...webhooks.commands,
    ],
    limits,
    ledger,
  });
  assertComplete(executor);
  const authenticators: Authenticators = {
    staff: auth.authenticateStaff,
    apiKey: webhooks.authenticateApiKey,
    visitor: contacts.authenticateVisitor,
    device: devices.authenticateDevice,
    ticket: queue.authenticateTicket,
    listOpenTickets: queue.listOpenTickets,
    isSiteOrigin: contacts.isSiteOrigin,
  };
  await buildIndexes(connection);
  await limits.prepare();

  let isClosing = false;
  const isReady = async (): Promise<boolean> => {
    if (isClosing) return false;
    return connection.db!.command({ ping: 1 }).then(
      () => true,
      () => false,
    );
  };
  const pages = [cards.routes, booking.routes];
  const { findSiteByKey } = directory;
  const app = createApp({ config, executor, authenticators, limits, log, isReady, findSiteByKey, pages });
  const http = createHttpServer(app);
  http.headersTimeout = HEADERS_TIMEOUT_MS;
  http.requestTimeout = REQUEST_TIMEOUT_MS;
  realtime.attach(http, { authenticators, executor, directory, contacts, chat });

  async function close(): Promise<void> {
    executor.startDraining();
    await realtime.drain();
    await realtime.close();
    await closeHttp(http);
    await executor.settle();
    await jobs.stop();
    await chat.stop();
    await webhooks.stop();
    await queue.stop();
    await booking.stop();
    await devices.stop();
    presence.stop();
    await store.close();
  }

  let closing: Promise<void> | undefined;
  return {
    log,
    storeKind: store.kind,
    core,
    tenancy,
    auth,
    locations,
    queue,
    booking,
    webhooks,
    chat,
    executor,
    authenticators,
    http,
    async listen() {
      await chat.start();
      await queue.start();
      await webhooks.start();
      booking.start();
      devices.start();
      jobs.start();
      const port = await listen(http, config);
      log.info({ port, url: config.publicUrl }, 'Frontdesk is ready');
      return port;
    },
    close() {
      isClosing = true;
      closing ??= close();
      return closing;
    },
  };
}
