import type { SiteDto, SiteTheme } from '@frontdesk/protocol/tenancy';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { normalizeHex } from '../core/color.js';
import { icon } from '../staff/staff-icons.js';
import type { StaffMessageKey } from '../staff/words.js';
import type { FrontdeskSettingsOriginList, OriginsChangedEvent } from './settings-origin-list.js';
import { refusedOrigins } from './settings-origins.js';
import { pageStyles, SettingsPageElement } from './settings-page.js';
import { formOf } from './settings-store.js';

type Draft = Pick<SiteDto, 'name' | 'greeting' | 'allowedOrigins' | 'theme' | 'requireIdentity'>;

const SCHEMES = [
  ['auto', 'schemeAuto'],
  ['light', 'schemeLight'],
  ['dark', 'schemeDark'],
] as const satisfies readonly (readonly [SiteTheme['colorScheme'], StaffMessageKey])[];
const SIDES = [
  ['end', 'sideEnd'],
  ['start', 'sideStart'],
] as const satisfies readonly (readonly [SiteTheme['launcherSide'], StaffMessageKey])[];

/** One website: its snippet, its words, its look with a live preview, its addresses. */
export class FrontdeskSettingsSite extends SettingsPageElement {
  static override styles = [
    ...pageStyles,
    css`
      .title {
        display: flex;
        gap: 4px;
        align-items: center;
        margin-inline-start: -12px;
        font-size: var(--frontdesk-size-20);
      }
      .colour {
        display: flex;
        gap: 8px;
      }
      .colour input[type='color'] {
        flex: none;
        inline-size: 44px;
        block-size: 44px;
        padding: 3px;
        border: 1px solid var(--frontdesk-line-strong);
        border-radius: var(--frontdesk-radius-control);
        background: var(--frontdesk-surface);
        cursor: pointer;
      }
      .look {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr));
        gap: 24px;
      }
      .look__fields {
        display: grid;
        gap: 16px;
        align-content: start;
      }
      .bar {
        position: sticky;
        inset-block-end: 0;
        padding-block: 12px;
        background: var(--frontdesk-surface-sunken);
      }
      frontdesk-settings-origin-list {
        max-inline-size: 520px;
      }
    `,
  ];

  @query('frontdesk-settings-origin-list') private originList?: FrontdeskSettingsOriginList;

  @state() private draft: Draft | null = null;
  /** What stands in the colour field while it is not a colour yet. */
  @state() private accentText = '';

  @property({ attribute: false }) site: SiteDto | null = null;
  @property() serverUrl = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    const previous = changed.get('site');
    // A change from elsewhere must not wipe what is being typed here; only another website, or our own save, does.
    const isOurs = previous?.id === this.site?.id && formOf(this.state, 'site').phase !== 'saved';
    if (!changed.has('site') || (this.draft !== null && isOurs) || this.site === null) return;
    const { name, greeting, allowedOrigins, theme, requireIdentity } = this.site;
    this.draft = { name, greeting, allowedOrigins: [...allowedOrigins], theme, requireIdentity };
    this.accentText = theme.accent;
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isBusy('site') || this.originList?.commit() === false) return;
    // The committed address arrives as an event and must be in the draft before it is read.
    await this.updateComplete;
    if (this.site === null || this.draft === null || this.problems.size > 0) return;
    const { greeting, ...change } = this.draft;
    // A greeting that was never written stays unwritten: the visitor reads ours, in their language.
    const written = greeting.trim() === '' ? {} : { greeting };
    this.request({ type: 'update-site', siteId: this.site.id, change: { ...change, ...written } });
  }

  private handleAccent(event: Event): void {
    this.accentText = (event.target as HTMLInputElement).value;
    const accent = normalizeHex(this.accentText);
    if (accent !== undefined) this.changeTheme({ accent });
  }

  private change(patch: Partial<Draft>): void {
    if (this.draft !== null) this.draft = { ...this.draft, ...patch };
  }

  private changeTheme(patch: Partial<SiteTheme>): void {
    if (this.draft !== null) this.change({ theme: { ...this.draft.theme, ...patch } });
  }

  /** Field → what is wrong with it: by our own look, or by the server's. */
  private get problems(): ReadonlyMap<string, StaffMessageKey> {
    const problems = new Map<string, StaffMessageKey>();
    if (this.draft?.name.trim() === '') problems.set('name', 'invalidRequired');
    if (this.draft?.greeting.trim() === '' && this.site?.greeting !== '') problems.set('greeting', 'invalidRequired');
    if (normalizeHex(this.accentText) === undefined) problems.set('accent', 'accentInvalid');
    return problems;
  }

  private renderText(
    field: 'name' | 'greeting',
    maxLength: number,
    label: StaffMessageKey,
    hint: StaffMessageKey,
  ): TemplateResult {
    const { words, draft } = this;
    const problem = this.problems.get(field);
    return html`<div class="field">
      <label class="field__label" for=${field}>${words.t(label)}</label>
      <input
        class="input"
        id=${field}
        type="text"
        dir="auto"
        maxlength=${maxLength}
        autocomplete="off"
        placeholder=${field === 'greeting' ? words.t('siteGreetingDefault') : nothing}
        aria-invalid=${problem === undefined ? nothing : 'true'}
        aria-describedby="${field}-hint"
        .value=${draft?.[field] ?? ''}
        @input=${(event: Event) => this.change({ [field]: (event.target as HTMLInputElement).value })}
      />
      <span class="field__hint" id="${field}-hint">${words.t(hint)}</span>
      ${problem === undefined ? nothing : html`<span class="field__error" role="alert">${words.t(problem)}</span>`}
    </div>`;
  }

  private renderSelect<Value extends string>(
    id: string,
    label: StaffMessageKey,
    options: readonly (readonly [Value, StaffMessageKey])[],
    value: Value,
    choose: (value: Value) => void,
  ): TemplateResult {
    return html`<div class="field">
      <label class="field__label" for=${id}>${this.words.t(label)}</label>
      <select
        class="input"
        id=${id}
        @change=${(event: Event) => choose((event.target as HTMLSelectElement).value as Value)}
      >
        ${options.map(
          ([option, message]) =>
            html`<option value=${option} ?selected=${option === value}>${this.words.t(message)}</option>`,
        )}
      </select>
    </div>`;
  }

  private renderAccent(theme: SiteTheme): TemplateResult {
    const { words } = this;
    const problem = this.problems.get('accent');
    return html`<div class="field">
      <label class="field__label" for="accent">${words.t('siteAccent')}</label>
      <div class="colour">
        <input type="color" aria-label=${words.t('siteAccent')} .value=${theme.accent} @input=${this.handleAccent} />
        <input
          class="input"
          id="accent"
          type="text"
          dir="ltr"
          maxlength="7"
          spellcheck="false"
          autocomplete="off"
          aria-label=${words.t('siteAccentHex')}
          aria-invalid=${problem === undefined ? nothing : 'true'}
          .value=${this.accentText}
          @input=${this.handleAccent}
        />
      </div>
      ${problem === undefined ? nothing : html`<span class="field__error" role="alert">${words.t(problem)}</span>`}
    </div>`;
  }

  private renderLook(draft: Draft): TemplateResult {
    const { theme } = draft;
    return html`<section class="block" aria-labelledby="look">
      <h2 id="look">${this.words.t('siteLook')}</h2>
      <div class="look">
        <div class="look__fields">
          ${this.renderText('name', 80, 'siteName', 'siteNameHint')}
          ${this.renderText('greeting', 200, 'siteGreeting', 'siteGreetingHint')} ${this.renderAccent(theme)}
          ${this.renderSelect('scheme', 'siteScheme', SCHEMES, theme.colorScheme, (colorScheme) =>
            this.changeTheme({ colorScheme }),
          )}
          ${this.renderSelect('side', 'siteSide', SIDES, theme.launcherSide, (launcherSide) =>
            this.changeTheme({ launcherSide }),
          )}
        </div>
        <frontdesk-settings-preview
          .words=${this.words}
          .accent=${theme.accent}
          .siteName=${draft.name}
          .greeting=${draft.greeting.trim() === '' ? this.words.t('siteGreetingDefault') : draft.greeting}
          .colorScheme=${theme.colorScheme}
          .launcherSide=${theme.launcherSide}
        ></frontdesk-settings-preview>
      </div>
    </section>`;
  }

  private renderAddresses(draft: Draft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <frontdesk-settings-origin-list
        .words=${words}
        .origins=${draft.allowedOrigins}
        .refused=${refusedOrigins(formOf(this.state, 'site').error?.fields)}
        @origins-changed=${(event: OriginsChangedEvent) => this.change({ allowedOrigins: [...event.origins] })}
      ></frontdesk-settings-origin-list>
      ${this.renderIdentityRule(draft)}
    </section>`;
  }

  /** Without an identity secret nobody can be vouched for, and the rule would close the chat to everybody. */
  private renderIdentityRule(draft: Draft): TemplateResult | typeof nothing {
    const { site, words } = this;
    if (!draft.requireIdentity && (site === null || site.identityKeyIds.length === 0)) return nothing;
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${draft.requireIdentity}
        @change=${(event: Event) => this.change({ requireIdentity: (event.target as HTMLInputElement).checked })}
      />
      <span class="check__text"
        >${words.t('siteIdentity')}<span class="field__hint">${words.t('siteIdentityHint')}</span></span
      >
    </label>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { site, draft, words } = this;
    if (site === null || draft === null) return nothing;
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      <h1 class="title">
        <button
          class="icon-button"
          type="button"
          aria-label=${words.t('back')}
          @click=${() => this.request({ type: 'open-site', site: null })}
        >
          ${icon('back')}
        </button>
        <span dir="auto">${site.name}</span>
      </h1>
      <frontdesk-settings-snippet
        .words=${words}
        .serverUrl=${this.serverUrl}
        .publicKey=${site.publicKey}
        .accent=${draft.theme.accent}
      ></frontdesk-settings-snippet>
      ${this.renderLook(draft)} ${this.renderAddresses(draft)}
      <div class="actions bar">
        <button class="button button--primary" type="submit" aria-disabled=${String(this.isBusy('site'))}>
          ${words.t('save')}
        </button>
        ${this.renderStatus('site')}
      </div>
    </form>`;
  }
}
