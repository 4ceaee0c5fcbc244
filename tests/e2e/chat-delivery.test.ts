/** CH-8, CH-9, CH-12, CH-13, P6: nothing typed is lost, nothing is doubled, whatever the network does. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { StaffEntryDto } from '@frontdesk/protocol/chat';
import type { FrontdeskChat } from '@frontdesk/widgets/chat/chat';
import { closeBrowser } from '../support/browser.js';
import { callHttp, dataOf } from '../support/server.js';
import {
  composerOf,
  launcherOf,
  openChat,
  openInbox,
  openShop,
  readThread,
  say,
  startStage,
  until,
  type Stage,
} from './support/stage.js';

const ARRIVED = new Set(['sent', 'delivered', 'read']);

describe('delivery in the browser', function delivery() {
  this.timeout(60_000);
  let stage: Stage;

  beforeEach(async () => {
    stage = await startStage();
  });
  afterEach(async () => {
    await stage.close();
  });
  after(closeBrowser);

  const asOwner = () => ({ audience: 'staff' as const, token: stage.tenant.members.owner.accessToken });

  /** What staff have in the log of every conversation whose last message contains the marker. */
  async function readLogs(marker: string): Promise<string[][]> {
    const list = dataOf(
      await callHttp<{ conversations: { id: string }[] }>(
        stage.app.url,
        'conversation:list',
        { view: 'all-open' },
        asOwner(),
      ),
    );
    const logs = await Promise.all(
      list.conversations.map(async ({ id }) => {
        const log = await callHttp<{ entries: StaffEntryDto[] }>(
          stage.app.url,
          'conversation:sync',
          { conversationId: id, epoch: null, after: 0 },
          asOwner(),
        );
        return dataOf(log)
          .entries.filter((entry) => entry.kind === 'message')
          .map((entry) => entry.body);
      }),
    );
    return logs.filter((bodies) => bodies.some((body) => body.includes(marker)));
  }

  async function expectSentOnce(page: Page, bodies: readonly string[]): Promise<void> {
    await until(
      () => readThread(page),
      (thread) => thread.length === bodies.length && thread.every((message) => ARRIVED.has(message.state ?? '')),
      20_000,
    );
    expect((await readThread(page)).map((message) => message.body)).to.deep.equal(bodies);
    expect(await readLogs(bodies[0]!)).to.deep.equal([bodies]);
  }

  /** The business answers in the one conversation that there is. */
  async function replyToOnly(body: string): Promise<void> {
    const { conversations } = dataOf(
      await callHttp<{ conversations: { id: string }[] }>(
        stage.app.url,
        'conversation:list',
        { view: 'all-open' },
        asOwner(),
      ),
    );
    const conversationId = conversations[0]!.id;
    dataOf(await callHttp(stage.app.url, 'message:send', { conversationId, body, seenSeq: 0, force: true }, asOwner()));
  }

  /** Where the connection dies during the first message, and when it comes back. */
  const cuts: Record<string, (page: Page, text: string) => Promise<void>> = {
    'before send': async (page, text) => {
      cutNetwork();
      await say(page, text);
      await waitForBubble(page, text);
      healNetwork();
    },
    'in flight': async (page, text) => {
      stage.proxy.setFaults({ drop: ['up'] });
      await say(page, text);
      await waitForBubble(page, text);
      cutNetwork();
      healNetwork();
    },
    'before the acknowledgement': async (page, text) => {
      stage.proxy.setFaults({ drop: ['down'] });
      await say(page, text);
      await until(
        () => readLogs(text),
        (logs) => logs.length === 1,
      ).catch(() => undefined);
      cutNetwork();
      healNetwork();
    },
    'after the acknowledgement, before paint': async (page, text) => {
      stage.proxy.cutAfterDownBytes(40);
      await say(page, text);
      await waitForBubble(page, text);
      healNetwork();
    },
    'on reload': async (page, text) => {
      stage.proxy.setFaults({ drop: ['down'] });
      await say(page, text);
      await waitForBubble(page, text);
      cutNetwork();
      healNetwork();
      await page.reload();
      await launcherOf(page).waitFor();
      if (!(await composerOf(page).isVisible())) await openChat(page);
    },
  };

  function cutNetwork(): void {
    stage.proxy.setFaults({ refuse: true });
    stage.proxy.resetAll();
  }

  function healNetwork(): void {
    stage.proxy.clearFaults();
  }

  async function waitForBubble(page: Page, text: string): Promise<void> {
    await until(
      () => readThread(page),
      (thread) => thread.some((message) => message.body === text),
    );
  }

  for (const [name, cut] of Object.entries(cuts)) {
    it(`CH-8 the first message with the network cut ${name} appears exactly once on both sides`, async () => {
      const { context, page } = await openShop(stage);
      await openChat(page);
      const text = `First words ${name}`;
      await cut(page, text);
      await expectSentOnce(page, [text]);
      await context.close();
    });
  }

  it('CH-9 five messages typed offline, then a reload: all arrive once and in order', async () => {
    const { context, page } = await openShop(stage);
    await openChat(page);
    await say(page, 'message 0');
    await expectSentOnce(page, ['message 0']);
    cutNetwork();
    const bodies = ['message 0'];
    for (let i = 1; i <= 5; i += 1) {
      bodies.push(`message ${i}`);
      await say(page, `message ${i}`);
      await waitForBubble(page, `message ${i}`);
    }
    // The page itself is on another server, so it reloads while Frontdesk is away.
    healNetwork();
    await page.reload();
    await launcherOf(page).waitFor();
    if (!(await composerOf(page).isVisible())) await openChat(page);
    await expectSentOnce(page, bodies);
    await context.close();
  });

  it('P6 a message that was shown as sending survives the death of the page, and is sent within 5 s of the next one', async () => {
    const { context, page } = await openShop(stage);
    await openChat(page);
    await say(page, 'before the crash');
    await expectSentOnce(page, ['before the crash']);
    cutNetwork();
    await say(page, 'typed in a tunnel');
    await waitForBubble(page, 'typed in a tunnel');
    const session = await context.newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
    await page.close();
    healNetwork();
    const reopened = await context.newPage();
    const startedAt = Date.now();
    await reopened.goto(stage.host.origin);
    await until(
      () => readLogs('before the crash'),
      (logs) => logs[0]?.length === 2,
      8_000,
    );
    expect(Date.now() - startedAt).to.be.lessThan(5_000);
    expect(await readLogs('before the crash')).to.deep.equal([['before the crash', 'typed in a tunnel']]);
    await context.close();
  });

  it('CH-12 what is typed survives a reload as a draft', async () => {
    const { context, page } = await openShop(stage);
    await openChat(page);
    await say(page, 'hello');
    await expectSentOnce(page, ['hello']);
    await composerOf(page).fill('half a sentence that nobody has sent');
    await until(
      () => page.evaluate(() => JSON.stringify({ ...localStorage })),
      (stored) => stored.includes('half a sentence'),
    );
    await page.reload();
    await launcherOf(page).waitFor();
    if (!(await composerOf(page).isVisible())) await openChat(page);
    await until(
      () => composerOf(page).inputValue(),
      (value) => value === 'half a sentence that nobody has sent',
    );
    await context.close();
  });

  it('CH-12 a refused message stays, with its reason, Retry and Copy', async () => {
    const { context, page } = await openShop(stage);
    await openChat(page);
    await say(page, 'hello');
    await expectSentOnce(page, ['hello']);
    // The owner takes the page off the list: from now on the server refuses it for good.
    const { sites } = dataOf(
      await callHttp<{ sites: { id: string; name: string; allowedOrigins: string[] }[] }>(
        stage.app.url,
        'site:list',
        {},
        asOwner(),
      ),
    );
    const site = sites.find((candidate) => candidate.allowedOrigins.includes(stage.host.origin))!;
    await callHttp(stage.app.url, 'site:update', { siteId: site.id, allowedOrigins: [] }, asOwner());
    stage.proxy.resetAll();
    await say(page, 'is anybody there?');
    const failed = page.locator('frontdesk-chat .message[data-state=failed]');
    await failed.waitFor({ timeout: 20_000 });
    const chat = page.locator('frontdesk-chat');
    await chat.getByRole('button', { name: 'Try again' }).waitFor();
    await chat.getByRole('button', { name: 'Copy text' }).waitFor();
    await callHttp(stage.app.url, 'site:update', { siteId: site.id, allowedOrigins: [stage.host.origin] }, asOwner());
    await chat.getByRole('button', { name: 'Try again' }).click();
    await expectSentOnce(page, ['hello', 'is anybody there?']);
    await context.close();
  });

  it('P2 a second open page shows the first message of this one without being touched', async () => {
    const { context, page } = await openShop(stage);
    const other = await context.newPage();
    await other.goto(stage.host.origin);
    await launcherOf(other).waitFor();
    await openChat(other);
    await openChat(page);
    await say(page, 'written on the first page');
    await expectSentOnce(page, ['written on the first page']);
    await expectSentOnce(other, ['written on the first page']);
    await context.close();
  });

  it('CH-12 with sockets blocked both sides are heard, and nobody is told that there is no connection', async () => {
    const { context, page } = await openShop(stage);
    await page.route('**/socket.io/**', (route) => route.abort());
    await page.routeWebSocket(/./, (socket) => void socket.close());
    await openChat(page);
    await say(page, 'hello through a narrow proxy');
    await expectSentOnce(page, ['hello through a narrow proxy']);
    // Each answer comes with a poll; after two of them any notice about a lost connection would be there.
    for (const answer of ['hello back', 'and once more']) {
      await replyToOnly(answer);
      await until(
        () => readThread(page),
        (thread) => thread.at(-1)?.body === answer,
        20_000,
      );
    }
    expect(await page.locator('frontdesk-chat .notices').textContent()).not.to.contain('No connection');
    await context.close();
  });

  it('CH-14 what was read right before the page was left is not counted again on the next one', async () => {
    const { context, page } = await openShop(stage);
    await openChat(page);
    await say(page, 'hello');
    await expectSentOnce(page, ['hello']);
    await replyToOnly('read at once');
    await until(
      () => readThread(page),
      (thread) => thread.length === 2,
    );
    await page.keyboard.press('Escape');
    await page.reload();
    await launcherOf(page).waitFor();
    await until(
      () => readThread(page),
      (thread) => thread.length === 2,
    );
    expect(await page.locator('frontdesk-chat').evaluate((chat) => (chat as FrontdeskChat).unreadCount)).to.equal(0);
    await context.close();
  });

  it('CH-13 sending, sent, delivered and read are words, not colours', async () => {
    const { context, page } = await openShop(stage);
    await openChat(page);
    stage.proxy.setFaults({ drop: ['down'] });
    await say(page, 'do you open on Sunday?');
    const chat = page.locator('frontdesk-chat');
    await chat.getByText('Sending…').first().waitFor();
    cutNetwork();
    healNetwork();
    await chat.getByText('Sent', { exact: true }).first().waitFor({ timeout: 20_000 });
    const inbox = await openInbox(stage, stage.tenant.members.agent);
    await chat.getByText('Delivered', { exact: true }).first().waitFor({ timeout: 20_000 });
    await inbox.page.getByText('do you open on Sunday?').first().click();
    await chat.getByText('Read', { exact: true }).first().waitFor({ timeout: 20_000 });
    await inbox.context.close();
    await context.close();
  });
});
