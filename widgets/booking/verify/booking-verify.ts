import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { Announcer } from '../../core/a11y.js';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import { inputStyles } from '../../core/input-styles.js';
import { LocaleController } from '../../core/locale.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import { verifyCatalogue } from '../../locales/verify.js';
import { BookingRequestEvent } from '../booking-events.js';
import type { BookingWords } from '../booking-words.js';
import { writeRemaining } from '../calendar-words.js';
import type { Verification, VerificationState } from './verification.js';
import { verifyStyles } from './verify.styles.js';

/** The code that proves an address, between the form and the receipt. Fetched by whoever books what asks for it. */
export class FrontdeskBookingVerify extends LitElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, verifyStyles];

  private readonly language = new LocaleController(
    this,
    verifyCatalogue,
    () => (this.words as BookingWords | undefined)?.tag,
  );
  private readonly announcer = new Announcer();
  private unsubscribe: (() => void) | undefined;
  private isFocusDue = true;

  /** Those of booking. */
  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  desk!: Verification;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate('desk');
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.language.refresh();
    if (!changed.has('desk') || !this.isConnected) return;
    this.end();
    this.unsubscribe = this.desk.subscribe(() => this.requestUpdate());
    this.desk.start();
  }

  protected override updated(): void {
    const state = this.desk.getState();
    this.announce(state);
    const input = this.renderRoot.querySelector('input');
    const isWrong = state.problem !== null && state.busy === null;
    // Whoever comes here, or has to try again, goes on typing.
    if (input && (this.isFocusDue || (isWrong && state.code === '' && this.wasChecking))) input.focus();
    this.isFocusDue = false;
    this.wasChecking = state.busy === 'checking';
  }

  private wasChecking = false;

  private end(): void {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    (this.desk as Verification | undefined)?.stop();
  }

  private announce({ sent, busy, problem, triesLeft }: VerificationState): void {
    const text = problem && busy === null ? this.describe(problem, triesLeft) : null;
    if (text !== null) this.announcer.announce(text, `${problem} ${triesLeft} ${sent}`);
    else if (sent > 0 && busy === null) {
      this.announcer.announce(
        this.language.translator.t('verify.sent', { address: this.desk.address }),
        `sent ${sent}`,
      );
    }
  }

  private describe(problem: NonNullable<VerificationState['problem']>, triesLeft: number | null): string {
    return this.language.translator.t(`verify.${problem}`, { count: triesLeft ?? 0 });
  }

  private handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    this.desk.check();
  }

  private handleInput(event: InputEvent): void {
    const input = event.target as HTMLInputElement;
    this.desk.type(input.value);
    // What is no digit does not stay, also when nothing else changed.
    input.value = this.desk.getState().code;
  }

  private renderField({ code, problem, triesLeft, busy }: VerificationState): TemplateResult {
    const { t } = this.language.translator;
    const isWrong = problem !== null && busy === null;
    return html`<div class="field" part="field">
      <label class="field__label" for="code">${t('verify.label')}</label>
      <p class="field__hint" id="hint">${t('verify.hint')}</p>
      <input
        class="input code"
        id="code"
        name="code"
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        dir="ltr"
        .value=${code}
        aria-required="true"
        aria-invalid=${isWrong}
        aria-describedby=${isWrong ? 'hint problem' : 'hint'}
        @input=${this.handleInput}
      />
      ${isWrong ? html`<p class="field__error" id="problem">${this.describe(problem, triesLeft)}</p>` : nothing}
    </div>`;
  }

  private renderResend({ resendAtMs, nowMs, busy }: VerificationState): TemplateResult {
    const { t } = this.language.translator;
    const leftMs = resendAtMs - nowMs;
    const isWaiting = leftMs > 0;
    return html`<button
      class="button button--small"
      type="button"
      part="button"
      aria-disabled=${isWaiting || busy !== null}
      @click=${() => this.desk.resend()}
    >
      ${isWaiting ? t('verify.resendIn', { time: writeRemaining(this.words, leftMs) }) : t('verify.resend')}
    </button>`;
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const { t } = this.language.translator;
    const state = this.desk.getState();
    // One that is too soon for another has a code already, from before the page was loaded again.
    const isUnsent = state.sent === 0 && (state.problem === null || state.problem === 'unsent');
    const [before = '', after = ''] = t('verify.text', { address: '\n' }).split('\n');
    return html`<form class="verify" lang=${words.tag} dir=${words.direction} novalidate @submit=${this.handleSubmit}>
      <h3 class="verify__title">${t('verify.title')}</h3>
      <p>${isUnsent ? t('verify.sending') : html`${before}<bdi class="address">${this.desk.address}</bdi>${after}`}</p>
      ${this.renderField(state)}
      <button class="button button--primary submit" part="submit" aria-disabled=${state.busy !== null}>
        ${state.busy === 'checking' ? words.t('booking.sending') : t('verify.confirm')}
      </button>
      <div class="row">
        ${this.renderResend(state)}
        <button
          class="button button--quiet button--small"
          type="button"
          part="button"
          @click=${() => this.dispatchEvent(new BookingRequestEvent({ name: 'unverify', detail: null }))}
        >
          ${t('verify.change')}
        </button>
      </div>
      ${this.announcer.element}
    </form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-verify': FrontdeskBookingVerify;
  }
}
