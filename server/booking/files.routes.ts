/**
 * Bytes of files, which no command carries: `PUT /v1/<site>/files/<file>/<part>` takes a part from the visitor who began the file, and
 * `GET /booking-files/<token>` hands a file to whoever has the address that staff were given. Never shown, always saved: a browser runs
 * nothing of it.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { FILE_PART_BYTES } from '@frontdesk/protocol/file-limits';
import type { BookingFileId, SiteKey } from '@frontdesk/protocol/ids';
import { addressPrefix, clientAddress } from '../core/address.js';
import type { Authenticators } from '../core/authenticators.js';
import type { VisitorContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import type { FilesService } from './files.service.js';

const PREFLIGHT_MAX_AGE_SECONDS = 600;

export interface FileRouterDeps extends Pick<CoreDeps, 'config' | 'limits' | 'log'> {
  readonly files: Pick<FilesService, 'receive' | 'open'>;
  readonly isSiteOrigin: Authenticators['isSiteOrigin'];
  readonly authenticateVisitor: Authenticators['visitor'];
}

/** A name for programs that know ASCII alone, and beside it the real one (RFC 6266, RFC 8187). */
function writeDisposition(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/[^A-Za-z0-9._ -]+/g, '_');
  const real = encodeURIComponent(name).replaceAll(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${real}`;
}

/**
 * The limit holds while the bytes are read, whatever they said of their length. Express would read what is too long to its end before
 * it says so.
 */
async function readPart(request: Request<{ site: string; file: string; part: string }>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  if (Number(request.headers['content-length'] ?? 0) > FILE_PART_BYTES) throw new AppError('TOO_LARGE');
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += (chunk as Buffer).length;
      if (length > FILE_PART_BYTES) throw new AppError('TOO_LARGE');
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('VALIDATION', { message: 'The part broke off.' });
  }
  return Buffer.concat(chunks);
}

export function createFileRouter({ config, limits, log, files, ...deps }: FileRouterDeps): Router {
  function prefixOf(request: Request): string {
    const forwarded = request.headers['x-forwarded-for'];
    const hops = Array.isArray(forwarded) ? forwarded.join(',') : forwarded;
    return addressPrefix(clientAddress(request.socket.remoteAddress, hops, config.trustedProxies));
  }

  async function authenticate(request: Request<{ site: string }>): Promise<VisitorContext> {
    const token = /^Bearer ([\w.~+/=-]{1,4096})$/.exec(request.headers.authorization ?? '')?.[1];
    const credential = { siteKey: request.params.site as SiteKey, token, origin: request.headers.origin };
    const ipPrefix = prefixOf(request);
    const requestId = String(request.res?.getHeader('X-Request-Id'));
    const visitor = await deps.authenticateVisitor(credential);
    await limits.consume('file-part', ipPrefix);
    return { ...visitor, requestId, ipPrefix, userAgent: '', log: log.child({ requestId }) };
  }

  /** Before a byte is read: a page that may not speak to the site is told nothing else. */
  const openGate: RequestHandler<{ site: string }> = async (request, response, next) => {
    const { origin } = request.headers;
    response.vary('Origin');
    response.setHeader('Cache-Control', 'no-store');
    if (!(await deps.isSiteOrigin(request.params.site, origin))) throw new AppError('ORIGIN_NOT_ALLOWED');
    if (origin !== undefined) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id');
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    }
    if (request.method === 'PUT') return next();
    if (request.method !== 'OPTIONS') throw new AppError('METHOD_NOT_ALLOWED');
    response.setHeader('Access-Control-Allow-Methods', 'PUT');
    response.setHeader('Access-Control-Allow-Headers', 'Authorization, Content-Type');
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_MAX_AGE_SECONDS);
    response.status(204).end();
  };

  const checkVisitor: RequestHandler<{ site: string }> = async (request, response, next) => {
    response.locals['context'] = await authenticate(request);
    next();
  };

  const receivePart: RequestHandler<{ site: string; file: string; part: string }> = async (request, response) => {
    const { file, part } = request.params;
    if (!/^[0-9a-f]{24}$/.test(file) || !/^\d{1,2}$/.test(part)) throw new AppError('NOT_FOUND');
    if (!request.is('application/octet-stream') || request.headers['content-encoding'] !== undefined) {
      throw new AppError('UNSUPPORTED_TYPE', { message: 'Send application/octet-stream as it is.' });
    }
    const context = response.locals['context'] as VisitorContext;
    await files.receive(context, file as BookingFileId, Number(part), await readPart(request));
    response.json({ ok: true, data: { accepted: true } });
  };

  /** Nobody goes on sending what is not read; what is dropped politely would still have come in. */
  const hangUp: ErrorRequestHandler = (error, _request, response, next) => {
    response.setHeader('Connection', 'close');
    next(error);
  };

  async function download(request: Request<{ token: string }>, response: Response): Promise<void> {
    await limits.consume('file-download', prefixOf(request));
    const opened = await files.open(request.params.token);
    if (!opened) throw new AppError('NOT_FOUND');
    const { name, type, size } = opened.file;
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Length', size);
    response.setHeader('Content-Disposition', writeDisposition(name));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('Cache-Control', 'private, no-store');
    response.setHeader('X-Robots-Tag', 'noindex');
    await pipeline(Readable.from(opened.parts), response).catch((error: unknown) => {
      log.warn({ err: error }, 'a file was not handed over whole');
      response.destroy();
    });
  }

  const router = Router();
  router.all('/v1/:site/files/:file/:part', openGate, checkVisitor, receivePart, hangUp);
  router.get('/booking-files/:token', download);
  return router;
}
