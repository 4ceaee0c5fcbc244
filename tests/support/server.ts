/** Starts a whole Frontdesk on loopback for a test: real store, real HTTP, real sockets. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HEADERS, SITE_QUERY, commandPath, type Audience } from '@frontdesk/protocol/command';
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import { createServer, type FrontdeskServer, type ServerOverrides } from '@frontdesk/server/compose';
import { loadConfig } from '@frontdesk/server/config';
import { createLogger } from '@frontdesk/server/core/logger';
import { startTestDatabase } from './database.js';

export interface TestServer {
  readonly server: FrontdeskServer;
  readonly url: string;
  readonly mailDir: string;
  close(): Promise<void>;
}

export interface TestServerOptions extends ServerOverrides {
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A port that was free a moment ago; the public URL must be known before the server exists, so 0 will not do. None of those that the
 * system hands out by itself (from 32,768 on): while the server starts, or is dead, another suite's could answer in its place.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const probe = createTcpServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { env, ...overrides } = options;
  const database = await startTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-test-'));
  const port = await findFreePort();
  const config = loadConfig({
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATA_DIR: dataDir,
    MONGODB_URI: database.uri,
    RATE_LIMIT_MULTIPLIER: '1000',
    ...env,
  });
  const server = await createServer(config, {
    log: createLogger({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent' }),
    ...overrides,
  });
  await server.listen();
  return {
    server,
    url: config.publicUrl,
    mailDir: config.mailDir,
    async close() {
      await server.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface CallOptions {
  readonly audience: Audience;
  /** Access token of a member, or a visitor's token. */
  readonly token?: string;
  readonly site?: string;
  readonly origin?: string;
  readonly key?: string;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CallAnswer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly result: Result<T>;
}

/** Address and headers of a command's HTTP twin, as a browser would send them, with a fresh key unless one is given. */
export function describeCall(
  url: string,
  name: string,
  options: CallOptions,
): { readonly address: string; readonly headers: Record<string, string> } {
  const query = options.site === undefined ? '' : `?${SITE_QUERY}=${encodeURIComponent(options.site)}`;
  return {
    address: `${url}${commandPath({ audience: options.audience, name })}${query}`,
    headers: {
      'Content-Type': 'application/json',
      [HEADERS.idempotencyKey]: options.key ?? createIdempotencyKey(),
      ...(options.audience === 'public' ? { [HEADERS.csrf]: '1' } : {}),
      ...(options.token === undefined ? {} : { Authorization: `Bearer ${options.token}` }),
      ...(options.origin === undefined ? {} : { Origin: options.origin }),
      ...(options.cookie === undefined ? {} : { Cookie: options.cookie }),
      ...options.headers,
    },
  };
}

/** The server closes a connection after five idle seconds; a request that met it there is sent again, as browsers do. */
function isClosedWhileIdle(error: unknown): boolean {
  const { cause } = error as { readonly cause?: { readonly code?: string } };
  return cause?.code === 'ECONNRESET';
}

export async function callHttp<T = never>(
  url: string,
  name: string,
  input: unknown,
  options: CallOptions,
): Promise<CallAnswer<T>> {
  const { address, headers } = describeCall(url, name, options);
  const post = (): Promise<Response> => fetch(address, { method: 'POST', headers, body: JSON.stringify(input) });
  const response = await post().catch((error: unknown) => {
    if (isClosedWhileIdle(error)) return post();
    throw error;
  });
  return { status: response.status, headers: response.headers, result: (await response.json()) as Result<T> };
}

/** The data of a success; throws with the server's error otherwise, so that a failing test says why. */
export function dataOf<T>(answer: { readonly result: Result<T> }): T {
  if (answer.result.ok) return answer.result.data;
  throw new Error(
    `${answer.result.error.code}: ${answer.result.error.message} ${JSON.stringify(answer.result.error.fields ?? {})}`,
  );
}

export { createVisitorToken };
