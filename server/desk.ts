/**
 * The staff pages on our own origin: `/desk` (inbox), `/desk/agenda`, `/desk/counter` and `/desk/settings`. Static text, so that their CSP needs no nonce.
 * The elements speak the language of their page, and the page that of its reader's browser.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type express from 'express';
import { Router } from 'express';

const STAFF_LOCALES = ['en', 'ms'] as const;
type StaffLocale = (typeof STAFF_LOCALES)[number];
type PageFile = 'index.html' | 'agenda.html' | 'counter.html' | 'settings.html';

const TITLES: Readonly<Record<PageFile, Readonly<Record<StaffLocale, string>>>> = {
  'index.html': { en: 'Inbox', ms: 'Peti masuk' },
  'agenda.html': { en: 'Agenda', ms: 'Agenda' },
  'counter.html': { en: 'Counter', ms: 'Kaunter' },
  'settings.html': { en: 'Settings', ms: 'Tetapan' },
};

export function createDeskRouter(directory: string): Router {
  const router = Router();
  const servePage = (file: PageFile): express.RequestHandler => {
    const english = readFileSync(join(directory, file), 'utf8');
    const titles = TITLES[file];
    const pages = Object.fromEntries(
      STAFF_LOCALES.map((locale) => [
        locale,
        english
          .replace('<html lang="en">', `<html lang="${locale}">`)
          .replace(`<title>${titles.en} ·`, `<title>${titles[locale]} ·`),
      ]),
    );
    return (request, response) => {
      const locale = request.acceptsLanguages([...STAFF_LOCALES]) || 'en';
      response.setHeader('Cache-Control', 'no-cache');
      response.vary('Accept-Language').type('html').send(pages[locale]);
    };
  };
  router.get('/', servePage('index.html'));
  router.get('/agenda', servePage('agenda.html'));
  router.get('/counter', servePage('counter.html'));
  router.get('/settings', servePage('settings.html'));
  router.get('/desk.css', (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(directory, 'desk.css'), { cacheControl: false });
  });
  return router;
}
