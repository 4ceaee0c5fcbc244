import { html, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { OfferedService } from '@frontdesk/protocol/booking-visitor';
import type { BookableId } from '@frontdesk/protocol/ids';
import { baseStyles } from '../../core/base-styles.js';
import { renderIcon } from '../../core/render-icon.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import { renderHeading, renderPeople, renderServiceList } from '../booking-screens.js';
import { bookingStyles } from '../booking.styles.js';
import { readName } from '../booking-words.js';
import { arrowLeftIcon } from '../visit-icons.js';
import { addableTo, partsOf, toFollowing } from '../visit-parts.js';
import { PartsElement } from './parts-element.js';
import { partsStyles } from './parts.styles.js';

/** One more service for the same visit, and with whom; or another person for one that is in it. Fetched when somebody wants that. */
export class FrontdeskBookingAdd extends PartsElement {
  static override styles = [baseStyles, surfaceStyles, bookingStyles, partsStyles];

  /** What is added, while it is asked with whom. */
  @state()
  private chosen: OfferedService | null = null;

  private shown: OfferedService | null | undefined;

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { service } = this;
    if (this.shown === service) return;
    this.shown = service;
    this.renderRoot.querySelector<HTMLElement>('[data-focus="step"]')?.focus();
  }

  /** Whose person is asked; null asks which service. */
  private get service(): OfferedService | null {
    return partsOf(this.state)[this.state.asked]?.service ?? this.chosen;
  }

  private staffOf(service: OfferedService) {
    return this.state.catalogue?.staff.filter(({ id }) => service.staffIds.includes(id)) ?? [];
  }

  private put(service: OfferedService, staffId: BookableId | null): void {
    const parts = partsOf(this.state).map(toFollowing);
    parts[this.state.asked] = { serviceId: service.id, staffId };
    this.ask({ name: 'parts', detail: { parts } });
  }

  private choose(service: OfferedService): void {
    if (this.staffOf(service).length > 1) this.chosen = service;
    else this.put(service, null);
  }

  private back(): void {
    if (this.chosen) this.chosen = null;
    else this.ask({ name: 'back', detail: { to: 'time' } });
  }

  private renderQuestion(): TemplateResult {
    const { words, service } = this;
    const { t } = this.language.translator;
    if (!service) {
      return html`${renderHeading(t('parts.which'))}
      ${renderServiceList(words, addableTo(this.state), (one) => this.choose(one))}`;
    }
    return html`${renderHeading(t('parts.who', { service: readName(words, service.names) }))}
    ${renderPeople(words, this.staffOf(service), (staffId) => this.put(service, staffId))}`;
  }

  protected override render(): TemplateResult {
    const { words, chosen } = this;
    const { t } = this.language.translator;
    return html`<div class="steps" lang=${words.tag} dir=${words.direction}>
      ${this.renderQuestion()}
      <p>
        <button class="link back" type="button" @click=${() => this.back()}>
          ${renderIcon(arrowLeftIcon, 'icon--small icon--directional')}
          ${chosen ? t('parts.otherService') : t('parts.toTimes')}
        </button>
      </p>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-add': FrontdeskBookingAdd;
  }
}
