import type { CardDto } from '@frontdesk/protocol/cards';
import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { CardsPage } from './cards-page.js';

/** Where a card stands: the tag for a website, its own page, the code for paper, the file for the address book. */
export class FrontdeskCardPlaces extends CardsPage {
  @property({ attribute: false }) card: CardDto | null = null;
  @property() serverUrl = '';

  protected override render(): TemplateResult | typeof nothing {
    const { card, words, serverUrl } = this;
    if (card === null) return nothing;
    const [site] = this.data.sites.data;
    const urlOf = (ending: string): string => `${serverUrl}/cards/${card.id}.${ending}`;
    return html`<section class="block">
      <h2>${words.t('cardPlaces')}</h2>
      ${
        site === undefined
          ? html`<p class="lead">${words.t('cardNoSite')}</p>`
          : html`<frontdesk-setup-copy
              .words=${words}
              .label=${words.t('cardTag')}
              .text=${`<script type="module" src="${serverUrl}/widgets/frontdesk.js" async></script>\n<frontdesk-contact-card site="${site.publicKey}" card="${card.id}"><a href="${urlOf('html')}">${escapeHtml(card.name)}</a></frontdesk-contact-card>`}
            ></frontdesk-setup-copy>`
      }
      <frontdesk-setup-copy
        .words=${words}
        .label=${words.t('cardOwnPage')}
        .text=${urlOf('html')}
      ></frontdesk-setup-copy>
      <frontdesk-setup-copy .words=${words} .label=${words.t('cardCode')} .text=${urlOf('svg')}></frontdesk-setup-copy>
      <frontdesk-setup-copy .words=${words} .label=${words.t('cardFile')} .text=${urlOf('vcf')}></frontdesk-setup-copy>
      <div class="actions">
        <a class="button button--small" href=${urlOf('html')} target="_blank" rel="noopener"
          >${words.t('cardOpenPage')}</a
        >
        <a class="button button--small" href=${urlOf('svg')} target="_blank" rel="noopener"
          >${words.t('cardOpenCode')}</a
        >
      </div>
    </section>`;
  }
}

/** For a name that stands in text which people paste. */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
