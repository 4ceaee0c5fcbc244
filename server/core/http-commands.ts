/**
 * HTTP twin of every command: `POST /v1/<audience>/<command>` with the input as JSON. One route serves the whole table.
 * Origin rules: visitors by their site's list, public and staff commands by our own origin. Devices and tickets carry a
 * secret that no page can guess and no cookie brings along, so they may come from any page.
 */
import { randomUUID } from 'node:crypto';
import express, { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import {
  API_KEY_PREFIX,
  AUDIENCES,
  EMBED_CHECK_PATH,
  HEADERS,
  SITE_QUERY,
  type Audience,
} from '@frontdesk/protocol/command';
import { ERROR_CATALOGUE } from '@frontdesk/protocol/result';
import { findIncompatibility } from '@frontdesk/protocol/version';
import type { Config } from '../config.js';
import { addressPrefix, clientAddress } from './address.js';
import type { Authenticators } from './authenticators.js';
import type { RequestContext } from './context.js';
import { createCookieJar } from './cookies.js';
import { AppError, toAppError } from './errors.js';
import type { Executor } from './executor.js';
import type { Limits } from './limits.js';
import type { Logger } from './logger.js';
import { createTokenGuard, type TokenGuard } from './token-guard.js';

const BODY_LIMIT_BYTES = 100 * 1024;
const PREFLIGHT_MAX_AGE_SECONDS = 600;

export interface HttpCommandDeps {
  readonly config: Config;
  readonly executor: Executor;
  readonly authenticators: Authenticators;
  readonly limits: Limits;
  readonly log: Logger;
}

export function sendError(response: Response, error: unknown, requestId: string): void {
  const failure = toAppError(error);
  const body = failure.toBody(requestId);
  if (body.retryAfterMs !== undefined) response.setHeader('Retry-After', Math.ceil(body.retryAfterMs / 1_000));
  response.status(ERROR_CATALOGUE[failure.code].status).json({ ok: false, error: body });
}

/** One value of a query parameter; a repeated parameter counts as none (parameter pollution). */
function queryValue(request: Request, name: string): string | undefined {
  const value: unknown = request.query[name];
  return typeof value === 'string' ? value : undefined;
}

function bearerToken(request: Request): string | undefined {
  return /^Bearer ([\w.~+/=-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1];
}

function findAudience(request: Request): Audience | undefined {
  return AUDIENCES.find((audience) => audience === request.params['audience']);
}

const BY_TOKEN_ALONE: readonly Audience[] = ['device', 'ticket'];

/** True when the page that sent this may talk to the audience at all. A non-browser sends no Origin to public and staff. */
async function isOriginAllowed(request: Request, audience: Audience, deps: HttpCommandDeps): Promise<boolean> {
  const origin = request.headers.origin;
  if (audience === 'visitor') return deps.authenticators.isSiteOrigin(queryValue(request, SITE_QUERY), origin);
  if (BY_TOKEN_ALONE.includes(audience)) return true;
  return origin === undefined || origin === deps.config.publicUrl;
}

function setCorsHeaders(response: Response, origin: string): void {
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
}

function createOriginGate(deps: HttpCommandDeps): RequestHandler {
  return async (request, response, next) => {
    response.vary('Origin');
    response.setHeader('Cache-Control', 'no-store');
    const audience = findAudience(request);
    if (!audience) throw new AppError('NOT_FOUND');
    if (!(await isOriginAllowed(request, audience, deps))) throw new AppError('ORIGIN_NOT_ALLOWED');
    const origin = request.headers.origin;
    const isForeignWelcome = audience === 'visitor' || BY_TOKEN_ALONE.includes(audience);
    if (isForeignWelcome && origin !== undefined) setCorsHeaders(response, origin);
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Methods', 'POST');
      response.setHeader(
        'Access-Control-Allow-Headers',
        `Authorization, Content-Type, ${HEADERS.idempotencyKey}, ${HEADERS.protocol}`,
      );
      response.setHeader('Access-Control-Max-Age', PREFLIGHT_MAX_AGE_SECONDS);
      response.status(204).end();
      return;
    }
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST, OPTIONS');
      throw new AppError('METHOD_NOT_ALLOWED');
    }
    next();
  };
}

/** Cookie endpoints need a header that a cross-site form cannot send, besides the Origin check above (SES-06). */
function requireCsrfHeader(request: Request): void {
  if (request.headers[HEADERS.csrf.toLowerCase()] === undefined) {
    throw new AppError('FORBIDDEN', { message: `Send the header ${HEADERS.csrf}.` });
  }
}

function requireProtocol(request: Request): void {
  const header = request.headers[HEADERS.protocol.toLowerCase()];
  if (header === undefined) return;
  const reason = findIncompatibility(Number(header));
  if (reason) throw new AppError('INCOMPATIBLE_PROTOCOL', { fields: { protocol: reason } });
}

async function buildContext(
  request: Request,
  response: Response,
  audience: Audience,
  deps: HttpCommandDeps,
  guard: TokenGuard,
): Promise<RequestContext> {
  const { authenticators } = deps;
  const requestId = response.getHeader('X-Request-Id') as string;
  const forwarded = request.headers['x-forwarded-for'];
  const address = clientAddress(
    request.socket.remoteAddress,
    Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    deps.config.trustedProxies,
  );
  const ipPrefix = addressPrefix(address);
  const common = {
    requestId,
    ipPrefix,
    userAgent: request.headers['user-agent']?.slice(0, 300) ?? '',
    log: deps.log.child({ requestId }),
  };
  if (audience === 'public') {
    requireCsrfHeader(request);
    return { ...common, tenantId: null, actor: { kind: 'anonymous' }, cookies: createCookieJar(request, response) };
  }
  const token = bearerToken(request);
  if (audience === 'staff') {
    // A program has no cookies: whatever it may ask, it is not somebody who signed in.
    if (token?.startsWith(API_KEY_PREFIX)) {
      return { ...common, ...(await guard(ipPrefix, () => authenticators.apiKey(token))) };
    }
    return { ...common, ...(await authenticators.staff(token)), cookies: createCookieJar(request, response) };
  }
  if (audience === 'device') return { ...common, ...(await guard(ipPrefix, () => authenticators.device(token))) };
  if (audience === 'ticket') return { ...common, ...(await guard(ipPrefix, () => authenticators.ticket(token))) };
  const credential = {
    siteKey: queryValue(request, SITE_QUERY),
    token,
    origin: request.headers.origin,
  };
  return { ...common, ...(await authenticators.visitor(credential)) };
}

function createCommandHandler(deps: HttpCommandDeps): RequestHandler {
  const guard = createTokenGuard(deps.limits);
  return async (request, response) => {
    const audience = findAudience(request)!;
    const command = deps.executor.find(audience, String(request.params['command']));
    if (!command?.definition.transports.includes('http')) throw new AppError('NOT_FOUND');
    requireProtocol(request);
    const context = await buildContext(request, response, audience, deps, guard);
    const idempotencyKey = request.headers[HEADERS.idempotencyKey.toLowerCase()];
    const result = await deps.executor.execute(command, context, { input: request.body ?? {}, idempotencyKey });
    if (result.ok) {
      response.status(command.definition.successStatus).json(result);
      return;
    }
    if (result.error.retryAfterMs !== undefined) {
      response.setHeader('Retry-After', Math.ceil(result.error.retryAfterMs / 1_000));
    }
    response.status(ERROR_CATALOGUE[result.error.code].status).json(result);
  };
}

const requireJson: RequestHandler = (request, _response, next) => {
  if (!request.is('application/json')) throw new AppError('UNSUPPORTED_TYPE', { message: 'Send application/json.' });
  next();
};

export function assignRequestId(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('X-Request-Id', randomUUID());
  next();
}

/** Tells a page whether it may embed a site; see EMBED_CHECK_PATH. */
function createEmbedCheck(deps: HttpCommandDeps): RequestHandler {
  return async (request, response) => {
    const { origin } = request.headers;
    response.vary('Origin');
    response.setHeader('Cache-Control', 'no-store');
    if (origin !== undefined) setCorsHeaders(response, origin);
    if (!(await isOriginAllowed(request, 'visitor', deps))) throw new AppError('ORIGIN_NOT_ALLOWED');
    response.json({ ok: true, data: {} });
  };
}

export function createCommandRouter(deps: HttpCommandDeps): Router {
  const router = Router();
  router.get(EMBED_CHECK_PATH, createEmbedCheck(deps));
  router.all(
    '/v1/:audience/:command',
    createOriginGate(deps),
    requireJson,
    express.json({ limit: BODY_LIMIT_BYTES, strict: true }),
    createCommandHandler(deps),
  );
  return router;
}
