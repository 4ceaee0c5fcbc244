import type { CardDto } from '@frontdesk/protocol/cards';
import type { CardId } from '@frontdesk/protocol/ids';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { CardsPage } from './cards-page.js';

/** The contact cards of the business, and the form of one. */
export class FrontdeskCardsList extends CardsPage {
  @state() private open: CardId | 'new' | null = null;

  @property() serverUrl = '';

  private readonly begin = (): void => void (this.open = 'new');

  private handleSaved(card: CardDto): void {
    this.desk.keep(card);
    this.open = card.id;
  }

  private renderCard({ id, name, subject, locationId, isArchived }: CardDto): TemplateResult {
    const { words } = this;
    const place = this.data.locations.data.find((one) => one.id === locationId)?.name ?? '';
    const about = [words.t(subject === 'staff' ? 'cardOfPerson' : 'cardOfBranch'), place];
    return this.renderOpenRow(
      name,
      isArchived ? html`<span class="tag">${words.t('archived')}</span>` : nothing,
      about.filter((part) => part !== '').join(' · '),
      () => (this.open = id),
    );
  }

  private renderList(cards: readonly CardDto[]): TemplateResult {
    if (cards.length === 0) {
      return this.renderEmpty('user', 'cardsEmptyTitle', 'cardsEmptyBody', this.renderNew('cardAdd', true, this.begin));
    }
    const sorted = cards.toSorted((one, other) => Number(one.isArchived) - Number(other.isArchived));
    return html`<div class="block block--flush">${sorted.map((card) => this.renderCard(card))}</div>`;
  }

  protected override render(): TemplateResult {
    const { cards } = this.data;
    const card = cards.data.find(({ id }) => id === this.open) ?? null;
    if (card !== null || this.open === 'new') {
      return html`<frontdesk-card-settings
        .words=${this.words}
        .data=${this.data}
        .desk=${this.desk}
        .memberRole=${this.memberRole}
        .serverUrl=${this.serverUrl}
        .record=${card}
        .back=${() => (this.open = null)}
        .saved=${(saved: CardDto) => this.handleSaved(saved)}
      ></frontdesk-card-settings>`;
    }
    const action = cards.data.length === 0 ? nothing : this.renderNew('cardAdd', false, this.begin);
    return html`<div class="root page">
      ${this.renderHead('pageCards', 'cardsLead', action)} ${this.renderPending(cards) ?? this.renderList(cards.data)}
    </div>`;
  }
}
