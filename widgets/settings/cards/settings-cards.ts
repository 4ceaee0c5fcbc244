import { html, type TemplateResult } from 'lit';
import type { CardSettingsKey } from '../../locales/card-settings-en.js';
import type { CardPageName } from '../settings-store.js';
import type { SetupLink } from '../setup/setup-link.js';
import { SetupRoot, type Known } from '../setup/setup-root.js';
import { CardsDesk, type CardsData } from './cards-desk.js';
import { CARDS_CATALOGUE, type CardMessageKey } from './cards-words.js';

/** The page of contact cards. */
export class FrontdeskSettingsCards extends SetupRoot<CardPageName, CardSettingsKey, CardsData, CardsDesk> {
  protected readonly catalogue = CARDS_CATALOGUE;
  // A card belongs to a branch, so the first of those comes first.
  protected readonly pagesOfOnePlace = ['cards'] as const;
  protected override readonly hasPlaceChoice = false;

  protected createDesk(link: SetupLink, changed: () => void): CardsDesk {
    return new CardsDesk(link, changed);
  }

  protected renderPage({ words, data, desk, role }: Known<CardMessageKey, CardsData, CardsDesk>): TemplateResult {
    return html`<frontdesk-cards-list
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
      .serverUrl=${this.serverUrl}
    ></frontdesk-cards-list>`;
  }
}
