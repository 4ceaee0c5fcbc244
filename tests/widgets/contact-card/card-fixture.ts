/** A card in a test: a server that says what the test scripts, a clock that it winds, and the elements on a page. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import type { CardView } from '@frontdesk/protocol/cards';
import type { CardId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Result } from '@frontdesk/protocol/result';
import { createManualLifecycle } from '@frontdesk/widgets/core/client/lifecycle';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import type { CardRequest, CardRequestOptions } from '@frontdesk/widgets/contact-card/card-client';
import type { FrontdeskCardView } from '@frontdesk/widgets/contact-card/card-view';
import type { FrontdeskContactCard } from '@frontdesk/widgets/contact-card/contact-card';
import { loadCardWords } from '@frontdesk/widgets/contact-card/card-words';
import type { CardActionKind } from '@frontdesk/widgets/contact-card/contact-card-events';
import type { FrontdeskCardForm } from '@frontdesk/widgets/contact-card/form/message-form';
import '@frontdesk/widgets/contact-card/define';
import '@frontdesk/widgets/contact-card/form/define';
import {
  buildCardView,
  CARD_STATES,
  FORM_STATES,
  type CardExample,
  type FormExample,
} from '@frontdesk/widgets/contact-card/states';
import { settle, TestClock } from '../ticket/ticket-fixture.js';

export { fail, lose, settle, succeed, TestClock } from '../ticket/ticket-fixture.js';

export const SITE = `pk_${'a'.repeat(24)}`;
export const CARD_ID = '0123456789abcdef01234567' as CardId;

export interface Asked {
  readonly name: string;
  readonly input: Record<string, unknown>;
  readonly options: CardRequestOptions;
  answer(result: Result<unknown>): Promise<void>;
}

/** Every question waits until the test answers it. */
export function createScript() {
  const asked: Asked[] = [];
  const request = ((name: string, input: Record<string, unknown>, options: CardRequestOptions = {}) =>
    new Promise((resolve) => {
      const answer = async (result: Result<unknown>): Promise<void> => {
        resolve(result);
        await settle();
      };
      asked.push({ name, input, options, answer });
    })) as unknown as CardRequest;
  const last = (name?: string): Asked => {
    const found = asked.findLast((one) => name === undefined || one.name === name);
    if (!found) throw new Error(`Nobody asked ${name ?? ''}`);
    return found;
  };
  const count = (name: string): number => asked.filter((one) => one.name === name).length;
  return { clock: new TestClock(), lifecycle: createManualLifecycle(), request, asked, last, count };
}

export function findCard(id: string): CardExample {
  const example = CARD_STATES.find((candidate) => candidate.id === id);
  if (!example) throw new Error(`No example ${id}`);
  return example;
}

export function findForm(id: string): FormExample {
  const example = FORM_STATES.find((candidate) => candidate.id === id);
  if (!example) throw new Error(`No example ${id}`);
  return example;
}

interface Look {
  readonly scheme?: ColorSchemeChoice;
  readonly accent?: string;
  readonly locale?: Locale;
}

async function mount<Element extends HTMLElement & { updateComplete: Promise<unknown> }>(
  element: Element,
  look: Look,
): Promise<{ element: Element; root: ShadowRoot }> {
  const host = await fixture<HTMLElement>(html`<div></div>`);
  const shadow = host.attachShadow({ mode: 'open' });
  applyTheme(shadow, look.accent, look.scheme ?? 'light');
  const ground = document.createElement('div');
  ground.style.background = 'var(--frontdesk-surface)';
  ground.append(element);
  shadow.append(ground);
  await element.updateComplete;
  await nextFrame();
  const root = element.shadowRoot;
  if (!root) throw new Error('Nothing was drawn.');
  return { element, root };
}

export async function showCard(example: CardExample, look: Look = {}) {
  const view = document.createElement('frontdesk-card-view') as FrontdeskCardView;
  const pressed: CardActionKind[] = [];
  const locale = look.locale ?? example.locale ?? 'en';
  view.look = {
    words: await loadCardWords({ locale, tag: locale }),
    state: example.state,
    serverUrl: 'https://desk.example',
    site: SITE,
    // Nothing leaves the page of the test.
    act: (kind) => pressed.push(kind) > 0,
  };
  return { ...(await mount(view, look)), pressed };
}

export async function showForm(example: FormExample, look: Look = {}) {
  const form = document.createElement('frontdesk-card-form') as FrontdeskCardForm;
  const locale = look.locale ?? 'en';
  form.language = { locale, tag: locale };
  form.example = example.state;
  return mount(form, look);
}

export interface CardServer {
  view: CardView;
  /** Names of the commands that came, in order. */
  readonly heard: string[];
  restore(): void;
}

/** Stands in for the network: answers what a card asks. */
export function startCardServer(view: Partial<CardView> = {}, revealed: Partial<CardView> = {}): CardServer {
  const { fetch } = window;
  const server: CardServer = {
    view: buildCardView(view),
    heard: [],
    restore: () => void (window.fetch = fetch),
  };
  window.fetch = async (input) => {
    const name = decodeURIComponent(String(input)).split('/').at(-1)?.split('?')[0] ?? '';
    server.heard.push(name);
    const challenge = { challenge: 'a challenge', bits: 4, expiresAt: '2030-01-01T00:00:00.000Z' };
    const revealedView = { ...server.view, ...revealed };
    const data = { 'card:reveal': revealedView, 'proof:request': challenge }[name] ?? server.view;
    return new Response(JSON.stringify({ ok: true, data }), { headers: { 'Content-Type': 'application/json' } });
  };
  return server;
}

export async function openCard(card: string = CARD_ID): Promise<FrontdeskContactCard> {
  const element = await fixture<FrontdeskContactCard>(
    html`<frontdesk-contact-card server="https://desk.example" site=${SITE} card=${card} locale="en"
      ><a href="https://desk.example/cards/x.html">Contact</a></frontdesk-contact-card
    >`,
  );
  for (let turn = 0; turn < 50 && !viewOf(element); turn += 1) await nextFrame();
  return element;
}

export function viewOf(element: FrontdeskContactCard): FrontdeskCardView | null {
  return element.shadowRoot?.querySelector<FrontdeskCardView>('frontdesk-card-view') ?? null;
}

export function partsOf(element: FrontdeskContactCard): ShadowRoot {
  const root = viewOf(element)?.shadowRoot;
  if (!root) throw new Error('There is no card.');
  return root;
}
