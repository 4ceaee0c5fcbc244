/** `npm start`: the product with its embedded store, a demo business, and the website of that business beside it. */
import type { Server } from 'node:http';
import { join } from 'node:path';
import { ConfigError, createServer, loadConfig } from '@frontdesk/server';
import { BUSINESS_NAME, COLLEAGUES, DEMO_PASSWORD, OWNER } from './clinic.js';
import { ensureSeeded } from './seed.js';
import { createSimulation } from './simulation.js';
import { TUITION_OWNER } from './tuition.js';
import { createSiteServer } from './site-server.js';

const DEFAULTS = { DATA_DIR: './data/demo', LOG_LEVEL: 'warn', PORT: '4400' };
const DEFAULT_SITE_PORT = 4401;

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function describeStore(kind: string, dataDir: string): string {
  return kind === 'embedded' ? `embedded, in ${join(dataDir, 'store')}; npm run store backs it up or moves it` : kind;
}

function describe(serverUrl: string, siteOrigin: string, store: string, mailDir: string): string {
  const people = [OWNER, ...COLLEAGUES].map(({ email, role }) => `    ${role.padEnd(7)} ${email}`);
  return [
    '',
    `  ${BUSINESS_NAME} is open.`,
    '',
    `  The clinic's website   ${siteOrigin}        in Arabic: ${siteOrigin}/ar`,
    `  Booking                ${siteOrigin}/booking`,
    `  A tuition centre       ${siteOrigin}/tuition    classes; the owner is ${TUITION_OWNER.email}`,
    `  The waiting room       ${siteOrigin}/waiting-room    screen, kiosk and a busy morning to switch on`,
    `  Staff inbox            ${serverUrl}/desk`,
    `  The agenda             ${serverUrl}/desk/agenda`,
    `  A counter              ${serverUrl}/desk/counter`,
    `  Settings               ${serverUrl}/desk/settings`,
    '',
    `  Sign in with the password ${DEMO_PASSWORD} as`,
    ...people,
    '',
    `  Store: ${store}.`,
    `  Mails are written to ${mailDir}`,
    '  Stop with Ctrl+C; the conversations are still there at the next start.',
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const config = loadConfig({ ...DEFAULTS, ...process.env });
  const sitePort = Number(process.env['DEMO_SITE_PORT'] ?? DEFAULT_SITE_PORT);
  const siteOrigin = `http://localhost:${sitePort}`;
  const { room, ...note } = await ensureSeeded(config, siteOrigin);
  const server = await createServer(config);
  const simulation = createSimulation({
    serverUrl: config.publicUrl,
    room,
    handleError: (error) => server.log.warn({ err: error }, 'the busy morning stumbled'),
  });
  const site = createSiteServer({ serverUrl: config.publicUrl, ...note, room, simulation });
  await server.listen();
  await listen(site, sitePort);
  if (process.env['SIMULATE'] === '1') simulation.start();
  console.log(describe(config.publicUrl, siteOrigin, describeStore(server.storeKind, config.dataDir), config.mailDir));

  const handleSignal = (): void => {
    site.close();
    site.closeAllConnections();
    const closed = simulation.stop().then(() => server.close());
    closed.then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', handleSignal);
  process.once('SIGTERM', handleSignal);
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, port } = error as { code?: string; port?: number };
  if (code !== 'EADDRINUSE') return error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `Port ${port} is taken. Stop what uses it, or start with PORT=… DEMO_SITE_PORT=… npm start`;
}

try {
  await main();
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
