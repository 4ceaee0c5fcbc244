import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { SITE_KEY_PATTERN, type LocationId, type SiteKey } from '@frontdesk/protocol/ids';
import { resolveServerUrl } from '../core/loader-registry.js';
import { Announcer } from '../core/a11y.js';
import { createBookingClient, type BookingClient } from '../core/client/booking-client.js';
import { FrontdeskElement } from '../core/element.js';
import { LocaleController } from '../core/locale.js';
import { bookingCatalogue } from '../locales/booking.js';
import { createBookingController, type BookingController } from './booking-controller.js';
import type { BookingRequestEvent } from './booking-events.js';
import { EMPTY_DRAFT, type Draft } from './booking-form.js';
import { locationOf, type BookingState } from './booking-store.js';
import { fallbackStyles } from './booking.styles.js';
import { describeNotice, renderPhone } from './booking-notice.js';
import { writeTime } from './booking-words.js';

/** Whoever has to hear that the time runs out hears it this long before. */
const WARN_BEFORE_MS = 60_000;

/**
 * Books an appointment: which service, with whom, when, and for whom. What stands between its tags (a link, a phone number) is shown
 * where scripts do not run and while the server cannot be reached.
 *
 * @tag frontdesk-booking
 * @slot - Shown instead of the form as long as nothing can be booked here: a link or a phone number.
 * @slot header - Above the form.
 * @slot empty - Said instead of our words in a month without free times.
 * @slot consent - Beside the texts to agree to.
 * @slot success - Below the confirmation.
 * @fires frontdesk-booking-ready - It is known what can be booked.
 * @fires frontdesk-booking-service-select - A service was chosen; `service` is its id.
 * @fires frontdesk-booking-slot-select - A time was chosen; `service`, `start`.
 * @fires frontdesk-booking-hold - The time is kept for the visitor; `start`, `expiresAt`.
 * @fires frontdesk-booking-hold-expired - It is no longer kept.
 * @fires frontdesk-booking-before-submit - The form is complete; cancel it to keep it here.
 * @fires frontdesk-booking-booked - It is booked; `ref`, `service`, `start`, `zone`, `status`.
 * @fires frontdesk-booking-waitlisted - Somebody joined the line of a class; `service`, `start`, `zone`.
 * @fires frontdesk-booking-error - Something did not work; `code` says what.
 * @csspart base - The outermost box.
 * @csspart card - A service or a person to choose.
 * @csspart calendar - The month.
 * @csspart day - A day; one with free times is `day-free` too.
 * @csspart slot - A time to choose.
 * @csspart field - A field of the form.
 * @csspart button - A button that is not one of these.
 * @csspart submit - The button that books.
 */
export class FrontdeskBooking extends FrontdeskElement {
  static override styles = [...FrontdeskElement.styles, fallbackStyles];

  private readonly language = new LocaleController(this, bookingCatalogue, () => this.locale);
  private readonly announcer = new Announcer();
  private controller: BookingController | undefined;
  private client: BookingClient | undefined;
  private followed = '';
  /** Public key of the site. */
  @property()
  site: string | null = null;

  /** Id of the branch; by default all of them. */
  @property()
  location: string | null = null;

  /** Id of the service that is booked; by default it is asked. */
  @property()
  service: string | null = null;

  /** Id of who gives it; by default it is asked. */
  @property()
  staff: string | null = null;

  /** `YYYY-MM-DD`: the day that is looked at first. */
  @property()
  date: string | null = null;

  /** The customer's name, where the page knows it. */
  @property()
  name: string | null = null;

  /** The customer's e-mail address, where the page knows it. */
  @property()
  email: string | null = null;

  /** The customer's phone number, where the page knows it. */
  @property()
  phone: string | null = null;

  /** Answers the question whose key is `notes`. */
  @property()
  notes: string | null = null;

  /** `off` books without keeping the time while the customer types. */
  @property()
  hold: string | null = null;

  /** `light`, `dark` or `auto`; the same as `color-scheme`. */
  @property()
  theme: string | null = null;

  /** Page that shows a booking from its link; by default ours. The link puts the booking's secret behind a `#`. */
  @property({ attribute: 'manage-url' })
  manageUrl: string | null = null;

  /** Origin of the Frontdesk server; by default the one that the loader came from. */
  @property()
  server: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // An element that is only moved in the page keeps what was typed.
    queueMicrotask(() => {
      if (!this.isConnected) this.end();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('theme')) this.colorScheme = this.theme;
    super.willUpdate(changed);
    this.language.refresh();
    if (this.isConnected) this.follow();
  }

  protected override updated(): void {
    this.announce();
  }

  private get serverUrl(): string {
    return resolveServerUrl(this.server);
  }

  private get draft(): Draft {
    const { name, phone, email, notes } = this;
    return {
      ...EMPTY_DRAFT,
      name: name ?? '',
      phone: phone ?? '',
      email: email ?? '',
      answers: notes === null ? {} : { notes },
    };
  }

  private follow(): void {
    const { site, service, staff, location, date, serverUrl } = this;
    const wanted = JSON.stringify([serverUrl, site, location, service, staff, date]);
    if (this.followed === wanted) return;
    this.end();
    this.followed = wanted;
    if (site === null || !SITE_KEY_PATTERN.test(site)) return;
    this.client = createBookingClient({ serverUrl, site: site as SiteKey });
    this.controller = createBookingController({
      client: this.client,
      locationId: location as LocationId | null,
      preset: { serviceId: service, staffId: staff, date },
      draft: this.draft,
      visitorZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      isHolding: this.hold !== 'off',
      getLocale: () => this.language.translator.locale,
      emit: (event) => this.dispatchEvent(event),
    });
    this.controller.subscribe(() => this.requestUpdate());
    this.controller.start();
  }

  private end(): void {
    this.controller?.stop();
    this.controller = undefined;
    this.followed = '';
  }

  private handleRequest(event: BookingRequestEvent): void {
    event.stopPropagation();
    this.controller?.handle(event.request);
  }

  private announce(): void {
    const state = this.controller?.getState();
    const words = this.language.translator;
    if (!state) return;
    const { notice, held, nowMs, start } = state;
    if (notice) this.announcer.announce(describeNotice(words, notice), `${notice.kind} ${start}`);
    else if (held && held.endsAtMs - nowMs <= WARN_BEFORE_MS) {
      this.announcer.announce(words.t('booking.holdEnding'), `ending ${held.endsAtMs}`);
    } else if (held) {
      const time = writeTime(words, held.endsAtMs / 60_000, state.visitorZone);
      this.announcer.announce(words.t('booking.holdUntil', { time }), `held ${held.hold.expiresAt}`);
    }
  }

  private renderFallback(state: BookingState | undefined): TemplateResult {
    const words = this.language.translator;
    const text = state?.catalogue ? 'booking.nothingOffered' : 'booking.unavailable';
    return html`<div class="fallback">
      ${state ? html`<p class="muted" role="status">${words.t(text)}</p>` : nothing}
      <slot></slot>
      ${state ? renderPhone(words, locationOf(state)?.phone ?? null) : nothing}
    </div>`;
  }

  protected override render(): TemplateResult {
    const words = this.language.translator;
    const state = this.controller?.getState();
    if (!state || state.step === 'unavailable') return this.renderInRoot(this.renderFallback(state), words);
    const content = html`<slot name="header"></slot>
      <frontdesk-booking-view
        exportparts="card, calendar, day, day-free, slot, field, submit, button"
        .words=${words}
        .state=${state}
        .client=${this.client}
        .isHolding=${this.hold !== 'off'}
        .manageUrl=${this.manageUrl ?? `${this.serverUrl}/booking?site=${this.site ?? ''}`}
        @frontdesk-booking-request=${this.handleRequest}
      >
        ${this.querySelector('[slot="empty"]') ? html`<slot name="empty" slot="empty"></slot>` : nothing}
        <slot name="consent" slot="consent"></slot>
        <slot name="success" slot="success"></slot>
      </frontdesk-booking-view>
      ${this.announcer.element}`;
    return this.renderInRoot(content, words);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking': FrontdeskBooking;
  }
}
