import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import type { TenantDto } from '@frontdesk/protocol/tenancy';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { pageStyles, SettingsPageElement } from './settings-page.js';
import { canManage, formOf } from './settings-store.js';

type Draft = Pick<TenantDto, 'name' | 'locale' | 'timeZone'>;

/** Name, language and time zone of the business. */
export class FrontdeskSettingsBusiness extends SettingsPageElement {
  static override styles = [
    ...pageStyles,
    css`
      h1 {
        margin-block-end: 4px;
        font-size: var(--frontdesk-size-20);
      }
      dl {
        display: grid;
        gap: 12px;
      }
      dt {
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
    `,
  ];

  @state() private draft: Draft | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const previous = changed.get('state');
    const { data } = this.state.tenant;
    if (data === null || (this.draft !== null && previous?.tenant.data === data)) return;
    // What is being typed stays unless it was just saved.
    if (this.draft !== null && formOf(this.state, 'business').phase !== 'saved') return;
    this.draft = { name: data.name, locale: data.locale, timeZone: data.timeZone };
  }

  private handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (this.draft === null || this.draft.name.trim() === '' || this.isBusy('business')) return;
    this.request({ type: 'update-tenant', change: this.draft });
  }

  private change(patch: Partial<Draft>): void {
    if (this.draft !== null) this.draft = { ...this.draft, ...patch };
  }

  private nameLanguage(locale: Locale): string {
    const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
    return name.slice(0, 1).toLocaleUpperCase(locale) + name.slice(1);
  }

  private listZones(current: string): readonly string[] {
    const zones = Intl.supportedValuesOf('timeZone');
    return zones.includes(current) ? zones : [current, ...zones];
  }

  private renderSelect(
    id: 'locale' | 'timeZone',
    label: string,
    options: readonly (readonly [value: string, text: string])[],
    value: string,
    hint?: string,
  ): TemplateResult {
    return html`<div class="field">
      <label class="field__label" for=${id}>${label}</label>
      <select
        class="input"
        id=${id}
        @change=${(event: Event) => this.change({ [id]: (event.target as HTMLSelectElement).value })}
      >
        ${options.map(([option, text]) => html`<option value=${option} ?selected=${option === value}>${text}</option>`)}
      </select>
      ${hint === undefined ? nothing : html`<span class="field__hint">${hint}</span>`}
    </div>`;
  }

  private renderForm(draft: Draft): TemplateResult {
    const { words } = this;
    const isNameMissing = draft.name.trim() === '';
    return html`<form class="block" novalidate @submit=${this.handleSubmit}>
      <div class="form">
        <div class="field">
          <label class="field__label" for="name">${words.t('businessName')}</label>
          <input
            class="input"
            id="name"
            type="text"
            dir="auto"
            maxlength="80"
            autocomplete="organization"
            aria-invalid=${isNameMissing ? 'true' : nothing}
            .value=${draft.name}
            @input=${(event: Event) => this.change({ name: (event.target as HTMLInputElement).value })}
          />
          ${
            isNameMissing ? html`<span class="field__error" role="alert">${words.t('invalidRequired')}</span>` : nothing
          }
        </div>
        ${this.renderSelect(
          'locale',
          words.t('businessLanguage'),
          LOCALES.map((locale) => [locale, this.nameLanguage(locale)]),
          draft.locale,
          words.t('businessLanguageHint'),
        )}
        ${this.renderSelect(
          'timeZone',
          words.t('businessZone'),
          this.listZones(draft.timeZone).map((zone) => [zone, zone.replaceAll('_', ' ')]),
          draft.timeZone,
        )}
      </div>
      <div class="actions">
        <button class="button button--primary" type="submit" aria-disabled=${String(this.isBusy('business'))}>
          ${words.t('save')}
        </button>
        ${this.renderStatus('business')}
      </div>
    </form>`;
  }

  private renderFacts(draft: Draft): TemplateResult {
    const { words } = this;
    return html`<div class="block">
      <dl>
        <div>
          <dt>${words.t('businessName')}</dt>
          <dd dir="auto">${draft.name}</dd>
        </div>
        <div>
          <dt>${words.t('businessLanguage')}</dt>
          <dd>${this.nameLanguage(draft.locale)}</dd>
        </div>
        <div>
          <dt>${words.t('businessZone')}</dt>
          <dd>${draft.timeZone.replaceAll('_', ' ')}</dd>
        </div>
      </dl>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { draft, words } = this;
    const isManager = canManage(this.memberRole);
    return html`<div class="root page">
      <div>
        <h1>${words.t('pageBusiness')}</h1>
        ${isManager ? nothing : html`<p class="lead">${words.t('readOnly')}</p>`}
      </div>
      ${
        draft === null
          ? this.renderPending(this.state.tenant)
          : isManager
            ? this.renderForm(draft)
            : this.renderFacts(draft)
      }
    </div>`;
  }
}
