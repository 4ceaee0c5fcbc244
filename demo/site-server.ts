/**
 * The clinic's website on an origin of its own, with the headers that a careful web developer would send: the chat has
 * to live with a strict content security policy that allows our server and nothing else.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { SITE } from './clinic.js';
import { createSeedClient } from './seed-client.js';
import type { WaitingRoom } from './seed-queue.js';
import type { Simulation } from './simulation.js';

const SITE_DIR = join(import.meta.dirname, '../site');
const PAGES: Readonly<Record<string, string>> = {
  '/': 'index.html',
  '/services': 'services.html',
  '/booking': 'booking.html',
  '/contact': 'contact.html',
  '/ar': 'ar.html',
  '/waiting-room': 'waiting-room.html',
  '/tuition': 'tuition.html',
};
const ASSETS: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/style.css': ['style.css', 'text/css; charset=utf-8'],
  '/icon.svg': ['icon.svg', 'image/svg+xml'],
  '/waiting-room.css': ['waiting-room.css', 'text/css; charset=utf-8'],
  '/waiting-room.js': ['waiting-room.js', 'text/javascript; charset=utf-8'],
};
const SIMULATION_PATH = '/simulation';
const JOIN_PATH = '/join';
const SNIPPET_MARK = '<!-- frontdesk -->';

/** What the settings page prints and the owner pastes before `</body>`. */
export function createSnippet(serverUrl: string, siteKey: string): string {
  return [
    `<script type="module" src="${serverUrl}/widgets/frontdesk.js" async></script>`,
    `<frontdesk-chat site="${siteKey}" accent="${SITE.theme.accent}"></frontdesk-chat>`,
  ].join('\n');
}

function createHeaders(serverUrl: string): Record<string, string> {
  const socketUrl = serverUrl.replace(/^http/, 'ws');
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${serverUrl}`,
    "style-src 'self'",
    "img-src 'self' data:",
    // The page itself asks whether its waiting room is busy.
    `connect-src 'self' ${serverUrl} ${socketUrl}`,
    // Spoken calls of the screen.
    `media-src ${serverUrl} blob:`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  };
}

export interface SiteOptions {
  readonly serverUrl: string;
  readonly siteKey: string;
  readonly cardId: string;
  readonly room: WaitingRoom;
  /** Site key of the tuition centre. */
  readonly tuitionKey: string;
  readonly simulation: Simulation;
}

/** Switches the simulation, for pages of this site only: browsers say where a request comes from (Fetch Metadata). */
async function switchSimulation(request: IncomingMessage, simulation: Simulation): Promise<number> {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return 403;
  if (request.method === 'POST') simulation.start();
  else if (request.method === 'DELETE') await simulation.stop();
  else if (request.method !== 'GET') return 405;
  return 200;
}

/** The page to join on with the code of the day, as the screen in the room shows it: whoever reads this website is in the room. */
async function findJoinPage({ serverUrl, room }: SiteOptions): Promise<string> {
  const { joinUrl } = await createSeedClient(serverUrl).callDevice(room.displayToken, 'board:read', {});
  return joinUrl ?? '/waiting-room';
}

export function createSiteServer(options: SiteOptions): Server {
  const { serverUrl, room, simulation } = options;
  const headers = createHeaders(serverUrl);
  const snippet = createSnippet(serverUrl, options.siteKey);
  const fill = (html: string): string =>
    html
      .replace(SNIPPET_MARK, snippet)
      .replaceAll('SERVER_URL', serverUrl)
      .replaceAll('TUITION_KEY', options.tuitionKey)
      .replaceAll('SITE_KEY', options.siteKey)
      .replaceAll('ACCENT', SITE.theme.accent)
      .replaceAll('CARD_ID', options.cardId)
      .replaceAll('DISPLAY_TOKEN', room.displayToken)
      .replaceAll('KIOSK_TOKEN', room.kioskToken);

  async function findFile(path: string): Promise<{ status: number; type: string; body: string }> {
    const asset = ASSETS[path];
    if (asset) return { status: 200, type: asset[1], body: await readFile(join(SITE_DIR, asset[0]), 'utf8') };
    const page = PAGES[path];
    const html = await readFile(join(SITE_DIR, page ?? 'not-found.html'), 'utf8');
    return { status: page ? 200 : 404, type: 'text/html; charset=utf-8', body: fill(html) };
  }

  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const path = pathname.length > 1 ? pathname.replace(/\/$/, '') : pathname;
    if (path === SIMULATION_PATH) {
      void switchSimulation(request, simulation).then((status) => {
        response.writeHead(status, { ...headers, 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ isRunning: simulation.isRunning }));
      });
      return;
    }
    if (path === JOIN_PATH) {
      findJoinPage(options).then(
        (url) => response.writeHead(303, { ...headers, Location: url }).end(),
        () => response.writeHead(503, headers).end(),
      );
      return;
    }
    findFile(path).then(
      ({ status, type, body }) => {
        response.writeHead(status, { ...headers, 'Content-Type': type });
        response.end(request.method === 'HEAD' ? undefined : body);
      },
      () => {
        response.writeHead(500, headers).end();
      },
    );
  });
}
