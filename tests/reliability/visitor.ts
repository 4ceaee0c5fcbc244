/** A person with a browser: opens and closes tabs, writes, reads. Uses the client library as the chat element does. */
import {
  createConversationSession,
  createVisitorClient,
  type ChatMessage,
  type ConversationSession,
} from '@frontdesk/widgets/core/client/index';
import { createBrowser, type Browser, type BrowserTab } from './browser.js';
import type { FinalDisplay, Recorder } from './history.js';
import type { ProvisionedTenant } from './provision.js';
import type { Random } from './random.js';
import { createScreen, type Screen, type ScreenLine } from './screen.js';

export interface VisitorTab {
  readonly name: string;
  readonly browserTab: BrowserTab;
  readonly session: ConversationSession;
  readonly screen: Screen;
}

export interface VisitorOptions {
  /** Unique in the run, for example `A/v3`; also the name of the visitor's thread. */
  readonly name: string;
  readonly tenant: ProvisionedTenant;
  readonly serverUrl: string;
  readonly recorder: Recorder;
  readonly random: Random;
  readonly haste?: number;
}

export interface Visitor {
  readonly name: string;
  readonly browser: Browser;
  readonly tabs: readonly VisitorTab[];
  openTab(): VisitorTab;
  /** Resolves with the body when the message is kept. */
  send(tab: VisitorTab, text?: string): Promise<string>;
  /** The process of the tab is gone, whatever it was doing. */
  killTab(tab: VisitorTab): void;
  /** The person closes the tab or follows a link: the page gets to know. */
  closeTab(tab: VisitorTab): void;
  /** Messages on screens that the server has not taken yet. */
  countPending(): number;
  display(): FinalDisplay[];
  stop(): void;
}

function toLine({ seq, body, isMine, state, error }: ChatMessage): ScreenLine {
  return { seq, kind: 'message', body, isMine, state, errorCode: error?.code ?? null };
}

export function createVisitor(options: VisitorOptions): Visitor {
  const { name, tenant, serverUrl, recorder, random } = options;
  const browser = createBrowser({ random: random.fork(), origin: tenant.origin, haste: options.haste ?? 1 });
  const tabs: VisitorTab[] = [];
  let opened = 0;
  let written = 0;

  function remove(tab: VisitorTab): void {
    tabs.splice(tabs.indexOf(tab), 1);
    tab.browserTab.kill();
  }

  function watch(tab: VisitorTab): void {
    const { screen, session, browserTab } = tab;
    session.subscribe((state) => {
      if (!browserTab.isAlive) return;
      screen.show(state.messages.map(toLine));
      if (state.conversation === null) return;
      const { readUpTo, staffReadUpTo, staffDeliveredUpTo, epoch } = state.conversation;
      screen.mark(`${epoch} readUpTo`, readUpTo);
      screen.mark(`${epoch} staffReadUpTo`, staffReadUpTo);
      screen.mark(`${epoch} staffDeliveredUpTo`, staffDeliveredUpTo);
      screen.mark(`${epoch} cursor`, state.messages.findLast(({ isMine, seq }) => !isMine && seq !== null)?.seq ?? 0);
    });
  }

  return {
    name,
    browser,
    tabs,
    openTab() {
      opened += 1;
      const client = `${name}.tab${opened}`;
      const browserTab = browser.openTab();
      const session = createConversationSession(
        createVisitorClient({ serverUrl, site: tenant.site, environment: browserTab.environment }),
      );
      const screen = createScreen({
        recorder,
        client,
        audience: 'visitor',
        tenant: tenant.name,
        thread: name,
        handleSettled: (line) => {
          // Nothing in a run deserves a final no; one is a finding in itself.
          if (line.state === 'failed') {
            recorder.add({ type: 'incident', what: `"${line.body}" was refused with ${line.errorCode}` });
          }
        },
      });
      const tab: VisitorTab = { name: client, browserTab, session, screen };
      tabs.push(tab);
      watch(tab);
      session.start();
      session.open();
      return tab;
    },
    async send(tab, text = '') {
      written += 1;
      const body = `${name}|${tab.name}|${written}${text}`;
      recorder.add({
        type: 'invoke',
        client: tab.name,
        sender: name,
        audience: 'visitor',
        tenant: tenant.name,
        thread: name,
        body,
      });
      await tab.session.send(body);
      if (tab.browserTab.isAlive && tab.session.getState().isPersistent) {
        recorder.add({ type: 'kept', client: tab.name, body });
      }
      return body;
    },
    killTab: remove,
    closeTab(tab) {
      tab.browserTab.lifecycle.emit('hide');
      tab.browserTab.lifecycle.emit('suspend');
      remove(tab);
    },
    countPending: () =>
      tabs.reduce((sum, { screen }) => sum + screen.items.filter(({ state }) => isPending(state)).length, 0),
    display: () =>
      tabs.map(({ name: client, session, screen }) => ({
        client,
        audience: 'visitor',
        conversation: session.getState().conversation?.id ?? null,
        items: screen.items.map(({ seq, kind, body }) => ({ seq, kind, body })),
      })),
    stop: () => [...tabs].forEach(remove),
  };
}

function isPending(state: string | null): boolean {
  return state === 'queued' || state === 'sending';
}
