/** The pages of the queue behind a scripted link, in a box of a chosen width. */
import { fixture, html, nextFrame } from '@open-wc/testing';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import '@frontdesk/widgets/settings/queue/define';
import { createScriptedLink, type Answers, type ScriptedLink } from '@frontdesk/widgets/settings/queue/queue-states';
import type { FrontdeskSettingsQueue } from '@frontdesk/widgets/settings/queue/settings-queue';
import type { QueuePageName } from '@frontdesk/widgets/settings/settings-store';
import { findButton, findDeep, pierce } from '../inbox/desk-fixture.js';

export interface QueueFixture {
  readonly host: HTMLElement;
  readonly element: FrontdeskSettingsQueue;
  readonly link: ScriptedLink;
  settle(): Promise<void>;
  /** Writes into a field as one event, as a paste does. */
  fill(selector: string, text: string): Promise<void>;
  choose(selector: string, value: string): Promise<void>;
  press(words: string): Promise<void>;
  find(selector: string): HTMLElement;
  has(selector: string): boolean;
  text(): string;
}

export interface QueueChoices {
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

export async function openQueuePage(page: QueuePageName, choices: QueueChoices = {}): Promise<QueueFixture> {
  const host = await fixture<HTMLElement>(html`<div dir=${choices.direction ?? 'ltr'}></div>`);
  const { style } = host;
  style.inlineSize = `${choices.widthPx ?? 800}px`;
  style.boxSizing = 'border-box';
  style.padding = '16px';
  style.background = 'var(--frontdesk-surface-sunken)';
  const root = host.attachShadow({ mode: 'open' });
  applyTheme(root, null, choices.scheme ?? 'light');
  const element = document.createElement('frontdesk-settings-queue');
  const link = createScriptedLink(choices.answers);
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
    find: (selector) => pierce(element, selector),
    has: (selector) => findDeep(element, selector) !== null,
    text: () => textOf(element),
  };
}

/** Elements that stick out of their page. */
export function findOverflow(element: Element, limit: DOMRect): string[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].flatMap((child) => {
    if (child.closest('.table, dialog, .visually-hidden, frontdesk-queue-preview, frontdesk-queue-board') !== null)
      return [];
    const inner = findOverflow(child, limit);
    const box = child.getBoundingClientRect();
    const isOutside = box.width > 1 && (box.left < limit.left - 1 || box.right > limit.right + 1);
    return isOutside ? [`${child.tagName}.${child.className}`, ...inner] : inner;
  });
}
