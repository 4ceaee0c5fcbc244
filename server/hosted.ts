/**
 * Pages of the queue on our own origin, for screens and phones that visit no website of the business: `/display`, `/kiosk`,
 * `/t` (a ticket; its token stands behind the hash, which no server sees), `/join`, and `/booking` (a booking, by its link as a ticket is). Static text like the desk's, and each is
 * allowed what its element needs and nothing more.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, RequestHandler, Response } from 'express';
import { Router } from 'express';
import { createPreloads } from './hosted-preloads.js';
import { SITE_KEY_PATTERN } from '@frontdesk/protocol/ids';
import { LOCALES, RIGHT_TO_LEFT_LOCALES, type Locale } from '@frontdesk/protocol/locales';
import type { TenancyDirectory } from './tenancy/index.js';

type Page = 'display' | 'kiosk' | 'ticket' | 'join' | 'booking';

const TITLES: Readonly<Record<Page, Readonly<Record<Locale, string>>>> = {
  display: { en: 'Display', ms: 'Paparan', zh: '显示屏', ta: 'காட்சித்திரை', hi: 'डिस्प्ले', ar: 'شاشة العرض' },
  kiosk: { en: 'Kiosk', ms: 'Kiosk', zh: '自助取号机', ta: 'சுயசேவைக் கருவி', hi: 'कियोस्क', ar: 'جهاز الخدمة الذاتية' },
  ticket: { en: 'Your ticket', ms: 'Tiket anda', zh: '您的号码', ta: 'உங்கள் டோக்கன்', hi: 'आपका टोकन', ar: 'تذكرتك' },
  booking: {
    en: 'Your booking',
    ms: 'Tempahan anda',
    zh: '您的预约',
    ta: 'உங்கள் முன்பதிவு',
    hi: 'आपकी बुकिंग',
    ar: 'حجزك',
  },
  join: { en: 'Queue', ms: 'Giliran', zh: '排队', ta: 'வரிசை', hi: 'कतार', ar: 'قائمة الانتظار' },
};

/** Features of the browser that a page may ask its user for; every other page keeps them all off. */
const FEATURES: Readonly<Partial<Record<Page, readonly string[]>>> = {
  // Reads the code of a ticket; writes to the printer.
  kiosk: ['camera', 'serial'],
  join: ['geolocation'],
};

/** Pictures and films of a display's playlist come from the business's own servers (QD-13). */
function allowMedia(response: Response): void {
  const policy = String(response.getHeader('Content-Security-Policy'))
    .replace(/img-src [^;]+/, "img-src 'self' data: https:")
    // Names the script that keeps the page for a start without a network (QD-7).
    .replace(/trusted-types [^;]+/, '$& frontdesk-device');
  response.setHeader('Content-Security-Policy', `${policy};media-src 'self' https:`);
}

/** The worker that shows notices of a ticket is registered through a Trusted Types policy of its own. */
function allowWorker(response: Response): void {
  const policy = String(response.getHeader('Content-Security-Policy'));
  response.setHeader(
    'Content-Security-Policy',
    policy.replace(/trusted-types ([^;]+)/, 'trusted-types $1 frontdesk-ticket'),
  );
}

function allowFeatures(response: Response, page: Page): void {
  const allowed = FEATURES[page] ?? [];
  const policy = String(response.getHeader('Permissions-Policy'));
  const widened = allowed.reduce((text, feature) => text.replace(`${feature}=()`, `${feature}=(self)`), policy);
  response.setHeader('Permissions-Policy', widened);
}

/** Where a minute on a slow network matters: on somebody's phone. */
const PRELOADS: Readonly<Partial<Record<Page, readonly string[]>>> = {
  ticket: ['ticket/define.ts'],
  join: ['ticket/define.ts', 'ticket/join/define.ts'],
};

type FindSite = TenancyDirectory['findSiteByKey'];

/** A customer comes from the business's own website, and finds its colour again. The page works without. */
async function readTheme({ query }: Request, findSite: FindSite): Promise<string> {
  const { site: key } = query;
  if (typeof key !== 'string' || !SITE_KEY_PATTERN.test(key)) return '';
  const site = await findSite(key).catch(() => undefined);
  return site ? ` accent="${site.theme.accent}" color-scheme="${site.theme.colorScheme}"` : '';
}

interface Served {
  readonly directory: string;
  readonly preload: (sources: readonly string[]) => string;
  readonly findSite: FindSite;
}

function servePage({ directory, preload, findSite }: Served, page: Page): RequestHandler {
  const english = readFileSync(join(directory, `${page}.html`), 'utf8');
  const titles = TITLES[page];
  const sources = PRELOADS[page];
  const preloadIn = (locale: Locale): string =>
    sources ? preload(['loader/frontdesk.ts', ...sources, `locales/ticket-${locale}.ts`]) : '';
  const translate = (locale: Locale): string =>
    english
      .replace(
        '<html lang="en" dir="ltr">',
        `<html lang="${locale}" dir="${RIGHT_TO_LEFT_LOCALES.includes(locale) ? 'rtl' : 'ltr'}">`,
      )
      .replace(`<title>${titles.en} ·`, `<title>${titles[locale]} ·`)
      .replace('</head>', `${preloadIn(locale)}</head>`);
  const texts = new Map<string, string>(LOCALES.map((locale) => [locale, translate(locale)]));
  return async (request, response) => {
    const theme = page === 'booking' ? await readTheme(request, findSite) : '';
    const locale = request.acceptsLanguages([...LOCALES]) || 'en';
    if (page === 'display') allowMedia(response);
    if (page === 'ticket') allowWorker(response);
    allowFeatures(response, page);
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('X-Robots-Tag', 'noindex');
    response
      .vary('Accept-Language')
      .type('html')
      .send(texts.get(locale)?.replace('<frontdesk-manage-booking', `$&${theme}`));
  };
}

export function createHostedRouter(directory: string, widgetsDir: string, findSite: FindSite): Router {
  const router = Router();
  const served = { directory, preload: createPreloads(widgetsDir), findSite };
  router.get('/display', servePage(served, 'display'));
  router.get('/kiosk', servePage(served, 'kiosk'));
  router.get('/t', servePage(served, 'ticket'));
  router.get('/join', servePage(served, 'join'));
  router.get('/booking', servePage(served, 'booking'));
  for (const file of ['hosted.css', 'card.css', 'device-worker.js', 'ticket-worker.js']) {
    router.get(`/${file}`, (_request, response) => {
      response.setHeader('Cache-Control', 'no-cache');
      response.sendFile(join(directory, file), { cacheControl: false });
    });
  }
  return router;
}
