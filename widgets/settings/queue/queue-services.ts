import { formatLabel } from '@frontdesk/domain/queue/numbering';
import type { ServiceId } from '@frontdesk/protocol/ids';
import type { ServiceDto } from '@frontdesk/protocol/queue-setup';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../../staff/staff-icons.js';
import { QueuePage } from './queue-page.js';
import { nameIn } from './queue-words.js';

/** The services of a branch, and the form of one (QA-2). */
export class FrontdeskQueueServices extends QueuePage {
  @state() private open: ServiceId | 'new' | null = null;

  private readonly begin = (): void => void (this.open = 'new');

  private handleSaved(service: ServiceDto): void {
    this.desk.keep({ service });
    this.open = service.id;
  }

  private renderService(service: ServiceDto): TemplateResult {
    const { words } = this;
    const { prefix, first, last, width } = service.series;
    const numbers = `${formatLabel(prefix, first, width)} – ${formatLabel(prefix, last, width)}`;
    return html`<button class="open row" type="button" @click=${() => (this.open = service.id)}>
      <span class="row__main">
        <span class="row__title"
          ><bdi>${nameIn(words, service.names)}</bdi>
          ${service.isArchived ? html`<span class="tag">${words.t('archived')}</span>` : nothing}
          ${service.closure === null ? nothing : html`<span class="tag tag--bad">${words.t('serviceClosedNow')}</span>`}</span
        >
        <span class="row__sub"><bdi dir="ltr">${numbers}</bdi> · ${service.pool}</span>
      </span>
      <span class="next">${icon('back', 'small')}</span>
    </button>`;
  }

  private renderList(services: readonly ServiceDto[]): TemplateResult {
    if (services.length === 0) {
      return this.renderEmpty(
        'rows',
        'servicesEmptyTitle',
        'servicesEmptyBody',
        this.renderNew('serviceAdd', true, this.begin),
      );
    }
    const sorted = [...services].sort((one, other) => Number(one.isArchived) - Number(other.isArchived));
    return html`<div class="block block--flush">${sorted.map((service) => this.renderService(service))}</div>`;
  }

  protected override render(): TemplateResult {
    const services = this.data.setup.data?.services ?? [];
    const service = services.find(({ id }) => id === this.open) ?? null;
    if (service !== null || this.open === 'new') {
      return html`<frontdesk-queue-service
        .words=${this.words}
        .data=${this.data}
        .desk=${this.desk}
        .memberRole=${this.memberRole}
        .service=${service}
        .back=${() => (this.open = null)}
        .saved=${(saved: ServiceDto) => this.handleSaved(saved)}
      ></frontdesk-queue-service>`;
    }
    const action = services.length === 0 ? nothing : this.renderNew('serviceAdd', false, this.begin);
    return html`<div class="root page">
      ${this.renderHead('pageServices', 'servicesLead', action)}
      ${this.renderPending(this.data.setup) ?? this.renderList(services)}
    </div>`;
  }
}
