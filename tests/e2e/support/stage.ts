/**
 * The stage of an end-to-end test: a whole Frontdesk behind a proxy that can misbehave, a customer's website on an origin
 * of its own, and pages in a real browser.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { createContext, type ContextChoices } from '../../support/browser.js';
import {
  callHttp,
  findFreePort,
  startTestServer,
  type TestServer,
  type TestServerOptions,
} from '../../support/server.js';
import { buildTenant, PASSWORD, type MemberFixture, type TenantFixture } from '../../support/workspace.js';
import { startFaultProxy, type FaultProxy } from '../../reliability/proxy.js';
import { createRandom } from '../../reliability/random.js';

export interface HostPage {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A website that embeds Frontdesk. */
export interface HostSite {
  readonly origin: string;
  setPage(path: string, page: HostPage): void;
  /** Files that a strict page loads from its own origin. */
  setScript(path: string, source: string): void;
  close(): Promise<void>;
}

export interface Stage {
  readonly app: TestServer;
  /** Where browsers reach Frontdesk: the proxy's address. */
  readonly url: string;
  readonly proxy: FaultProxy;
  readonly tenant: TenantFixture;
  readonly host: HostSite;
  /** What an owner pastes, as the settings page prints it. */
  readonly snippet: string;
  close(): Promise<void>;
}

export async function startHostSite(): Promise<HostSite> {
  const pages = new Map<string, HostPage>();
  const http: Server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://host').pathname);
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    setPage: (path, page) => pages.set(path, page),
    setScript: (path, source) => pages.set(path, { html: source, headers: { 'Content-Type': 'text/javascript' } }),
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** A page of a small shop around the snippet. */
export function buildHtml(
  snippet: string,
  options: { lang?: string; dir?: string; head?: string; body?: string } = {},
): string {
  return `<!doctype html>
<html lang="${options.lang ?? 'en'}" dir="${options.dir ?? 'ltr'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title><link rel="icon" href="data:,">${options.head ?? ''}</head>
<body><h1>A shop</h1><p><a href="#top" id="outside">A link of the page</a></p>${options.body ?? ''}${snippet}</body></html>`;
}

export async function startStage(options: TestServerOptions = {}): Promise<Stage> {
  const proxyTarget = await findFreePort();
  const proxy = await startFaultProxy({ targetPort: proxyTarget, random: createRandom(1) });
  const url = `http://localhost:${proxy.port}`;
  const app = await startTestServer({
    ...options,
    env: { PORT: String(proxyTarget), PUBLIC_URL: url, ...options.env },
  });
  const tenant = await buildTenant(app, 'clinic');
  // Pages with one branch go to it by themselves, and so do most businesses.
  const branch = { locationId: tenant.booking.branchId, isArchived: true };
  await callHttp(app.url, 'location:update', branch, { audience: 'staff', token: tenant.members.owner.accessToken });
  const host = await startHostSite();
  const { tenancy } = app.server;
  const site = await tenancy.provision.createSite(
    { tenantId: tenant.tenantId },
    { name: 'Clinic', allowedOrigins: [host.origin] },
  );
  const snippet = `<script type="module" src="${url}/widgets/frontdesk.js" async></script>
<frontdesk-chat site="${site.publicKey}"></frontdesk-chat>`;
  host.setPage('/', { html: buildHtml(snippet) });
  return {
    app,
    url,
    proxy,
    tenant,
    host,
    snippet,
    async close() {
      proxy.clearFaults();
      await proxy.close();
      await host.close();
      await app.close();
    },
  };
}

/** A visitor's page with the launcher ready. */
export async function openShop(
  stage: Stage,
  choices: ContextChoices = {},
  path = '/',
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await createContext(choices);
  const page = await context.newPage();
  await page.goto(`${stage.host.origin}${path}`);
  await launcherOf(page).waitFor();
  return { context, page };
}

export function launcherOf(page: Page): Locator {
  return page.locator('frontdesk-chat [part~=launcher]').first();
}

export function composerOf(page: Page): Locator {
  return page.locator('frontdesk-chat textarea');
}

/** Messages of the thread in order, each with its state (null for the business's own). */
export async function readThread(page: Page): Promise<{ body: string; state: string | null }[]> {
  return page.locator('frontdesk-chat .message').evaluateAll((nodes) =>
    nodes.map((node) => ({
      body: node.querySelector('.bubble')?.textContent?.trim() ?? '',
      state: node.getAttribute('data-state'),
    })),
  );
}

export async function openChat(page: Page): Promise<void> {
  await launcherOf(page).click();
  await composerOf(page).waitFor();
}

export async function say(page: Page, text: string): Promise<void> {
  await composerOf(page).fill(text);
  await composerOf(page).press('Enter');
}

/** The inbox on our own origin, signed in through its own form. */
export async function openInbox(
  stage: Stage,
  member: MemberFixture,
  choices: ContextChoices = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await createContext(choices);
  const page = await context.newPage();
  await page.goto(`${stage.url}/desk`);
  await signInOnPage(page, member.email);
  await page.locator('frontdesk-inbox-list').first().waitFor();
  return { context, page };
}

export async function signInOnPage(page: Page, email: string, password: string = PASSWORD): Promise<void> {
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('input[type=password]').press('Enter');
}

/** Reads until the value satisfies; the page's own events decide when, the deadline only ends a failure. */
export async function until<T>(read: () => Promise<T>, isDone: (value: T) => boolean, timeoutMs = 10_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (isDone(value)) return value;
    if (Date.now() > deadline) throw new Error(`Still not so after ${timeoutMs} ms: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
