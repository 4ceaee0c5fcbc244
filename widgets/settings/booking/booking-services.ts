import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { nameIn } from '../setup/setup-words.js';
import { BookingPage } from './booking-page.js';
import { lacksPeople } from './booking-service-draft.js';
import { formatMinutes } from './booking-words.js';

/** What can be booked at a branch, and the form of one. */
export class FrontdeskBookingServices extends BookingPage {
  @state() private open: BookingServiceId | 'new' | null = null;

  private readonly begin = (): void => void (this.open = 'new');

  private handleSaved(service: BookingServiceDto): void {
    this.desk.keep({ service });
    this.open = service.id;
  }

  private renderService(service: BookingServiceDto): TemplateResult {
    const { words } = this;
    const { names, segments, priceText, isArchived, confirmation } = service;
    const minutes = segments.reduce((sum, segment) => sum + segment.minutes, 0);
    const about = [
      formatMinutes(words, minutes),
      priceText,
      ...(confirmation === 'approve' ? [words.t('offerOnApproval')] : []),
    ];
    const tags = isArchived
      ? html`<span class="tag">${words.t('archived')}</span>`
      : lacksPeople(service, this.desk.setup.resources)
        ? html`<span class="tag tag--bad">${words.t('offerNobody')}</span>`
        : nothing;
    return this.renderOpenRow(
      nameIn(words, names),
      tags,
      about.filter((part) => part !== '').join(' · '),
      () => (this.open = service.id),
    );
  }

  private renderList(services: readonly BookingServiceDto[]): TemplateResult {
    if (services.length === 0) {
      return this.renderEmpty(
        'tag',
        'offersEmptyTitle',
        'offersEmptyBody',
        this.renderNew('offerAdd', true, this.begin),
      );
    }
    const sorted = services.toSorted((one, other) => Number(one.isArchived) - Number(other.isArchived));
    return html`<div class="block block--flush">${sorted.map((service) => this.renderService(service))}</div>`;
  }

  protected override render(): TemplateResult {
    const { services } = this.desk.setup;
    const service = services.find(({ id }) => id === this.open) ?? null;
    if (service !== null || this.open === 'new') {
      return html`<frontdesk-setup-service
        .words=${this.words}
        .data=${this.data}
        .desk=${this.desk}
        .memberRole=${this.memberRole}
        .record=${service}
        .back=${() => (this.open = null)}
        .saved=${(saved: BookingServiceDto) => this.handleSaved(saved)}
      ></frontdesk-setup-service>`;
    }
    const action = services.length === 0 ? nothing : this.renderNew('offerAdd', false, this.begin);
    return html`<div class="root page">
      ${this.renderHead('pageAppointments', 'offersLead', action)}
      ${this.renderPending(this.data.setup) ?? this.renderList(services)}
    </div>`;
  }
}
