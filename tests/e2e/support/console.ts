/** The console of a counter in real browsers: signed in through its own form, at a counter of its own. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { QueuePolicy } from '@frontdesk/protocol/queue-setup';
import type { CounterId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { createContext, type ContextChoices } from '../../support/browser.js';
import { callHttp } from '../../support/server.js';
import { signInOnPage, type Stage } from './stage.js';
import { ask } from './waiting-room.js';

export interface Console {
  readonly context: BrowserContext;
  readonly page: Page;
}

export interface DeskInput {
  readonly serviceId?: ServiceId;
  readonly name?: string;
  readonly note?: string;
  readonly classKey?: string;
}

export const tokenOf = (stage: Stage, role: Role = 'owner'): string => stage.tenant.members[role].accessToken;

export const askOwner = (stage: Stage, name: string, input: unknown): Promise<unknown> =>
  ask(stage, tokenOf(stage), name, input);

/** The page of the console, signed in; with one branch it goes on to the choice of counters by itself. */
export async function openDesk(stage: Stage, role: Role = 'agent', choices: ContextChoices = {}): Promise<Console> {
  const context = await createContext(choices);
  const page = await context.newPage();
  await page.goto(`${stage.url}/desk/counter`);
  await signInOnPage(page, stage.tenant.members[role].email);
  await page.locator('frontdesk-counter-desk').waitFor();
  return { context, page };
}

/** A console that is open at the counter with this label. */
export async function openConsole(
  stage: Stage,
  role: Role = 'agent',
  { label = 'Counter 1', ...choices }: ContextChoices & { readonly label?: string } = {},
): Promise<Console> {
  const desk = await openDesk(stage, role, choices);
  await seatOf(desk.page, label).click();
  await buttonOf(desk.page, 'Call next').waitFor();
  return desk;
}

export const seatOf = (page: Page, label: string): Locator =>
  page.locator('frontdesk-counter-picker .seat', { hasText: label });

/** A button of the ticket at the counter, by its words. */
export const buttonOf = (page: Page, words: string): Locator =>
  page.locator('frontdesk-counter-ticket button', { has: page.getByText(words, { exact: true }) });

export const labelOf = (page: Page): Locator => page.locator('frontdesk-counter-ticket .label');
export const phaseOf = (page: Page): Locator => page.locator('frontdesk-counter-ticket .phase');
export const headlineOf = (page: Page): Locator => page.locator('frontdesk-counter-ticket .headline');
export const rowOf = (page: Page, label: string): Locator =>
  page.locator('frontdesk-counter-lists .row', { hasText: label });
export const tabOf = (page: Page, words: string): Locator =>
  page.locator('frontdesk-counter-lists [role=tab]', { hasText: words });
export const sheetOf = (page: Page): Locator => page.locator('frontdesk-counter-sheet dialog');

/** A press so soon after the console changed is taken for the second half of a double one; a person is slower. */
export async function press(page: Page, words: string): Promise<void> {
  await page.waitForTimeout(550);
  await buttonOf(page, words).click();
}

export async function pressKey(page: Page, key: string): Promise<void> {
  await page.waitForTimeout(550);
  await page.keyboard.press(key);
}

const deskTicket = ({ tenant }: Stage, { serviceId, name, note, classKey }: DeskInput = {}) => ({
  locationId: tenant.locationId,
  serviceId: serviceId ?? tenant.serviceId,
  language: 'en',
  classKey: classKey ?? null,
  name: name ?? null,
  phone: null,
  note: note ?? '',
  overridesLimits: true,
  bookedFor: null,
});

/** Labels of new tickets in the order of their making. */
export async function issue(stage: Stage, ...inputs: readonly DeskInput[]): Promise<string[]> {
  const labels: string[] = [];
  for (const input of inputs) {
    const answer = await ask<{ ticket: { label: string } }>(
      stage,
      tokenOf(stage),
      'ticket:issue-at-desk',
      deskTicket(stage, input),
    );
    labels.push(answer.ticket.label);
  }
  return labels;
}

/** Asks for a ticket within the limits, as anybody would get it: why the service is closed, or undefined when there is a ticket. */
export async function tryToIssue(stage: Stage): Promise<unknown> {
  const input = { ...deskTicket(stage), overridesLimits: false };
  const { result } = await callHttp(stage.url, 'ticket:issue-at-desk', input, {
    audience: 'staff',
    token: tokenOf(stage),
  });
  return result.ok ? undefined : result.error.current;
}

export function readView(stage: Stage, counterId: CounterId = stage.tenant.counterId): Promise<CounterView> {
  return ask<CounterView>(stage, tokenOf(stage), 'counter:read', { counterId });
}

/** A move of a colleague elsewhere. */
export function moveAs(
  stage: Stage,
  role: Role,
  name: string,
  input: { readonly counterId: CounterId; readonly ticketId?: TicketId } & Record<string, unknown>,
): Promise<CounterView> {
  return ask<CounterView>(stage, tokenOf(stage, role), name, input);
}

/** Changes a rule of the branch as its owner would. */
export async function changePolicy(stage: Stage, change: (policy: QueuePolicy) => Partial<QueuePolicy>): Promise<void> {
  const { locationId } = stage.tenant;
  const { policy } = await ask<{ policy: QueuePolicy }>(stage, tokenOf(stage), 'queue:read-setup', { locationId });
  await ask(stage, tokenOf(stage), 'queue:update-policy', { locationId, policy: { ...policy, ...change(policy) } });
}
