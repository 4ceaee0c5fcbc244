/** What a server owed when it went down is told by the next one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createServer, type FrontdeskServer } from '@frontdesk/server/compose';
import { loadConfig } from '@frontdesk/server/config';
import { createLogger } from '@frontdesk/server/core/logger';
import { openBranch } from '../../support/phones.js';
import { dataOf, findFreePort } from '../../support/server.js';
import { startReceiver, type WebhookReceiver } from '../../support/webhook-receiver.js';

describe('webhooks over a restart', function restarts() {
  this.timeout(60_000);
  let dataDir: string;
  let receiver: WebhookReceiver;
  const servers: FrontdeskServer[] = [];
  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-webhooks-'));
    receiver = await startReceiver();
  });
  after(async () => {
    for (const server of servers) await server.close();
    await receiver.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function start(aheadMs: number) {
    const port = await findFreePort();
    const url = `http://localhost:${port}`;
    const env = { NODE_ENV: 'test', PORT: String(port), PUBLIC_URL: url, DATA_DIR: dataDir };
    const server = await createServer(loadConfig({ ...env, RATE_LIMIT_MULTIPLIER: '1000' }), {
      log: createLogger({ level: 'silent' }),
      clock: { now: () => Date.now() + aheadMs },
      webhookTargets: 'any',
    });
    servers.push(server);
    await server.listen();
    return { server, url };
  }

  it('QA-11 P20: tells what was owed, once, without anything else happening', async () => {
    const { server, url } = await start(0);
    const branch = await openBranch({ server, url, mailDir: '', close: async () => undefined });
    dataOf(await branch.staff('webhook:create', { url: receiver.url, events: [] }));
    await branch.issue();
    await server.webhooks.settle();
    receiver.status = 500;
    const owed = [await branch.issue(), await branch.issue()];
    await server.webhooks.settle();
    await server.close();
    receiver.status = 200;
    receiver.deliveries.splice(0);
    const next = await start(60_000);
    await next.server.webhooks.settle();
    const told = receiver.deliveries.map(({ message }) => message.changes[0]?.ticketId);
    expect(told).to.deep.equal(owed.map(({ id }) => id));
  });
});
