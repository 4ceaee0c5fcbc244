import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { HoldDto, OfferedService } from '@frontdesk/protocol/booking-visitor';
import { Announcer } from '../../core/a11y.js';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import type { BookingClient } from '../../core/client/booking-client.js';
import { inputStyles } from '../../core/input-styles.js';
import { LocaleController } from '../../core/locale.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import { classCatalogue } from '../../locales/class.js';
import type { BookingRequestEvent } from '../booking-events.js';
import { withoutSigned } from '../prefill.js';
import { locationOf, serviceOf, type BookingState } from '../start-store.js';
import { toStart } from '../booking-time.js';
import { bookingStyles } from '../booking.styles.js';
import { timeStyles } from '../booking-times.styles.js';
import { writeFull, writeTime, type BookingWords } from '../booking-words.js';
import { detailsStyles } from '../details/booking-details.styles.js';
import { createClassController, type ClassController } from './class-controller.js';
import { explainSeat, renderDates, renderSeat, titleOf } from './class-seat.js';
import { renderSessions } from './class-sessions.js';
import type { ClassState } from './class-store.js';
import { classStyles } from './class.styles.js';

/** Whoever has to hear that the time runs out hears it this long before. */
const WARN_BEFORE_MS = 60_000;

/** Joining a class: dates, party, details, and what came of it. Fetched when somebody chooses a class. */
export class FrontdeskBookingClass extends LitElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    inputStyles,
    surfaceStyles,
    bookingStyles,
    timeStyles,
    detailsStyles,
    classStyles,
  ];

  // An element that is defined after it was placed is connected before it has its properties.
  private readonly language = new LocaleController(
    this,
    classCatalogue,
    () => (this.words as BookingWords | undefined)?.tag,
  );
  private readonly announcer = new Announcer();
  private controller: ClassController | undefined;
  private followed: OfferedService | null = null;
  private step: ClassState['step'] = 'sessions';
  private isFocusDue = false;

  /** Those of booking. */
  @property({ attribute: false })
  words!: BookingWords;

  /** Of booking: which service, which branch, what the page knows of the customer. */
  @property({ attribute: false })
  state!: BookingState;

  @property({ attribute: false })
  client!: BookingClient;

  @property({ attribute: false })
  manageUrl = '';

  @property({ attribute: false })
  isHolding = true;

  /** False while the dialog around it is closed. */
  @property({ attribute: false })
  isShown = true;

  /** Somebody chose this class: the first question takes the focus, which a page that loads does not give away. */
  @property({ attribute: false })
  takesFocus = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (!this.isConnected) this.end();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.language.refresh();
    const service = serviceOf(this.state);
    if (this.isConnected && service && service.id !== this.followed?.id) this.follow(service);
    if (changed.has('isShown')) this.controller?.setVisible(this.isShown);
    const step = this.controller?.getState().step ?? 'sessions';
    this.isFocusDue ||= step !== this.step || (!this.hasUpdated && this.takesFocus);
    this.step = step;
  }

  protected override updated(): void {
    const now = this.controller?.getState();
    if (now) this.announce(now);
    if (!this.isFocusDue) return;
    this.isFocusDue = false;
    this.renderRoot.querySelector<HTMLElement>('[data-focus="step"]')?.focus();
  }

  private get timeZone(): string {
    const isOnline = serviceOf(this.state)?.isOnline ?? false;
    return (isOnline ? null : locationOf(this.state)?.timeZone) ?? this.state.visitorZone;
  }

  private follow(service: OfferedService): void {
    this.end();
    this.followed = service;
    this.controller = createClassController({
      client: this.client,
      service,
      timeZone: locationOf(this.state)?.timeZone ?? this.state.visitorZone,
      draft: this.state.draft,
      prefill: this.state.prefill?.token ?? null,
      isHolding: this.isHolding,
      getLocale: () => this.words.locale,
      emit: (event) => this.dispatchEvent(event),
    });
    this.controller.subscribe(() => this.requestUpdate());
    this.controller.setVisible(this.isShown);
    this.controller.start();
  }

  private end(): void {
    this.controller?.stop();
    this.controller = undefined;
    this.followed = null;
  }

  /** What the form asks is about these seats, and nobody else's business. */
  private handleRequest(event: BookingRequestEvent): void {
    event.stopPropagation();
    const { name, detail } = event.request;
    const { session, course } = this.controller?.getState() ?? {};
    if (name === 'typed') this.controller?.type(detail.draft);
    else if (name === 'submit') this.controller?.submit();
    else if (name === 'extend') this.controller?.extend();
    else if (name === 'start' && course) this.controller?.joinCourse(course.courseId);
    else if (name === 'unverify') this.controller?.unverify();
    else if (name === 'files') detail.connect(this.client);
    else if (name === 'start' && session) this.controller?.join(session.id);
  }

  private describeNotice({ notice }: ClassState): string {
    if (notice === 'course') return this.language.translator.t('class.notice.course');
    if (notice === 'full') return this.language.translator.t('class.notice.full');
    return notice ? this.words.t(`booking.notice.${notice}`) : '';
  }

  private announce(now: ClassState): void {
    const { notice, held, nowMs } = now;
    const { words, announcer } = this;
    if (notice) announcer.announce(this.describeNotice(now), notice);
    else if (held && held.endsAtMs - nowMs <= WARN_BEFORE_MS) {
      announcer.announce(words.t('booking.holdEnding'), `ending ${held.endsAtMs}`);
    } else if (held) {
      const time = writeTime(words, held.endsAtMs / 60_000, this.state.visitorZone);
      announcer.announce(words.t('booking.holdUntil', { time }), `held ${held.hold.expiresAt}`);
    }
  }

  /** The same form that appointments have. */
  private toBookingState(now: ClassState): BookingState {
    const { held, busy, draft, errors, nowMs, session, verification } = now;
    const notice = now.notice === 'full' || now.notice === 'course' ? null : now.notice;
    const { prefill = null, locked } = this.state;
    const signed = now.prefill === null ? null : prefill;
    const open = now.prefill === null ? withoutSigned(locked, prefill) : locked;
    const { hold, endsAtMs = 0 } = held ?? {};
    const shown = hold && ({ ...hold, staffId: null, staffName: null } as unknown as HoldDto);
    return {
      ...this.state,
      ...({ step: 'details', busy, draft, errors, nowMs, booked: null } as const),
      ...{ verification, prefill: signed, locked: open.filter((key) => !(key in errors)) },
      start: session && !now.isWaiting ? toStart(session.start) : null,
      held: shown ? { hold: shown, endsAtMs } : null,
      notice: notice && { kind: notice, alternatives: [] },
    };
  }

  private renderDetails(now: ClassState): TemplateResult {
    const { translator } = this.language;
    const { session, isWaiting, seats, course } = now;
    const dates = course?.dates ?? (session ? [session] : []);
    return html`<h2 class="heading" tabindex="-1" data-focus="step">
        ${isWaiting ? translator.t('class.lineTitle') : this.words.t('booking.details')}
      </h2>
      ${
        session
          ? html`<div class="chosen">
              ${course ? html`<p>${translator.t('class.course', { count: dates.length })}</p>` : nothing}
              ${dates.map(({ start }) => html`<p class="chosen__when">${writeFull(this.words, toStart(start), this.timeZone)}</p>`)}
              <p>${translator.t('class.people', { count: seats })}</p>
              <button
                class="link"
                type="button"
                aria-disabled=${now.busy === 'confirming'}
                @click=${() => this.controller?.goBack()}
              >
                ${this.words.t('booking.change')}
              </button>
            </div>`
          : nothing
      }
      ${isWaiting ? html`<p>${translator.t('class.lineText')}</p>` : nothing}
      <frontdesk-booking-details
        exportparts="field, submit, slot, button"
        .words=${this.words}
        .state=${this.toBookingState(now)}
        .action=${isWaiting ? translator.t('class.joinLine') : null}
        @frontdesk-booking-request=${this.handleRequest}
      >
        <slot name="consent" slot="consent"></slot>
      </frontdesk-booking-details>`;
  }

  private renderDone({ answer, together }: ClassState): unknown {
    if (!answer) return nothing;
    const words = { words: this.language.translator, bookingWords: this.words };
    const { seat, seatToken } = answer;
    return html`<h2 class="heading" tabindex="-1" data-focus="step">${titleOf(words, seat)}</h2>
      <div class="done">
        <p>${explainSeat(words, seat)}</p>
        ${renderSeat(words, seat)} ${together.length > 1 ? renderDates(words, together) : nothing}
        <a class="button" part="button" href="${this.manageUrl}#${seatToken}">
          ${this.language.translator.t(seat.state === 'offered' ? 'class.toOffer' : 'class.manage')}
        </a>
        <p class="muted">${this.language.translator.t('class.manageText')}</p>
        <slot name="success"></slot>
      </div>`;
  }

  private renderStep(now: ClassState): unknown {
    const { controller, words, language } = this;
    if (!controller) return nothing;
    if (now.step === 'details') return this.renderDetails(now);
    if (now.step === 'done') return this.renderDone(now);
    const horizonDays = serviceOf(this.state)?.horizonDays ?? 1;
    const view = { words: language.translator, bookingWords: words, desk: controller, timeZone: this.timeZone };
    return renderSessions({ ...view, state: now, horizonDays }, () => this.describeNotice(now));
  }

  protected override render(): TemplateResult {
    const now = this.controller?.getState();
    return html`<div class="steps" lang=${this.words.tag} dir=${this.words.direction}>
      ${now ? this.renderStep(now) : nothing} ${this.announcer.element}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-class': FrontdeskBookingClass;
  }
}
