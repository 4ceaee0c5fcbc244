/**
 * Turning the calendar's month (booking.md 7): how long the page's main thread is busy with it on a machine six times slower than this one.
 *
 * The built form on a page of its own, with a whole server behind it. A month is turned and turned back, with 400 free times in each; what
 * counts is the longest task of the main thread, from the press until the answer is drawn, as a share of a frame.
 */
import type { CDPSession, Page } from 'playwright-core';
import { openClinic } from '../../support/booking.js';
import { closeBrowser, createContext } from '../../support/browser.js';
import { buildHtml, startStage, type Stage } from '../../e2e/support/stage.js';
import { median, percentile, type Goal } from '../goals.js';

const SLOWDOWN = 6;
const FRAME_MS = 1_000 / 60;
const TURNS = 20;
/** The first turns make formats and compile code; nobody turns a month for the first time twice. */
const WARM_UP = 4;

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  /** Microseconds by the clock, and of the processor: others may use the machine meanwhile. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly tid: number;
}

interface Bench {
  readonly grid: Element;
  readonly title: Element;
  readonly before: string | null;
}

/** Milliseconds of the busiest task between two marks, and of all tasks together. */
async function measureTurn(page: Page, session: CDPSession, name: string): Promise<{ longest: number; total: number }> {
  const button = page.getByRole('button', { name }).first();
  // Looked for before anything is measured; the press itself is a real one, without the checks that a click of the driver makes.
  await page.locator('frontdesk-booking-calendar').evaluate((calendar) => {
    const root = calendar.shadowRoot as ShadowRoot;
    const [grid, title] = ['[role=grid]', '#month'].map((selector) => root.querySelector(selector) as Element);
    const bench = { grid, title, before: title?.textContent };
    Object.assign(globalThis, { bench });
    root.addEventListener('click', () => performance.mark('turn-begins'), { capture: true, once: true });
  });
  await button.hover();
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }): void => void events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'blink.user_timing', 'disabled-by-default-devtools.timeline'] },
  });
  await page.mouse.down();
  await page.mouse.up();
  await page.evaluate(async () => {
    const { grid, title, before } = (globalThis as unknown as { bench: Bench }).bench;
    while (title.textContent === before || grid.getAttribute('aria-busy') === 'true') {
      await new Promise(requestAnimationFrame);
    }
    await new Promise(requestAnimationFrame);
    performance.mark('turn-ends');
  });
  const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await ended;
  session.off('Tracing.dataCollected', collect);
  const [begin, end] = ['turn-begins', 'turn-ends'].map((mark) => events.find((event) => event.name === mark));
  if (!begin || !end) throw new Error('The turn left no marks.');
  const tasks = events
    .filter(
      ({ name: task, tid, ts, dur = 0 }) =>
        task.endsWith('RunTask') && tid === begin.tid && ts + dur >= begin.ts && ts <= end.ts,
    )
    .map(({ dur = 0, tdur = dur }) => tdur / 1_000);
  if (tasks.length === 0) throw new Error('The turn left no task.');
  return { longest: Math.max(...tasks), total: tasks.reduce((sum, ms) => sum + ms, 0) };
}

async function openForm(stage: Stage): Promise<Page> {
  const url = `http://localhost:${stage.app.server.core.config.port}`;
  const service = { horizonDays: 120, intervalMinutes: 30 };
  const clinic = await openClinic({ ...stage.app, url }, { staff: 1, service });
  const allowed = { name: 'Clinic', allowedOrigins: [stage.host.origin] };
  const tenant = { tenantId: clinic.shop.owner.tenantId };
  const { publicKey } = await stage.app.server.tenancy.provision.createSite(tenant, allowed);
  const script = `<script type="module" src="${stage.url}/widgets/frontdesk.js"></script>`;
  const html = buildHtml(`${script}<frontdesk-booking site="${publicKey}"></frontdesk-booking>`);
  stage.host.setPage('/', { html });
  const page = await (await createContext()).newPage();
  await page.goto(`${stage.host.origin}/`);
  await page.locator('[role=grid][aria-busy=false]').waitFor();
  return page;
}

/** One frame is wanted, and more than three are a failure. */
export async function measureMonth(): Promise<{ readonly summary: string; readonly goals: readonly Goal[] }> {
  const stage = await startStage();
  const turns: { longest: number; total: number }[] = [];
  try {
    const page = await openForm(stage);
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    for (let turn = 0; turn < TURNS; turn += 1) {
      const measured = await measureTurn(page, session, turn % 2 === 0 ? 'Next month' : 'Month before');
      if (turn >= WARM_UP) turns.push(measured);
    }
  } finally {
    await closeBrowser();
    await stage.close();
  }
  const longest = turns.map((turn) => turn.longest);
  const total = median(turns.map((turn) => turn.total));
  const [middle, worst] = [median(longest), percentile(longest, 0.95)].map((ms) => ms.toFixed(1));
  return {
    summary: `turning a month at ${SLOWDOWN} × slowdown: longest task ${middle} ms (p95 ${worst} ms), all tasks ${total.toFixed(0)} ms`,
    goals: [
      { what: 'turning a month, longest task to a frame (wanted: 1)', measured: median(longest) / FRAME_MS, most: 3 },
    ],
  };
}
