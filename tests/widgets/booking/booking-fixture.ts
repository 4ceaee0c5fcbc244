/** Booking in a test: a connection that says what the test scripts, a clock that it winds, and the elements on a page. */
import { decodeSlotChange } from '@frontdesk/domain/booking/slot-change';
import { fixture, html, nextFrame } from '@open-wc/testing';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Result } from '@frontdesk/protocol/result';
import type { VisitorFacts } from '@frontdesk/protocol/visitor';
import { createVisitorToken } from '@frontdesk/protocol/ids';
import type { BookingClient, BookingLive } from '@frontdesk/widgets/core/client/booking-client';
import type { ConnectionState } from '@frontdesk/widgets/core/client/connection-types';
import { createEnvironment } from '@frontdesk/widgets/core/client/environment';
import { createManualLifecycle } from '@frontdesk/widgets/core/client/lifecycle';
import { createMemoryWebStorage } from '@frontdesk/widgets/core/client/storage';
import { createBookingStorage } from '@frontdesk/widgets/core/client/storage-booking';
import { createStore } from '@frontdesk/widgets/core/client/store';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import { manageCatalogue } from '@frontdesk/widgets/locales/booking-manage';
import {
  createBookingController,
  type BookingController,
  type BookingControllerOptions,
} from '@frontdesk/widgets/booking/booking-controller';
import { BookingRequestEvent } from '@frontdesk/widgets/booking/booking-events';
import { EMPTY_DRAFT, NO_CHOICES } from '@frontdesk/widgets/booking/start-store';
import { createRequester } from '@frontdesk/widgets/booking/requester';
import type { FrontdeskBookingView } from '@frontdesk/widgets/booking/booking-view';
import * as visit from '@frontdesk/widgets/booking/visit';
import '@frontdesk/widgets/booking/define';
import '@frontdesk/widgets/booking/flow/define';
import '@frontdesk/widgets/booking/manage/define';
import '@frontdesk/widgets/booking/verify/define';
import '@frontdesk/widgets/booking/parts/define';
import type { FrontdeskManageView } from '@frontdesk/widgets/booking/manage/manage-view';
import type { ManageDesk } from '@frontdesk/widgets/booking/manage/manage-screens';
import { PARTS_STATES } from '@frontdesk/widgets/booking/parts/parts-states';
import { BOOKING_STATES, EXAMPLE_NOW_MS, EXAMPLE_ZONE, type BookingExample } from '@frontdesk/widgets/booking/states';
import { MANAGE_STATES, type ManageExample } from '@frontdesk/widgets/booking/manage/manage-states';
import { settle, TestClock, type Asked } from '../ticket/ticket-fixture.js';

const PROOF = { challenge: 'a.1.b', solution: '1' };
export const SITE = 'pk_000000000000000000000000';

export interface ScriptedDesk {
  readonly clock: TestClock;
  readonly client: BookingClient;
  readonly asked: Asked[];
  readonly session: ReturnType<typeof createMemoryWebStorage>;
  last(name: string): Asked;
  count(name: string): number;
  tell<Name extends keyof VisitorFacts>(name: Name, fact: VisitorFacts[Name]): Promise<void>;
  setPhase(phase: ConnectionState['phase']): Promise<void>;
  /** How often somebody wants to be connected now. */
  users(): number;
  listeners(): number;
}

export function createDesk(session = createMemoryWebStorage()): ScriptedDesk {
  const clock = new TestClock(EXAMPLE_NOW_MS);
  const asked: Asked[] = [];
  const listeners = new Map<string, Set<(fact: never) => void>>();
  let users = 0;
  let subscribers = 0;
  let token = createVisitorToken();
  const store = createStore<ConnectionState>({
    phase: 'idle',
    reason: null,
    revocation: null,
    instance: null,
    isReachable: false,
    clockOffsetMs: 0,
  });
  const push = (name: string, input: unknown, key: Asked['key'], via: Asked['via']): Promise<never> =>
    new Promise((resolve) => {
      const answer = async (result: Result<unknown>): Promise<void> => {
        resolve(result as never);
        await settle();
      };
      asked.push({ name, input, key, via, answer });
    });
  let from = '';
  const connection: BookingLive['connection'] = {
    getState: store.getState,
    subscribe(listener) {
      subscribers += 1;
      const stop = store.subscribe(listener);
      return () => {
        subscribers -= 1;
        stop();
      };
    },
    request: (name, input, { idempotencyKey, via } = {}) => push(name, input, idempotencyKey, via),
    on(name, listener) {
      const group = listeners.get(name) ?? new Set();
      listeners.set(name, group.add(listener));
      return () => void group.delete(listener);
    },
    acquire() {
      users += 1;
      return () => (users -= 1);
    },
    reconnect: () => undefined,
    probe: async () => true,
    close: () => undefined,
  };
  const storage = { local: null, session, indexedDB: null };
  const environment = createEnvironment({ clock, lifecycle: createManualLifecycle(), storage });
  return {
    clock,
    asked,
    session,
    client: {
      environment,
      storage: createBookingStorage(SITE, storage),
      request: (name, input, key) => push(name, input, key, 'http'),
      loadLive: async () => ({
        connection,
        setQuestion: (question) => (from = question.from),
        readChange: (change) => decodeSlotChange(change, from),
      }),
      getToken: () => token,
      setToken(known) {
        token = known;
      },
    },
    last(name) {
      const found = asked.findLast((request) => request.name === name);
      if (!found) throw new Error(`Nobody asked ${name}`);
      return found;
    },
    count: (name) => asked.filter((request) => request.name === name).length,
    async tell(name, fact) {
      for (const listener of listeners.get(name) ?? []) listener(fact as never);
      await settle();
    },
    async setPhase(phase) {
      store.patch({ phase });
      await settle();
    },
    users: () => users,
    listeners: () => subscribers + [...listeners.values()].reduce((sum, group) => sum + group.size, 0),
  };
}

export function openBooking(
  desk: ScriptedDesk,
  options: Partial<BookingControllerOptions> = {},
): { readonly controller: BookingController; readonly events: Event[] } {
  const events: Event[] = [];
  const requester = createRequester(desk.client);
  const controller = createBookingController({
    client: desk.client,
    locationId: null,
    preset: { serviceId: null, staffId: null, date: null },
    draft: EMPTY_DRAFT,
    choices: NO_CHOICES,
    loadVisit: async () => visit,
    visitorZone: EXAMPLE_ZONE,
    isHolding: true,
    getLocale: () => 'en',
    loadSubmitter: async () => ({
      prepare: () => undefined,
      send: (name, input) => requester.request(name, { ...input, proof: PROOF } as never),
    }),
    emit: (event) => events.push(event) > 0,
    ...options,
  });
  controller.start();
  return { controller, events };
}

interface Look {
  readonly scheme?: ColorSchemeChoice;
  readonly locale?: Locale;
}

interface ShownView<Element> {
  readonly view: Element;
  readonly root: ShadowRoot;
  readonly requests: BookingRequestEvent[];
}

async function mount<Element extends HTMLElement & { updateComplete: Promise<unknown> }>(
  view: Element,
  { scheme = 'light' }: Look,
): Promise<ShownView<Element>> {
  const host = await fixture<HTMLElement>(html`<div></div>`);
  const shadow = host.attachShadow({ mode: 'open' });
  applyTheme(shadow, null, scheme);
  const requests: BookingRequestEvent[] = [];
  host.addEventListener(BookingRequestEvent.type, (event) => void requests.push(event as BookingRequestEvent));
  shadow.append(view);
  await view.updateComplete;
  await nextFrame();
  await nextFrame();
  if (!view.shadowRoot) throw new Error('Nothing was drawn.');
  return { view, root: view.shadowRoot, requests };
}

const translate = (locale: Locale, tag: string = locale) => loadTranslator(manageCatalogue, { locale, tag });

export async function showBooking(example: BookingExample, look: Look = {}): Promise<ShownView<FrontdeskBookingView>> {
  const view = document.createElement('frontdesk-booking-view');
  const locale = look.locale ?? example.locale ?? 'en';
  view.words = await translate(locale, locale === 'en' ? 'en-MY' : locale);
  view.state = example.state;
  view.manageUrl = 'https://clinic.example/booking';
  view.renderSummary = visit.renderSummary;
  return mount(view, look);
}

export async function showManage(
  example: ManageExample,
  look: Look = {},
  desk?: ManageDesk,
): Promise<ShownView<FrontdeskManageView>> {
  const view = document.createElement('frontdesk-manage-booking-view');
  view.words = await translate(look.locale ?? example.locale ?? 'en');
  view.state = example.state;
  if (desk) view.desk = desk;
  return mount(view, look);
}

export function findBookingExample(id: string): BookingExample {
  const found = [...BOOKING_STATES, ...PARTS_STATES].find((one) => one.id === id);
  if (!found) throw new Error(`No example ${id}`);
  return found;
}

export function findManageExample(id: string): ManageExample {
  const found = MANAGE_STATES.find((one) => one.id === id);
  if (!found) throw new Error(`No example ${id}`);
  return found;
}

/** All shadow roots below, so that nothing hides in an inner element. */
export function collectRoots(root: ShadowRoot): ShadowRoot[] {
  const inner = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
    shadowRoot ? collectRoots(shadowRoot) : [],
  );
  return [root, ...inner];
}

export function findButton(root: ShadowRoot, name: string): HTMLButtonElement {
  const buttons = collectRoots(root).flatMap((one) => [...one.querySelectorAll('button')]);
  const found = buttons.find((button) => (button.getAttribute('aria-label') ?? button.textContent.trim()) === name);
  if (!found) throw new Error(`No button ${name}`);
  return found;
}
