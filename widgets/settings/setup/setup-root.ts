import type { LocationId } from '@frontdesk/protocol/ids';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { LocaleController, type Catalogue, type Translator } from '../../core/locale.js';
import { baseStyles, inputStyles } from '../../core/styles.js';
import { formStyles } from '../settings-form.styles.js';
import type { PlaceData, SetupDesk } from './setup-desk.js';
import type { SetupLink } from './setup-link.js';
import type { SetupMessageKey } from './setup-words.js';

export interface Known<Key extends string, Data extends PlaceData, Desk extends SetupDesk<Data>> {
  readonly words: Translator<Key>;
  readonly data: Data;
  readonly desk: Desk;
  readonly role: Role;
}

/** A group of pages: which one is open, which branch it is about, and what they all know. */
export abstract class SetupRoot<
  Page extends string,
  Key extends string,
  Data extends PlaceData,
  Desk extends SetupDesk<Data>,
> extends LitElement {
  static override styles = [
    baseStyles,
    inputStyles,
    formStyles,
    css`
      .root {
        color-scheme: inherit;
      }
      .place {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 12px;
        align-items: center;
        margin-block-end: 20px;
      }
      .place label {
        color: var(--frontdesk-text-muted);
      }
      .place .input {
        inline-size: auto;
        min-inline-size: min(240px, 100%);
        max-inline-size: 100%;
      }
    `,
  ];

  protected abstract readonly catalogue: Catalogue<Key | SetupMessageKey>;
  protected abstract createDesk(link: SetupLink, changed: () => void): Desk;
  protected abstract renderPage(known: Known<Key | SetupMessageKey, Data, Desk>): TemplateResult;
  /** Pages that are about one branch at a time and say nothing without one. */
  protected abstract readonly pagesOfOnePlace: readonly Page[];
  /** Pages that have a choice of branch but do not need it. */
  protected readonly pagesWithPlace: readonly Page[] = [];
  /** Whether pages of one branch let people choose it. */
  protected readonly hasPlaceChoice: boolean = true;

  private language: LocaleController<Key | SetupMessageKey> | null = null;
  private desk: Desk | null = null;

  /** Counts what the desk told, so that its pages are drawn anew. */
  @state() private deskRev = 0;

  @property({ attribute: false }) link: SetupLink | null = null;
  @property() page!: Page;
  @property() memberRole: Role = 'viewer';
  @property() locale: string | null = null;
  /** Where the server is reached from the outside. */
  @property() serverUrl = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.language ??= new LocaleController(this, this.catalogue, () => this.locale);
    this.desk?.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.desk?.stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('locale')) this.language?.refresh();
    if (!changed.has('link')) return;
    this.desk?.stop();
    this.desk = this.link && this.createDesk(this.link, () => (this.deskRev += 1));
    this.desk?.start();
  }

  private renderPlace(words: Translator<Key | SetupMessageKey>, { locations, locationId }: PlaceData) {
    const places = locations.data.filter(({ isArchived, id }) => !isArchived || id === locationId);
    if (!this.hasPlaceChoice) return nothing;
    if (![...this.pagesOfOnePlace, ...this.pagesWithPlace].includes(this.page) || places.length < 2) return nothing;
    return html`<div class="place">
      <label for="place">${words.t('branch')}</label>
      <select
        class="input"
        id="place"
        @change=${(event: Event) => this.desk?.choose((event.target as HTMLSelectElement).value as LocationId)}
      >
        ${places.map(({ id, name }) => html`<option value=${id} ?selected=${id === locationId}>${name}</option>`)}
      </select>
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { desk, language, memberRole: role } = this;
    if (desk === null || language === null) return nothing;
    const { data } = desk;
    const words = language.translator;
    const isPlaceless = data.locations.phase === 'ready' && data.locationId === null;
    return html`<div class="root">
      ${this.renderPlace(words, data)}
      ${
        isPlaceless && this.pagesOfOnePlace.includes(this.page)
          ? html`<p>${words.t('locationFirst')}</p>`
          : this.renderPage({ words, data, desk, role })
      }
    </div>`;
  }
}
