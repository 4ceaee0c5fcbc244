/** A branch with counters whose members call, and screens in its waiting room that were paired as an owner would pair them. */
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Board } from '@frontdesk/protocol/queue-device';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { DeviceDto, DisplaySettings } from '@frontdesk/protocol/devices';
import type { CounterId, DeviceId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import { createContext, type ContextChoices } from '../../support/browser.js';
import { callHttp, dataOf } from '../../support/server.js';
import { PASSWORD, signIn } from '../../support/workspace.js';
import type { Stage } from './stage.js';

export interface CounterFixture {
  readonly id: CounterId;
  readonly label: string;
  readonly token: string;
}

export interface Screen {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly deviceId: DeviceId;
}

export async function ask<T = never>(stage: Stage, token: string, name: string, input: unknown): Promise<T> {
  return dataOf(await callHttp<T>(directUrl(stage), name, input, { audience: 'staff', token }));
}

const ownerOf = (stage: Stage): string => stage.tenant.members.owner.accessToken;

/** The server itself, past the proxy: a counter goes on while the waiting room is cut off. */
const directUrl = ({ app }: Stage): string => `http://localhost:${(app.server.http.address() as AddressInfo).port}`;

/** Takes the network from a screen; the returned function gives it back. */
export async function cutOff(stage: Stage, { context }: Screen): Promise<() => Promise<void>> {
  await context.setOffline(true);
  stage.proxy.setFaults({ refuse: true });
  stage.proxy.resetAll();
  return async () => {
    stage.proxy.clearFaults();
    await context.setOffline(false);
  };
}

let members = 0;

/** Counters that are open, each with a member of its own. */
export async function openCounters(stage: Stage, count: number, serviceId?: ServiceId): Promise<CounterFixture[]> {
  const context = { tenantId: stage.tenant.tenantId };
  const { server } = stage.app;
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      members += 1;
      const email = `caller-${members}@clinic.test`;
      const name = `Caller ${members}`;
      const user = await server.auth.provision.createUser({ email, name, password: PASSWORD });
      await server.tenancy.provision.addMember(context, { userId: user.id, role: 'agent', name, email });
      const label = `Counter ${index + 2}`;
      const counter = await server.queue.provision.addCounter(context, stage.tenant.locationId, {
        label,
        serviceIds: [serviceId ?? stage.tenant.serviceId],
      });
      const { session } = await signIn(directUrl(stage), email);
      await ask(stage, session.accessToken, 'counter:open', { counterId: counter.id });
      return { id: counter.id, label, token: session.accessToken };
    }),
  );
}

/** Tickets that wait; answers their labels. */
export async function issueTickets(
  stage: Stage,
  count: number,
  serviceId: ServiceId = stage.tenant.serviceId,
): Promise<string[]> {
  const labels: string[] = [];
  for (let issued = 0; issued < count; issued += 1) {
    const { ticket } = await ask<{ ticket: { label: string } }>(stage, ownerOf(stage), 'ticket:issue-at-desk', {
      locationId: stage.tenant.locationId,
      serviceId,
      language: 'en',
      classKey: null,
      name: null,
      phone: null,
      note: '',
      overridesLimits: true,
      bookedFor: null,
    });
    labels.push(ticket.label);
  }
  return labels;
}

export async function callNext(
  stage: Stage,
  counter: CounterFixture,
): Promise<{ readonly label: string; readonly ticketId: TicketId; readonly calledAt: string }> {
  const view = await ask<CounterView>(stage, counter.token, 'ticket:call-next', { counterId: counter.id });
  if (!view.current) throw new Error('Nobody was called.');
  const { label, id, calledAt } = view.current.ticket;
  return { label, ticketId: id, calledAt: calledAt ?? view.serverTime };
}

/** Starts and completes what is at the counter. */
export async function finish(stage: Stage, counter: CounterFixture, ticketId: TicketId): Promise<void> {
  const on = { counterId: counter.id, ticketId };
  await ask(stage, counter.token, 'ticket:start', on);
  await ask(stage, counter.token, 'ticket:complete', { ...on, outcome: null });
}

/** Opens `/display` and hands the digits that it shows to whoever types them in. */
export async function openDisplay<Device>(
  url: string,
  choices: ContextChoices,
  pair: (code: string) => Promise<Device>,
): Promise<Omit<Screen, 'deviceId'> & { readonly device: Device }> {
  const context = await createContext(choices);
  const page = await context.newPage();
  await page.goto(`${url}/display`);
  const code = page.locator('frontdesk-device-pairing .code:not(.code--unknown)');
  await code.waitFor();
  const device = await pair((await code.innerText()).replace(/\D/g, ''));
  await boardOf(page).waitFor();
  return { context, page, device };
}

export async function openScreen(stage: Stage, choices: ContextChoices = {}): Promise<Screen> {
  const { locationId } = stage.tenant;
  const { device, ...screen } = await openDisplay(stage.url, choices, (code) =>
    ask<DeviceDto>(stage, ownerOf(stage), 'device:pair', { code, name: 'Waiting room', locationId }),
  );
  return { ...screen, deviceId: device.id };
}

export const boardOf = (page: Page): Locator => page.locator('frontdesk-queue-board');
export const callOf = (page: Page, label: string): Locator =>
  page.locator('frontdesk-queue-board [data-call]', { hasText: label });
/** Labels of the calls that are to be seen now, as they are read. */
export const readLabels = (page: Page): Promise<string[]> =>
  page.locator('frontdesk-queue-board [data-call] .label').allInnerTexts();
export const badgeOf = (page: Page): Locator => page.locator('frontdesk-queue-board [part=badge]');

export async function configure(stage: Stage, screen: Screen, change: Partial<DisplaySettings>): Promise<void> {
  const { devices } = await ask<{ devices: DeviceDto[] }>(stage, ownerOf(stage), 'device:list', {});
  const display = { ...devices.find(({ id }) => id === screen.deviceId)?.display, ...change };
  await ask(stage, ownerOf(stage), 'device:update', { deviceId: screen.deviceId, display });
}

/** What a screen was told and what it told, by listening to its socket from outside. */
export function listenIn(page: Page): { readonly boards: Board[]; readonly receipts: SentReceipt[] } {
  const boards: Board[] = [];
  const receipts: SentReceipt[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const found = /"board:changed",(\{.*\})\]$/.exec(String(payload))?.[1];
      if (found) boards.push((JSON.parse(found) as { board: Board }).board);
    });
    socket.on('framesent', ({ payload }) => {
      const found = /"call:shown",(\{.*\})\]$/.exec(String(payload))?.[1];
      if (!found) return;
      const { input } = JSON.parse(found) as { input: { calls: Omit<SentReceipt, 'sentAtMs'>[] } };
      receipts.push(...input.calls.map((call) => ({ ...call, sentAtMs: Date.now() })));
    });
  });
  return { boards, receipts };
}

export interface SentReceipt {
  readonly id: string;
  readonly sequence: number;
  readonly shownAt: string;
  readonly spokenAt: string | null;
  readonly sentAtMs: number;
}
