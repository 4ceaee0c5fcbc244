import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { baseStyles } from '../core/base-styles.js';
import { buttonStyles } from '../core/button-styles.js';
import { surfaceStyles } from '../core/surface-styles.js';
import { BookingRequestEvent, type BookingRequest } from './booking-events.js';
import { renderHeading, renderLoading, renderServices, renderStaff, type Scene } from './booking-screens.js';
import { locationOf, serviceOf, type BookingState } from './booking-store.js';
import { renderSummary } from './booking-summary.js';
import { bookingStyles } from './booking.styles.js';
import { renderTime } from './booking-times.js';
import { timeStyles } from './booking-times.styles.js';
import type { BookingWords } from './booking-words.js';

const FORM_RETRY_MS = 3_000;

/** The question that is asked now, beside what was answered; draws, and asks for the rest. */
export class FrontdeskBookingView extends LitElement {
  static override styles = [baseStyles, buttonStyles, surfaceStyles, bookingStyles, timeStyles];

  /** Never before somebody did something: a page that loads keeps its focus. */
  private isAsked = false;
  private focusDue: 'step' | 'day' | null = null;

  @state()
  private isFormLoaded = false;

  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  state!: BookingState;

  @property({ attribute: false })
  isHolding = true;

  @property({ attribute: false })
  manageUrl = '';

  constructor() {
    super();
    this.addEventListener(BookingRequestEvent.type, () => (this.isAsked = true));
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('state') as BookingState | undefined;
    if (!before || !this.isAsked) return;
    if (before.step !== this.state.step) this.focusDue = 'step';
    else if (before.date !== this.state.date && this.state.date !== null) this.focusDue = 'day';
  }

  protected override updated(): void {
    if (!this.focusDue) return;
    this.renderRoot.querySelector<HTMLElement>(`[data-focus="${this.focusDue}"]`)?.focus();
    this.focusDue = null;
  }

  private readonly ask = (request: BookingRequest): void => {
    this.dispatchEvent(new BookingRequestEvent(request));
  };

  /** The form is fetched while somebody looks at times. */
  private loadForm(): void {
    if (this.isFormLoaded) return;
    void import('./details/define.js').then(
      () => (this.isFormLoaded = true),
      () => setTimeout(() => this.requestUpdate(), FORM_RETRY_MS),
    );
  }

  private renderDetails(title: string): TemplateResult {
    this.loadForm();
    const { words } = this;
    return html`${renderHeading(title)} ${this.isFormLoaded ? nothing : renderLoading({ words })}
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
    this.loadForm();
    const { words, state: slots } = this;
    const location = locationOf(slots);
    return html`${renderHeading(words.t('booking.chooseTime'))}
    ${renderTime({
      words,
      slots,
      start: slots.busy === null ? null : slots.start,
      isBusy: slots.busy !== null,
      notice: slots.notice,
      businessZone: location?.timeZone ?? slots.timeZone,
      isOnline: serviceOf(slots)?.isOnline ?? false,
      phone: location?.phone ?? null,
      ask: this.ask,
    })}`;
  }

  private renderStep(scene: Scene): unknown {
    const { words, state: current } = scene;
    switch (current.step) {
      case 'service':
        return renderServices(scene);
      case 'staff':
        return renderStaff(scene);
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
        <section class="sheet ${hasSummary ? 'sheet--summary' : ''}" aria-label=${words.t('booking.label')}>
          ${hasSummary ? renderSummary(scene) : nothing}
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
