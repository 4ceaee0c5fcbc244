/** A phone in a test: a connection that says what the test scripts, a clock that it winds, and the elements on a page. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import { createTicketToken, type IdempotencyKey } from '@frontdesk/protocol/ids';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { ErrorCode, Result } from '@frontdesk/protocol/result';
import type { TicketFacts } from '@frontdesk/protocol/ticket';
import type { Clock } from '@frontdesk/widgets/core/client/clock';
import type { ConnectionState, RequestOptions } from '@frontdesk/widgets/core/client/connection-types';
import { createEnvironment } from '@frontdesk/widgets/core/client/environment';
import { createManualLifecycle, type ManualLifecycle } from '@frontdesk/widgets/core/client/lifecycle';
import { createMemoryWebStorage, type StorageBackends } from '@frontdesk/widgets/core/client/storage';
import { createTicketStorage, type TicketStorage } from '@frontdesk/widgets/core/client/storage-ticket';
import { createStore } from '@frontdesk/widgets/core/client/store';
import type { TicketConnection } from '@frontdesk/widgets/core/client/ticket-client';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import { ticketCatalogue } from '@frontdesk/widgets/locales/ticket';
import '@frontdesk/widgets/ticket/define';
import '@frontdesk/widgets/ticket/join/define';
import {
  EXAMPLE_NOW,
  JOIN_STATES,
  TICKET_STATES,
  type JoinExample,
  type TicketExample,
} from '@frontdesk/widgets/ticket/states';
import { TicketRequestEvent } from '@frontdesk/widgets/ticket/ticket-events';
import { createTicketSession, type TicketSession } from '@frontdesk/widgets/ticket/ticket-session';
import type { FrontdeskTicketJoin } from '@frontdesk/widgets/ticket/join/ticket-join';
import type { FrontdeskTicketView } from '@frontdesk/widgets/ticket/ticket-view';
import type { Locale } from '@frontdesk/protocol/locales';

export const NOW_MS = Date.parse(EXAMPLE_NOW);

/** Time that stands still until the test moves it; chance is a half. */
export class TestClock implements Clock {
  #nowMs: number;
  #timers = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  #nextId = 1;

  constructor(nowMs = NOW_MS) {
    this.#nowMs = nowMs;
  }

  readonly now = (): number => this.#nowMs;
  readonly random = (): number => 0.5;

  setTimeout(run: () => void, delayMs: number): number {
    const id = this.#nextId++;
    this.#timers.set(id, { atMs: this.#nowMs + delayMs, run });
    return id;
  }

  clearTimeout(handle: unknown): void {
    this.#timers.delete(handle as number);
  }

  /** Runs what is due, in order, letting promises settle in between. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    for (;;) {
      const due = [...this.#timers]
        .filter(([, { atMs }]) => atMs <= endMs)
        .sort((one, other) => one[1].atMs - other[1].atMs)[0];
      if (!due) break;
      this.#timers.delete(due[0]);
      this.#nowMs = Math.max(this.#nowMs, due[1].atMs);
      due[1].run();
      await settle();
    }
    this.#nowMs = endMs;
  }
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

export interface Asked {
  readonly name: string;
  readonly input: unknown;
  readonly key: IdempotencyKey | undefined;
  readonly via: RequestOptions['via'];
  answer(result: Result<unknown>): Promise<void>;
}

export const succeed = (data: unknown): Result<unknown> => ({ ok: true, data });
export const fail = (code: ErrorCode, requestId = 'server'): Result<unknown> => ({
  ok: false,
  error: { code, message: '', requestId },
});
/** No answer came at all. */
export const lose = (): Result<unknown> => fail('STORE_UNAVAILABLE', 'local');

export interface ScriptedPhone {
  readonly clock: TestClock;
  readonly lifecycle: ManualLifecycle;
  readonly storage: TicketStorage;
  readonly session: TicketSession;
  readonly connection: TicketConnection;
  /** Every request so far. */
  readonly asked: Asked[];
  /** The last request of a name. */
  last(name: string): Asked;
  count(name: string): number;
  tell<Name extends keyof TicketFacts>(name: Name, fact: TicketFacts[Name]): void;
  setConnection(state: Partial<ConnectionState>): Promise<void>;
  /** First answer over HTTP, then live with the same. */
  open(state: HolderState): Promise<void>;
}

export function createPhone(
  options: { readonly token?: ReturnType<typeof createTicketToken>; readonly backends?: StorageBackends } = {},
): ScriptedPhone {
  const clock = new TestClock();
  const lifecycle = createManualLifecycle();
  const backends = options.backends ?? { local: createMemoryWebStorage(), session: null, indexedDB: null };
  const asked: Asked[] = [];
  const listeners = new Map<string, Set<(fact: never) => void>>();
  const store = createStore<ConnectionState>({
    phase: 'idle',
    reason: null,
    revocation: null,
    instance: null,
    isReachable: false,
    clockOffsetMs: 0,
  });
  const connection: TicketConnection = {
    getState: store.getState,
    subscribe: store.subscribe,
    request: (name, input, { idempotencyKey, via } = {}) =>
      new Promise((resolve) => {
        asked.push({
          name,
          input,
          key: idempotencyKey,
          via,
          async answer(result) {
            resolve(result as never);
            await settle();
          },
        });
      }),
    on(name, listener) {
      const group = listeners.get(name) ?? new Set();
      listeners.set(name, group.add(listener));
      return () => void group.delete(listener);
    },
    acquire() {
      store.patch({ phase: 'connecting' });
      return () => undefined;
    },
    reconnect: () => undefined,
    probe: async () => true,
    close: () => undefined,
  };
  const environment = createEnvironment({ clock, lifecycle, storage: backends });
  const storage = createTicketStorage(backends);
  const client = { serverUrl: 'https://desk.example', environment, connection };
  const token = options.token ?? createTicketToken();
  const session = createTicketSession({ client, token, storage });
  const phone: ScriptedPhone = {
    clock,
    lifecycle,
    storage,
    session,
    connection,
    asked,
    last(name) {
      const found = asked.findLast((request) => request.name === name);
      if (!found) throw new Error(`Nobody asked ${name}`);
      return found;
    },
    count: (name) => asked.filter((request) => request.name === name).length,
    tell(name, fact) {
      for (const listener of listeners.get(name) ?? []) listener(fact as never);
    },
    async setConnection(state) {
      store.patch(state);
      await settle();
    },
    async open(state) {
      session.start();
      await phone.last('ticket:read').answer(succeed(state));
      await phone.setConnection({ phase: 'online' });
      await phone.last('ticket:read').answer(succeed(state));
    },
  };
  return phone;
}

export function findExample(id: string): TicketExample {
  const example = TICKET_STATES.find((candidate) => candidate.id === id);
  if (!example) throw new Error(`No example ${id}`);
  return example;
}

export function findJoinExample(id: string): JoinExample {
  const example = JOIN_STATES.find((candidate) => candidate.id === id);
  if (!example) throw new Error(`No example ${id}`);
  return example;
}

export interface ShownView<Element> {
  readonly view: Element;
  readonly root: ShadowRoot;
  readonly requests: TicketRequestEvent[];
  button(name: string): HTMLButtonElement;
}

interface Look {
  readonly scheme?: ColorSchemeChoice;
  readonly accent?: string;
  readonly locale?: Locale;
}

async function mount<Element extends HTMLElement & { updateComplete: Promise<unknown> }>(
  view: Element,
  look: Look,
): Promise<ShownView<Element>> {
  const host = await fixture<HTMLElement>(html`<div></div>`);
  const shadow = host.attachShadow({ mode: 'open' });
  applyTheme(shadow, look.accent, look.scheme ?? 'light');
  const requests: TicketRequestEvent[] = [];
  view.addEventListener(TicketRequestEvent.type, (event) => void requests.push(event as TicketRequestEvent));
  // What the outermost element paints behind it.
  const ground = document.createElement('div');
  ground.style.background = 'var(--frontdesk-surface-sunken)';
  ground.append(view);
  shadow.append(ground);
  await view.updateComplete;
  await nextFrame();
  const root = view.shadowRoot;
  if (!root) throw new Error('Nothing was drawn.');
  return {
    view,
    root,
    requests,
    button(name) {
      const found = [...root.querySelectorAll('button')].find(
        (button) => (button.getAttribute('aria-label') ?? button.textContent.trim()) === name,
      );
      if (!found) throw new Error(`No button ${name}`);
      return found;
    },
  };
}

const translate = (locale: Locale) => loadTranslator(ticketCatalogue, { locale, tag: locale });

export async function showTicket(example: TicketExample, look: Look = {}): Promise<ShownView<FrontdeskTicketView>> {
  const view = document.createElement('frontdesk-ticket-view') as FrontdeskTicketView;
  view.words = await translate(look.locale ?? example.locale ?? 'en');
  view.ticketState = example.state;
  view.isArmed = example.isArmed ?? false;
  view.notices = example.notices ?? 'none';
  view.now = () => NOW_MS;
  return mount(view, look);
}

export async function showJoin(example: JoinExample, look: Look = {}): Promise<ShownView<FrontdeskTicketJoin>> {
  const view = document.createElement('frontdesk-ticket-join') as FrontdeskTicketJoin;
  view.words = await translate(look.locale ?? example.locale ?? 'en');
  view.example = example.state;
  view.now = () => NOW_MS;
  return mount(view, look);
}
