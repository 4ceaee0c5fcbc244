/** Elements of booking on the website of the stage. */
import type { TenantId } from '@frontdesk/protocol/ids';
import type { TestServer } from '../../support/server.js';
import { buildHtml, type Stage } from './stage.js';

/** Who sets up is in the house; only browsers are behind the proxy. */
export function openBackDoor({ app }: Pick<Stage, 'app'>): TestServer {
  return { ...app, url: `http://localhost:${app.server.core.config.port}` };
}

/** Lets the stage's website embed elements of a business; answers the site key. */
export async function allowHost({ app, host }: Stage, tenantId: TenantId): Promise<string> {
  const allowed = { name: 'Website', allowedOrigins: [host.origin] };
  return (await app.server.tenancy.provision.createSite({ tenantId }, allowed)).publicKey;
}

/** A page with the loader and `body`, under the strictest policy that a website may have. */
export function setStrictPage({ host, url }: Stage, path: string, body: string): void {
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${url}`,
    "style-src 'self'",
    `connect-src ${url} ${url.replace('http', 'ws')}`,
    'img-src data:',
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ];
  host.setPage(path, {
    html: buildHtml(`<script type="module" src="${url}/widgets/frontdesk.js"></script>${body}`),
    headers: { 'Content-Security-Policy': policy.join('; ') },
  });
}
