import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { baseStyles } from '../core/base-styles.js';
import { buttonStyles } from '../core/button-styles.js';
import { surfaceStyles } from '../core/surface-styles.js';
import { BookingRequestEvent, type BookingRequest } from './booking-events.js';
import { renderHeading, renderLoading, renderServices, renderStaff, type Scene } from './booking-screens.js';
import { locationOf, serviceOf, type BookingState } from './booking-store.js';
import type { BookingClient } from '../core/client/booking-client.js';
import { renderSummary } from './booking-summary.js';
import { bookingStyles } from './booking.styles.js';
import type { BookingWords } from './booking-words.js';

const RETRY_MS = 3_000;
const PARTS = {
  calendar: () => import('./calendar/define.js'),
  form: () => import('./details/define.js'),
  classes: () => import('./classes/define.js'),
} as const;

/** The question that is asked now, beside what was answered; draws, and asks for the rest. */
export class FrontdeskBookingView extends LitElement {
  static override styles = [baseStyles, buttonStyles, surfaceStyles, bookingStyles];

  /** Never before somebody did something: a page that loads keeps its focus. */
  private isAsked = false;
  private isFocusDue = false;
  private readonly loaded = new Set<keyof typeof PARTS>();

  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  state!: BookingState;

  /** For the parts that ask themselves. */
  @property({ attribute: false })
  client!: BookingClient;

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
    this.isFocusDue ||= before.step !== this.state.step;
  }

  protected override updated(): void {
    if (!this.isFocusDue) return;
    this.isFocusDue = false;
    this.renderRoot.querySelector<HTMLElement>('[data-focus="step"]')?.focus();
  }

  private readonly ask = (request: BookingRequest): void => {
    this.dispatchEvent(new BookingRequestEvent(request));
  };

  /** What comes next is fetched while somebody reads what is there. */
  private load(part: keyof typeof PARTS): boolean {
    if (this.loaded.has(part)) return true;
    void PARTS[part]().then(
      () => {
        this.loaded.add(part);
        this.requestUpdate();
      },
      () => setTimeout(() => this.requestUpdate(), RETRY_MS),
    );
    return false;
  }

  private renderDetails(title: string): TemplateResult {
    const { words } = this;
    const isLoaded = this.load('form');
    return html`${renderHeading(title)} ${isLoaded ? nothing : renderLoading({ words })}
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

  private renderClass(): TemplateResult {
    const isLoaded = this.load('classes');
    return html`${isLoaded ? nothing : renderLoading({ words: this.words })}
      <frontdesk-booking-class
        exportparts="field, submit, slot, button"
        .words=${this.words}
        .state=${this.state}
        .client=${this.client}
        .manageUrl=${this.manageUrl}
      >
        <slot name="consent" slot="consent"></slot>
        <slot name="success" slot="success"></slot>
      </frontdesk-booking-class>`;
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
      isOnline: serviceOf(slots)?.isOnline ?? false,
      phone: location?.phone ?? null,
    };
    const isLoaded = this.load('calendar');
    this.load('form');
    return html`${renderHeading(words.t('booking.chooseTime'))} ${isLoaded ? nothing : renderLoading({ words })}
      <frontdesk-booking-when exportparts="calendar, day, day-free, slot, button, notice" .scene=${scene}>
        ${this.querySelector('[slot="empty"]') ? html`<slot name="empty" slot="empty"></slot>` : nothing}
      </frontdesk-booking-when>`;
  }

  private renderStep(scene: Scene): unknown {
    const { words, state: current } = scene;
    switch (current.step) {
      case 'service':
        this.load('calendar');
        return renderServices(scene);
      case 'staff':
        this.load('calendar');
        return renderStaff(scene);
      case 'time':
        return serviceOf(current)?.isClass ? this.renderClass() : this.renderTimes();
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
