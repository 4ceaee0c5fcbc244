/** A kiosk in front of a real server: paired as an owner would pair it, touched as a customer would touch it. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { DeviceDto, KioskSettings } from '@frontdesk/protocol/devices';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { DeviceId } from '@frontdesk/protocol/ids';
import { createContext, type ContextChoices } from '../../support/browser.js';
import { callHttp, dataOf } from '../../support/server.js';
import type { Stage } from './stage.js';

export const KIOSK_PIN = '2468';

export interface KioskPage {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly deviceId: DeviceId;
}

const ownerOf = ({ tenant }: Stage): string => tenant.members.owner.accessToken;

export async function askStaff<T = never>(stage: Stage, name: string, input: unknown): Promise<T> {
  return dataOf(await callHttp<T>(stage.app.url, name, input, { audience: 'staff', token: ownerOf(stage) }));
}

export const stageOf = (page: Page): Locator => page.locator('frontdesk-kiosk-stage');
export const numberOf = (page: Page): Locator => page.locator('frontdesk-kiosk-stage .number');
export const choiceOf = (page: Page, text: string | RegExp): Locator =>
  page.locator('frontdesk-kiosk-stage button.choice', { hasText: text });

/** Open around the clock, in the languages of the neighbourhood. */
export async function openAllDay(stage: Stage): Promise<void> {
  const weekly = Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]);
  await askStaff(stage, 'location:update', {
    locationId: stage.tenant.locationId,
    hours: { weekly, specialDays: [], holidays: [] },
    languages: ['en', 'ms', 'zh', 'ta', 'hi', 'ar'],
  });
}

export async function configureKiosk(stage: Stage, deviceId: DeviceId, change: Partial<KioskSettings>): Promise<void> {
  const { devices } = await askStaff<{ devices: DeviceDto[] }>(stage, 'device:list', {});
  const kiosk = { ...devices.find(({ id }) => id === deviceId)?.kiosk, exitPin: KIOSK_PIN, ...change };
  await askStaff(stage, 'device:update', { deviceId, kiosk });
}

export async function openKiosk(
  stage: Stage,
  choices: ContextChoices = {},
  prepare: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<KioskPage> {
  const context = await createContext(choices);
  const page = await context.newPage();
  await prepare(page);
  await page.goto(`${stage.url}/kiosk`);
  const code = page.locator('frontdesk-device-pairing .code:not(.code--unknown)');
  await code.waitFor();
  const digits = (await code.innerText()).replace(/\D/g, '');
  const device = await askStaff<DeviceDto>(stage, 'device:pair', {
    code: digits,
    name: 'Entrance',
    locationId: stage.tenant.locationId,
  });
  await stageOf(page).waitFor();
  return { context, page, deviceId: device.id };
}

/** What waits, as the console of the first counter shows it. */
export async function readWaiting(stage: Stage): Promise<CounterView> {
  return askStaff<CounterView>(stage, 'counter:read', { counterId: stage.tenant.counterId });
}
