/**
 * Furnishes a data folder before the server process starts: businesses, sites, an owner who can sign in. It runs the
 * product's own composition once in this process and closes it again, so nothing here knows how anything is stored.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionDto } from '@frontdesk/protocol/auth';
import type { SiteKey, TenantId } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import { createServer, type FrontdeskServer } from '@frontdesk/server/compose';
import { loadConfig } from '@frontdesk/server/config';
import { createLogger } from '@frontdesk/server/core/logger';
import { describeCall, type CallOptions } from '../support/server.js';

export const PASSWORD = 'correct horse battery';

export interface ProvisionedTenant {
  readonly id: TenantId;
  readonly name: string;
  readonly site: SiteKey;
  readonly origin: string;
  readonly email: string;
}

export async function provisionTenants(
  dataDir: string,
  names: readonly string[],
  furnish?: (server: FrontdeskServer, tenants: readonly ProvisionedTenant[]) => Promise<void>,
): Promise<ProvisionedTenant[]> {
  const config = loadConfig({ NODE_ENV: 'test', PORT: '0', DATA_DIR: dataDir, RATE_LIMIT_MULTIPLIER: '100000' });
  const server = await createServer(config, { log: createLogger({ level: 'silent' }) });
  try {
    const tenants: ProvisionedTenant[] = [];
    for (const name of names) {
      const email = `owner@${name.toLowerCase()}.test`;
      const origin = `https://${name.toLowerCase()}.example`;
      const owner = await server.auth.provision.createUser({ email, name: `Olivia ${name}`, password: PASSWORD });
      const { tenant } = await server.tenancy.provision.createTenant({
        name: `Business ${name}`,
        owner: { userId: owner.id, name: `Olivia ${name}`, email },
      });
      const site = await server.tenancy.provision.createSite(
        { tenantId: tenant.id },
        { name: `Site ${name}`, allowedOrigins: [origin] },
      );
      tenants.push({ id: tenant.id, name, site: site.publicKey, origin, email });
    }
    await furnish?.(server, tenants);
    return tenants;
  } finally {
    await server.close();
  }
}

const furnished = new Map<string, Promise<{ folder: string; made: unknown }>>();

/** Makes what `key` names once and copies its folder: hashing passwords again would only cost time. */
export async function furnishOnce<T>(
  dataDir: string,
  key: string,
  furnish: (folder: string) => Promise<T>,
): Promise<T> {
  let template = furnished.get(key);
  if (!template) {
    const folder = mkdtempSync(join(tmpdir(), 'frontdesk-furnished-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    template = furnish(folder).then((made) => ({ folder, made }));
    furnished.set(key, template);
  }
  const { folder, made } = await template;
  cpSync(folder, dataDir, { recursive: true });
  return made as T;
}

export interface Answer<T> {
  readonly result: Result<T>;
  readonly cookie: string;
}

const CALL_TIMEOUT_MS = 8_000;

/**
 * One command over HTTP, past proxies and clients: how the harness itself talks to the server. Every call has a
 * connection of its own, so that none is left when connections are counted.
 */
export function call<T>(url: string, name: string, input: unknown, options: CallOptions): Promise<Answer<T>> {
  const { address, headers } = describeCall(url, name, options);
  return new Promise((resolve, reject) => {
    const outgoing = request(address, { method: 'POST', headers, agent: false, timeout: CALL_TIMEOUT_MS });
    outgoing.on('error', reject);
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${name} was not answered in ${CALL_TIMEOUT_MS} ms.`)));
    outgoing.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('error', reject);
      response.on('end', () => {
        const cookie = (response.headers['set-cookie'] ?? []).map((header) => header.split(';')[0]).join('; ');
        try {
          resolve({ result: JSON.parse(text) as Result<T>, cookie });
        } catch {
          reject(new Error(`${name} answered ${response.statusCode} without JSON.`));
        }
      });
    });
    outgoing.end(JSON.stringify(input));
  });
}

export async function callForData<T>(url: string, name: string, input: unknown, options: CallOptions): Promise<T> {
  const { result } = await call<T>(url, name, input, options);
  if (result.ok) return result.data;
  throw new Error(`${name}: ${result.error.code} ${result.error.message} ${JSON.stringify(result.error.fields ?? {})}`);
}

export interface StaffSession {
  readonly session: SessionDto;
  readonly getAccessToken: () => string;
  /** As the staff pages do it: by the refresh cookie. False when the session has ended. */
  readonly refresh: () => Promise<boolean>;
}

/** Signs in. `refreshUrl` may be a proxy's: refreshing is part of what faults must not break. */
export async function signIn(url: string, email: string, refreshUrl: string = url): Promise<StaffSession> {
  const answer = await call<SessionDto>(url, 'session:sign-in', { email, password: PASSWORD }, { audience: 'public' });
  if (!answer.result.ok) throw new Error(`Sign-in failed: ${answer.result.error.code}`);
  const session = answer.result.data;
  let { accessToken } = session;
  let { cookie } = answer;
  return {
    session,
    getAccessToken: () => accessToken,
    async refresh() {
      const renewed = await call<SessionDto>(refreshUrl, 'session:refresh', {}, { audience: 'public', cookie });
      if (!renewed.result.ok) {
        if (renewed.result.error.code === 'UNAUTHENTICATED') return false;
        throw new Error(`The session could not be refreshed: ${renewed.result.error.code}`);
      }
      ({ accessToken } = renewed.result.data);
      cookie = renewed.cookie;
      return true;
    },
  };
}
