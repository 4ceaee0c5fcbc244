import { LIST_VIEWS, type ListView } from '@frontdesk/protocol/vocabulary';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { StaffElement } from '../staff/staff-element.js';
import { icon } from '../staff/staff-icons.js';
import type { MenuChosenEvent } from '../staff/staff-menu.js';
import { InboxRequestEvent } from './inbox-events.js';
import { VIEW_ICONS, VIEW_MESSAGES } from './inbox-words.js';

export type Counts = Readonly<Partial<Record<ListView, number>>>;

/** The views with their counts: a list where there is room, a menu where there is not. */
export class FrontdeskInboxViews extends StaffElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    css`
      .view {
        appearance: none;
        display: flex;
        align-items: center;
        gap: 12px;
        inline-size: 100%;
        min-block-size: 36px;
        padding: 6px 12px;
        border: 0;
        border-radius: var(--frontdesk-radius-control);
        background: none;
        color: var(--frontdesk-text-muted);
        text-align: start;
        cursor: pointer;
      }
      .view:hover {
        background: var(--frontdesk-surface-hover);
        color: var(--frontdesk-text);
      }
      .view[aria-current='true'] {
        background: var(--frontdesk-neutral-4);
        color: var(--frontdesk-text);
        font-weight: 600;
      }
      .view .icon {
        inline-size: 18px;
        block-size: 18px;
      }
      .name {
        flex: 1;
      }
      .count {
        font-size: var(--frontdesk-size-13);
        font-weight: 400;
      }
      .current {
        display: flex;
        align-items: center;
        gap: 8px;
        color: var(--frontdesk-text);
        font-size: var(--frontdesk-size-16);
        font-weight: 600;
      }
      .current .count {
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-14);
      }
      .current .icon {
        inline-size: 16px;
        block-size: 16px;
        color: var(--frontdesk-text-muted);
      }
    `,
  ];

  @property() view: ListView = 'all-open';
  @property({ attribute: false }) counts: Counts = {};
  @property() layout: 'rail' | 'menu' = 'menu';

  private choose(view: ListView): void {
    this.dispatchEvent(new InboxRequestEvent({ type: 'choose-view', view }));
  }

  private renderCount(view: ListView): TemplateResult | typeof nothing {
    const count = this.counts[view] ?? 0;
    return count === 0 ? nothing : html`<span class="count tabular">${this.words.number(count)}</span>`;
  }

  private renderMenu(): TemplateResult {
    const { words } = this;
    return html`<frontdesk-staff-menu
      .words=${words}
      .label=${words.t('viewsLabel')}
      .look=${'button button--quiet button--small'}
      .items=${LIST_VIEWS.map((view) => ({
        value: view,
        label: words.t(VIEW_MESSAGES[view]),
        icon: VIEW_ICONS[view],
        checked: view === this.view,
        ...(this.counts[view] ? { note: words.number(this.counts[view] ?? 0) } : {}),
      }))}
      @menu-chosen=${(event: MenuChosenEvent) => this.choose(event.value as ListView)}
    >
      <span class="current">
        ${words.t(VIEW_MESSAGES[this.view])} ${this.renderCount(this.view)} ${icon('down', 'small')}
      </span>
    </frontdesk-staff-menu>`;
  }

  private renderRail(): TemplateResult {
    const { words } = this;
    return html`<nav aria-label=${words.t('viewsLabel')}>
      ${LIST_VIEWS.map(
        (view) =>
          html`<button
            class="view"
            type="button"
            aria-current=${view === this.view ? 'true' : nothing}
            @click=${() => this.choose(view)}
          >
            ${icon(VIEW_ICONS[view])}
            <span class="name">${words.t(VIEW_MESSAGES[view])}</span>
            ${this.renderCount(view)}
          </button>`,
      )}
    </nav>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="root">${this.layout === 'rail' ? this.renderRail() : this.renderMenu()}</div>`;
  }
}
