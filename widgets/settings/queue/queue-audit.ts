import type { CounterId, LocationId, MembershipId, TicketId } from '@frontdesk/protocol/ids';
import type { AuditRow } from '@frontdesk/protocol/queue-reports';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { MemberDto } from '@frontdesk/protocol/tenancy';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../../staff/staff-icons.js';
import { QueuePage } from './queue-page.js';
import { describeRefusal } from './queue-words.js';

interface Filter {
  readonly ticketId?: TicketId;
  readonly memberId?: MembershipId;
  readonly counterId?: CounterId;
}

/** Who did what, newest first, as nobody can change it (QA-13). */
export class FrontdeskQueueAudit extends QueuePage {
  static override styles = [
    ...QueuePage.styles,
    css`
      .link {
        appearance: none;
        min-block-size: 32px;
        padding: 0 4px;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        font-weight: 600;
        text-decoration: underline;
        cursor: pointer;
      }
      td {
        text-align: start;
      }
      th {
        text-align: start;
      }
    `,
  ];

  private askedFor: LocationId | null = null;
  /** Counts the questions, so that a slow answer to an older one is dropped. */
  private asked = 0;

  @state() private filter: Filter = {};
  @state() private ticketLabel = '';
  @state() private rows: readonly AuditRow[] | null = null;
  @state() private hasMore = false;
  @state() private isBusy = false;
  @state() private error: ErrorBody | null = null;
  @state() private members: readonly MemberDto[] = [];

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { locationId } = this.data;
    if (locationId === null || locationId === this.askedFor) return;
    if (this.askedFor === null) void this.readMembers();
    this.askedFor = locationId;
    this.filter = {};
    void this.read();
  }

  private async readMembers(): Promise<void> {
    const result = await this.desk.send('member:list', {});
    if (result.ok) this.members = result.data.members;
  }

  private async read(before?: number): Promise<void> {
    const { locationId } = this.data;
    if (locationId === null) return;
    this.asked += 1;
    const { asked } = this;
    this.isBusy = true;
    const page = before === undefined ? {} : { before };
    const result = await this.desk.send('queue:audit', { locationId, ...this.filter, ...page });
    if (asked !== this.asked) return;
    this.isBusy = false;
    this.error = result.ok ? null : result.error;
    if (!result.ok) return;
    this.rows = before === undefined ? result.data.rows : [...(this.rows ?? []), ...result.data.rows];
    this.hasMore = result.data.hasMore;
  }

  private narrow(filter: Filter): void {
    this.filter = filter;
    void this.read();
  }

  private handleSelect(name: 'memberId' | 'counterId', event: Event): void {
    const { [name]: _before, ...others } = this.filter;
    const { value } = event.target as HTMLSelectElement;
    this.narrow(value === '' ? others : { ...others, [name]: value });
  }

  private renderSelect(
    id: 'memberId' | 'counterId',
    label: string,
    options: readonly (readonly [id: string, name: string])[],
  ): TemplateResult {
    const chosen = this.filter[id] ?? '';
    return html`<div class="field">
      <label class="field__label" for=${id}>${label}</label>
      <select class="input" id=${id} @change=${(event: Event) => this.handleSelect(id, event)}>
        <option value="" ?selected=${chosen === ''}>${this.words.t('auditAll')}</option>
        ${options.map(([value, name]) => html`<option value=${value} ?selected=${value === chosen}>${name}</option>`)}
      </select>
    </div>`;
  }

  private renderFilters(): TemplateResult {
    const { words, filter } = this;
    const { ticketId, ...others } = filter;
    return html`<div class="block">
      <div class="pair">
        ${this.renderSelect(
          'memberId',
          words.t('auditStaff'),
          this.members.map(({ id, name }) => [id, name] as const),
        )}
        ${this.renderSelect(
          'counterId',
          words.t('auditCounter'),
          (this.data.setup.data?.counters ?? []).map(({ id, label }) => [id, label] as const),
        )}
      </div>
      ${
        ticketId === undefined
          ? html`<p class="field__hint">${words.t('auditTicketHint')}</p>`
          : html`<div>
              <button class="button button--small" type="button" @click=${() => this.narrow(others)}>
                ${words.t('auditOneTicket', { label: this.ticketLabel })} ${icon('close', 'small')}
              </button>
            </div>`
      }
    </div>`;
  }

  private renderTicket({ ticketId, label }: AuditRow): unknown {
    if (ticketId === null || label === null) return '–';
    return html`<button
      class="link"
      type="button"
      aria-label=${this.words.t('auditShowTicket', { label })}
      @click=${() => {
        this.ticketLabel = label;
        this.narrow({ ...this.filter, ticketId });
      }}
    >
      <bdi dir="ltr">${label}</bdi>
    </button>`;
  }

  private renderRow(row: AuditRow): TemplateResult {
    const {
      words,
      desk: { zone },
    } = this;
    const time = words.date(row.at, { dateStyle: 'short', timeStyle: 'medium', timeZone: zone });
    const change = row.to === null ? '' : row.from === null ? row.to : `${row.from} → ${row.to}`;
    return html`<tr>
      <td><time datetime=${row.at}>${time}</time></td>
      <td>${this.renderTicket(row)}</td>
      <td><bdi dir="ltr">${row.type}</bdi> <span class="muted" dir="ltr">${change}</span></td>
      <td><bdi>${row.counterLabel ?? '–'}</bdi></td>
      <td><bdi>${row.actor}</bdi></td>
      <td><bdi>${row.reason ?? ''}</bdi></td>
    </tr>`;
  }

  private renderRows(rows: readonly AuditRow[]): TemplateResult {
    const { words } = this;
    if (rows.length === 0) return this.renderEmpty('search', 'auditEmptyTitle', 'auditEmptyBody');
    return html`<div class="block block--flush table" tabindex="0" role="region" aria-label=${words.t('pageAudit')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${words.t('auditTime')}</th>
              <th scope="col">${words.t('auditTicket')}</th>
              <th scope="col">${words.t('auditWhat')}</th>
              <th scope="col">${words.t('auditCounter')}</th>
              <th scope="col">${words.t('auditStaff')}</th>
              <th scope="col">${words.t('auditReason')}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map((row) => this.renderRow(row))}
          </tbody>
        </table>
      </div>
      ${
        this.hasMore
          ? html`<div>
              <button
                class="button"
                type="button"
                aria-disabled=${String(this.isBusy)}
                @click=${() => this.isBusy || void this.read(rows.at(-1)?.rev)}
              >
                ${words.t('auditOlder')}
              </button>
            </div>`
          : nothing
      }`;
  }

  protected override render(): TemplateResult {
    const { words, rows, error } = this;
    return html`<div class="root page">
      ${this.renderHead('pageAudit', 'auditLead')} ${this.renderFilters()}
      ${error === null ? nothing : html`<p class="status status--failed" role="alert">${describeRefusal(words, error)}</p>`}
      ${rows === null ? (error === null ? html`<span class="skeleton"></span>` : nothing) : this.renderRows(rows)}
    </div>`;
  }
}
