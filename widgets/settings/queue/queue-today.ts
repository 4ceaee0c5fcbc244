import type { ServiceId } from '@frontdesk/protocol/ids';
import type { LocationOverview } from '@frontdesk/protocol/queue-reports';
import type { Result } from '@frontdesk/protocol/result';
import type { ServiceDto } from '@frontdesk/protocol/queue-setup';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { QueueForm, type Problems } from './queue-page.js';
import { formatSeconds, nameIn } from './queue-words.js';

/** Longest waits grow by time alone. */
const RENEW_MS = 30_000;

interface Draft {
  readonly notice: string;
  readonly message: string;
}

/** All branches at a glance (QA-14), and what an owner does when something goes wrong (QA-16). */
export class FrontdeskQueueToday extends QueueForm<Draft> {
  private renewing: ReturnType<typeof setInterval> | undefined;

  @state() private rows: readonly LocationOverview[] | null = null;
  @state() private isStale = false;
  /** The service whose closing is being written. */
  @state() private closing: ServiceId | null = null;
  /** What the last answer was about. */
  @state() private subject: 'notice' | 'service' = 'notice';

  constructor() {
    super();
    this.draft = { notice: '', message: '' };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.renewing = setInterval(() => void this.read(), RENEW_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.renewing);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('data');
    if (!changed.has('data') || before?.floorRev === this.data.floorRev) {
      if (this.rows !== null || !changed.has('desk')) return;
    }
    void this.read();
  }

  private async read(): Promise<void> {
    const result = await this.desk.send('queue:overview', {});
    this.isStale = !result.ok;
    if (result.ok) this.rows = result.data.locations;
  }

  protected override check({ notice, message }: Draft): Problems {
    if (this.subject === 'service') return message.trim() === '' ? { message: 'invalidRequired' } : {};
    return notice.trim() === '' ? { notice: 'invalidRequired' } : {};
  }

  private async handleNotice(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { locationId } = this.data;
    if (locationId === null || this.draft === null) return;
    this.subject = 'notice';
    await this.send('queue:broadcast', { locationId, notice: this.draft.notice.trim() });
  }

  /** Taking down needs no text. */
  private async handleTakeDown(): Promise<void> {
    const { locationId } = this.data;
    if (locationId === null) return;
    this.subject = 'notice';
    const result = await this.desk.send('queue:broadcast', { locationId, notice: null });
    this.settle(result);
    if (result.ok) this.change({ notice: '' });
  }

  private settle(result: Result<unknown>): void {
    this.phase = result.ok ? 'saved' : 'failed';
    this.error = result.ok ? null : result.error;
  }

  private async handleClose(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { closing, draft } = this;
    if (closing === null || draft === null) return;
    this.subject = 'service';
    const answer = await this.send('service:close', { serviceId: closing, message: draft.message.trim() });
    if (answer === null) return;
    this.closing = null;
    this.change({ message: '' });
    await this.desk.loadSetup();
  }

  private async handleReopen({ id: serviceId }: ServiceDto): Promise<void> {
    this.subject = 'service';
    const result = await this.desk.send('service:close', { serviceId, message: null });
    this.settle(result);
    await this.desk.loadSetup();
  }

  private renderOverview(rows: readonly LocationOverview[]): TemplateResult {
    const { words } = this;
    return html`<div class="block block--flush table" tabindex="0" role="region" aria-label=${words.t('todayOverview')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${words.t('branch')}</th>
            <th scope="col">${words.t('todayWaiting')}</th>
            <th scope="col">${words.t('todayLongest')}</th>
            <th scope="col">${words.t('todayCounters')}</th>
            <th scope="col">${words.t('todayOffline')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                <th scope="row"><bdi>${row.name}</bdi></th>
                <td>${words.number(row.waiting)}</td>
                <td>${row.waiting === 0 ? '–' : formatSeconds(words, row.longestWaitSeconds)}</td>
                <td>${words.number(row.openCounters)}</td>
                <td>
                  ${
                    row.offlineDevices === 0
                      ? words.number(0)
                      : html`<span class="tag tag--bad">${words.number(row.offlineDevices)}</span>`
                  }
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private renderCloseForm(service: ServiceDto, draft: Draft): TemplateResult {
    const { words } = this;
    return html`<form class="form" novalidate @submit=${this.handleClose}>
      ${this.renderText('message', words.t('closeMessage'), draft.message, (message) => this.change({ message }), {
        maxLength: 200,
        hint: 'closeMessageHint',
      })}
      <div class="preview" aria-live="polite">
        <span class="preview__title">${words.t('previewHolders')}</span>
        <p dir="auto">${draft.message.trim() === '' ? words.t('closeExample') : draft.message}</p>
      </div>
      <div class="actions">
        <button class="button button--danger" type="submit" aria-disabled=${String(this.phase === 'busy')}>
          ${words.t('closeNow', { name: nameIn(words, service.names) })}
        </button>
        <button class="button" type="button" @click=${() => (this.closing = null)}>${words.t('cancel')}</button>
        ${this.renderStatus()}
      </div>
    </form>`;
  }

  private renderService(service: ServiceDto, draft: Draft): TemplateResult {
    const { words } = this;
    const { closure } = service;
    const name = nameIn(words, service.names);
    return html`<li class="row">
      <span class="row__main">
        <span class="row__title"
          ><bdi>${name}</bdi>
          ${closure === null ? nothing : html`<span class="tag tag--bad">${words.t('serviceClosedNow')}</span>`}</span
        >
        ${closure === null ? nothing : html`<span class="row__sub" dir="auto">${closure.message}</span>`}
      </span>
      ${
        closure === null
          ? html`<button
              class="button button--small"
              type="button"
              aria-label="${words.t('closeService')}: ${name}"
              aria-expanded=${String(this.closing === service.id)}
              @click=${() => (this.closing = service.id)}
            >
              ${words.t('closeService')}
            </button>`
          : html`<button
              class="button button--small"
              type="button"
              aria-label="${words.t('openService')}: ${name}"
              @click=${() => this.handleReopen(service)}
            >
              ${words.t('openService')}
            </button>`
      }
      ${this.closing === service.id ? this.renderCloseForm(service, draft) : nothing}
    </li>`;
  }

  private renderEmergency(draft: Draft): TemplateResult | typeof nothing {
    const { words } = this;
    const services = (this.data.setup.data?.services ?? []).filter(({ isArchived }) => !isArchived);
    if (!this.isManager || services.length === 0) return nothing;
    return html`<section class="block block--flush" aria-labelledby="closing">
        <h2 id="closing">${words.t('todayServices')}</h2>
        <ul>
          ${services.map((service) => this.renderService(service, draft))}
        </ul>
      </section>
      <form class="block" novalidate @submit=${this.handleNotice}>
        <h2>${words.t('noticeTitle')}</h2>
        <div class="form">
          ${this.renderText('notice', words.t('noticeText'), draft.notice, (notice) => this.change({ notice }), {
            maxLength: 200,
            hint: 'noticeHint',
          })}
        </div>
        <div class="actions">
          <button class="button button--primary" type="submit" aria-disabled=${String(this.phase === 'busy')}>
            ${words.t('noticeShow')}
          </button>
          <button class="button" type="button" @click=${this.handleTakeDown}>${words.t('noticeTakeDown')}</button>
          ${this.subject === 'notice' ? this.renderStatus('noticeDone') : nothing}
        </div>
      </form>`;
  }

  protected override render(): TemplateResult {
    const { words, rows, data } = this;
    const pending = rows === null ? this.renderPending(data.locations) : null;
    const hasNone = data.locations.phase === 'ready' && data.locations.data.length === 0;
    return html`<div class="root page">
      ${this.renderHead('pageToday', 'todayLead')}
      ${this.isStale ? html`<p class="notice notice--warning" role="alert">${words.t('todayStale')}</p>` : nothing}
      ${
        hasNone
          ? this.renderEmpty('business', 'locationsEmptyTitle', 'locationsEmptyBody')
          : (pending ?? (rows === null ? nothing : this.renderOverview(rows)))
      }
      ${this.draft === null ? nothing : this.renderEmergency(this.draft)}
    </div>`;
  }
}
