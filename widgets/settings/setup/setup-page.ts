/** Base of the pages on which a business is set up: what they know, how they look, how they tell that something is on its way. */
import type { Role } from '@frontdesk/protocol/vocabulary';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Translator } from '../../core/locale.js';
import { baseStyles, buttonStyles, inputStyles, surfaceStyles } from '../../core/styles.js';
import { icon, type IconName } from '../../staff/staff-icons.js';
import { emptyStyles } from '../../staff/staff-styles.js';
import { formStyles } from '../settings-form.styles.js';
import { canManage, type Loaded } from '../settings-store.js';
import type { PlaceData, SetupDesk } from './setup-desk.js';
import { setupStyles } from './setup.styles.js';
import { describeRefusal, type SetupMessageKey } from './setup-words.js';

/** `Key` are the messages that a group of pages has beside the shared ones, `Desk` is what its pages know together. */
export class SetupPage<
  Key extends string = never,
  Data extends PlaceData = PlaceData,
  Desk extends SetupDesk<Data> = SetupDesk<Data>,
> extends LitElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, emptyStyles, formStyles, setupStyles];

  @property({ attribute: false }) words!: Translator<Key | SetupMessageKey>;
  @property({ attribute: false }) data!: Data;
  @property({ attribute: false }) desk!: Desk;
  @property() memberRole: Role = 'viewer';

  protected get isManager(): boolean {
    return canManage(this.memberRole);
  }

  protected renderHead(
    title: Key | SetupMessageKey,
    lead: Key | SetupMessageKey,
    action: unknown = nothing,
  ): TemplateResult {
    const { words } = this;
    return html`<div class="head">
      <div>
        <h1>${words.t(title)}</h1>
        <p class="lead">${words.t(lead)}</p>
        ${this.isManager ? nothing : html`<p class="lead">${words.t('readOnly')}</p>`}
      </div>
      ${action}
    </div>`;
  }

  /** A row of a list that opens what it names. */
  protected renderOpenRow(name: string, tags: unknown, about: unknown, open: () => void): TemplateResult {
    return html`<button class="open row" type="button" @click=${open}>
      <span class="row__main">
        <span class="row__title"><bdi>${name}</bdi> ${tags}</span>
        <span class="row__sub" dir="auto">${about}</span>
      </span>
      <span class="next">${icon('back', 'small')}</span>
    </button>`;
  }

  /** The button that begins a new one: by itself where there is none yet, small in the head where there are some. */
  protected renderNew(
    label: Key | SetupMessageKey,
    isFirst: boolean,
    add: () => void,
  ): TemplateResult | typeof nothing {
    if (!this.isManager) return nothing;
    return html`<button class="button ${isFirst ? 'button--primary' : ''}" type="button" @click=${add}>
      ${isFirst ? nothing : icon('plus', 'small')} ${this.words.t(label)}
    </button>`;
  }

  protected renderBack(title: string, back: () => void): TemplateResult {
    return html`<h1 class="title">
      <button class="icon-button" type="button" aria-label=${this.words.t('back')} @click=${back}>
        ${icon('back')}
      </button>
      <bdi>${title}</bdi>
    </h1>`;
  }

  protected renderEmpty(
    name: IconName,
    title: Key | SetupMessageKey,
    body: Key | SetupMessageKey,
    action: unknown = nothing,
  ) {
    return html`<div class="block empty">
      ${icon(name)}
      <h2>${this.words.t(title)}</h2>
      <p>${this.words.t(body)}</p>
      ${this.isManager ? action : nothing}
    </div>`;
  }

  /** What is being fetched or could not be; null when there is something to show. */
  protected renderPending(loaded: Loaded<unknown>): TemplateResult | null {
    const { words } = this;
    const isEmpty = loaded.data === null || (Array.isArray(loaded.data) && loaded.data.length === 0);
    if (loaded.phase === 'ready' || !isEmpty) return null;
    if (loaded.phase === 'failed') {
      return html`<div class="empty" role="alert">
        ${icon('offline')}
        <h2>${words.t('settingsFailedTitle')}</h2>
        <p>${loaded.error === null ? nothing : describeRefusal(words, loaded.error)}</p>
        <button class="button button--small" type="button" @click=${() => this.desk.reload()}>
          ${words.t('tryAgain')}
        </button>
      </div>`;
    }
    return html`<div class="block" role="status">
      <span class="visually-hidden">${words.t('loading')}</span>
      <span class="skeleton"></span><span class="skeleton"></span><span class="skeleton"></span>
    </div>`;
  }
}
