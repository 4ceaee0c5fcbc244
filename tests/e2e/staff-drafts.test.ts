/** IN-6, IN-12: what staff wrote is never lost, never sent by somebody else, and a note never becomes a reply. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { StaffEntryDto } from '@frontdesk/protocol/chat';
import type { ConversationId } from '@frontdesk/protocol/ids';
import { closeBrowser } from '../support/browser.js';
import { callHttp, dataOf } from '../support/server.js';
import { createRandom } from '../reliability/random.js';
import { openInbox, signInOnPage, startStage, until, type Stage } from './support/stage.js';

describe('staff drafts', function staffDrafts() {
  this.timeout(60_000);
  let stage: Stage;

  beforeEach(async () => {
    stage = await startStage();
  });
  afterEach(async () => {
    await stage.close();
  });
  after(closeBrowser);

  const fieldOf = (page: Page) => page.locator('frontdesk-inbox-composer textarea');
  const direct = (): string => `http://127.0.0.1:${stage.app.server.core.config.port}`;

  async function openThread(page: Page, conversationId: ConversationId): Promise<void> {
    await page.locator(`#row-${conversationId}`).click();
    await fieldOf(page).waitFor();
  }

  async function write(page: Page, text: string): Promise<void> {
    await fieldOf(page).fill(text);
    await fieldOf(page).press('Enter');
  }

  async function readLog(conversationId: ConversationId): Promise<StaffEntryDto[]> {
    const { entries } = dataOf(
      await callHttp<{ entries: StaffEntryDto[] }>(
        direct(),
        'conversation:sync',
        { conversationId, epoch: null, after: 0 },
        { audience: 'staff', token: stage.tenant.members.owner.accessToken },
      ),
    );
    return entries;
  }

  const writeAsVisitor = (body: string) =>
    callHttp(
      direct(),
      'message:send',
      { conversationId: stage.tenant.conversation.id, body },
      {
        audience: 'visitor',
        token: stage.tenant.visitor.token,
        site: stage.tenant.site.publicKey,
        origin: stage.tenant.site.origin,
      },
    );

  it('IN-6 a reply that was held back after its writer went on is marked in the list, and waits in its thread', async () => {
    const { conversation, otherVisitor } = stage.tenant;
    const { context, page } = await openInbox(stage, stage.tenant.members.agent);
    await openThread(page, conversation.id);
    await page.locator('frontdesk-inbox-entry').first().waitFor();
    stage.proxy.setFaults({ drop: ['down'] });
    await writeAsVisitor('Wait, one more thing!');
    await write(page, 'All done then.');
    await page.locator(`#row-${otherVisitor.conversation.id}`).click();
    stage.proxy.clearFaults();
    stage.proxy.resetAll();
    await page.locator(`#row-${conversation.id}`).getByText('Not sent').waitFor({ timeout: 20_000 });
    await page.locator(`#row-${conversation.id}`).click();
    const banner = page.getByRole('alertdialog');
    await banner.waitFor();
    // Whoever is still typing must not run shortcuts with the rest of the word.
    await page.keyboard.type('e');
    await banner.getByRole('button', { name: 'Keep editing' }).click();
    expect(await fieldOf(page).inputValue()).to.equal('All done then.');
    const log = await readLog(conversation.id);
    expect(log.map(({ body }) => body)).to.not.include('All done then.');
    expect(log.some(({ event }) => event?.type === 'status')).to.equal(false);
    await context.close();
  });

  it('IN-12 what was on its way when the session ended is a draft again for its writer, and nothing to anybody else', async () => {
    const { conversation, members } = stage.tenant;
    const { context, page } = await openInbox(stage, members.agent);
    await openThread(page, conversation.id);
    await page.locator('frontdesk-inbox-entry').first().waitFor();
    // The server answers everything but what is written, so texts wait while the page is signed in.
    stage.proxy.setFaults({ refuse: true });
    stage.proxy.resetAll();
    await write(page, 'The first reply');
    await write(page, 'The second reply');
    await page.getByRole('radio', { name: 'Private note' }).click();
    await write(page, 'Only for us');
    await page.getByRole('radio', { name: 'Reply' }).click();
    await fieldOf(page).fill('not sent yet');
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.locator('frontdesk-staff-access').waitFor();
    stage.proxy.clearFaults();

    await signInOnPage(page, members.admin.email);
    await openThread(page, conversation.id);
    // Before the log is there, every reply would be held back as one to a thread that moved.
    await page.locator('frontdesk-inbox-entry').first().waitFor();
    expect(await fieldOf(page).inputValue()).to.equal('');
    await write(page, 'Admin here');
    await until(
      () => readLog(conversation.id),
      (log) => log.some(({ body }) => body === 'Admin here'),
    );
    // Longer than any pause between the tries of a text that waits.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const bodies = (await readLog(conversation.id)).map(({ body }) => body);
    for (const body of ['The first reply', 'The second reply', 'Only for us']) expect(bodies).to.not.include(body);
    await context.close();
  });

  it('IN-12 whatever is pressed in whatever order on a bad line, no note becomes a reply and nothing is sent twice', async () => {
    const { conversation, otherVisitor, members } = stage.tenant;
    const ids = [conversation.id, otherVisitor.conversation.id];
    const { context, page } = await openInbox(stage, members.agent);
    await openThread(page, conversation.id);
    const random = createRandom(20);
    let written = 0;
    const modes = ['Private note', 'Reply'].map((name) => () => page.getByRole('radio', { name }).click());
    const actions: readonly (() => Promise<unknown>)[] = [
      ...modes,
      () => openThread(page, random.pick(ids)),
      async () => stage.proxy.setFaults({ latencyMs: 150 }),
      async () => stage.proxy.resetAll(),
      async () => stage.proxy.clearFaults(),
      () => writeAsVisitor('a customer writes in between'),
      () => page.keyboard.press('Enter'),
    ];
    async function act(): Promise<void> {
      if (!(await fieldOf(page).isVisible())) {
        await page.getByRole('button', { name: random.pick(['Send anyway', 'Keep editing']) }).click();
      } else if (random.chance(0.5)) {
        if (random.chance(0.5)) await random.pick(modes)();
        await fieldOf(page).focus();
        const mode = await fieldOf(page).getAttribute('aria-label');
        written += 1;
        await page.keyboard.insertText(`${mode === 'Private note' ? 'NOTE' : 'REPLY'}-${written}. `);
        if (random.chance(0.7)) await page.keyboard.press('Enter');
        if (random.chance(0.3)) await page.keyboard.press('Enter');
      } else {
        await random.pick(actions)();
      }
    }
    // The warning may come between looking and pressing; then that press finds nothing, as a person's would.
    page.setDefaultTimeout(500);
    for (let step = 0; step < 80; step += 1) {
      await act().catch((error: Error) => {
        if (error.name !== 'TimeoutError') throw error;
      });
    }
    stage.proxy.clearFaults();
    page.setDefaultTimeout(10_000);
    const banner = page.getByRole('alertdialog');
    for (const id of ids) {
      await page.locator(`#row-${id}`).click();
      // Open and quiet: nothing on its way, nothing held back.
      await until(
        async () => {
          if (await banner.isVisible()) await banner.getByRole('button', { name: 'Send anyway' }).click();
          const waiting = await page.locator('frontdesk-inbox-entry .root--pending').count();
          return waiting === 0 && (await fieldOf(page).isVisible());
        },
        (isQuiet) => isQuiet,
      );
    }
    const seen = new Map<string, number>();
    for (const entry of (await Promise.all(ids.map(readLog))).flat()) {
      for (const [, kind, number] of entry.body.matchAll(/(NOTE|REPLY)-(\d+)\./g)) {
        expect(entry.kind, entry.body).to.equal(kind === 'NOTE' ? 'note' : 'message');
        seen.set(number!, (seen.get(number!) ?? 0) + 1);
      }
    }
    expect([...seen].filter(([, times]) => times > 1)).to.deep.equal([]);
    expect(seen.size).to.be.greaterThan(10);
    await context.close();
  });

  it('IN-12 texts on their way come back to their writer in order, notes as notes', async () => {
    const { conversation, members } = stage.tenant;
    const { context, page } = await openInbox(stage, members.agent);
    await openThread(page, conversation.id);
    await page.locator('frontdesk-inbox-entry').first().waitFor();
    stage.proxy.setFaults({ refuse: true });
    stage.proxy.resetAll();
    await write(page, 'The first reply');
    await write(page, 'The second reply');
    await page.getByRole('radio', { name: 'Private note' }).click();
    await write(page, 'Only for us');
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.locator('frontdesk-staff-access').waitFor();
    stage.proxy.clearFaults();
    await signInOnPage(page, members.agent.email);
    await fieldOf(page).waitFor();
    await page.getByRole('radio', { name: 'Private note' }).click();
    expect(await fieldOf(page).inputValue()).to.equal('Only for us');
    await page.getByRole('radio', { name: 'Reply' }).click();
    expect(await fieldOf(page).inputValue()).to.equal('The first reply\nThe second reply');
    await context.close();
  });
});
