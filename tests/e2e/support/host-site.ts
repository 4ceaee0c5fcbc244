/**
 * A customer's website for the end-to-end tests: an origin of its own, pages as each test wants them, and the strictest
 * headers that a careful developer would send.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostPage {
  readonly head?: string;
  readonly body?: string;
  /** Goes into a style sheet of the site's own, because its policy allows no other. */
  readonly css?: string;
  /** Goes into a script file of the site's own. */
  readonly script?: string;
  readonly language?: string;
  readonly direction?: 'ltr' | 'rtl';
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HostSite {
  readonly origin: string;
  /** Paths are served from now on; an unknown path answers 404. */
  setPage(path: string, page: HostPage): void;
  close(): Promise<void>;
}

/** What our README asks a website with a strict policy to allow, and not a word more. */
export function createHostPolicy(serverUrl: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${serverUrl}`,
    "style-src 'self'",
    `connect-src ${serverUrl} ${serverUrl.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

function renderPage(path: string, page: HostPage): string {
  return `<!doctype html>
<html lang="${page.language ?? 'en'}" dir="${page.direction ?? 'ltr'}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>A website</title>
    ${page.css === undefined ? '' : `<link rel="stylesheet" href="${path}?css" />`}
    ${page.head ?? ''}
  </head>
  <body>
    <main><h1>A website</h1><p>It was here before us.</p></main>
    ${page.body ?? ''}
    ${page.script === undefined ? '' : `<script type="module" src="${path}?script"></script>`}
  </body>
</html>`;
}

/** Where the server lives is known only after the site's origin is, so the policy is asked for late. */
export async function startHostSite(readPolicy: () => string): Promise<HostSite> {
  const pages = new Map<string, HostPage>();
  const server: Server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://host');
    const page = pages.get(pathname);
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    const [type, body] =
      search === '?css'
        ? ['text/css', page.css]
        : search === '?script'
          ? ['text/javascript', page.script]
          : ['text/html; charset=utf-8', renderPage(pathname, page)];
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': readPolicy(), ...page.headers });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    setPage: (path, page) => pages.set(path, page),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
