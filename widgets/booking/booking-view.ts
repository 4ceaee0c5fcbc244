import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles } from '../core/base-styles.js';
import { buttonStyles } from '../core/button-styles.js';
import type { BookingClient } from '../core/client/booking-client.js';
import { surfaceStyles } from '../core/surface-styles.js';
import { BookingRequestEvent, type BookingRequest } from './booking-events.js';
import { renderHeading, renderLoading, renderServices, renderStaff, type Scene } from './booking-screens.js';
import { locationOf, serviceOf, type BookingState } from './start-store.js';
import type { BookingWords } from './booking-words.js';
import type { renderSummary } from './booking-summary.js';
import { bookingStyles } from './booking.styles.js';

/** The question that is asked now, beside what was answered; draws, and asks for the rest. */
export class FrontdeskBookingView extends LitElement {
  static override styles = [baseStyles, buttonStyles, surfaceStyles, bookingStyles];

  /** Never before somebody did something: a page that loads keeps its focus. */
  private isAsked = false;
  private isFocusDue = false;

  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  state!: BookingState;

  /** For the parts that ask themselves. */
  @property({ attribute: false })
  client!: BookingClient;

  @property({ attribute: false })
  isHolding = true;

  /** False while the dialog around it is closed. */
  @property({ attribute: false })
  isShown = true;

  /** Comes with everything from the calendar on; until then its place is kept. */
  @property({ attribute: false })
  renderSummary: typeof renderSummary | null = null;

  /** In a dialog, which has a frame of its own. */
  @property({ attribute: false })
  isBare = false;

  @property({ attribute: false })
  manageUrl = '';

  constructor() {
    super();
    this.addEventListener(BookingRequestEvent.type, () => (this.isAsked = true));
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('state') as BookingState | undefined;
    if (!before || !this.isAsked) return;
    const { step, followedBy } = this.state;
    // Whoever removes a service loses the button that they are on.
    this.isFocusDue ||= before.step !== step || before.followedBy.length > followedBy.length;
  }

  protected override updated(): void {
    if (!this.isFocusDue) return;
    // What is still on its way takes the focus when it is there.
    const heading = this.renderRoot.querySelector<HTMLElement>('[data-focus="step"]');
    if (heading === null) return;
    this.isFocusDue = false;
    heading.focus();
  }

  private readonly ask = (request: BookingRequest): void => {
    this.dispatchEvent(new BookingRequestEvent(request));
  };

  private renderDetails(title: string): TemplateResult {
    const { words } = this;
    return html`${renderHeading(title)}
      <frontdesk-booking-details
        exportparts="field, submit, slot, button"
        .words=${words}
        .state=${this.state}
        .isHolding=${this.isHolding}
        .manageUrl=${this.manageUrl}
      >
        <slot name="consent" slot="consent"></slot>
        <slot name="success" slot="success"></slot>
      </frontdesk-booking-details>`;
  }

  private renderTimes(): TemplateResult {
    const { words, state: slots } = this;
    const location = locationOf(slots);
    const scene = {
      words,
      slots,
      start: slots.busy === null ? null : slots.start,
      isBusy: slots.busy !== null,
      notice: slots.notice,
      businessZone: location?.timeZone ?? slots.timeZone,
      canSwitchZone: slots.zoneMode !== null || (serviceOf(slots)?.isOnline ?? false),
      phone: location?.phone ?? null,
    };
    return html`${serviceOf(slots)?.isClass ? nothing : renderHeading(words.t('booking.chooseTime'))}
      <frontdesk-booking-when
        exportparts="calendar, day, day-free, field, submit, slot, button, notice"
        .scene=${scene}
        .state=${slots}
        .client=${this.client}
        .manageUrl=${this.manageUrl}
        .isHolding=${this.isHolding}
        .isShown=${this.isShown}
        .takesFocus=${this.isAsked}
      >
        ${this.querySelector('[slot="empty"]') ? html`<slot name="empty" slot="empty"></slot>` : nothing}
        <slot name="consent" slot="consent"></slot>
        <slot name="success" slot="success"></slot>
      </frontdesk-booking-when>`;
  }

  private renderStep(scene: Scene): unknown {
    const { words, state: current } = scene;
    const isLater = current.step !== 'service' && current.step !== 'staff';
    if (isLater && !current.isWhole) return renderLoading(scene);
    switch (current.step) {
      case 'service':
        return renderServices(scene);
      case 'staff':
        return renderStaff(scene);
      case 'add':
        return html`<frontdesk-booking-add .words=${words} .state=${current}>
          ${renderLoading(scene)}
        </frontdesk-booking-add>`;
      case 'time':
        return this.renderTimes();
      case 'details':
        return this.renderDetails(words.t('booking.details'));
      case 'done': {
        const isRequest = current.booked?.booking.state === 'requested';
        return this.renderDetails(words.t(isRequest ? 'booking.requested' : 'booking.booked'));
      }
      default:
        return renderLoading(scene);
    }
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const scene: Scene = { words, state: this.state, ask: this.ask };
    const hasSummary = serviceOf(this.state) !== null && this.state.step !== 'done';
    return html`<div class="root" lang=${words.tag} dir=${words.direction}>
      <div class="frame">
        <section
          class="sheet ${hasSummary ? 'sheet--summary' : ''} ${this.isBare ? 'sheet--bare' : ''}"
          aria-label=${words.t('booking.label')}
        >
          ${hasSummary ? (this.renderSummary?.(scene) ?? html`<div class="summary"></div>`) : nothing}
          <div class="question">${this.renderStep(scene)}</div>
        </section>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-view': FrontdeskBookingView;
  }
}
