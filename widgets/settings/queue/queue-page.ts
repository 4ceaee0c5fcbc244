/** Base of the pages of the queue: what they know, how they look, how they tell that something is on its way. */
import type { Role } from '@frontdesk/protocol/vocabulary';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles, buttonStyles, inputStyles, surfaceStyles } from '../../core/styles.js';
import { icon, type IconName } from '../../staff/staff-icons.js';
import { emptyStyles } from '../../staff/staff-styles.js';
import { formStyles } from '../settings-form.styles.js';
import { canManage, type Loaded } from '../settings-store.js';
import { INITIAL_QUEUE_DATA, type QueueData, type QueueDesk } from './queue-desk.js';
import { queueStyles } from './queue.styles.js';
import { describeRefusal, QUEUE_ENGLISH, type QueueMessageKey, type QueueWords } from './queue-words.js';

export class QueuePage extends LitElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, emptyStyles, formStyles, queueStyles];

  @property({ attribute: false }) words: QueueWords = QUEUE_ENGLISH;
  @property({ attribute: false }) data: QueueData = INITIAL_QUEUE_DATA;
  @property({ attribute: false }) desk!: QueueDesk;
  @property() memberRole: Role = 'viewer';

  protected get isManager(): boolean {
    return canManage(this.memberRole);
  }

  protected get zone(): string {
    return this.data.locations.data.find(({ id }) => id === this.data.locationId)?.timeZone ?? 'UTC';
  }

  protected renderHead(title: QueueMessageKey, lead: QueueMessageKey, action: unknown = nothing): TemplateResult {
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

  protected renderBack(title: string, back: () => void): TemplateResult {
    return html`<h1 class="title">
      <button class="icon-button" type="button" aria-label=${this.words.t('back')} @click=${back}>
        ${icon('back')}
      </button>
      <bdi>${title}</bdi>
    </h1>`;
  }

  protected renderEmpty(name: IconName, title: QueueMessageKey, body: QueueMessageKey, action: unknown = nothing) {
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
