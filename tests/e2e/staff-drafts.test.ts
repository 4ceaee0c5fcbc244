/** IN-6, IN-12: what staff wrote is never lost, never sent by somebody else, and a note never becomes a reply. */
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { StaffEntryDto } from '@frontdesk/protocol/chat';
import type { ConversationId } from '@frontdesk/protocol/ids';
import { closeBrowser } from '../support/browser.js';
import { callHttp, dataOf } from '../support/server.js';
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
