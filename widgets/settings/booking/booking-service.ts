import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import { html, nothing, type TemplateResult } from 'lit';
import { nameIn } from '../setup/setup-words.js';
import { AsksForm } from './booking-asks.js';
import { renderStartsPreview } from './booking-preview.js';
import { checkService, lacksPeople, NEW_SERVICE, toServiceDraft, type ServiceDraft } from './booking-service-draft.js';
import type { Problems } from './booking-page.js';

const MAX_DESCRIPTION = 400;
const NEW_CLASS = { min: 1, max: 10 };

/** One service that can be booked: what it is called, how long it takes of whom, when it is offered, what is asked. */
export class FrontdeskBookingService extends AsksForm {
  protected blank(): ServiceDraft {
    return NEW_SERVICE;
  }

  protected toDraft(record: BookingServiceDto): ServiceDraft {
    return toServiceDraft(record);
  }

  protected override check(draft: ServiceDraft): Problems {
    return checkService(draft);
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft, record } = this;
    const { locationId } = this.data;
    if (draft === null || locationId === null) return;
    await this.finish(
      record === null
        ? this.send('booking-service:create', { locationId, ...draft })
        : this.send('booking-service:update', { serviceId: record.id, ...this.changes }),
    );
  }

  private async handleArchive({ id, isArchived }: BookingServiceDto): Promise<void> {
    const service = await this.send('booking-service:update', { serviceId: id, isArchived: !isArchived });
    if (service !== null) this.saved(service);
  }

  /** All languages empty is no description at all. */
  private setDescriptions(texts: LocalizedText): void {
    const isEmpty = Object.values(texts).every((text) => text === '');
    this.change({ descriptions: isEmpty ? null : texts });
  }

  private renderAbout(draft: ServiceDraft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <div class="form">
        ${this.renderNames('names', words.t('offerNames'), draft.names, (names) => this.change({ names }), 80)}
        ${this.renderNames(
          'descriptions',
          words.t('offerDescriptions'),
          draft.descriptions ?? { en: '' },
          (texts) => this.setDescriptions(texts),
          MAX_DESCRIPTION,
        )}
        ${this.renderText(
          'priceText',
          words.t('offerPrice'),
          draft.priceText,
          (priceText) => this.change({ priceText }),
          {
            maxLength: 40,
            hint: 'offerPriceHint',
          },
        )}
        ${this.renderCheck(words.t('offerOnline'), draft.isOnline, (isOnline) => this.change({ isOnline }), 'offerOnlineHint')}
      </div>
    </section>`;
  }

  private renderSeats({ capacity }: ServiceDraft): TemplateResult {
    const { words } = this;
    const set = (patch: { min?: number; max?: number }): void =>
      this.change({ capacity: { ...NEW_CLASS, ...capacity, ...patch } });
    const seats = { min: 1, max: 300, step: 1 } as const;
    return html`<section class="block">
      <h2>${words.t('offerSeats')}</h2>
      ${this.renderCheck(
        words.t('offerClass'),
        capacity !== null,
        (isOn) => this.change({ capacity: isOn ? NEW_CLASS : null }),
        'offerClassHint',
      )}
      ${
        capacity === null
          ? nothing
          : html`<div class="pair">
              ${this.renderNumber(
                'capacity.max',
                words.t('seatsMax'),
                capacity.max,
                (value) => set({ max: value ?? Number.NaN }),
                seats,
              )}
              ${this.renderNumber(
                'capacity.min',
                words.t('seatsMin'),
                capacity.min,
                (value) => set({ min: value ?? Number.NaN }),
                { ...seats, hint: 'seatsMinHint' },
              )}
            </div>`
      }
    </section>`;
  }

  private renderNotices(): TemplateResult | typeof nothing {
    const { words, record } = this;
    if (record?.isArchived) return html`<p class="notice">${words.t('offerArchivedNote')}</p>`;
    if (record === null || !lacksPeople(record, this.desk.setup.resources)) return nothing;
    return html`<p class="notice">${words.t('offerNobodyNote')}</p>`;
  }

  private renderArchive(): TemplateResult | typeof nothing {
    const { record } = this;
    if (record === null) return nothing;
    return html`<button class="button" type="button" @click=${() => this.handleArchive(record)}>
      ${this.words.t(record.isArchived ? 'bringBack' : 'archive')}
    </button>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, words, record, desk } = this;
    if (draft === null) return nothing;
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderBack(record === null ? words.t('offerAdd') : nameIn(words, record.names), this.back)}
      ${this.isManager ? nothing : html`<p class="lead">${words.t('readOnly')}</p>`} ${this.renderTwin()}
      ${this.renderNotices()} ${this.renderAbout(draft)} ${this.renderSeats(draft)} ${this.renderTimes(draft)}
      ${this.renderStarts(draft)} ${draft.capacity === null ? renderStartsPreview(words, desk, draft, record) : nothing}
      ${this.renderAfterwards(draft)} ${this.renderQuestions(draft)} ${this.renderConsents(draft)}
      ${this.renderActions(record === null ? 'create' : 'save', this.renderArchive())}
    </form>`;
  }
}
