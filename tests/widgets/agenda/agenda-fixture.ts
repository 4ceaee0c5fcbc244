/** Puts an agenda with an example's state on the page; what it asks for is written down. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import '@frontdesk/widgets/agenda/define';
import type { FrontdeskAgendaDesk } from '@frontdesk/widgets/agenda/agenda-desk';
import type { AgendaRequest, AgendaRequestEvent } from '@frontdesk/widgets/agenda/agenda-events';
import { AGENDA_STATES, DEMO_SESSION } from '@frontdesk/widgets/agenda/agenda-states';
import type { AgendaState } from '@frontdesk/widgets/agenda/agenda-store';
import { AGENDA_ENGLISH, type AgendaWords } from '@frontdesk/widgets/agenda/agenda-words';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';

export interface DeskFixture {
  readonly desk: FrontdeskAgendaDesk;
  readonly requests: AgendaRequest[];
  set(state: AgendaState): Promise<void>;
  settle(): Promise<void>;
}

export interface DeskOptions {
  readonly scheme?: ColorSchemeChoice;
  readonly widthPx?: number;
  readonly role?: 'owner' | 'agent' | 'viewer';
  readonly words?: AgendaWords;
  readonly direction?: 'ltr' | 'rtl';
}

export function findState(name: string): AgendaState {
  const state = AGENDA_STATES[name];
  if (state === undefined) throw new Error(`No state ${name}`);
  return state;
}

/** Waits until every element of the tree below has rendered what it was given. */
async function settleTree(root: ShadowRoot): Promise<void> {
  for (const element of root.querySelectorAll('*')) {
    if ('updateComplete' in element) await element.updateComplete;
    if (element.shadowRoot) await settleTree(element.shadowRoot);
  }
}

export async function openDesk(state: AgendaState, options: DeskOptions = {}): Promise<DeskFixture> {
  const { scheme = 'light', widthPx = 1_280, role = 'owner', words = AGENDA_ENGLISH, direction = 'ltr' } = options;
  // The desk stands in a box of its own, because it lays itself out by its own width and not by the window's.
  const host = await fixture<HTMLElement>(html`<div></div>`);
  host.style.inlineSize = `${widthPx}px`;
  host.style.blockSize = '800px';
  const root = host.attachShadow({ mode: 'open' });
  applyTheme(root, null, scheme);
  const frame = document.createElement('div');
  frame.dir = direction;
  frame.style.blockSize = '100%';
  const desk = document.createElement('frontdesk-agenda-desk');
  const requests: AgendaRequest[] = [];
  desk.style.display = 'block';
  desk.words = words;
  desk.session = { ...DEMO_SESSION, membership: { ...DEMO_SESSION.membership, role } };
  desk.state = state;
  desk.addEventListener('frontdesk-agenda-request', (event: AgendaRequestEvent) => requests.push(event.request));
  frame.append(desk);
  root.append(frame);
  const settle = async (): Promise<void> => {
    await nextFrame();
    await desk.updateComplete;
    if (desk.shadowRoot) await settleTree(desk.shadowRoot);
    await nextFrame();
  };
  await settle();
  return {
    desk,
    requests,
    async set(next) {
      desk.state = next;
      await settle();
    },
    settle,
  };
}

/** The first match in this element's shadow tree or in any below it. */
export function findDeep(element: Element, selector: string): HTMLElement | null {
  const root = element.shadowRoot;
  const direct = root?.querySelector<HTMLElement>(selector);
  if (direct) return direct;
  for (const child of root?.querySelectorAll('*') ?? []) {
    const found = findDeep(child, selector);
    if (found) return found;
  }
  return null;
}

export function pierce(element: Element, selector: string): HTMLElement {
  const found = findDeep(element, selector);
  if (found === null) throw new Error(`Nothing matches ${selector}`);
  return found;
}

/** All visible words, of all shadow trees, in their order. */
export function readText(element: Element): string {
  const walk = (node: Node): string => {
    if (node instanceof HTMLStyleElement) return '';
    if (node instanceof Element && node.shadowRoot) return walk(node.shadowRoot);
    if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
    return [...node.childNodes].map(walk).join(' ');
  };
  return walk(element).replace(/\s+/g, ' ').trim();
}
