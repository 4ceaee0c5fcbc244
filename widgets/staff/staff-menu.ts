import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { StaffElement } from './staff-element.js';
import { icon, type IconName } from './staff-icons.js';

export interface MenuItem {
  readonly value: string;
  readonly label: string;
  readonly icon?: IconName;
  /** Given: the item is one of a choice. */
  readonly checked?: boolean;
  readonly note?: string;
  /** Starts a new group. */
  readonly separated?: boolean;
  readonly danger?: boolean;
  /** The item leads to another page. */
  readonly href?: string;
}

export class MenuChosenEvent extends Event {
  readonly value: string;

  constructor(value: string) {
    super('menu-chosen');
    this.value = value;
  }
}

/**
 * A button that opens a menu in the top layer, next to itself.
 *
 * @fires menu-chosen - An item was chosen; the event's `value` is the item's.
 * @slot - Content of the button.
 */
export class FrontdeskStaffMenu extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: inline-block;
        max-inline-size: 100%;
      }
      .root {
        display: block;
      }
      .trigger {
        anchor-name: --trigger;
        max-inline-size: 100%;
      }
      :host([wide]) .trigger {
        inline-size: 100%;
        justify-content: flex-start;
      }
      .menu {
        position: fixed;
        position-anchor: --trigger;
        position-area: block-end span-inline-end;
        position-try-fallbacks:
          flip-inline,
          flip-block,
          flip-block flip-inline;
        inset: auto;
        min-inline-size: max(200px, anchor-size(inline));
        max-inline-size: min(320px, 90vw);
        max-block-size: min(420px, 70vh);
        margin: 4px 0;
        padding: 4px;
        overflow: auto;
        overscroll-behavior: contain;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-card);
        background: var(--frontdesk-surface-raised);
        color: var(--frontdesk-text);
        box-shadow: var(--frontdesk-shadow-2);
      }
      :host([align='end']) .menu {
        position-area: block-end span-inline-start;
      }
      .item {
        appearance: none;
        display: flex;
        align-items: center;
        gap: 8px;
        inline-size: 100%;
        min-block-size: 36px;
        padding: 6px 8px;
        border: 0;
        border-radius: var(--frontdesk-radius-control);
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        text-decoration: none;
        cursor: pointer;
      }
      .item:hover,
      .item:focus-visible {
        background: var(--frontdesk-surface-hover);
      }
      .item:focus-visible {
        outline-offset: -2px;
      }
      .item--danger {
        color: var(--frontdesk-danger);
      }
      .item__label {
        flex: 1;
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .item__check {
        inline-size: 16px;
        flex: none;
      }
      .item .icon {
        color: var(--frontdesk-text-muted);
      }
      .item--danger .icon {
        color: inherit;
      }
      hr {
        margin: 4px 8px;
        border: 0;
        border-block-start: 1px solid var(--frontdesk-line);
      }
      @media (pointer: coarse) {
        .item {
          min-block-size: 44px;
        }
      }
    `,
  ];

  @query('.trigger') private trigger?: HTMLButtonElement;
  @query('.menu') private menu?: HTMLElement;

  @state() private isOpen = false;

  /** Accessible name of the menu, and words before the content of the button. */
  @property() label = '';
  /** Other words before the content of the button; what is visible there belongs to its name as well. */
  @property({ attribute: false }) leadIn: string | null = null;
  @property({ attribute: false }) items: readonly MenuItem[] = [];
  /** Classes of the button. */
  @property({ attribute: false }) look = 'button button--small';
  @property({ type: Boolean }) disabled = false;
  /** Which edge of the button the menu lines up with. */
  @property({ reflect: true }) align: 'start' | 'end' = 'start';
  /** The button fills the available width. */
  @property({ type: Boolean, reflect: true }) wide = false;

  private handleToggle(event: ToggleEvent): void {
    this.isOpen = event.newState === 'open';
    if (!this.isOpen) return;
    const items = this.listItems();
    (items.find((item) => item.getAttribute('aria-checked') === 'true') ?? items[0])?.focus();
  }

  private handleKeydown(event: KeyboardEvent): void {
    const items = this.listItems();
    const index = items.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: items.length - 1 }[event.key];
    // Keys inside an open menu belong to it; a shortcut of the page must not fire underneath.
    if (this.isOpen) event.stopPropagation();
    if (!this.isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp') && event.target === this.trigger) {
      event.preventDefault();
      this.open();
      return;
    }
    if (!this.isOpen || target === undefined || items.length === 0) return;
    event.preventDefault();
    items[(target + items.length) % items.length]?.focus();
  }

  private handleChoice(item: MenuItem): void {
    this.menu?.hidePopover();
    this.trigger?.focus();
    this.dispatchEvent(new MenuChosenEvent(item.value));
  }

  private listItems(): HTMLElement[] {
    return [...(this.menu?.querySelectorAll<HTMLElement>('.item') ?? [])];
  }

  /** Opens the menu and moves the focus into it. */
  open(): void {
    if (!this.disabled) this.menu?.showPopover();
  }

  private renderContent(item: MenuItem): TemplateResult {
    return html`${item.icon ? icon(item.icon, 'small') : nothing}
      <span class="item__label" dir="auto">${item.label}</span>
      ${item.note ? html`<span class="muted tabular">${item.note}</span>` : nothing}`;
  }

  private renderItem(item: MenuItem): TemplateResult {
    if (item.href !== undefined) {
      return html`<a class="item" role="menuitem" tabindex="-1" href=${item.href}>${this.renderContent(item)}</a>`;
    }
    const isChoice = item.checked !== undefined;
    return html`${item.separated ? html`<hr role="separator" />` : nothing}
      <button
        class=${item.danger ? 'item item--danger' : 'item'}
        type="button"
        tabindex="-1"
        role=${isChoice ? 'menuitemradio' : 'menuitem'}
        aria-checked=${isChoice ? String(item.checked) : nothing}
        @click=${() => this.handleChoice(item)}
      >
        ${this.renderContent(item)}
        ${isChoice ? html`<span class="item__check">${item.checked ? icon('check', 'small') : nothing}</span>` : nothing}
      </button>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="root" @keydown=${this.handleKeydown}>
      <button
        class="trigger ${this.look}"
        type="button"
        popovertarget="menu"
        aria-haspopup="menu"
        aria-expanded=${String(this.isOpen)}
        title=${this.label}
        ?disabled=${this.disabled}
      >
        <span class="visually-hidden">${this.leadIn ?? this.label}</span>
        <slot></slot>
      </button>
      <div class="menu" id="menu" popover role="menu" aria-label=${this.label} @toggle=${this.handleToggle}>
        ${this.items.map((item) => this.renderItem(item))}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-staff-menu': FrontdeskStaffMenu;
  }
}
