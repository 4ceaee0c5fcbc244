/**
 * The first thing that every Engine.IO request meets, polling and upgrade alike: is its page allowed to talk to us at
 * all (WID-01)? The URL says for whom it comes (`?site=` or `?audience=`), because neither a preflight nor an
 * upgrade carries anything else. A request with a session id must come from where its handshake came from (SOC-05).
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AUDIENCE_QUERY, SITE_QUERY } from '@frontdesk/protocol/command';
import { ERROR_CATALOGUE, type Failure } from '@frontdesk/protocol/result';
import type { Config } from '../config.js';
import type { Authenticators } from '../core/authenticators.js';
import { AppError, toAppError } from '../core/errors.js';
import type { Logger } from '../core/logger.js';

export interface OriginGateDeps {
  readonly config: Config;
  readonly log: Logger;
  readonly isSiteOrigin: Authenticators['isSiteOrigin'];
  readonly isDraining: () => boolean;
}

/** Where a request comes from: `site pk_… https://shop.example`. */
type Source = string;

export interface OriginGate {
  handle(request: IncomingMessage, response: ServerResponse, next: (error?: Error) => void): void;
  /** Remembers who opened an Engine.IO session; returns the function that forgets it. */
  adopt(sessionId: string, request: IncomingMessage): () => void;
}

function readQuery(request: IncomingMessage): URLSearchParams {
  return new URL(request.url ?? '/', 'http://localhost').searchParams;
}

/** One value; a repeated parameter counts as none. */
function readOne(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

function isUpgrade(request: IncomingMessage): boolean {
  return request.headers.upgrade !== undefined;
}

function refuse(request: IncomingMessage, response: ServerResponse, error: AppError): void {
  const failure: Failure = { ok: false, error: error.toBody(randomUUID()) };
  const body = JSON.stringify(failure);
  const { status } = ERROR_CATALOGUE[error.code];
  if (isUpgrade(request)) {
    // Engine.IO hands upgrades a response that can only hang up; the page deserves to know why.
    const { socket } = request;
    socket.write(
      `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: application/json\r\n` +
        `Vary: Origin\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    // Not `end`: who is refused and never closes their side would keep the connection for ever.
    socket.destroySoon();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(body);
}

function answerPreflight(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
  response.setHeader('Access-Control-Max-Age', '600');
  response.writeHead(204);
  response.end();
}

export function createOriginGate(deps: OriginGateDeps): OriginGate {
  const { config } = deps;
  const owners = new Map<string, Source>();

  /** A browser leaves Origin out of same-origin GETs, and says so in a header that no script can set. */
  function originOf(request: IncomingMessage): string | undefined {
    if (request.headers.origin !== undefined) return request.headers.origin;
    return request.headers['sec-fetch-site'] === 'same-origin' ? config.publicUrl : undefined;
  }

  /** undefined: this page may not talk to us. */
  async function findSource(request: IncomingMessage): Promise<Source | undefined> {
    const query = readQuery(request);
    const origin = originOf(request);
    const site = readOne(query, SITE_QUERY);
    const hasAudience = query.has(AUDIENCE_QUERY);
    if (site !== undefined && !hasAudience) {
      return (await deps.isSiteOrigin(site, origin)) ? `site ${site} ${origin}` : undefined;
    }
    const audience = query.has(SITE_QUERY) ? undefined : readOne(query, AUDIENCE_QUERY);
    // A secret that no page can guess and no cookie brings along: any page may carry it.
    if (audience === 'device' || audience === 'ticket') return `${audience} ${origin}`;
    return audience === 'staff' && origin === config.publicUrl ? `staff ${origin}` : undefined;
  }

  async function check(request: IncomingMessage, response: ServerResponse): Promise<'pass' | 'answered'> {
    response.setHeader('Vary', 'Origin');
    const source = await findSource(request);
    if (source === undefined) throw new AppError('ORIGIN_NOT_ALLOWED');
    const { origin } = request.headers;
    if (origin !== undefined && !source.startsWith('staff ')) response.setHeader('Access-Control-Allow-Origin', origin);
    if (request.method === 'OPTIONS') {
      answerPreflight(response);
      return 'answered';
    }
    const sessionId = readQuery(request).get('sid');
    const owner = sessionId === null ? undefined : owners.get(sessionId);
    if (owner !== undefined && owner !== source) throw new AppError('ORIGIN_NOT_ALLOWED');
    if (sessionId === null && deps.isDraining()) throw new AppError('DRAINING', { retryAfterMs: 2_000 });
    return 'pass';
  }

  return {
    handle(request, response, next) {
      check(request, response).then(
        (verdict) => {
          if (verdict === 'pass') next();
        },
        (error: unknown) => {
          const failure = toAppError(error);
          if (failure.code === 'INTERNAL') deps.log.error({ err: error }, 'a handshake could not be checked');
          refuse(request, response, failure);
        },
      );
    },
    adopt(sessionId, request) {
      const query = readQuery(request);
      const origin = originOf(request);
      const site = readOne(query, SITE_QUERY);
      const audience = readOne(query, AUDIENCE_QUERY);
      owners.set(sessionId, site === undefined ? `${audience} ${origin}` : `site ${site} ${origin}`);
      return () => owners.delete(sessionId);
    },
  };
}
