import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CardId } from '@frontdesk/protocol/ids';
import { MESSAGE_MAX_CODE_POINTS } from '@frontdesk/protocol/limits';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import { solveProof } from '../../core/client/proof.js';
import { createSiteStorage, detectStorage } from '../../core/client/storage.js';
import { inputStyles } from '../../core/input-styles.js';
import { renderIcon } from '../../core/render-icon.js';
import type { ResolvedLocale } from '../../core/resolve-locale.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import { FORM_TABLES, type FormKey } from '../../locales/card-form.js';
import { createCardClient } from '../card-client.js';
import { cardEnvironment } from '../card-environment.js';
import { loadWords, type Words } from '../card-words.js';
import { FrontdeskMessageSentEvent } from './message-sent-event.js';
import { formStyles } from './message-form.styles.js';
import {
  createMessageSession,
  type MessageFields,
  type MessageProblem,
  type MessageSession,
  type MessageState,
} from './message-session.js';

/** From Lucide, as those in card-icons.ts; here, because only the form needs it. */
const CIRCLE_CHECK = 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M16 9l-5.5 5.5L8 12';
const PROBLEMS: Readonly<Record<MessageProblem, FormKey>> = {
  'name-missing': 'form.nameMissing',
  'reach-missing': 'form.reachMissing',
  'email-wrong': 'form.emailWrong',
  'phone-wrong': 'form.phoneWrong',
  'body-missing': 'form.bodyMissing',
  failed: 'form.failed',
  'too-many': 'form.tooMany',
};
const FIELD_OF: Readonly<Partial<Record<MessageProblem, keyof MessageFields>>> = {
  'name-missing': 'name',
  'reach-missing': 'email',
  'email-wrong': 'email',
  'phone-wrong': 'phone',
  'body-missing': 'body',
};
const LENGTHS = { name: 80, email: 254, phone: 30 } as const;

/** Name, how to answer, the message. */
export class FrontdeskCardForm extends LitElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, formStyles];

  private session: MessageSession | undefined;
  private shownPhase: MessageState['phase'] | null = null;
  /** Settles when the form can be read. */
  private fetching: Promise<void> = Promise.resolve();

  @state()
  private words: Words<FormKey> | null = null;

  /** The language of the card. */
  @property({ attribute: false })
  language: ResolvedLocale = { locale: 'en', tag: 'en' };

  @property({ attribute: false })
  serverUrl = '';

  @property({ attribute: false })
  site = '';

  @property({ attribute: false })
  cardId!: CardId;

  /** What to show instead of a session's state: pictures and tests. */
  @property({ attribute: false })
  example: MessageState | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.session?.stop();
    this.session = undefined;
  }

  /** Not earlier: what was set before this code arrived is here with the first update only. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('language') && this.language.tag !== this.words?.tag) this.fetching = this.fetchWords();
    if (this.session || this.example || !this.isConnected) return;
    const { serverUrl, site, cardId } = this;
    this.session = createMessageSession({
      environment: cardEnvironment,
      request: createCardClient(cardEnvironment, serverUrl, site),
      solve: solveProof,
      storage: createSiteStorage(site, detectStorage()),
      cardId,
      onSent: () => void this.dispatchEvent(new FrontdeskMessageSentEvent()),
    });
    this.session.subscribe(() => this.requestUpdate());
    this.session.start();
  }

  private async fetchWords(): Promise<void> {
    const isFirst = this.words === null;
    this.words = await loadWords(FORM_TABLES, this.language);
    await super.getUpdateComplete();
    if (isFirst) this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  protected override async getUpdateComplete(): Promise<boolean> {
    const isComplete = await super.getUpdateComplete();
    await this.fetching;
    return isComplete;
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const read = (name: keyof MessageFields): string => {
      const value = new FormData(form).get(name);
      return typeof value === 'string' ? value : '';
    };
    const fields = { name: read('name'), email: read('email'), phone: read('phone'), body: read('body') };
    this.session?.submit({ ...fields, website: read('website') }, this.language.locale);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }

  /** The field that had the focus is gone, so it goes to what stands in its place. */
  protected override updated(): void {
    const phase = this.session?.getState().phase ?? null;
    if (phase === this.shownPhase) return;
    const hasReturned = this.shownPhase === 'sent' && phase === 'writing';
    this.shownPhase = phase;
    if (phase === 'sent') this.renderRoot.querySelector<HTMLElement>('.sent')?.focus();
    if (hasReturned) this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  private describeError(field: keyof MessageFields, { problem }: MessageState): unknown {
    if (!problem || FIELD_OF[problem] !== field) return nothing;
    return html`<span class="field__error" id="${field}-error" role="alert">${this.words?.t(PROBLEMS[problem])}</span>`;
  }

  private renderField(name: 'name' | 'email' | 'phone', state: MessageState): TemplateResult {
    const isWrong = state.problem !== null && FIELD_OF[state.problem] === name;
    const type = { name: 'text', email: 'email', phone: 'tel' }[name];
    return html`<label class="field">
      <span class="field__label">${this.words?.t(`form.${name}`)}</span>
      <input
        class="input"
        name=${name}
        type=${type}
        dir=${name === 'name' ? 'auto' : 'ltr'}
        autocomplete=${name === 'phone' ? 'tel' : name}
        maxlength=${LENGTHS[name]}
        aria-invalid=${isWrong}
        aria-describedby=${isWrong ? `${name}-error` : nothing}
        ?disabled=${state.phase !== 'writing'}
        .value=${state.fields[name]}
      />
      ${this.describeError(name, state)}
    </label>`;
  }

  private renderBody(state: MessageState): TemplateResult {
    const isWrong = state.problem === 'body-missing';
    return html`<label class="field">
      <span class="field__label">${this.words?.t('form.body')}</span>
      <textarea
        class="input"
        name="body"
        rows="4"
        dir="auto"
        maxlength=${MESSAGE_MAX_CODE_POINTS}
        aria-invalid=${isWrong}
        aria-describedby=${isWrong ? 'body-error' : nothing}
        ?disabled=${state.phase !== 'writing'}
        .value=${state.fields.body}
      ></textarea>
      ${this.describeError('body', state)}
    </label>`;
  }

  private renderProgress({ phase, problem }: MessageState): unknown {
    const { words } = this;
    if (phase === 'waiting')
      return html`<p class="notice notice--warning" role="status">${words?.t('form.offline')}</p>`;
    if (problem !== 'failed' && problem !== 'too-many') return nothing;
    return html`<p class="notice notice--danger" role="alert">${words?.t(PROBLEMS[problem])}</p>`;
  }

  private renderSent(): TemplateResult {
    const { words } = this;
    return html`<div class="sent" tabindex="-1" role="status">
      <h3>${renderIcon(CIRCLE_CHECK)} ${words?.t('form.sent')}</h3>
      <p>${words?.t('form.sentText')}</p>
      <button class="button" type="button" @click=${() => this.session?.again()}>${words?.t('form.again')}</button>
    </div>`;
  }

  private renderForm(state: MessageState): TemplateResult {
    const { words } = this;
    const isBusy = state.phase !== 'writing';
    return html`<form @submit=${this.handleSubmit} @focusin=${() => this.session?.prepare()} novalidate>
      ${this.renderField('name', state)}
      <div class="reach">${this.renderField('email', state)} ${this.renderField('phone', state)}</div>
      <p class="field__hint">${words?.t('form.either')}</p>
      ${this.renderBody(state)}
      <div class="visually-hidden" aria-hidden="true">
        <input name="website" tabindex="-1" autocomplete="off" />
      </div>
      ${this.renderProgress(state)}
      <div class="row">
        ${
          state.phase === 'waiting'
            ? html`<button class="button" type="button" @click=${() => this.session?.cancel()}>
                ${words?.t('form.cancel')}
              </button>`
            : html`<button class="button button--primary" aria-disabled=${isBusy}>
                ${words?.t(isBusy ? 'form.sending' : 'form.send')}
              </button>`
        }
      </div>
    </form>`;
  }

  protected override render(): unknown {
    const { words } = this;
    const state = this.example ?? this.session?.getState();
    if (!words || !state) return nothing;
    const content = state.phase === 'sent' ? this.renderSent() : this.renderForm(state);
    return html`<div class="root" lang=${words.tag} dir=${words.direction}>${content}</div>`;
  }
}
