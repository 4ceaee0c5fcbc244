/** Puts a desk with an example's state on the page; what it asks for is applied to the state, as the inbox would. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import type { ConversationId } from '@frontdesk/protocol/ids';
import '@frontdesk/widgets/inbox/define';
import { ENGLISH } from '@frontdesk/widgets/staff/words';
import type { FrontdeskInboxDesk } from '@frontdesk/widgets/inbox/inbox-desk';
import type { InboxRequest, InboxRequestEvent } from '@frontdesk/widgets/inbox/inbox-events';
import { DEMO_SESSION, DEMO_THREAD, INBOX_STATES } from '@frontdesk/widgets/inbox/inbox-states';
import { reduceInbox, type InboxAction, type InboxState } from '@frontdesk/widgets/inbox/inbox-store';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';

export interface DeskFixture {
  readonly desk: FrontdeskInboxDesk;
  readonly requests: InboxRequest[];
  /** Requests of one type. */
  asked<Type extends InboxRequest['type']>(type: Type): Extract<InboxRequest, { type: Type }>[];
  set(state: InboxState): Promise<void>;
  settle(): Promise<void>;
}

export function findState(name: string): InboxState {
  const state = INBOX_STATES[name];
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

/** The action that the inbox's controller makes of a request without asking the server. */
function toAction(request: InboxRequest, selectedId: ConversationId | null): InboxAction | null {
  switch (request.type) {
    case 'open':
      return { type: 'thread-chosen', conversationId: request.conversationId };
    case 'show-pane':
      return { type: 'pane-shown', pane: request.pane };
    case 'toggle-help':
      return { type: 'help-toggled', open: request.open };
    case 'switch-shortcuts':
      return { type: 'shortcuts-switched', on: request.on };
    case 'filter':
      return { type: 'filter-typed', text: request.text };
    case 'choose-mode':
      return selectedId === null ? null : { type: 'mode-chosen', conversationId: selectedId, mode: request.mode };
    case 'type-draft':
      return selectedId === null ? null : { type: 'draft-typed', conversationId: selectedId, text: request.text };
    case 'send':
      return selectedId === null ? null : { type: 'draft-sent', conversationId: selectedId, mode: request.mode };
    default:
      return null;
  }
}

export async function openDesk(
  state: InboxState,
  options: { readonly scheme?: ColorSchemeChoice; readonly widthPx?: number; readonly role?: 'owner' | 'viewer' } = {},
): Promise<DeskFixture> {
  const { scheme = 'light', widthPx = 1_280, role = 'owner' } = options;
  // The desk stands in a box of its own, because it lays itself out by its own width and not by the window's.
  const host = await fixture<HTMLElement>(html`<div></div>`);
  host.style.inlineSize = `${widthPx}px`;
  host.style.blockSize = '800px';
  const root = host.attachShadow({ mode: 'open' });
  applyTheme(root, null, scheme);
  const desk = document.createElement('frontdesk-inbox-desk');
  const requests: InboxRequest[] = [];
  desk.words = ENGLISH;
  desk.session = { ...DEMO_SESSION, membership: { ...DEMO_SESSION.membership, role } };
  desk.state = state;
  desk.addEventListener('frontdesk-inbox-request', (event: InboxRequestEvent) => {
    requests.push(event.request);
    const action = toAction(event.request, desk.state.selectedId);
    if (action === null) return;
    desk.state = reduceInbox(desk.state, action);
    const { selectedId } = desk.state;
    if (event.request.type === 'open' && selectedId !== null) {
      const conversation = desk.state.list.conversations.find(({ id }) => id === selectedId) ?? null;
      const thread = { ...DEMO_THREAD, conversation };
      desk.state = reduceInbox(desk.state, { type: 'thread-changed', conversationId: selectedId, thread });
    }
  });
  root.append(desk);
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
    asked: (type) => requests.filter((request) => request.type === type) as never,
    async set(next) {
      desk.state = next;
      await settle();
    },
    settle,
  };
}

/** The first match in this element's shadow tree or in any below it. */
export function pierce(element: Element, selector: string): HTMLElement {
  const found = findDeep(element, selector);
  if (found === null) throw new Error(`Nothing matches ${selector}`);
  return found;
}

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

export function countNodes(element: Element): number {
  const root = element.shadowRoot ?? element;
  return [...root.querySelectorAll('*')].reduce(
    (sum, child) => sum + 1 + (child.shadowRoot ? countNodes(child) : 0),
    0,
  );
}

/** A button by its visible or accessible name. */
export function findButton(element: Element, name: string): HTMLElement {
  const root = element.shadowRoot;
  for (const button of root?.querySelectorAll<HTMLElement>('button') ?? []) {
    const label = button.getAttribute('aria-label') ?? button.textContent ?? '';
    if (label.replace(/\s+/g, ' ').trim() === name) return button;
  }
  for (const child of root?.querySelectorAll('*') ?? []) {
    if (!child.shadowRoot) continue;
    try {
      return findButton(child, name);
    } catch {
      continue;
    }
  }
  throw new Error(`No button ${name}`);
}
