import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { SeatSummary } from '@frontdesk/protocol/booking-class';
import { Announcer } from '../../core/a11y.js';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import type { BookingClient } from '../../core/client/booking-client.js';
import { LocaleController } from '../../core/locale.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import { classCatalogue } from '../../locales/class.js';
import { bookingStyles } from '../booking.styles.js';
import type { BookingWords } from '../booking-words.js';
import { detailsStyles } from '../details/booking-details.styles.js';
import { explainSeat, renderDates, renderSeat, titleOf } from './class-seat.js';
import { classStyles } from './class.styles.js';
import { createSeatController, type SeatController, type SeatState } from './seat-controller.js';

/** Seats, an offer or a place in the line in the hands of whoever has the link. Fetched when a link speaks of seats. */
export class FrontdeskManageSeat extends LitElement {
  static override styles = [baseStyles, buttonStyles, surfaceStyles, bookingStyles, detailsStyles, classStyles];

  // An element that is defined after it was placed is connected before it has its properties.
  private readonly language = new LocaleController(
    this,
    classCatalogue,
    () => (this.words as BookingWords | undefined)?.tag,
  );
  private readonly announcer = new Announcer();
  private controller: SeatController | undefined;
  private followed = '';
  /** What is shown; whoever pressed something is led to what came of it. */
  private shown = '';
  private isAsked = false;

  /** Those of booking. */
  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  client!: BookingClient;

  @property({ attribute: false })
  token = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    queueMicrotask(() => {
      if (!this.isConnected) this.end();
    });
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.language.refresh();
    if (!this.isConnected || this.followed === this.token) return;
    this.end();
    this.followed = this.token;
    this.controller = createSeatController(this.client, this.token);
    this.controller.subscribe(() => this.requestUpdate());
    this.controller.start();
  }

  protected override updated(): void {
    const seat = this.controller?.getState().answer?.seat;
    const words = { words: this.language.translator, bookingWords: this.words };
    if (seat) this.announcer.announce(`${titleOf(words, seat)}. ${explainSeat(words, seat)}`, seat.state);
    this.leadOn();
  }

  private leadOn(): void {
    const { phase, isLeaving, isLeavingAll, isBusy, answer, notice } = this.controller?.getState() ?? {};
    const shown = [this.token, phase, isLeaving, isLeavingAll, answer?.seat.state, notice].join(' ');
    if (phase === 'loading' || isBusy || shown === this.shown) return;
    this.shown = shown;
    if (!this.isAsked) return;
    this.renderRoot.querySelector<HTMLElement>('[data-focus="step"]')?.focus();
    // What comes by itself, such as an offer, takes the focus from nobody.
    this.isAsked = false;
  }

  private readonly ask = (act: () => void) => () => {
    this.isAsked = true;
    act();
  };

  private end(): void {
    this.controller?.stop();
    this.controller = undefined;
    this.followed = '';
  }

  private renderButton(text: string, act: () => void, look: 'primary' | 'danger' | 'plain' = 'plain'): TemplateResult {
    const isBusy = this.controller?.getState().isBusy ?? false;
    return html`<button
      class="button button--${look}"
      type="button"
      part="button"
      aria-disabled=${isBusy}
      @click=${this.ask(act)}
    >
      ${text}
    </button>`;
  }

  private renderActions(
    { state, cancelUntil }: SeatSummary,
    { isLeaving, isLeavingAll, together }: SeatState,
  ): unknown {
    const { t } = this.language.translator;
    const leave = (answer: 'ask' | 'ask-all' | 'yes' | 'no') => () => this.controller?.leave(answer);
    if (isLeaving) {
      return html`<p tabindex="-1" data-focus="step">${t(isLeavingAll ? 'class.leaveAllText' : 'class.leaveText')}</p>
        <div class="actions">
          ${this.renderButton(t('class.leaveYes'), leave('yes'), 'danger')}
          ${this.renderButton(this.words.t('manage.keep'), leave('no'))}
        </div>`;
    }
    if (state === 'offered') {
      return html`<div class="actions">
        ${this.renderButton(t('class.accept'), () => this.controller?.accept(), 'primary')}
        ${this.renderButton(t('class.decline'), leave('ask'))}
      </div>`;
    }
    if (state === 'waiting')
      return html`<div class="actions">${this.renderButton(t('class.leaveLine'), leave('ask'))}</div>`;
    const isOpen = (until: string | null): boolean => until !== null && Date.now() < Date.parse(until);
    const others = together.filter(({ seat }) => seat.state === 'enrolled' && isOpen(seat.cancelUntil));
    const all = others.length > 1 ? this.renderButton(t('class.giveUpAll'), leave('ask-all')) : nothing;
    if (state !== 'enrolled') return all === nothing ? nothing : html`<div class="actions">${all}</div>`;
    return isOpen(cancelUntil) || all !== nothing
      ? html`<div class="actions">
          ${isOpen(cancelUntil) ? this.renderButton(t('class.giveUp'), leave('ask')) : nothing} ${all}
        </div>`
      : html`<p class="muted">${this.words.t('manage.tooLate')}</p>`;
  }

  /** Each date has a link of its own, on which it alone is given up. */
  private renderTogether({ together }: SeatState): TemplateResult {
    const words = { words: this.language.translator, bookingWords: this.words };
    return renderDates(words, together, (token) => {
      this.isAsked = true;
      this.token = token;
    });
  }

  private renderShown(state: SeatState, seat: SeatSummary): TemplateResult {
    const words = { words: this.language.translator, bookingWords: this.words };
    const { notice } = state;
    return html`<h2 class="heading" tabindex="-1" data-focus=${state.isLeaving ? nothing : 'step'}>
        ${this.language.translator.t('class.yours')}
      </h2>
      ${
        notice === null
          ? nothing
          : html`<div class="notice notice--warning" role="alert">
              <p>${this.words.t(notice === 'changed' ? 'manage.changed' : `booking.notice.${notice}`)}</p>
            </div>`
      }
      <p class="status status--${seat.state}">${titleOf(words, seat)}</p>
      <p>${explainSeat(words, seat)}</p>
      ${renderSeat(words, seat)} ${this.renderActions(seat, state)}
      ${state.together.length > 1 ? this.renderTogether(state) : nothing}`;
  }

  private renderState(): unknown {
    const state = this.controller?.getState();
    if (state?.answer) return this.renderShown(state, state.answer.seat);
    if (!state || state.phase === 'loading') return html`<p class="loading">${this.words.t('booking.loading')}</p>`;
    const isGone = state.phase === 'gone';
    return html`<h2 class="heading" tabindex="-1" data-focus="step">${this.language.translator.t('class.yours')}</h2>
      <p class="muted" role="status">
        ${isGone ? this.language.translator.t('class.gone') : this.words.t('manage.failed')}
      </p>
      ${
        isGone
          ? nothing
          : html`<div class="actions">
              ${this.renderButton(this.words.t('booking.tryAgain'), () => this.controller?.retry(), 'primary')}
            </div>`
      }`;
  }

  protected override render(): TemplateResult {
    return html`<div class="root" lang=${this.words.tag} dir=${this.words.direction}>
      <div class="frame">
        <section class="sheet" aria-label=${this.language.translator.t('class.yours')}>
          <div class="question">${this.renderState()}</div>
        </section>
      </div>
      ${this.announcer.element}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-manage-seat': FrontdeskManageSeat;
  }
}
