import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import type { BookingClient } from '../../core/client/booking-client.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import { BookingRequestEvent, type BookingRequest } from '../booking-events.js';
import { renderLoading } from '../booking-screens.js';
import { serviceOf, type BookingState } from '../start-store.js';
import { bookingStyles } from '../booking.styles.js';
import { timeStyles } from '../booking-times.styles.js';
import { renderTime, type TimeScene } from './booking-times.js';

/** The month and the times of a day. Fetched while somebody reads which services there are. */
export class FrontdeskBookingWhen extends LitElement {
  static override styles = [baseStyles, buttonStyles, surfaceStyles, bookingStyles, timeStyles];

  private isAsked = false;
  private isFocusDue = false;

  @property({ attribute: false })
  scene!: Omit<TimeScene, 'ask'>;

  /** What is booked; null moves what is booked already. */
  @property({ attribute: false })
  state: BookingState | null = null;

  @property({ attribute: false })
  client!: BookingClient;

  @property({ attribute: false })
  manageUrl = '';

  @property({ attribute: false })
  isHolding = true;

  @property({ attribute: false })
  isShown = true;

  /** Somebody came here; a page that loads keeps its focus. */
  @property({ attribute: false })
  takesFocus = false;

  constructor() {
    super();
    this.addEventListener(BookingRequestEvent.type, () => (this.isAsked = true));
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('scene') as TimeScene | undefined;
    const { date } = this.scene.slots;
    this.isFocusDue ||= this.isAsked && before !== undefined && date !== null && before.slots.date !== date;
  }

  protected override updated(): void {
    if (!this.isFocusDue) return;
    this.isFocusDue = false;
    this.renderRoot.querySelector<HTMLElement>('[data-focus="day"]')?.focus();
  }

  private readonly ask = (request: BookingRequest): void => {
    this.dispatchEvent(new BookingRequestEvent(request));
  };

  /** Dates that staff set, instead of a calendar. What stands in it is shown until its code is there. */
  private renderClass(state: BookingState): TemplateResult {
    const { words } = this.scene;
    return html`<frontdesk-booking-class
      exportparts="field, submit, slot, button"
      .words=${words}
      .state=${state}
      .client=${this.client}
      .manageUrl=${this.manageUrl}
      .isHolding=${this.isHolding}
      .isShown=${this.isShown}
      .takesFocus=${this.takesFocus}
    >
      ${renderLoading({ words })}
      <slot name="consent" slot="consent"></slot>
      <slot name="success" slot="success"></slot>
    </frontdesk-booking-class>`;
  }

  protected override render(): TemplateResult {
    const { words } = this.scene;
    if (this.state && serviceOf(this.state)?.isClass) return this.renderClass(this.state);
    return html`<div class="root frame" lang=${words.tag} dir=${words.direction}>
      ${renderTime({ ...this.scene, ask: this.ask })}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-when': FrontdeskBookingWhen;
  }
}
