import type { LocationDto } from '@frontdesk/protocol/locations';
import type { LocationId } from '@frontdesk/protocol/ids';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { icon } from '../../staff/staff-icons.js';
import { QueuePage } from './queue-page.js';
import { formatWallTime } from '../setup/setup-dates.js';

/** The branches, and the form of one (QA-1). */
export class FrontdeskQueueLocations extends QueuePage {
  @state() private open: LocationId | 'new' | null = null;

  private readonly begin = (): void => void (this.open = 'new');

  private handleSaved(location: LocationDto): void {
    this.desk.keep({ location });
    if (this.open === 'new') this.desk.choose(location.id);
    this.open = location.id;
  }

  private renderLocation(location: LocationDto): TemplateResult {
    const { words } = this;
    const start = formatWallTime(words, location.dayStart);
    return html`<button class="open row" type="button" @click=${() => (this.open = location.id)}>
      <span class="row__main">
        <span class="row__title"
          ><bdi>${location.name}</bdi> ${
            location.isArchived ? html`<span class="tag">${words.t('archived')}</span>` : nothing
          }</span
        >
        <span class="row__sub"
          >${location.timeZone.replaceAll('_', ' ')} · ${words.t('dayStartsAt', { time: start })}</span
        >
      </span>
      <span class="next">${icon('back', 'small')}</span>
    </button>`;
  }

  private renderList(locations: readonly LocationDto[]): TemplateResult {
    const pending = this.renderPending(this.data.locations);
    if (pending !== null) return pending;
    if (locations.length === 0) {
      return this.renderEmpty(
        'business',
        'locationsEmptyTitle',
        'locationsEmptyBody',
        this.renderNew('locationAdd', true, this.begin),
      );
    }
    return html`<div class="block block--flush">${locations.map((location) => this.renderLocation(location))}</div>`;
  }

  protected override render(): TemplateResult {
    const { data, open } = this;
    const locations = data.locations.data;
    const location = locations.find(({ id }) => id === open) ?? null;
    if (location !== null || open === 'new') {
      return html`<frontdesk-queue-location
        .words=${this.words}
        .data=${data}
        .desk=${this.desk}
        .memberRole=${this.memberRole}
        .location=${location}
        .back=${() => (this.open = null)}
        .saved=${(saved: LocationDto) => this.handleSaved(saved)}
      ></frontdesk-queue-location>`;
    }
    const action = locations.length === 0 ? nothing : this.renderNew('locationAdd', false, this.begin);
    return html`<div class="root page">
      ${this.renderHead('pageLocations', 'locationsLead', action)} ${this.renderList(locations)}
    </div>`;
  }
}
