/** The staff pages on our own origin: `/desk` (inbox) and `/desk/settings`. Plain files, so that their CSP needs no nonce. */
import { join } from 'node:path';
import type express from 'express';
import { Router } from 'express';

export function createDeskRouter(directory: string): Router {
  const router = Router();
  const sendPage =
    (file: string): express.RequestHandler =>
    (_request, response) => {
      response.setHeader('Cache-Control', 'no-cache');
      response.sendFile(join(directory, file), { cacheControl: false });
    };
  router.get('/', sendPage('index.html'));
  router.get('/settings', sendPage('settings.html'));
  router.get('/desk.css', sendPage('desk.css'));
  return router;
}
