import type { LocationId } from '@frontdesk/protocol/ids';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { baseStyles, inputStyles } from '../../core/styles.js';
import { LocaleController } from '../../core/locale.js';
import { formStyles } from '../settings-form.styles.js';
import type { QueuePageName } from '../settings-store.js';
import { INITIAL_QUEUE_DATA, QueueDesk, type QueueData } from './queue-desk.js';
import type { QueueLink } from './queue-link.js';
import { QUEUE_CATALOGUE, type QueueWords } from './queue-words.js';

/** Pages that are about one branch at a time. */
const PAGES_OF_ONE_LOCATION: readonly QueuePageName[] = [
  'services',
  'counters',
  'rules',
  'reports',
  'audit',
  'privacy',
];

interface Known {
  readonly words: QueueWords;
  readonly data: QueueData;
  readonly desk: QueueDesk;
  readonly role: Role;
}

const PAGES: Readonly<Record<QueuePageName, (known: Known) => TemplateResult>> = {
  today: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-today
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-today>`,
  locations: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-locations
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-locations>`,
  services: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-services
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-services>`,
  counters: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-counters
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-counters>`,
  rules: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-rules
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-rules>`,
  devices: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-devices
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-devices>`,
  reports: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-reports
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-reports>`,
  audit: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-audit
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-audit>`,
  privacy: ({ words, data, desk, role }) =>
    html`<frontdesk-queue-privacy
      .words=${words}
      .data=${data}
      .desk=${desk}
      .memberRole=${role}
    ></frontdesk-queue-privacy>`,
};

/** The pages of the queue: which one is open, which branch it is about, and what they all know. */
export class FrontdeskSettingsQueue extends LitElement {
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

  private readonly language = new LocaleController(this, QUEUE_CATALOGUE, () => this.locale);
  private desk: QueueDesk | null = null;

  @state() private data: QueueData = INITIAL_QUEUE_DATA;

  @property({ attribute: false }) link: QueueLink | null = null;
  @property() page: QueuePageName = 'today';
  @property() memberRole: Role = 'viewer';
  @property() locale: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk?.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.desk?.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale')) this.language.refresh();
    if (!changed.has('link')) return;
    this.desk?.stop();
    this.desk = null;
    this.data = INITIAL_QUEUE_DATA;
    if (this.link === null) return;
    const desk = new QueueDesk(this.link, () => (this.data = desk.data));
    this.desk = desk;
    desk.start();
  }

  private renderPlace(words: QueueWords): TemplateResult | typeof nothing {
    const { locations, locationId } = this.data;
    const places = locations.data.filter(({ isArchived, id }) => !isArchived || id === locationId);
    if (![...PAGES_OF_ONE_LOCATION, 'today'].includes(this.page) || places.length < 2) return nothing;
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

  private renderNoLocation(words: QueueWords): TemplateResult | null {
    const { locations, locationId } = this.data;
    if (!PAGES_OF_ONE_LOCATION.includes(this.page) || locations.phase !== 'ready' || locationId !== null) return null;
    return html`<p>${words.t('locationFirst')}</p>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { desk } = this;
    if (desk === null) return nothing;
    const words = this.language.translator;
    const known = { words, data: this.data, desk, role: this.memberRole };
    return html`<div class="root">
      ${this.renderPlace(words)} ${this.renderNoLocation(words) ?? PAGES[this.page](known)}
    </div>`;
  }
}
