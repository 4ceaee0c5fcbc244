/** Pages on which a business is set up, behind a scripted link, in a box of a chosen width. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import { createScriptedLink, type Answers, type ScriptedLink } from '@frontdesk/widgets/settings/setup/setup-states';
import type { SetupLink } from '@frontdesk/widgets/settings/setup/setup-link';
import { findButton, findDeep, pierce } from '../inbox/desk-fixture.js';

/** A group of pages: what they have in common. */
type SetupElement = HTMLElement & { link: SetupLink | null; page: string; memberRole: Role; serverUrl: string };

export interface SetupFixture {
  readonly host: HTMLElement;
  readonly element: SetupElement;
  readonly link: ScriptedLink;
  settle(): Promise<void>;
  /** Writes into a field as one event, as a paste does. */
  fill(selector: string, text: string): Promise<void>;
  choose(selector: string, value: string): Promise<void>;
  press(words: string): Promise<void>;
  /** Opens the row of a list that names this. */
  open(name: string): Promise<void>;
  find(selector: string): HTMLElement;
  has(selector: string): boolean;
  text(): string;
}

export interface SetupChoices {
  readonly answers?: Answers;
  readonly role?: Role;
  readonly scheme?: ColorSchemeChoice;
  readonly widthPx?: number;
  readonly direction?: 'ltr' | 'rtl';
}

/** All text below an element, shadow trees included. */
export function textOf(element: Element): string {
  const parts = [...(element.shadowRoot ?? element).querySelectorAll('*')].map((child) =>
    child.shadowRoot === null
      ? [...child.childNodes]
          .map((node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : ''))
          .join(' ')
      : textOf(child),
  );
  return parts.join(' ').replaceAll(/\s+/g, ' ');
}

/** `tag` is that of the group, `answers` what its server says unless the test chooses otherwise. */
export async function openSetupPage(
  tag: string,
  page: string,
  answers: Answers,
  choices: SetupChoices = {},
): Promise<SetupFixture> {
  const host = await fixture<HTMLElement>(html`<div dir=${choices.direction ?? 'ltr'}></div>`);
  const { style } = host;
  style.inlineSize = `${choices.widthPx ?? 800}px`;
  style.boxSizing = 'border-box';
  style.padding = '16px';
  style.background = 'var(--frontdesk-surface-sunken)';
  const root = host.attachShadow({ mode: 'open' });
  applyTheme(root, null, choices.scheme ?? 'light');
  const element = document.createElement(tag) as SetupElement;
  const link = createScriptedLink({ ...answers, ...choices.answers });
  element.link = link;
  element.page = page;
  element.memberRole = choices.role ?? 'owner';
  root.append(element);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn += 1) await nextFrame();
  };
  await settle();
  const write = async (selector: string, value: string, type: 'input' | 'change'): Promise<void> => {
    const field = pierce(element, selector) as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    await settle();
  };
  return {
    host,
    element,
    link,
    settle,
    fill: (selector, text) => write(selector, text, 'input'),
    choose: (selector, value) => write(selector, value, 'change'),
    async press(words) {
      findButton(element, words).click();
      await settle();
    },
    async open(name) {
      const row = listDeep(element, '.open').find((one) => one.querySelector('bdi')?.textContent === name);
      if (row === undefined) throw new Error(`No row ${name}`);
      row.click();
      await settle();
    },
    find: (selector) => pierce(element, selector),
    has: (selector) => findDeep(element, selector) !== null,
    text: () => textOf(element),
  };
}

function listDeep(element: Element, selector: string): HTMLElement[] {
  const root = element.shadowRoot ?? element;
  const inner = [...root.querySelectorAll('*')].filter(({ shadowRoot }) => shadowRoot !== null);
  return [...root.querySelectorAll<HTMLElement>(selector), ...inner.flatMap((child) => listDeep(child, selector))];
}

/** Elements that stick out of their page. */
export function findOverflow(element: Element, limit: DOMRect): string[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].flatMap((child) => {
    if (child.closest('.table, dialog, pre, .visually-hidden, frontdesk-queue-preview, frontdesk-queue-board') !== null)
      return [];
    const inner = findOverflow(child, limit);
    const box = child.getBoundingClientRect();
    const isOutside = box.width > 1 && (box.left < limit.left - 1 || box.right > limit.right + 1);
    return isOutside ? [`${child.tagName}.${child.className}`, ...inner] : inner;
  });
}
