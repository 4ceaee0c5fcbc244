/**
 * IN-4 … IN-9, IN-12, IN-28: two colleagues, one visitor, real browsers. Longer than 400 lines because all of them share
 * one stage, which is what takes the time.
 */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { StaffConversationDto, StaffEntryDto } from '@frontdesk/protocol/chat';
import { closeBrowser } from '../support/browser.js';
import { callHttp, dataOf, type CallOptions } from '../support/server.js';
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

const ARRIVAL_P95_MS = 300;
const PRESENCE_MS = 1_000;

describe('staff inbox', function staffInbox() {
  this.timeout(60_000);
  let stage: Stage;

  beforeEach(async () => {
    stage = await startStage();
  });
  afterEach(async () => {
    await stage.close();
  });
  after(closeBrowser);

  const asOwner = (): CallOptions => ({ audience: 'staff', token: stage.tenant.members.owner.accessToken });

  function entryTexts(page: Page): Promise<string[]> {
    return page
      .locator('frontdesk-inbox-entry article')
      .evaluateAll((nodes) => nodes.map((node) => node.textContent?.replace(/\s+/g, ' ').trim() ?? ''));
  }

  async function openThread(page: Page, preview: string): Promise<void> {
    await page.locator('frontdesk-inbox-row', { hasText: preview }).first().click();
    await page.locator('frontdesk-inbox-composer textarea').waitFor();
  }

  async function reply(page: Page, text: string): Promise<void> {
    const field = page.locator('frontdesk-inbox-composer textarea');
    await field.fill(text);
    await field.press('Enter');
  }

  async function findConversation(body: string): Promise<StaffConversationDto> {
    const { conversations } = dataOf(
      await callHttp<{ conversations: StaffConversationDto[] }>(
        stage.app.url,
        'conversation:list',
        { view: 'all-open' },
        asOwner(),
      ),
    );
    return conversations.find((conversation) => conversation.lastMessage?.preview.includes(body))!;
  }

  async function readLog(conversationId: string): Promise<StaffEntryDto[]> {
    const entries: StaffEntryDto[] = [];
    for (let more = true; more;) {
      const input = { conversationId, epoch: null, after: entries.at(-1)?.seq ?? 0 };
      const page = dataOf(
        await callHttp<{ entries: StaffEntryDto[]; more: boolean }>(
          stage.app.url,
          'conversation:sync',
          input,
          asOwner(),
        ),
      );
      entries.push(...page.entries);
      more = page.more;
    }
    return entries;
  }

  /** Notes, inside the page, when a text stands in the thread and in the list, so that no driver's round trip counts. */
  async function watchArrivals(page: Page): Promise<void> {
    await page.evaluate(() => {
      const find = (root: ParentNode, tag: string): Element | null => {
        for (const node of root.querySelectorAll('*')) {
          if (node.localName === tag) return node;
          const inner = node.shadowRoot && find(node.shadowRoot, tag);
          if (inner) return inner;
        }
        return null;
      };
      const places = ['frontdesk-inbox-entry', 'frontdesk-inbox-row'].map(
        (tag) => [tag, find(document, tag)!.getRootNode() as ShadowRoot] as const,
      );
      const arrivals: Record<string, number> = {};
      Object.assign(window, { arrivals });
      setInterval(() => {
        const [entry, row] = places.map(([tag, root]) =>
          [...root.querySelectorAll(tag)].map((element) => element.shadowRoot?.textContent ?? '').join(' '),
        );
        for (const [text] of entry!.matchAll(/ping \d+\./g)) if (row!.includes(text)) arrivals[text] ??= Date.now();
      }, 5);
    });
  }

  it('IN-4 a new message is in list and thread within 300 ms (p95)', async () => {
    const visitor = await openShop(stage);
    await openChat(visitor.page);
    await say(visitor.page, 'ping 0');
    const inbox = await openInbox(stage, stage.tenant.members.agent);
    await openThread(inbox.page, 'ping 0');
    await watchArrivals(inbox.page);
    const delays: number[] = [];
    for (let i = 1; i <= 20; i += 1) {
      const body = `ping ${i}.`;
      await composerOf(visitor.page).fill(body);
      const sentAt = await composerOf(visitor.page).evaluate((field) => {
        const at = Date.now();
        field.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }),
        );
        return at;
      });
      const seenAt = await until(
        () =>
          inbox.page.evaluate(
            (text) => (window as unknown as { arrivals: Record<string, number> }).arrivals[text] ?? 0,
            body,
          ),
        (at) => at > 0,
      );
      delays.push(seenAt - sentAt);
    }
    delays.sort((a, b) => a - b);
    expect(delays[Math.floor(delays.length * 0.95) - 1], delays.join()).to.be.at.most(ARRIVAL_P95_MS);
    await inbox.context.close();
    await visitor.context.close();
  });

  it('IN-5 a laptop that slept through 300 changes is right within 3 s of waking, without a reload', async () => {
    const visitor = await openShop(stage);
    await openChat(visitor.page);
    await say(visitor.page, 'before the nap');
    const inbox = await openInbox(stage, stage.tenant.members.agent);
    await openThread(inbox.page, 'before the nap');
    const conversation = await findConversation('before the nap');
    stage.proxy.setFaults({ refuse: true });
    stage.proxy.resetAll();
    // The changes happen past the proxy, on the server's own port.
    const direct = `http://127.0.0.1:${stage.app.server.core.config.port}`;
    for (let i = 0; i < 100; i += 1) {
      await Promise.all([
        callHttp(direct, 'note:add', { conversationId: conversation.id, body: `note ${i}` }, asOwner()),
        callHttp(
          direct,
          'message:send',
          { conversationId: conversation.id, body: `reply ${i}`, seenSeq: 0, force: true },
          asOwner(),
        ),
        callHttp(
          direct,
          'message:send',
          { conversationId: stage.tenant.conversation.id, body: `elsewhere ${i}`, seenSeq: 0, force: true },
          asOwner(),
        ),
      ]);
    }
    stage.proxy.clearFaults();
    const wokenAt = Date.now();
    await inbox.page.evaluate(() => {
      window.dispatchEvent(new Event('online'));
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await inbox.page.locator('frontdesk-inbox-entry', { hasText: 'reply 99' }).waitFor({ timeout: 5_000 });
    await inbox.page.locator('frontdesk-inbox-row', { hasText: 'elsewhere 99' }).waitFor({ timeout: 5_000 });
    expect(Date.now() - wokenAt).to.be.lessThan(3_000);
    const dump = (await readLog(conversation.id)).filter((entry) => entry.kind !== 'event').map((entry) => entry.body);
    const shown = await until(
      () => entryTexts(inbox.page),
      (texts) => texts.length > 0 && texts.at(-1)!.includes(dump.at(-1)!),
    );
    const tail = dump.slice(-shown.length);
    shown.forEach((text, i) => expect(text).to.include(tail[i]));
    await inbox.context.close();
    await visitor.context.close();
  });

  it('IN-6 a reply to a thread that moved warns, shows what is new, and needs a second press', async () => {
    const inbox = await openInbox(stage, stage.tenant.members.agent);
    await openThread(inbox.page, 'Hello from clinic');
    // The link goes deaf, so the agent answers without having seen the newest message.
    stage.proxy.setFaults({ drop: ['down'] });
    const direct = `http://127.0.0.1:${stage.app.server.core.config.port}`;
    await callHttp(
      direct,
      'message:send',
      { conversationId: stage.tenant.conversation.id, body: 'Wait, one more thing!' },
      {
        audience: 'visitor',
        token: stage.tenant.visitor.token,
        site: stage.tenant.site.publicKey,
        origin: stage.tenant.site.origin,
      },
    );
    await reply(inbox.page, 'All done then.');
    stage.proxy.setFaults({ refuse: true });
    stage.proxy.resetAll();
    stage.proxy.clearFaults();
    const warning = inbox.page.getByRole('alertdialog');
    const isMoved = await warning.waitFor({ timeout: 15_000 }).then(
      () => true,
      () => false,
    );
    expect(isMoved, 'the warning').to.equal(true);
    expect(await warning.textContent()).to.include('Wait, one more thing!');
    expect((await readLog(stage.tenant.conversation.id)).some((entry) => entry.body === 'All done then.')).to.equal(
      false,
    );
    await warning.getByRole('button', { name: 'Send anyway' }).click();
    await until(
      () => readLog(stage.tenant.conversation.id),
      (entries) => entries.filter((entry) => entry.body === 'All done then.').length === 1,
    );
    await inbox.context.close();
  });

  it('IN-7 viewers and typing are shown within 1 s, and vanish when the other is gone', async () => {
    const first = await openInbox(stage, stage.tenant.members.agent);
    const second = await openInbox(stage, stage.tenant.members.admin);
    await openThread(first.page, 'Hello from clinic');
    await openThread(second.page, 'Hello from clinic');
    const openedAt = Date.now();
    await first.page.getByText('admin clinic is viewing').waitFor({ timeout: PRESENCE_MS * 3 });
    expect(Date.now() - openedAt).to.be.lessThan(PRESENCE_MS * 3);
    await second.page.getByRole('radio', { name: 'Private note' }).click();
    await second.page.locator('frontdesk-inbox-composer textarea').pressSequentially('thinking');
    await first.page.getByText('admin clinic is writing a note…').waitFor({ timeout: PRESENCE_MS * 2 });
    await second.context.close();
    await first.page.getByText('admin clinic is writing a note…').waitFor({ state: 'detached', timeout: 7_000 });
    await first.page.getByText('admin clinic is viewing').waitFor({ state: 'detached', timeout: 46_000 });
    await first.context.close();
  });

  it('IN-8 IN-9 of two who resolve and take at once one wins, the other sees what is; both changes are logged with their actor', async () => {
    const conversationId = stage.tenant.conversation.id;
    const { conversation } = dataOf(
      await callHttp<{ conversation: StaffConversationDto }>(
        stage.app.url,
        'conversation:read',
        { conversationId },
        asOwner(),
      ),
    );
    const asAgent: CallOptions = { audience: 'staff', token: stage.tenant.members.agent.accessToken };
    const input = (set: object) => ({ conversationId, ifRev: conversation.rev, set });
    const answers = await Promise.all([
      callHttp<{ conversation: StaffConversationDto }>(
        stage.app.url,
        'conversation:update',
        input({ status: 'resolved' }),
        asOwner(),
      ),
      callHttp<{ conversation: StaffConversationDto }>(
        stage.app.url,
        'conversation:update',
        input({ assigneeId: stage.tenant.members.agent.membershipId }),
        asAgent,
      ),
    ]);
    const winners = answers.filter((answer) => answer.result.ok);
    const [loser] = answers.filter((answer) => !answer.result.ok);
    expect(winners).to.have.length(1);
    expect(loser!.status).to.equal(409);
    const winner = dataOf(winners[0]!).conversation;
    expect(loser!.result)
      .to.have.nested.property('error.current')
      .that.deep.includes({ rev: winner.rev, status: winner.status, assigneeId: winner.assigneeId });
    const set = {
      status: 'open',
      priority: 'urgent',
      labels: ['x-ray'],
      teamId: stage.tenant.teamId,
      assigneeId: stage.tenant.members.admin.membershipId,
    };
    dataOf(await callHttp(stage.app.url, 'conversation:update', { conversationId, ifRev: winner.rev, set }, asOwner()));
    const events = (await readLog(conversationId)).filter(
      (entry) => entry.kind === 'event' && entry.event?.type !== 'started',
    );
    for (const type of ['priority', 'labels', 'team', 'assignee'] as const) {
      const event = events.find((entry) => entry.event?.type === type);
      expect(event, type).to.not.equal(undefined);
      expect(event!.author).to.deep.include({ kind: 'staff', name: 'Olivia clinic' });
    }
  });

  it('IN-8 in the inbox the loser is told who won', async () => {
    const first = await openInbox(stage, stage.tenant.members.agent);
    await openThread(first.page, 'Hello from clinic');
    stage.proxy.setFaults({ drop: ['down'] });
    const conversationId = stage.tenant.conversation.id;
    const direct = `http://127.0.0.1:${stage.app.server.core.config.port}`;
    const { conversation } = dataOf(
      await callHttp<{ conversation: StaffConversationDto }>(
        direct,
        'conversation:read',
        { conversationId },
        asOwner(),
      ),
    );
    dataOf(
      await callHttp(
        direct,
        'conversation:update',
        { conversationId, ifRev: conversation.rev, set: { status: 'resolved' } },
        asOwner(),
      ),
    );
    await first.page.locator('frontdesk-inbox-thread-header').getByRole('button', { name: 'Resolve' }).click();
    stage.proxy.resetAll();
    stage.proxy.clearFaults();
    await first.page
      .locator('frontdesk-inbox-thread-header')
      .getByRole('button', { name: 'Reopen' })
      .waitFor({ timeout: 15_000 });
    const events = (await readLog(conversationId)).filter((entry) => entry.event?.type === 'status');
    expect(events).to.have.length(1);
    await first.context.close();
  });

  it('IN-12 a private note looks different, keeps its mode per thread, and never reaches the visitor', async () => {
    const visitor = await openShop(stage);
    const frames: string[] = [];
    visitor.page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => frames.push(payload.toString())),
    );
    visitor.page.on('response', async (response) => {
      if (response.url().includes('/v1/')) frames.push(await response.text().catch(() => ''));
    });
    await openChat(visitor.page);
    await say(visitor.page, 'my results?');
    const inbox = await openInbox(stage, stage.tenant.members.agent);
    await openThread(inbox.page, 'my results?');
    const composer = inbox.page.locator('frontdesk-inbox-composer');
    const colourOf = () => composer.locator('.box').evaluate((box) => getComputedStyle(box).backgroundColor);
    const replyColour = await colourOf();
    await inbox.page.getByRole('radio', { name: 'Private note' }).click();
    await until(colourOf, (colour) => colour !== replyColour);
    await composer.getByText('Only your team sees this').first().waitFor();
    await inbox.page.locator('frontdesk-inbox-row', { hasText: 'Hello from clinic' }).first().click();
    await until(
      () => inbox.page.getByRole('radio', { name: 'Reply' }).getAttribute('aria-checked'),
      (checked) => checked === 'true',
    );
    await openThread(inbox.page, 'my results?');
    expect(await inbox.page.getByRole('radio', { name: 'Private note' }).getAttribute('aria-checked')).to.equal('true');
    await reply(inbox.page, 'SECRET-NOTE the patient is a friend of mine');
    await inbox.page.locator('frontdesk-inbox-entry', { hasText: 'SECRET-NOTE' }).waitFor();
    await inbox.page.getByRole('radio', { name: 'Reply' }).click();
    await reply(inbox.page, 'They will be ready tomorrow.');
    await until(
      () => readThread(visitor.page),
      (thread) => thread.some((message) => message.body === 'They will be ready tomorrow.'),
    );
    await visitor.page.reload();
    await launcherOf(visitor.page).waitFor();
    if (!(await composerOf(visitor.page).isVisible())) await openChat(visitor.page);
    await until(
      () => readThread(visitor.page),
      (thread) => thread.length === 2,
    );
    expect(frames.join('\n')).not.to.include('SECRET-NOTE');
    expect(frames.length).to.be.greaterThan(0);
    await inbox.context.close();
    await visitor.context.close();
  });

  it('IN-28 the whole triage works from the keyboard', async () => {
    const inbox = await openInbox(stage, stage.tenant.members.agent);
    const { page } = inbox;
    await page.locator('frontdesk-inbox-row').first().waitFor();
    await page.keyboard.press('j');
    await page.locator('frontdesk-inbox-composer textarea').waitFor();
    await page.keyboard.press('a');
    await page.getByText('agent clinic took this').first().waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('From the keyboard: j, k and e type letters here');
    await page.keyboard.press('Enter');
    await page
      .locator('frontdesk-inbox-entry', { hasText: 'From the keyboard: j, k and e type letters here' })
      .waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('e');
    await page.getByText('agent clinic resolved this').first().waitFor();
    await inbox.context.close();
  });
});
