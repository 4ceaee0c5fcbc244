/**
 * A card under its own address, for everybody: `/cards/<id>.html` without script, `.vcf` and `.json` for the address book, `.svg` as a
 * code. Plain downloads, because browsers inside other apps block files that a page makes itself (CC-9).
 *
 * `?lang=` chooses the language (else the browser's), `?show=contact` what the card hides until it is asked for, `?version=4` vCard 4.0,
 * `?photo=1` the photo in it, and `?code=contact` the code that works without a network.
 */
import { createHash } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { encode } from 'uqr';
import { writeJCard, writeShortVCard, writeVCard } from '@frontdesk/domain/cards/vcard';
import { QUIET_MODULES, toQrPath } from '@frontdesk/domain/qr-path';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import { addressPrefix, clientAddress } from '../core/address.js';
import type { CoreDeps } from '../core/deps.js';
import { isUnchanged } from '../core/entity-tag.js';
import { AppError } from '../core/errors.js';
import { markup } from '../core/html.js';
import { renderCardPage } from './cards.page.js';
import {
  describeCardData,
  isContactHidden,
  listActions,
  writeStructuredData,
  type CardInPlace,
  type CardLook,
} from './cards.presenter.js';
import type { CardsService } from './cards.service.js';
import { CARD_TEXTS } from './cards.texts.js';

const FILE_PATTERN = /^([0-9a-f]{24})\.(vcf|json|svg|html)$/;

interface CardFile {
  readonly type: string;
  readonly body: string;
}

interface Asked {
  readonly place: CardInPlace;
  readonly look: CardLook;
  readonly query: (name: string) => string | undefined;
  readonly nowMs: number;
}

function readLocale(request: Request, place: CardInPlace): Locale {
  const asked = LOCALES.find((locale) => locale === request.query['lang']);
  return asked ?? ((request.acceptsLanguages([...LOCALES]) || place.location.languages[0] || 'en') as Locale);
}

function writePage({ place, look, nowMs }: Asked): CardFile {
  const data = describeCardData(place, look);
  const { locale, isRevealed, url } = look;
  const shown = isRevealed ? '&show=contact' : '';
  const body = renderCardPage({
    data,
    actions: listActions(place, data, locale),
    structuredData: writeStructuredData(data, nowMs),
    revealUrl: isContactHidden(place, look) ? `${url}?lang=${locale}&show=contact` : null,
    downloadUrl: `${url.replace(/html$/, 'vcf')}?lang=${locale}${shown}`,
    locale,
    nowMs,
  });
  return { type: 'text/html; charset=utf-8', body };
}

/** The address of the card's page, or name and number themselves (CC-11, CC-12). */
function writeCode({ place, look, query }: Asked): CardFile {
  const data = describeCardData(place, look);
  const text = query('code') === 'contact' ? writeShortVCard(data) : look.url;
  if (text === null) throw new AppError('NOT_FOUND');
  const { size, data: rows } = encode(text, { ecc: 'M', border: 0 });
  const side = size + 2 * QUIET_MODULES;
  const label = CARD_TEXTS[look.locale].code(data.name);
  const body = markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" shape-rendering="crispEdges"><title>${label}</title><rect width="${side}" height="${side}" fill="#fff"/><path d="${toQrPath(rows)}" fill="#000"/></svg>`;
  return { type: 'image/svg+xml; charset=utf-8', body: body.text };
}

function writeFile(extension: string, asked: Asked): CardFile {
  const { place, look, query } = asked;
  const options = { hasPhoto: query('photo') === '1' };
  switch (extension) {
    case 'vcf': {
      const version = query('version')?.startsWith('4') ? '4.0' : '3.0';
      return { type: 'text/vcard; charset=utf-8', body: writeVCard(describeCardData(place, look), version, options) };
    }
    case 'json': {
      const body = JSON.stringify(writeJCard(describeCardData(place, look), options));
      return { type: 'application/vcard+json', body };
    }
    case 'svg':
      return writeCode(asked);
    default:
      return writePage(asked);
  }
}

/** A name that every file system takes, and beside it the real one for those that can (RFC 6266, RFC 8187). */
export function writeDisposition(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase();
  const real = name.replaceAll(/[\s\p{Cc}\p{Cf}/\\:*?"<>|]+/gu, ' ').trim();
  const encoded = encodeURIComponent(real || 'contact').replaceAll(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain.slice(0, 60) || 'contact'}.vcf"; filename*=UTF-8''${encoded}.vcf`;
}

function send(request: Request, response: Response, { type, body }: CardFile): void {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  response.setHeader('Content-Type', type);
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'no-cache');
  response.vary('Accept-Language');
  // Websites show the code as an image and read the card; nothing here is anybody's secret.
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (isUnchanged(request.headers['if-none-match'], etag)) response.status(304).end();
  else response.end(body);
}

export interface CardRoutesDeps extends Pick<CoreDeps, 'clock' | 'config' | 'limits'> {
  readonly cards: CardsService;
}

export function createCardRouter({ cards, clock, config, limits }: CardRoutesDeps): Router {
  const router = Router();
  router.get('/cards/:file', async (request, response) => {
    const forwarded = request.headers['x-forwarded-for'];
    const address = clientAddress(request.socket.remoteAddress, String(forwarded ?? ''), config.trustedProxies);
    await limits.consume('card-page', addressPrefix(address));
    const [, id = '', extension = ''] = FILE_PATTERN.exec(request.params.file) ?? [];
    const place = await cards.findPublic(id);
    if (!place) throw new AppError('NOT_FOUND');
    const query = (name: string): string | undefined => {
      const value = request.query[name];
      return typeof value === 'string' ? value : undefined;
    };
    const isRevealed = query('show') === 'contact';
    const look = { locale: readLocale(request, place), isRevealed, url: cards.urlOf(place.card.id) };
    if (extension === 'vcf') response.setHeader('Content-Disposition', writeDisposition(place.card.name));
    if (isRevealed && place.card.hidesContactData) response.setHeader('X-Robots-Tag', 'noindex');
    send(request, response, writeFile(extension, { place, look, query, nowMs: clock.now() }));
  });
  return router;
}
