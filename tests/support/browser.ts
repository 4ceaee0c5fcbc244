/**
 * The browser of the end-to-end tests: the Chromium of `scripts/chromium.mjs`, driven by playwright-core. One process
 * serves a whole mocha run; every test takes contexts of its own, which share nothing.
 */
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { resolveChromium } from '#scripts/chromium.mjs';

export const VIEWPORTS = {
  narrow: { width: 320, height: 568 },
  mobile: { width: 390, height: 844 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
} as const;

export interface ContextChoices {
  readonly viewport?: keyof typeof VIEWPORTS;
  readonly colorScheme?: 'light' | 'dark';
  /** A BCP 47 tag; `ar` gives a right-to-left reader. */
  readonly locale?: string;
  readonly forcedColors?: boolean;
  readonly reducedMotion?: boolean;
  readonly offline?: boolean;
  readonly timeZone?: string;
}

let launched: Promise<Browser> | undefined;

export async function launchBrowser(): Promise<Browser> {
  launched ??= resolveChromium().then(({ executablePath, args, env }) =>
    chromium.launch({ executablePath, args, env: dropUndefined(env), headless: true }),
  );
  return launched;
}

/** Call in a root `after`, so that mocha can end by itself. */
export async function closeBrowser(): Promise<void> {
  const browser = await launched;
  launched = undefined;
  await browser?.close();
}

export async function createContext(choices: ContextChoices = {}): Promise<BrowserContext> {
  const browser = await launchBrowser();
  return browser.newContext(describeContext(choices));
}

function describeContext(choices: ContextChoices): BrowserContextOptions {
  const viewport = choices.viewport ?? 'desktop';
  const isPhone = viewport === 'mobile' || viewport === 'narrow';
  return {
    viewport: VIEWPORTS[viewport],
    hasTouch: isPhone,
    isMobile: isPhone,
    colorScheme: choices.colorScheme ?? 'light',
    locale: choices.locale ?? 'en',
    forcedColors: choices.forcedColors ? 'active' : 'none',
    reducedMotion: choices.reducedMotion ? 'reduce' : 'no-preference',
    offline: choices.offline ?? false,
    timezoneId: choices.timeZone ?? 'Asia/Kuala_Lumpur',
  };
}

/** What a page complained about since it was watched: uncaught errors, console errors and CSP violations. */
export function watchComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

function dropUndefined(env: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
