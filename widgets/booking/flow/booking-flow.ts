import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { SITE_KEY_PATTERN, type LocationId, type SiteKey } from '@frontdesk/protocol/ids';
import { resolveServerUrl } from '../../core/loader-registry.js';
import { Announcer } from '../../core/a11y.js';
import { buttonStyles } from '../../core/button-styles.js';
import { createBookingClient, type BookingClient } from '../../core/client/booking-client.js';
import { FrontdeskElement } from '../../core/element.js';
import { LocaleController } from '../../core/locale.js';
import { renderIcon } from '../../core/render-icon.js';
import { startCatalogue } from '../../locales/booking.js';
import { visitCatalogue } from '../../locales/booking-visit.js';
import { createBookingController, type BookingController } from '../booking-controller.js';
import type { BookingRequestEvent } from '../booking-events.js';
import { EMPTY_DRAFT, locationOf, type BookingState, type PageChoices } from '../start-store.js';
import type { Draft } from '../booking-form.js';
import { describeNotice, renderPhone } from '../booking-phone.js';
import { writeTime, type BookingWords } from '../booking-words.js';
import { frameStyles } from '../booking.styles.js';
import { closeIcon } from '../booking-icons.js';

/** Whoever has to hear that the time runs out hears it this long before. */
const WARN_BEFORE_MS = 60_000;

const splitWords = (text: string | null): string[] => text?.split(/[\s,]+/).filter((word) => word !== '') ?? [];

/**
 * The form of `<frontdesk-booking>`, which says what the attributes mean and places this one into the page or into its dialog.
 */
export class FrontdeskBookingFlow extends FrontdeskElement {
  static override styles = [...FrontdeskElement.styles, buttonStyles, frameStyles];

  private readonly language = new LocaleController(this, startCatalogue, () => this.locale);
  private readonly announcer = new Announcer();
  private controller: BookingController | undefined;
  private client: BookingClient | undefined;
  private visit: typeof import('../visit.js') | undefined;
  private followed = '';

  @property()
  site: string | null = null;

  @property()
  location: string | null = null;

  @property()
  service: string | null = null;

  @property()
  staff: string | null = null;

  @property()
  date: string | null = null;

  @property()
  name: string | null = null;

  @property()
  email: string | null = null;

  @property()
  phone: string | null = null;

  @property()
  notes: string | null = null;

  @property()
  locked: string | null = null;

  @property({ attribute: 'zone-mode' })
  zoneMode: string | null = null;

  @property()
  hold: string | null = null;

  @property({ attribute: 'add-services' })
  addServices: string | null = null;

  @property()
  theme: string | null = null;

  @property({ attribute: 'manage-url' })
  manageUrl: string | null = null;

  @property()
  server: string | null = null;

  /** False while the dialog around it is closed: nothing is watched then. */
  @property({ attribute: false })
  isShown = true;

  /** Closes the dialog around it; null stands in the page. */
  @property({ attribute: false })
  dismiss: (() => void) | null = null;

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
    if (changed.has('isShown')) this.controller?.setVisible(this.isShown);
  }

  protected override updated(): void {
    this.announce();
  }

  /** Something was booked, and is being shown. */
  get isDone(): boolean {
    return this.controller?.getState().step === 'done';
  }

  /** Where somebody begins to read who opened the dialog. */
  focusTitle(): void {
    this.renderRoot.querySelector<HTMLElement>('#title')?.focus();
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

  /** What has no value cannot be locked: nobody could ever give one. */
  private get choices(): PageChoices {
    const { zoneMode } = this;
    const isMode = zoneMode === 'business' || zoneMode === 'visitor';
    const isSingle = this.addServices === 'off';
    const locked = splitWords(this.locked).filter((key) => this.getAttribute(key));
    return { isSingle, zoneMode: isMode ? zoneMode : null, locked };
  }

  private readonly loadVisit = async () => {
    const [visit] = await Promise.all([import('../visit.js'), this.language.use(visitCatalogue)]);
    this.visit = visit;
    return visit;
  };

  private follow(): void {
    const { site, service, staff, location, date, serverUrl, zoneMode, locked, addServices } = this;
    const [serviceId = null, ...followedBy] = splitWords(service);
    const wanted = JSON.stringify([serverUrl, site, location, service, staff, date, zoneMode, locked, addServices]);
    if (this.followed === wanted) return;
    this.end();
    this.followed = wanted;
    if (site === null || !SITE_KEY_PATTERN.test(site)) return;
    this.client = createBookingClient({ serverUrl, site: site as SiteKey });
    this.controller = createBookingController({
      client: this.client,
      locationId: location as LocationId | null,
      preset: { serviceId, staffId: staff, date, followedBy },
      draft: this.draft,
      choices: this.choices,
      prefill: this.getAttribute('prefill'),
      loadVisit: this.loadVisit,
      visitorZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      isHolding: this.hold !== 'off',
      getLocale: () => this.language.translator.locale,
      emit: (event) => this.dispatchEvent(event),
    });
    this.controller.setVisible(this.isShown);
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

  private renderBar(words: BookingWords, dismiss: () => void): TemplateResult {
    return html`<header class="bar">
      <h2 class="bar__title" id="title" tabindex="-1">${words.t('booking.label')}</h2>
      <button class="icon-button" type="button" part="button" aria-label=${words.t('booking.close')} @click=${dismiss}>
        ${renderIcon(closeIcon)}
      </button>
    </header>`;
  }

  private renderForm(words: BookingWords, state: BookingState): TemplateResult {
    return html`<slot name="header"></slot>
      <frontdesk-booking-view
        exportparts="card, calendar, day, day-free, slot, field, submit, button"
        .words=${words}
        .state=${state}
        .client=${this.client}
        .isBare=${this.dismiss !== null}
        .renderSummary=${this.visit?.renderSummary ?? null}
        .isHolding=${this.hold !== 'off'}
        .isShown=${this.isShown}
        .manageUrl=${this.manageUrl ?? `${this.serverUrl}/booking?site=${this.site ?? ''}`}
        @frontdesk-booking-request=${this.handleRequest}
      >
        ${this.querySelector('[slot="empty"]') ? html`<slot name="empty" slot="empty"></slot>` : nothing}
        <slot name="consent" slot="consent"></slot>
        <slot name="success" slot="success"></slot>
      </frontdesk-booking-view>
      ${this.announcer.element}`;
  }

  protected override render(): TemplateResult {
    const words = this.language.translator;
    const state = this.controller?.getState();
    const { dismiss } = this;
    const form = !state || state.step === 'unavailable' ? this.renderFallback(state) : this.renderForm(words, state);
    const content = dismiss ? html`<div class="sheet">${this.renderBar(words, dismiss)}${form}</div>` : form;
    return this.renderInRoot(content, words);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-flow': FrontdeskBookingFlow;
  }
}
