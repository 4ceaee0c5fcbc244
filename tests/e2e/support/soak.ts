/** QD-16 in a real browser: hours of a display in minutes, and what they leave behind. */
import type { Page } from 'playwright-core';
import { openBlankPage, startModuleServer } from '#scripts/module-server.mjs';
import { createContext } from '../../support/browser.js';

export interface SoakResult {
  /** Heap after the last hour less that after the first, after garbage collection. */
  readonly heapGrowthBytes: number;
  readonly domNodes: number;
  readonly calls: number;
  readonly announced: number;
}

/** What `tests/widgets/queue-display/soak-driver.ts` makes in the page. */
interface Soak {
  passHour(calls: number): Promise<void>;
  countNodes(): number;
  readonly announced: number;
}

interface SoakPage {
  soak: Soak;
}

async function measureHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** Lets `hours` pass in which `calls` are made; tells of each hour. */
export async function runSoak(hours: number, calls: number, onHour: (hour: number) => void): Promise<SoakResult> {
  const server = await startModuleServer();
  const context = await createContext({ reducedMotion: true });
  try {
    const page = await context.newPage();
    await openBlankPage(page, server.origin);
    await page.evaluate(async (path) => {
      const driver = (await import(path)) as { startSoak(): Promise<Soak> };
      (globalThis as unknown as SoakPage).soak = await driver.startSoak();
    }, '/tests/dist/widgets/queue-display/soak-driver.js');
    const perHour = Math.ceil(calls / hours);
    let baseline = 0;
    for (let hour = 0; hour < hours; hour += 1) {
      await page.evaluate((count) => (globalThis as unknown as SoakPage).soak.passHour(count), perHour);
      if (hour === 0) baseline = await measureHeap(page);
      onHour(hour + 1);
    }
    const heapGrowthBytes = (await measureHeap(page)) - baseline;
    const { domNodes, announced } = await page.evaluate(() => {
      const { soak } = globalThis as unknown as SoakPage;
      return { domNodes: soak.countNodes(), announced: soak.announced };
    });
    return { heapGrowthBytes, domNodes, announced, calls: perHour * hours };
  } finally {
    await context.close();
    await server.close();
  }
}
