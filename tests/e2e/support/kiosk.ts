/** A kiosk in front of a real server: paired as an owner would pair it, touched as a customer would touch it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { DeviceDto, KioskSettings } from '@frontdesk/protocol/devices';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { CounterId, DeviceId, LocationId, ServiceId } from '@frontdesk/protocol/ids';
import { provisionTenants } from '../../reliability/provision.js';
import { createServerProcess, type ServerProcess } from '../../reliability/server-process.js';
import { createContext, type ContextChoices } from '../../support/browser.js';
import { callHttp, dataOf } from '../../support/server.js';
import { signIn } from '../../support/workspace.js';
import type { Stage } from './stage.js';

export const KIOSK_PIN = '2468';

/** A branch with one service and one counter, and an owner who may do everything there. */
export interface Branch {
  /** Where browsers reach it. */
  readonly url: string;
  readonly apiUrl: string;
  readonly token: string;
  readonly locationId: LocationId;
  readonly serviceId: ServiceId;
  readonly counterId: CounterId;
}

export interface KioskPage {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly deviceId: DeviceId;
}

export function branchOf({ app, url, tenant }: Stage): Branch {
  const { locationId, serviceId, counterId, members } = tenant;
  return { url, apiUrl: app.url, token: members.owner.accessToken, locationId, serviceId, counterId };
}

/** The same behind a process that can be killed. */
export async function startKillableBranch(): Promise<{
  readonly branch: Branch;
  readonly server: ServerProcess;
  close(): Promise<void>;
}> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-kiosk-'));
  const ids: { locationId?: LocationId; serviceId?: ServiceId; counterId?: CounterId } = {};
  const [tenant] = await provisionTenants(dataDir, ['Clinic'], async (server, [first]) => {
    const site = await server.tenancy.directory.findSiteByKey(first?.site ?? '');
    if (!site) throw new Error('The business was not made.');
    const context = { tenantId: site.tenantId };
    const { id: locationId } = await server.locations.provision.createLocation(context, { name: 'Branch' });
    const series = { prefix: 'A', width: 3, first: 1, last: 999 };
    const service = await server.queue.provision.addService(context, locationId, { names: { en: 'General' }, series });
    const counter = await server.queue.provision.addCounter(context, locationId, {
      label: 'Counter 1',
      serviceIds: [service.id],
    });
    Object.assign(ids, { locationId, serviceId: service.id, counterId: counter.id });
  });
  const server = await createServerProcess({ dataDir, handleCrash: (what) => console.error(what) });
  await server.start();
  const { session } = await signIn(server.url, tenant?.email ?? '');
  const branch = { url: server.url, apiUrl: server.url, token: session.accessToken, ...(ids as Required<typeof ids>) };
  return {
    branch,
    server,
    async close() {
      await server.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export async function askStaff<T = never>({ apiUrl, token }: Branch, name: string, input: unknown): Promise<T> {
  return dataOf(await callHttp<T>(apiUrl, name, input, { audience: 'staff', token }));
}

export const stageOf = (page: Page): Locator => page.locator('frontdesk-kiosk-stage');
export const numberOf = (page: Page): Locator => page.locator('frontdesk-kiosk-stage .number');
export const choiceOf = (page: Page, text: string | RegExp): Locator =>
  page.locator('frontdesk-kiosk-stage button.choice', { hasText: text });

/** Open around the clock, in the languages of the neighbourhood. */
export async function openAllDay(branch: Branch): Promise<void> {
  await setHours(branch, { from: '00:00', to: '24:00' });
}

/** The same window each day; null for a branch that is closed. */
export async function setHours(branch: Branch, window: { from: string; to: string } | null): Promise<void> {
  const weekly = Array.from({ length: 7 }, () => (window ? [window] : []));
  await askStaff(branch, 'location:update', {
    locationId: branch.locationId,
    hours: { weekly, specialDays: [], holidays: [] },
    languages: ['en', 'ms', 'zh', 'ta', 'hi', 'ar'],
  });
}

export async function configureKiosk(
  branch: Branch,
  deviceId: DeviceId,
  change: Partial<KioskSettings>,
): Promise<void> {
  const { devices } = await askStaff<{ devices: DeviceDto[] }>(branch, 'device:list', {});
  const kiosk = { ...devices.find(({ id }) => id === deviceId)?.kiosk, exitPin: KIOSK_PIN, ...change };
  await askStaff(branch, 'device:update', { deviceId, kiosk });
}

export async function findDevice(branch: Branch, deviceId: DeviceId): Promise<DeviceDto> {
  const { devices } = await askStaff<{ devices: DeviceDto[] }>(branch, 'device:list', {});
  const device = devices.find(({ id }) => id === deviceId);
  if (!device) throw new Error('The device is not on the list.');
  return device;
}

/** `prepare` runs before the page is loaded: scripts that stand in for hardware. */
export async function openKiosk(
  branch: Branch,
  choices: ContextChoices = {},
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<KioskPage> {
  const context = await createContext(choices);
  const page = await context.newPage();
  await prepare(page);
  await page.goto(`${branch.url}/kiosk`);
  const code = page.locator('frontdesk-device-pairing .code:not(.code--unknown)');
  await code.waitFor();
  const digits = (await code.innerText()).replace(/\D/g, '');
  const device = await askStaff<DeviceDto>(branch, 'device:pair', {
    code: digits,
    name: 'Entrance',
    locationId: branch.locationId,
  });
  await stageOf(page).waitFor();
  return { context, page, deviceId: device.id };
}

/** Labels of those who wait, in the order of the line. */
export async function readLine(branch: Branch): Promise<string[]> {
  const view = await askStaff<CounterView>(branch, 'counter:read', { counterId: branch.counterId });
  return view.line.map(({ label }) => label);
}

/** Touches through to a number, reads it, and leaves. */
export async function takeNumber(page: Page): Promise<string> {
  await choiceOf(page, 'Get a ticket').click();
  const label = await numberOf(page).innerText();
  await choiceOf(page, 'Done').click();
  await choiceOf(page, 'Get a ticket').waitFor();
  return label;
}
