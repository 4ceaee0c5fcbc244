import type { LocationId } from '@frontdesk/protocol/ids';
import type { HonestyWeek, QueueFigures, QueueReport } from '@frontdesk/protocol/queue-reports';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { TicketSource } from '@frontdesk/protocol/vocabulary';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { dateIn } from '../setup/setup-dates.js';
import { saveFile } from './queue-download.js';
import { QueuePage } from './queue-page.js';
import { renderHeatmap, renderHonesty } from './queue-report-tables.js';
import { describeRefusal, formatSeconds, formatShare, nameIn, type QueueMessageKey } from './queue-words.js';

const SOURCE_MESSAGES: Readonly<Record<TicketSource, QueueMessageKey>> = {
  kiosk: 'sourceKiosk',
  qr: 'sourceQr',
  web: 'sourceWeb',
  staff: 'sourceStaff',
  appointment: 'sourceAppointment',
  whatsapp: 'sourceWhatsapp',
};

interface Answer {
  readonly report: QueueReport;
  readonly weeks: readonly HonestyWeek[];
}

/** What happened (QA-9), whether the promises were right (QA-10), and all of it as a file (QA-11). */
export class FrontdeskQueueReports extends QueuePage {
  static override styles = [
    ...QueuePage.styles,
    css`
      .figures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
        gap: 16px;
      }
      .figures dt {
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
      .figures dd {
        font-size: var(--frontdesk-size-20);
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      .period {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        align-items: end;
      }
      .period .field {
        flex: 0 1 180px;
      }
      .heat td {
        padding: 6px;
        background: color-mix(in srgb, var(--frontdesk-accent-soft) calc(var(--heat, 0) * 100%), transparent);
        text-align: center;
      }
      .heat th {
        padding-inline: 6px;
      }
      .table h2 {
        padding: 20px 20px 8px;
      }
    `,
  ];

  private askedFor: LocationId | null = null;

  @state() private from = '';
  @state() private to = '';
  @state() private answer: Answer | null = null;
  @state() private isBusy = false;
  @state() private error: ErrorBody | null = null;

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { locationId } = this.data;
    if (locationId === null || locationId === this.askedFor) return;
    this.askedFor = locationId;
    this.from ||= dateIn(this.desk.zone, -6);
    this.to ||= dateIn(this.desk.zone);
    void this.read();
  }

  private async read(): Promise<void> {
    const { locationId } = this.data;
    if (locationId === null || this.isBusy) return;
    this.isBusy = true;
    const period = { locationId, from: this.from, to: this.to };
    const [report, honesty] = await Promise.all([
      this.desk.send('queue:read-report', period),
      this.desk.send('queue:read-honesty', period),
    ]);
    this.isBusy = false;
    this.error = report.ok ? (honesty.ok ? null : honesty.error) : report.error;
    // What was read last stays on the page when another period is refused.
    if (report.ok) this.answer = { report: report.data, weeks: honesty.ok ? honesty.data.weeks : [] };
  }

  private handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void this.read();
  }

  private async handleExport(format: 'csv' | 'json'): Promise<void> {
    const { locationId } = this.data;
    if (locationId === null) return;
    const result = await this.desk.send('queue:export', { locationId, from: this.from, to: this.to, format });
    this.error = result.ok ? null : result.error;
    if (result.ok) saveFile(result.data);
  }

  private renderDate(id: 'from' | 'to', label: QueueMessageKey): TemplateResult {
    return html`<div class="field">
      <label class="field__label" for=${id}>${this.words.t(label)}</label>
      <input
        class="input"
        id=${id}
        type="date"
        aria-invalid=${this.error?.fields?.[id] === undefined ? nothing : 'true'}
        .value=${this[id]}
        @change=${(event: Event) => (this[id] = (event.target as HTMLInputElement).value)}
      />
    </div>`;
  }

  private renderPeriod(): TemplateResult {
    const { words, error } = this;
    return html`<form class="block" novalidate @submit=${this.handleSubmit}>
      <div class="period">
        ${this.renderDate('from', 'reportFrom')} ${this.renderDate('to', 'reportTo')}
        <button class="button button--primary" type="submit" aria-disabled=${String(this.isBusy)}>
          ${words.t('reportShow')}
        </button>
        ${
          this.isManager
            ? html`<button class="button" type="button" @click=${() => this.handleExport('csv')}>
                  ${words.t('exportCsv')}</button
                ><button class="button" type="button" @click=${() => this.handleExport('json')}>
                  ${words.t('exportJson')}
                </button>`
            : nothing
        }
      </div>
      <p class="field__hint">${words.t('reportZone', { zone: this.desk.zone.replaceAll('_', ' ') })}</p>
      ${
        error === null
          ? nothing
          : html`<p class="status status--failed" role="alert">
              ${error.code === 'VALIDATION' ? words.t('reportPeriodWrong') : describeRefusal(words, error)}
            </p>`
      }
    </form>`;
  }

  private renderTotal({ total }: QueueReport): TemplateResult {
    const { words } = this;
    const rows: readonly (readonly [QueueMessageKey, string])[] = [
      ['figureIssued', words.number(total.issued)],
      ['figureServed', words.number(total.served)],
      ['figureWaitMean', formatSeconds(words, total.wait.mean)],
      ['figureWaitMedian', formatSeconds(words, total.wait.median)],
      ['figureWaitP90', formatSeconds(words, total.wait.p90)],
      ['figureServiceMean', formatSeconds(words, total.service.mean)],
      ['figureServiceMedian', formatSeconds(words, total.service.median)],
      ['figureServiceP90', formatSeconds(words, total.service.p90)],
      ['figureTarget', formatShare(words, total.onTarget)],
      ['figureNoShow', formatShare(words, total.issued === 0 ? null : total.noShows / total.issued)],
      ['figureTransfers', words.number(total.transfers)],
      ['figureCancelled', words.number(total.cancelled)],
    ];
    return html`<div class="block">
      <dl class="figures">
        ${rows.map(
          ([label, value]) =>
            html`<div>
              <dt>${words.t(label)}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </div>`;
  }

  private renderTable(title: QueueMessageKey, rows: readonly (readonly [string, QueueFigures])[]) {
    const { words } = this;
    if (rows.length === 0) return nothing;
    const heads: readonly QueueMessageKey[] = [
      'figureServed',
      'figureWaitMean',
      'figureWaitMedian',
      'figureWaitP90',
      'figureServiceMean',
      'figureTarget',
      'figureNoShows',
      'figureTransfers',
    ];
    return html`<section class="block block--flush table" tabindex="0" role="region" aria-label=${words.t(title)}>
      <h2>${words.t(title)}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">${words.t(title)}</span></th>
            ${heads.map((head) => html`<th scope="col">${words.t(head)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([name, { served, wait, service, onTarget, noShows, transfers }]) =>
              html`<tr>
                <th scope="row"><bdi>${name}</bdi></th>
                <td>${words.number(served)}</td>
                <td>${formatSeconds(words, wait.mean)}</td>
                <td>${formatSeconds(words, wait.median)}</td>
                <td>${formatSeconds(words, wait.p90)}</td>
                <td>${formatSeconds(words, service.mean)}</td>
                <td>${formatShare(words, onTarget)}</td>
                <td>${words.number(noShows)}</td>
                <td>${words.number(transfers)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  private renderAnswer({ report, weeks }: Answer): TemplateResult {
    const { words } = this;
    if (report.total.issued === 0 && report.total.served === 0) {
      return this.renderEmpty('rows', 'reportEmptyTitle', 'reportEmptyBody');
    }
    const services = new Map((this.data.setup.data?.services ?? []).map(({ id, names }) => [id, nameIn(words, names)]));
    return html`${this.renderTotal(report)}
    ${this.renderTable(
      'reportByService',
      report.byService.map(({ serviceId, figures }) => [services.get(serviceId) ?? '–', figures] as const),
    )}
    ${this.renderTable(
      'reportByStaff',
      report.byStaff.map(({ name, figures }) => [name, figures] as const),
    )}
    ${this.renderTable(
      'reportBySource',
      report.bySource.map(({ source, figures }) => [words.t(SOURCE_MESSAGES[source]), figures] as const),
    )}
    ${renderHeatmap(words, report)} ${renderHonesty(words, weeks)}`;
  }

  protected override render(): TemplateResult {
    return html`<div class="root page">
      ${this.renderHead('pageReports', 'reportsLead')} ${this.renderPeriod()}
      ${this.answer === null ? (this.renderPending(this.data.setup) ?? nothing) : this.renderAnswer(this.answer)}
    </div>`;
  }
}
