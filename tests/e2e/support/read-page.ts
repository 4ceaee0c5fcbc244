/** A page as people with a keyboard and a screen reader have it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { until } from './stage.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MAX_TABS = 30;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Whatever axe-core finds in our elements, shadow trees included. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (within: string, options: object) => Promise<{ violations: Violation[] }> };
    };
    return (await axe.run('frontdesk-booking, frontdesk-manage-booking', { resultTypes: ['violations'] })).violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** What a screen reader is told: `role: name (value) description`, in reading order. */
export async function readAloud(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, value, description }) =>
      [`${role?.value}:`, name?.value, value && `(${value.value})`, description?.value].filter(Boolean).join(' '),
    );
}

/** Name of what has the focus, through all shadow trees. */
export const readFocus = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const label = active instanceof HTMLInputElement ? active.labels?.[0]?.textContent : null;
    const slot = active?.querySelector('slot');
    const slotted = slot?.assignedNodes({ flatten: true })[0]?.textContent;
    return (active?.getAttribute('aria-label') ?? label ?? (active?.textContent || slotted) ?? '').trim();
  });

export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < MAX_TABS; presses += 1) {
    const focus = await readFocus(page);
    if (typeof name === 'string' ? focus.startsWith(name) : name.test(focus)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Nothing called ${String(name)} in the tab order; the focus is on ${await readFocus(page)}`);
}

export const focusIsOn = (page: Page, name: string): Promise<unknown> =>
  until(
    () => readFocus(page),
    (text) => text.startsWith(name),
  );
