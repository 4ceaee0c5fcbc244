/**
 * The script tag's entry: `<script type="module" src="https://server/widgets/frontdesk.js"></script>`.
 *
 * It loads a widget's code when its tag is on the page, and otherwise stays out of the way: no observer over the
 * page, nothing patched, only passive listeners, and none left once every tag is defined. Pages that put a tag in
 * later (single-page applications) do so after a click or a navigation, so those are the moments to look again.
 * Every byte here is paid by every page view of every customer; the budget is 1.2 kB.
 */
import type { FrontdeskRegistry } from './registry.js';

const VERSION = '0.1.0';
/** After a click or a navigation a framework needs a frame, a chunk or an answer before it has drawn the new page. */
const LOOK_AGAIN_AFTER_MS = [150, 600, 2_000];

const WIDGETS: Record<string, () => Promise<unknown>> = {
  'frontdesk-agenda': () => import('../agenda/define.js'),
  'frontdesk-booking': () => import('../booking/define.js'),
  'frontdesk-chat': () => import('../chat/define.js'),
  'frontdesk-contact-card': () => import('../contact-card/define.js'),
  'frontdesk-counter': () => import('../counter/define.js'),
  'frontdesk-inbox': () => import('../inbox/define.js'),
  'frontdesk-kiosk': () => import('../kiosk/define.js'),
  'frontdesk-manage-booking': () => import('../booking/manage/define.js'),
  'frontdesk-queue-display': () => import('../queue-display/define.js'),
  'frontdesk-settings': () => import('../settings/define.js'),
  'frontdesk-ticket': () => import('../ticket/define.js'),
};

function start(registry: FrontdeskRegistry): void {
  const missing = new Set(Object.keys(WIDGETS));
  const stop = new AbortController();
  let timers: ReturnType<typeof setTimeout>[] = [];

  const look = (): void => {
    for (const tag of missing) if (document.querySelector(tag)) load(tag);
  };
  const load = (tag: string): void => {
    missing.delete(tag);
    if (missing.size === 0) stop.abort();
    registry.elements[tag] ??= WIDGETS[tag]?.().catch((error: unknown) => {
      // Trusted Types without Lit's policy, a blocked chunk: the page learns it from the element it placed.
      for (const element of document.querySelectorAll(tag)) {
        element.dispatchEvent(new CustomEvent('frontdesk-error', { bubbles: true, composed: true, detail: { error } }));
      }
    }) as Promise<unknown>;
  };
  const lookSoon = (): void => {
    timers.forEach(clearTimeout);
    requestAnimationFrame(look);
    timers = LOOK_AGAIN_AFTER_MS.map((delayMs) => setTimeout(look, delayMs));
  };
  const listen = (target: EventTarget | undefined, ...types: string[]): void => {
    for (const type of types) {
      target?.addEventListener(type, lookSoon, { passive: true, capture: true, signal: stop.signal });
    }
  };

  listen(document, 'DOMContentLoaded', 'click');
  listen(window, 'popstate', 'hashchange');
  listen((window as { navigation?: EventTarget }).navigation, 'navigatesuccess');
  look();
  lookSoon();
}

const symbol = Symbol.for('frontdesk');
const page = globalThis as { [symbol]?: FrontdeskRegistry };
const running = page[symbol];
if (running) {
  console.warn(`Frontdesk ${running.version} is on this page already; this copy (${VERSION}) does nothing.`);
} else {
  start((page[symbol] = { serverUrl: new URL(import.meta.url).origin, version: VERSION, elements: {} }));
}
