import type { SiteDto } from '@frontdesk/protocol/tenancy';
import { css, html, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { icon } from '../staff/staff-icons.js';
import { styleProperties } from '../staff/style-properties.js';
import type { FrontdeskSettingsOriginList, OriginsChangedEvent } from './settings-origin-list.js';
import { refusedOrigins } from './settings-origins.js';
import { pageStyles, SettingsPageElement } from './settings-page.js';
import { formOf } from './settings-store.js';

/** The websites of the business, and the form that adds one. */
export class FrontdeskSettingsSites extends SettingsPageElement {
  static override styles = [
    ...pageStyles,
    css`
      .site {
        appearance: none;
        inline-size: 100%;
        border: 0;
        background: none;
        color: inherit;
        text-align: start;
        cursor: pointer;
      }
      .site:hover {
        background: var(--frontdesk-surface-hover);
      }
      .site:focus-visible {
        outline-offset: -2px;
      }
      .swatch {
        flex: none;
        inline-size: 28px;
        block-size: 28px;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-full);
      }
      .next {
        transform: rotate(180deg);
        color: var(--frontdesk-text-muted);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        align-items: flex-end;
        justify-content: space-between;
      }
      h1 {
        font-size: var(--frontdesk-size-20);
        margin-block-end: 4px;
      }
    `,
  ];

  @query('#name') private nameField?: HTMLInputElement;
  @query('frontdesk-settings-origin-list') private originList?: FrontdeskSettingsOriginList;
  @state() private newOrigins: readonly string[] = [];
  @state() private isNameMissing = false;

  @property() serverUrl = '';

  private async handleCreate(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const name = this.nameField?.value.trim() ?? '';
    this.isNameMissing = name === '';
    if (this.originList?.commit() === false || this.isNameMissing || this.isBusy('new-site')) return;
    await this.updateComplete;
    this.request({ type: 'create-site', name, allowedOrigins: this.newOrigins });
  }

  private renderSite(site: SiteDto): TemplateResult {
    const { words } = this;
    const origins = site.allowedOrigins.length === 0 ? words.t('siteOriginsNone') : words.list(site.allowedOrigins);
    return html`<button
      class="site row"
      type="button"
      @click=${() => this.request({ type: 'open-site', site: site.id })}
    >
      <span class="swatch" ${styleProperties({ background: site.theme.accent })}></span>
      <span class="row__main">
        <span class="row__title" dir="auto">${site.name}</span>
        <span class="row__sub">${origins}</span>
      </span>
      <span class="next">${icon('back', 'small')}</span>
    </button>`;
  }

  private renderNew(): TemplateResult {
    const { words } = this;
    return html`<form class="block" novalidate @submit=${this.handleCreate}>
      <h2>${words.t('siteAdd')}</h2>
      <div class="form">
        <div class="field">
          <label class="field__label" for="name">${words.t('siteName')}</label>
          <input
            class="input"
            id="name"
            type="text"
            dir="auto"
            maxlength="80"
            autocomplete="off"
            aria-invalid=${this.isNameMissing ? 'true' : nothing}
            aria-describedby="name-hint"
          />
          <span class="field__hint" id="name-hint">${words.t('siteNameHint')}</span>
          ${
            this.isNameMissing
              ? html`<span class="field__error" role="alert">${words.t('invalidRequired')}</span>`
              : nothing
          }
        </div>
        <frontdesk-settings-origin-list
          .words=${words}
          .origins=${this.newOrigins}
          .refused=${refusedOrigins(formOf(this.state, 'new-site').error?.fields)}
          @origins-changed=${(event: OriginsChangedEvent) => (this.newOrigins = event.origins)}
        ></frontdesk-settings-origin-list>
      </div>
      <div class="actions">
        <button class="button button--primary" type="submit" aria-disabled=${String(this.isBusy('new-site'))}>
          ${words.t('siteCreate')}
        </button>
        <button class="button" type="button" @click=${() => this.request({ type: 'open-site', site: null })}>
          ${words.t('cancel')}
        </button>
        ${this.renderStatus('new-site')}
      </div>
    </form>`;
  }

  private renderList(sites: readonly SiteDto[]): TemplateResult {
    const { words } = this;
    const pending = this.renderPending(this.state.sites);
    if (pending !== null && sites.length === 0) return pending;
    if (sites.length === 0) {
      return html`<div class="block empty">
        ${icon('globe')}
        <h2>${words.t('sitesEmptyTitle')}</h2>
        <p>${words.t('sitesEmptyBody')}</p>
        <button
          class="button button--primary"
          type="button"
          @click=${() => this.request({ type: 'open-site', site: 'new' })}
        >
          ${words.t('siteAdd')}
        </button>
      </div>`;
    }
    return html`<div class="block block--flush">${sites.map((site) => this.renderSite(site))}</div>`;
  }

  protected override render(): TemplateResult {
    const { state, words } = this;
    const sites = state.sites.data;
    const open = sites.find(({ id }) => id === state.openSite);
    if (open !== undefined) {
      return html`<frontdesk-settings-site
        .words=${words}
        .state=${state}
        .site=${open}
        .serverUrl=${this.serverUrl}
      ></frontdesk-settings-site>`;
    }
    const isAdding = state.openSite === 'new';
    return html`<div class="root page">
      <div class="head">
        <div>
          <h1>${words.t('pageSites')}</h1>
          <p class="lead">${words.t('sitesLead')}</p>
        </div>
        ${
          isAdding || sites.length === 0
            ? nothing
            : html`<button
                class="button"
                type="button"
                @click=${() => this.request({ type: 'open-site', site: 'new' })}
              >
                ${icon('plus', 'small')} ${words.t('siteAdd')}
              </button>`
        }
      </div>
      ${isAdding ? this.renderNew() : this.renderList(sites)}
    </div>`;
  }
}
