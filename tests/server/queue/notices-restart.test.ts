/** Notices while servers are killed, started again, and more than one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { createServer } from '@frontdesk/server/compose';
import { loadConfig } from '@frontdesk/server/config';
import { createLogger } from '@frontdesk/server/core/logger';
import { createServerProcess, type ServerProcess } from '../../reliability/server-process.js';
import { openBranch, type Branch, type Issued } from '../../support/phones.js';
import { startPushService, type PushService, type Subscriber } from '../../support/push-service.js';
import { callHttp, dataOf, findFreePort, startTestServer } from '../../support/server.js';

async function waitUntilCalled(url: string, token: string): Promise<void> {
  const deadline = Date.now() + 8_000;
  for (;;) {
    const state = dataOf(await callHttp<HolderState>(url, 'ticket:read', {}, { audience: 'ticket', token }));
    if (state.ticket.state === 'called') return;
    if (Date.now() > deadline) throw new Error(`the ticket is ${state.ticket.state}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('notices of a server that dies', function restarts() {
  this.timeout(60_000);
  let push: PushService;
  before(async () => {
    push = await startPushService();
  });
  after(() => push.close());

  describe('in a process of its own', () => {
    let dataDir: string;
    let server: ServerProcess;
    let branch: Branch;
    let tickets: Issued[];
    const crashes: string[] = [];

    before(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-notices-'));
      const config = loadConfig({
        NODE_ENV: 'test',
        PORT: String(await findFreePort()),
        PUBLIC_URL: 'http://localhost:4400',
        DATA_DIR: dataDir,
        RATE_LIMIT_MULTIPLIER: '1000',
      });
      const furnishing = await createServer(config, { log: createLogger({ level: 'silent' }) });
      const port = await furnishing.listen();
      const url = `http://localhost:${port}`;
      branch = await openBranch({ server: furnishing, url, mailDir: '', close: async () => undefined });
      tickets = [await branch.issue(), await branch.issue(), await branch.issue()];
      await furnishing.close();
      const certificate = join(dataDir, 'push-service.pem');
      writeFileSync(certificate, push.certificate);
      server = await createServerProcess({
        dataDir,
        env: { ...push.env, NODE_EXTRA_CA_CERTS: certificate, PUBLIC_URL: 'http://localhost:4400' },
        handleCrash: (what) => void crashes.push(what),
      });
      await server.start();
    });
    after(async () => {
      await server.terminate();
      rmSync(dataDir, { recursive: true, force: true });
      expect(crashes).to.deep.equal([]);
    });

    async function subscribe({ token }: Issued): Promise<Subscriber> {
      const subscriber = push.subscribe();
      const { subscription } = subscriber;
      const as = { audience: 'ticket', token } as const;
      dataOf(await callHttp<object>(server.url, 'ticket:subscribe-push', { subscription }, as));
      return subscriber;
    }
    const staff = async (name: string, input: object): Promise<CounterView> =>
      dataOf(
        await callHttp<CounterView>(
          server.url,
          name,
          { counterId: branch.counter.id, ...input },
          { audience: 'staff', token: branch.accessToken },
        ),
      );
    async function waitForLog(text: string): Promise<void> {
      const deadline = Date.now() + 8_000;
      while (!server.readLog().includes(text)) {
        if (Date.now() > deadline) throw new Error(`the server never wrote "${text}"`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
    const turnsOf = ({ requests }: Subscriber): string[] =>
      requests.map(({ text }) => text).filter((text) => text.includes('it is your turn'));

    it('QP-9: killed before the notice could be sent, the server sends it once when it is back', async () => {
      const phone = await subscribe(tickets[0]!);
      await phone.received(1);
      phone.status = 503;
      const asked = phone.requests.length;
      await staff('ticket:call-next', {});
      await phone.asked(asked + 1);
      // Until the refusal is noted nobody knows whether the notice went out, and then it is not sent again.
      await waitForLog('a job failed');
      await server.kill();
      phone.status = 201;
      await server.start();
      await phone.received(2);
      expect(phone.notices.filter(({ title }) => title.endsWith('it is your turn'))).to.have.length(1);
      await staff('ticket:complete', { ticketId: tickets[0]!.id, outcome: null });
    });

    it('QP-9: killed when the notice had just left, it does not send it again', async () => {
      const phone = await subscribe(tickets[1]!);
      const next = await subscribe(tickets[2]!);
      await phone.received(1);
      phone.isMute = true;
      await staff('ticket:call-next', {});
      await phone.asked(phone.requests.length + 1 - turnsOf(phone).length);
      await server.kill();
      phone.isMute = false;
      await server.start();
      await staff('ticket:complete', { ticketId: tickets[1]!.id, outcome: null });
      await staff('ticket:call-next', {});
      await next.until('the turn', (other) => turnsOf(other).length > 0);
      expect(turnsOf(phone)).to.have.length(1);
      expect(turnsOf(next)).to.have.length(1);
    });
  });

  it('QP-8, QP-9: two servers on one store tell each holder once', async () => {
    const first = await startTestServer({ env: { ...push.env }, pushAgent: push.agent });
    const port = await findFreePort();
    const config = { ...first.server.core.config, port, publicUrl: `http://localhost:${port}` };
    const second = await createServer(config, { log: createLogger({ level: 'silent' }), pushAgent: push.agent });
    await second.listen();
    try {
      const branch = await openBranch(first);
      const mine = [await branch.issue(), await branch.issue(), await branch.issue()];
      const phones: Subscriber[] = [];
      for (const { token } of mine) {
        const subscriber = push.subscribe();
        const { subscription } = subscriber;
        const as = { audience: 'ticket', token } as const;
        // Both know the address, so that both want to tell.
        for (const url of [first.url, config.publicUrl]) {
          dataOf(await callHttp<object>(url, 'ticket:subscribe-push', { subscription }, as));
        }
        phones.push(subscriber);
      }
      for (const { id } of mine) {
        await branch.callNext();
        const phone = phones[mine.findIndex((ticket) => ticket.id === id)];
        await phone?.until('the turn', ({ notices }) => notices.some(({ title }) => title.endsWith('it is your turn')));
        // The other server hears of the call a moment later, while it is still on.
        const token = mine.find((ticket) => ticket.id === id)?.token ?? '';
        await waitUntilCalled(config.publicUrl, token);
        for (const { core } of [first.server, second]) await core.jobs.drain();
        dataOf(await branch.staff('ticket:complete', { counterId: branch.counter.id, ticketId: id, outcome: null }));
      }
      await first.server.core.jobs.drain();
      await second.core.jobs.drain();
      for (const { notices } of phones) {
        const titles = notices.map(({ title }) => title);
        expect(titles).to.deep.equal([...new Set(titles)]);
      }
    } finally {
      await second.close();
      await first.close();
    }
  });
});
