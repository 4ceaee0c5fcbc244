import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { SITE_KEY_PATTERN, type SiteKey } from '@frontdesk/protocol/ids';
import { SEAT_TOKEN_PREFIX } from '@frontdesk/protocol/vocabulary';
import { resolveServerUrl } from '../../core/loader-registry.js';
import { Announcer } from '../../core/a11y.js';
import { buttonStyles } from '../../core/button-styles.js';
import { createBookingClient, type BookingClient } from '../../core/client/booking-client.js';
import { FrontdeskElement } from '../../core/element.js';
import { LocaleController } from '../../core/locale.js';
import { manageCatalogue } from '../../locales/booking-manage.js';
import type { BookingRequestEvent } from '../booking-events.js';
import type { BookingWords } from '../booking-words.js';
import { describeNotice } from '../booking-phone.js';
import { createManageController, type ManageController } from './manage-controller.js';
import type { ManageState } from './manage-store.js';

/**
 * A booking in the hands of whoever made it: read it, choose another time, give it up. It is found by its link, or by its code and the
 * end of the phone number. What stands between its tags is shown where scripts do not run and while the server cannot be reached.
 *
 * @tag frontdesk-manage-booking
 * @slot - Shown while the server cannot be reached: a link or a phone number.
 * @fires frontdesk-booking-rescheduled - It was moved; `ref`, `service`, `start`, `zone`, `status`.
 * @fires frontdesk-booking-cancelled - It was given up; the same.
 * @fires frontdesk-booking-error - Something did not work; `code` says what.
 * @csspart base - The outermost box.
 * @csspart calendar - The month.
 * @csspart day - A day; one with free times is `day-free` too.
 * @csspart slot - A time to choose.
 * @csspart button - A button that is not one of these.
 */
export class FrontdeskManageBooking extends FrontdeskElement {
  static override styles = [...FrontdeskElement.styles, buttonStyles];

  private readonly language = new LocaleController(this, manageCatalogue, () => this.locale);
  private readonly announcer = new Announcer();
  private controller: ManageController | undefined;
  /** There when the link speaks of seats in a class. */
  private seats: BookingClient | undefined;
  private followed = '';
  private stopListening: (() => void) | undefined;

  @state()
  private isSeatCodeMissing = false;

  /** Public key of the site. */
  @property()
  site: string | null = null;

  /** Secret of the booking's link; by default what stands behind the `#` of the page's address. */
  @property()
  token: string | null = null;

  /** `light`, `dark` or `auto`; the same as `color-scheme`. */
  @property()
  theme: string | null = null;

  /** Origin of the Frontdesk server; by default the one that the loader came from. */
  @property()
  server: string | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    const handleHash = (): void => this.requestUpdate();
    addEventListener('hashchange', handleHash);
    this.stopListening = () => removeEventListener('hashchange', handleHash);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
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
    const state = this.controller?.getState();
    if (state) this.announce(state);
  }

  private get serverUrl(): string {
    return resolveServerUrl(this.server);
  }

  private get siteKey(): string | null {
    return this.site ?? new URLSearchParams(window.location.search).get('site');
  }

  private get secret(): string | null {
    return this.token ?? (window.location.hash.slice(1) || null);
  }

  private follow(): void {
    const site = this.siteKey;
    const token = this.secret;
    const wanted = JSON.stringify([this.serverUrl, site, token]);
    if (this.followed === wanted) return;
    this.end();
    this.followed = wanted;
    if (site === null || !SITE_KEY_PATTERN.test(site)) return;
    const client = createBookingClient({ serverUrl: this.serverUrl, site: site as SiteKey });
    if (token?.startsWith(SEAT_TOKEN_PREFIX)) {
      this.seats = client;
      void this.loadSeats();
      return;
    }
    this.controller = createManageController({
      client,
      token,
      visitorZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      emit: (event) => this.dispatchEvent(event),
      onToken: (next) => this.keepToken(next, site),
    });
    this.controller.subscribe(() => this.requestUpdate());
    this.controller.start();
  }

  private async loadSeats(): Promise<void> {
    this.isSeatCodeMissing = false;
    try {
      await import('../classes/define-seat.js');
    } catch {
      this.isSeatCodeMissing = true;
    }
  }

  /** The page's address stays the booking's link, also after it was moved; a reload must not show that there is none. */
  private keepToken(token: string, site: string): void {
    if (this.token === null) history.replaceState(history.state, '', `#${token}`);
    else this.token = token;
    this.followed = JSON.stringify([this.serverUrl, site, token]);
  }

  private end(): void {
    this.controller?.stop();
    this.controller = undefined;
    this.seats = undefined;
    this.followed = '';
  }

  private handleRequest(event: BookingRequestEvent): void {
    event.stopPropagation();
    this.controller?.handle(event.request);
  }

  private announce({ notice, news, booked }: ManageState): void {
    const words = this.language.translator;
    if (notice) this.announcer.announce(describeNotice(words, notice), notice.kind);
    else if (news) this.announcer.announce(words.t(`manage.${news}`), `${news} ${booked?.booking.version}`);
  }

  private renderMissing(words: BookingWords): TemplateResult {
    return html`<p role="status">${words.t('manage.failed')}</p>
      <button class="button" type="button" part="button" @click=${() => void this.loadSeats()}>
        ${words.t('booking.tryAgain')}
      </button>
      <slot></slot>`;
  }

  protected override render(): TemplateResult {
    const words = this.language.translator;
    if (this.seats && this.isSeatCodeMissing) return this.renderInRoot(this.renderMissing(words), words);
    if (this.seats) {
      const seat = html`<frontdesk-manage-seat
        exportparts="button"
        .words=${words}
        .client=${this.seats}
        .token=${this.secret ?? ''}
      ></frontdesk-manage-seat>`;
      return this.renderInRoot(seat, words);
    }
    const state = this.controller?.getState();
    // Its words are a file of their own; without them there is nothing to show.
    const isSpeaking = words.t('manage.label') !== '';
    const content = html`${
      this.controller && state && isSpeaking
        ? html`<frontdesk-manage-booking-view
            exportparts="calendar, day, day-free, slot, button"
            .words=${words}
            .state=${state}
            .desk=${this.controller}
            @frontdesk-booking-request=${this.handleRequest}
          ></frontdesk-manage-booking-view>`
        : nothing
    }
    ${!state || !isSpeaking || state.phase === 'unavailable' ? html`<slot></slot>` : nothing} ${this.announcer.element}`;
    return this.renderInRoot(content, words);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-manage-booking': FrontdeskManageBooking;
  }
}
