/**
 * Serves the built widgets. The folder is small and never changes while we run, so each file is compressed once, at
 * the highest level, when somebody first asks for it. Only names that were there at the start exist.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { isUnchanged } from './core/entity-tag.js';

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mp3': 'audio/mpeg',
};

/** These URLs never change, so a release reaches every page within STABLE_MAX_AGE_SECONDS. */
const STABLE_NAMES = new Set(['frontdesk.js', 'panel.js', 'display/display.js']);
const STABLE_MAX_AGE_SECONDS = 300;
const ONE_YEAR_SECONDS = 31_536_000;
/** Browsers remember a module that failed to load by its address; here every file has a hundred more of them. */
const RETRY_FOLDER = /^retry-\d{1,2}\//;

type Encoding = 'br' | 'gzip' | 'identity';

interface Asset {
  readonly type: string;
  readonly etag: string;
  /** What is not worth compressing has no compressed body. */
  readonly bodies: { readonly br: Buffer | null; readonly gzip: Buffer | null; readonly identity: Buffer };
}

async function loadAsset(path: string): Promise<Asset> {
  const identity = await readFile(path);
  const type = CONTENT_TYPES[extname(path)]!;
  // Sound is small already.
  const [br, zipped] = type.startsWith('audio/')
    ? [null, null]
    : await Promise.all([
        compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
        compressGzip(identity, { level: constants.Z_BEST_COMPRESSION }),
      ]);
  return {
    type,
    etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    bodies: { br, gzip: zipped, identity },
  };
}

function listAssets(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => extname(name) in CONTENT_TYPES && !name.startsWith('.'));
}

function sendAsset(request: Request, response: Response, asset: Asset, isStable: boolean): void {
  const accepted = (request.acceptsEncodings(['br', 'gzip', 'identity']) || 'identity') as Encoding;
  const encoding = asset.bodies[accepted] ? accepted : 'identity';
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Content-Type', asset.type);
  response.setHeader('ETag', asset.etag);
  response.setHeader(
    'Cache-Control',
    isStable ? `public, max-age=${STABLE_MAX_AGE_SECONDS}` : `public, max-age=${ONE_YEAR_SECONDS}, immutable`,
  );
  response.vary('Accept-Encoding');
  if (isUnchanged(request.headers['if-none-match'], asset.etag)) {
    response.status(304).end();
    return;
  }
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.end(asset.bodies[encoding]);
}

export function createWidgetAssets(directory: string): Router {
  const known = new Set(listAssets(directory));
  const loaded = new Map<string, Promise<Asset>>();
  const serve: RequestHandler = async (request, response, next) => {
    const name = request.path.slice(1).replace(RETRY_FOLDER, '');
    if (!known.has(name) || (request.method !== 'GET' && request.method !== 'HEAD')) {
      next();
      return;
    }
    let asset = loaded.get(name);
    if (!asset) {
      asset = loadAsset(join(directory, name));
      loaded.set(name, asset);
      // A file that could not be read now may be readable at the next request.
      asset.catch(() => loaded.delete(name));
    }
    sendAsset(request, response, await asset, STABLE_NAMES.has(name));
  };
  return Router().use(serve);
}
