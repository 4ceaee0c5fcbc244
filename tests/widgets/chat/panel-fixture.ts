/** Puts a panel with an example's state on the page. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import '@frontdesk/widgets/chat/panel/define';
import type { FrontdeskChatComposer } from '@frontdesk/widgets/chat/panel/chat-composer';
import type { FrontdeskChatPanel } from '@frontdesk/widgets/chat/panel/chat-panel';
import type { FrontdeskChatThread } from '@frontdesk/widgets/chat/panel/chat-thread';
import { ChatRequestEvent, type ChatRequestName, type ChatRequests } from '@frontdesk/widgets/chat/panel/requests';
import { buildChatState, CHAT_STATES, type ChatExample } from '@frontdesk/widgets/chat/states';
import type { ChatState } from '@frontdesk/widgets/core/client/session-types';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import { customerCatalogue } from '@frontdesk/widgets/locales/customer';

export interface PanelFixture {
  readonly panel: FrontdeskChatPanel;
  readonly thread: FrontdeskChatThread;
  readonly composer: FrontdeskChatComposer;
  readonly requests: ChatRequestEvent[];
  /** Details of the requests of one name. */
  asked<Name extends ChatRequestName>(name: Name): ChatRequests[Name][];
  set(change: Partial<ChatState>): Promise<void>;
}

export function findExample(id: string): ChatExample {
  const example = CHAT_STATES.find((candidate) => candidate.id === id);
  if (!example) throw new Error(`No example ${id}`);
  return example;
}

/** Waits until the panel, its thread and its composer show the same state. */
async function settle(panel: FrontdeskChatPanel): Promise<void> {
  await panel.updateComplete;
  for (const name of ['frontdesk-chat-thread', 'frontdesk-chat-composer'] as const) {
    await panel.shadowRoot?.querySelector(name)?.updateComplete;
  }
}

export async function openPanel(
  example: Partial<ChatExample> & { readonly state?: ChatState },
  options: {
    readonly locale?: ChatExample['locale'] | 'ms' | 'ta';
    readonly scheme?: ColorSchemeChoice;
    readonly accent?: string;
  } = {},
): Promise<PanelFixture> {
  const locale = options.locale ?? example.locale ?? 'en';
  const host = await fixture<HTMLElement>(html`<div></div>`);
  const root = host.attachShadow({ mode: 'open' });
  applyTheme(root, options.accent, options.scheme ?? 'light');
  const panel = document.createElement('frontdesk-chat-panel');
  const requests: ChatRequestEvent[] = [];
  panel.addEventListener(ChatRequestEvent.eventName, (event) => void requests.push(event as ChatRequestEvent));
  panel.translator = await loadTranslator(customerCatalogue, { locale, tag: locale });
  panel.state = example.state ?? buildChatState();
  panel.isMuted = example.isMuted ?? false;
  panel.needsSignIn = example.needsSignIn ?? false;
  panel.offlineNoticeAfterMs = 0;
  panel.isOpen = true;
  root.append(panel);
  await settle(panel);
  // Observers report for the first time with the frames after the first layout.
  await nextFrame();
  await nextFrame();
  return {
    panel,
    requests,
    get thread() {
      return query(panel, 'frontdesk-chat-thread');
    },
    get composer() {
      return query(panel, 'frontdesk-chat-composer');
    },
    asked: (name) => requests.filter(({ request }) => request === name).map(({ detail }) => detail as never),
    async set(change) {
      panel.state = { ...panel.state, ...change };
      await settle(panel);
    },
  };
}

/** The element behind a selector in a shadow root; throws instead of answering null. */
export function query<Name extends keyof HTMLElementTagNameMap>(host: Element, name: Name): HTMLElementTagNameMap[Name];
export function query(host: Element, selector: string): HTMLElement;
export function query(host: Element, selector: string): HTMLElement {
  const found = host.shadowRoot?.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}
