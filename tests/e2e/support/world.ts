/** Everything an end-to-end test stands on: a real server with a furnished business, a website on another origin, a browser. */
import type { BrowserContext, Page, Request } from 'playwright-core';
import type { SiteKey } from '@frontdesk/protocol/ids';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { createContext, watchComplaints, type ContextChoices } from '../../support/browser.js';
import { startTestServer, type TestServer, type TestServerOptions } from '../../support/server.js';
import { buildTenant, PASSWORD, type TenantFixture } from '../../support/workspace.js';
import { createHostPolicy, startHostSite, type HostSite } from './host-site.js';

export interface World {
  readonly server: TestServer;
  readonly tenant: TenantFixture;
  readonly host: HostSite;
  /** Key of the site whose one allowed origin is the host's. */
  readonly siteKey: SiteKey;
  /** The two lines that an owner pastes. */
  readonly snippet: string;
  readonly scriptTag: string;
  readonly chatTag: string;
  close(): Promise<void>;
}

export async function startWorld(options: TestServerOptions = {}): Promise<World> {
  let serverUrl = '';
  const host = await startHostSite(() => createHostPolicy(serverUrl));
  const server = await startTestServer(options);
  serverUrl = server.url;
  const tenant = await buildTenant(server, 'clinic');
  const site = await server.server.tenancy.provision.createSite(
    { tenantId: tenant.tenantId },
    { name: 'The website', allowedOrigins: [host.origin] },
  );
  const scriptTag = `<script type="module" src="${serverUrl}/widgets/frontdesk.js"></script>`;
  const chatTag = `<frontdesk-chat site="${site.publicKey}"></frontdesk-chat>`;
  const snippet = `${scriptTag}\n${chatTag}`;
  host.setPage('/', { body: snippet });
  return {
    server,
    tenant,
    host,
    siteKey: site.publicKey,
    snippet,
    scriptTag,
    chatTag,
    async close() {
      await host.close();
      await server.close();
    },
  };
}

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Uncaught errors, console errors and violations of the policy. Most tests end by expecting none. */
  readonly complaints: string[];
  readonly requests: Request[];
}

async function openPage(url: string, choices: ContextChoices): Promise<Visit> {
  const context = await createContext(choices);
  const page = await context.newPage();
  const complaints = watchComplaints(page);
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await page.goto(url);
  return { context, page, complaints, requests };
}

/** A visitor opens a page of the website. */
export function visit(world: World, path = '/', choices: ContextChoices = {}): Promise<Visit> {
  return openPage(`${world.host.origin}${path}`, choices);
}

/** A member of the business opens the desk, already signed in as the browser would be after the sign-in form. */
export async function openDesk(world: World, role: Role, path = '/desk', choices: ContextChoices = {}): Promise<Visit> {
  const visited = await openPage(`${world.server.url}/health`, choices);
  const { email } = world.tenant.members[role];
  const status = await visited.page.evaluate(
    async ([address, password]) => {
      const response = await fetch('/v1/public/session:sign-in', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Frontdesk-Request': '1' },
        body: JSON.stringify({ email: address, password }),
      });
      return response.status;
    },
    [email, PASSWORD],
  );
  if (status !== 200) throw new Error(`Sign-in answered ${status}`);
  await visited.page.goto(`${world.server.url}${path}`);
  return visited;
}
