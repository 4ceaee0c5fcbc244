import type { CardDto } from '@frontdesk/protocol/cards';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { CardSubject } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { checkCard, NEW_CARD, toCardDraft, type CardDraft } from './card-draft.js';
import { FaceForm } from './card-face.js';
import { buildPreview } from './card-preview.js';
import type { Problems } from './cards-page.js';

/** One contact card: who it is, how they are reached, what is shown, and where it stands. */
export class FrontdeskCardSettings extends FaceForm {
  /** Where this server is reached from the outside. */
  @property() serverUrl = '';

  protected blank(): CardDraft {
    return { ...NEW_CARD, locationId: this.data.locationId ?? NEW_CARD.locationId };
  }

  protected toDraft(record: CardDto): CardDraft {
    return toCardDraft(record);
  }

  protected override check(draft: CardDraft): Problems {
    return checkCard(draft);
  }

  protected override updated(changed: PropertyValues): void {
    // What can be booked, and in which languages names are written, are those of the card's branch.
    if (changed.has('record') && this.record !== null) this.desk.choose(this.record.locationId);
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft, record } = this;
    if (draft === null) return;
    const { locationId: _place, subject: _subject, ...changes } = this.changes;
    await this.finish(
      record === null ? this.send('card:create', draft) : this.send('card:update', { cardId: record.id, ...changes }),
    );
  }

  private async handleArchive({ id, isArchived }: CardDto): Promise<void> {
    const card = await this.send('card:update', { cardId: id, isArchived: !isArchived });
    if (card !== null) this.saved(card);
  }

  /** Whose card it is cannot change later: its address is already in other people's phones. */
  private renderSubject(draft: CardDraft): TemplateResult | typeof nothing {
    if (this.record !== null) return nothing;
    const { words, data } = this;
    const places = data.locations.data.filter(({ isArchived }) => !isArchived);
    return html`<section class="block">
      <div class="pair">
        ${this.renderSelect<CardSubject>(
          'subject',
          words.t('cardSubject'),
          [
            ['location', words.t('cardOfBranch')],
            ['staff', words.t('cardOfPerson')],
          ],
          draft.subject,
          (subject) => this.change({ subject, hours: null }),
          { hint: 'cardSubjectHint' },
        )}
        ${this.renderSelect<LocationId>(
          'locationId',
          words.t('branch'),
          places.map(({ id, name }) => [id, name] as const),
          draft.locationId,
          (locationId) => {
            this.change({ locationId, book: NEW_CARD.book });
            this.desk.choose(locationId);
          },
          { hint: 'cardBranchHint' },
        )}
      </div>
    </section>`;
  }

  private renderPreview(draft: CardDraft): TemplateResult | typeof nothing {
    const { words, data } = this;
    const location = data.locations.data.find(({ id }) => id === draft.locationId);
    if (location === undefined) return nothing;
    const view = buildPreview(draft, location, data.businessName.data ?? '', words.locale);
    return html`<section class="preview" aria-label=${words.t('cardPreview')}>
      <span class="preview__title">${words.t('cardPreview')}</span>
      <frontdesk-card-preview .view=${view} .locale=${words.locale}></frontdesk-card-preview>
    </section>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, words, record } = this;
    if (draft === null) return nothing;
    const archive =
      record === null
        ? nothing
        : html`<button class="button" type="button" @click=${() => this.handleArchive(record)}>
            ${words.t(record.isArchived ? 'bringBack' : 'archive')}
          </button>`;
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderBack(record?.name ?? words.t('cardAdd'), this.back)}
      ${this.isManager ? nothing : html`<p class="lead">${words.t('readOnly')}</p>`} ${this.renderTwin()}
      ${record?.isArchived ? html`<p class="notice">${words.t('cardArchivedNote')}</p>` : nothing}
      ${
        record === null || record.isArchived
          ? nothing
          : html`<frontdesk-card-places
              .words=${words}
              .data=${this.data}
              .serverUrl=${this.serverUrl}
              .card=${record}
            ></frontdesk-card-places>`
      }
      ${this.renderSubject(draft)} ${this.renderWho(draft)} ${this.renderContact(draft)} ${this.renderButtons(draft)}
      ${this.renderLinks(draft)} ${this.renderShown(draft)} ${this.renderPreview(draft)}
      ${this.renderActions(record === null ? 'create' : 'save', archive)}
    </form>`;
  }
}
