/** Phones of people who wait: the hosted page of a ticket in front of a real branch. */
import type { BrowserContext, Page } from 'playwright-core';
import { createContext, type ContextChoices } from '../../support/browser.js';
import { openBranch, type Branch, type BranchOptions } from '../../support/phones.js';
import { startStage, type Stage } from './stage.js';

export interface WaitingRoom {
  readonly stage: Stage;
  readonly branch: Branch;
  close(): Promise<void>;
}

export async function openWaitingRoom(options: BranchOptions = {}): Promise<WaitingRoom> {
  const stage = await startStage();
  const branch = await openBranch(stage.app, options);
  return { stage, branch, close: () => stage.close() };
}

export interface Phone {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** A phone with the ticket's page open; `prepare` runs before the address is typed. */
export async function openTicket(
  { stage }: WaitingRoom,
  token: string,
  choices: ContextChoices = {},
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Phone> {
  const context = await createContext({ viewport: 'mobile', ...choices });
  const page = await context.newPage();
  await prepare(page);
  await page.goto(`${stage.url}/t#${token}`);
  return { context, page };
}

export const labelOf = (page: Page) => page.locator('frontdesk-ticket-view .label');
export const placeOf = (page: Page) => page.locator('frontdesk-ticket-view .place__line');
export const waitOf = (page: Page) => page.locator('frontdesk-ticket-view .place__wait');
export const buttonOf = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
