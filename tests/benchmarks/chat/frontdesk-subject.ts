/** Frontdesk as it runs in a shop: every check on, the embedded store flushing to disk, rate limits lifted. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '@frontdesk/server/compose';
import { loadConfig } from '@frontdesk/server/config';
import { createLogger } from '@frontdesk/server/core/logger';
import { findFreePort } from '../../support/server.js';
import { PASSWORD, signIn } from '../../support/workspace.js';
import { serveCoordinator, type Group } from './subject-port.js';

const groupCount = Number(process.argv[2]);
const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));

const port = await findFreePort();
const config = loadConfig({
  NODE_ENV: 'production',
  PORT: String(port),
  PUBLIC_URL: 'https://desk.example',
  JWT_SECRETS: `bench:${randomBytes(48).toString('base64url')}`,
  DATA_DIR: dataDir,
  RATE_LIMIT_MULTIPLIER: '1000000',
});
const server = await createServer(config, { log: createLogger({ level: 'silent' }) });
await server.listen();

const groups: Group[] = [];
for (let i = 0; i < groupCount; i += 1) {
  const email = `owner@bench-${i}.test`;
  const origin = `https://bench-${i}.example`;
  const owner = await server.auth.provision.createUser({ email, name: 'Olivia', password: PASSWORD });
  const { tenant } = await server.tenancy.provision.createTenant({
    name: `Bench ${i}`,
    owner: { userId: owner.id, name: 'Olivia', email },
  });
  const site = await server.tenancy.provision.createSite(
    { tenantId: tenant.id },
    { name: 'Site', allowedOrigins: [origin] },
  );
  const { session } = await signIn(`http://localhost:${port}`, email);
  groups.push({ site: site.publicKey, origin, accessToken: session.accessToken });
}
serveCoordinator({ port, staffOrigin: config.publicUrl, groups });
