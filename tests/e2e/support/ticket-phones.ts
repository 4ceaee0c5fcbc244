/** Phones of people who wait: the hosted page of a ticket in front of a real branch. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import { createContext, type ContextChoices } from '../../support/browser.js';
import { openBranch, type Branch, type BranchOptions, type Issued } from '../../support/phones.js';
import { dataOf } from '../../support/server.js';
import { startStage, type Stage } from './stage.js';

export interface WaitingRoom {
  readonly stage: Stage;
  readonly branch: Branch;
  /** Moves the server's clock on. */
  skip(ms: number): Promise<void>;
  /** Calls whoever is next, who must be this ticket. */
  call(ticket: Pick<Issued, 'label'>): Promise<void>;
  serve(
    name: 'ticket:recall' | 'ticket:start' | 'ticket:complete' | 'ticket:mark-no-show',
    ticket: Issued,
  ): Promise<void>;
  read(ticket: Issued): Promise<HolderState>;
  close(): Promise<void>;
}

export async function openWaitingRoom(options: BranchOptions = {}): Promise<WaitingRoom> {
  let aheadMs = 0;
  const stage = await startStage({ clock: { now: () => Date.now() + aheadMs } });
  // Staff are on the network of the house; only phones are behind the proxy.
  const url = `http://localhost:${stage.app.server.core.config.port}`;
  const branch = await openBranch({ ...stage.app, url }, options);
  const { id: counterId } = branch.counter;
  return {
    stage,
    branch,
    async skip(ms) {
      aheadMs += ms;
      await stage.app.server.queue.clock.tick();
    },
    async call({ label }) {
      const { current } = await branch.callNext();
      if (current?.ticket.label !== label) throw new Error(`${current?.ticket.label} was called, not ${label}`);
    },
    async serve(name, { id: ticketId }) {
      const input = { counterId, ticketId, ...(name === 'ticket:complete' && { outcome: null }) };
      dataOf(await branch.staff<CounterView>(name, input));
    },
    read: async ({ token }) => dataOf(await branch.ask<HolderState>(token, 'ticket:read')),
    close: () => stage.close(),
  };
}

export interface Phone {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** A phone; `prepare` runs before the address is typed. */
export async function openPhone(
  { stage }: WaitingRoom,
  path: string,
  choices: ContextChoices = {},
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Phone> {
  const context = await createContext({ viewport: 'mobile', ...choices });
  const page = await context.newPage();
  await prepare(page);
  await page.goto(stage.url + path);
  return { context, page };
}

export async function openTicket(
  room: WaitingRoom,
  { token }: Pick<Issued, 'token'>,
  choices: ContextChoices = {},
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Phone> {
  const phone = await openPhone(room, `/t#${token}`, choices, prepare);
  await phone.page.locator('frontdesk-ticket-view .card, frontdesk-ticket .gone').first().waitFor();
  return phone;
}

const inView = (selector: string) => (page: Page) => page.locator(`frontdesk-ticket-view ${selector}`);

export const labelOf = inView('.number .label');
export const placeOf = inView('.place__line');
export const callOf = inView('dialog[open]');
export const outcomeOf = inView('.outcome');
export const staleOf = inView('.stale');
export const noticeOf = inView('.business');
export const goneOf = (page: Page): Locator => page.locator('frontdesk-ticket .gone');
export const buttonOf = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
