import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { OfferedService } from '@frontdesk/protocol/booking-visitor';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import { clockIcon } from '../visit-icons.js';
import { inputStyles } from '../../core/input-styles.js';
import { renderIcon } from '../../core/render-icon.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import type { BookingKey } from '../../locales/booking.js';
import { BookingRequestEvent, type BookingRequest } from '../booking-events.js';
import { visibleQuestions, type Draft, type FieldProblem } from '../booking-form.js';
import { locationOf, type BookingState } from '../start-store.js';
import { partsOf, visitOf } from '../visit-parts.js';
import { renderNotice } from '../booking-notice.js';
import { renderPhone } from '../booking-phone.js';
import { readName, type BookingWords } from '../booking-words.js';
import { writeRemaining } from '../calendar-words.js';
import { timeStyles } from '../booking-times.styles.js';
import { renderDone } from './booking-done.js';
import { detailsStyles } from './booking-details.styles.js';
import { renderQuestion } from './booking-questions.js';

const PROBLEMS: Readonly<Record<FieldProblem, BookingKey>> = {
  missing: 'booking.problem.missing',
  phone: 'booking.problem.phone',
  email: 'booking.problem.email',
  number: 'booking.problem.number',
  // The field of the files knows more.
  files: 'booking.problem.missing',
  reach: 'booking.problem.reach',
  agree: 'booking.problem.agree',
};
/** From here on the time that is left is drawn with more weight. */
const SOON_MS = 120_000;

/** Who it is for, while the time is kept; afterwards what was booked. Fetched when somebody looks at times. */
export class FrontdeskBookingDetails extends LitElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, surfaceStyles, timeStyles, detailsStyles];

  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  state!: BookingState;

  @property({ attribute: false })
  isHolding = true;

  @property({ attribute: false })
  manageUrl = '';

  /** What the button says, where it does something else than booking. */
  @property({ attribute: false })
  action: string | null = null;

  protected override updated(changed: PropertyValues): void {
    const before = changed.get('state') as BookingState | undefined;
    if (before) this.findNext(before)?.focus();
  }

  /** What has to be put right; or where somebody goes on whose field or button a change took away. */
  private findNext(before: BookingState): HTMLElement | null {
    const { errors, verification, busy } = this.state;
    const find = (selector: string): HTMLElement | null => this.renderRoot.querySelector<HTMLElement>(selector);
    const wrong = before.errors === errors ? null : find('[aria-invalid="true"], [data-invalid]');
    if (wrong) return wrong;
    if (before.busy === 'confirming' && this.isLost) return find('[part="notice"]');
    const isCodeGone = Boolean(before.verification) && !verification;
    return isCodeGone ? find(busy === null ? '#email' : '[part="submit"]') : null;
  }

  /** Nothing can be booked with the button any more. */
  private get isLost(): boolean {
    const kind = this.state.notice?.kind;
    return kind === 'taken' || kind === 'closed';
  }

  private readonly ask = (request: BookingRequest): void => {
    this.dispatchEvent(new BookingRequestEvent(request));
  };

  private readonly type = (patch: Partial<Draft>): void => {
    this.ask({ name: 'typed', detail: { draft: { ...this.state.draft, ...patch } } });
  };

  private handleSubmit(event: SubmitEvent): void {
    event.preventDefault();
    this.ask({ name: 'submit', detail: null });
  }

  private problemOf(key: string): string | null {
    const problem = this.state.errors[key];
    return problem ? this.words.t(PROBLEMS[problem]) : null;
  }

  private renderField(
    key: 'name' | 'phone' | 'email',
    attributes: { type: string; autocomplete: string; isRequired: boolean; hint: string | null },
  ): TemplateResult {
    const { words } = this;
    const problem = this.problemOf(key);
    const { type, autocomplete, isRequired, hint } = attributes;
    return html`<div class="field" part="field">
      <label class="field__label" for=${key}>${words.t(`booking.${key}`)}</label>
      ${hint === null ? nothing : html`<p class="field__hint" id="${key}-hint">${hint}</p>`}
      <input
        class="input"
        id=${key}
        name=${key}
        type=${type}
        autocomplete=${autocomplete}
        maxlength=${key === 'email' ? 254 : 120}
        dir=${type === 'text' ? 'auto' : 'ltr'}
        .value=${this.state.draft[key]}
        ?readonly=${this.state.locked.includes(key)}
        aria-required=${isRequired}
        aria-invalid=${problem !== null}
        aria-describedby=${[hint === null ? '' : `${key}-hint`, problem ? `${key}-problem` : ''].join(' ').trim() || nothing}
        @input=${(event: InputEvent) => this.type({ [key]: (event.target as HTMLInputElement).value })}
      />
      ${problem ? html`<p class="field__error" id="${key}-problem">${problem}</p>` : nothing}
    </div>`;
  }

  private renderHold(): unknown {
    const { words } = this;
    const { held, nowMs, busy } = this.state;
    if (!held) return nothing;
    const leftMs = held.endsAtMs - nowMs;
    return html`<div class="hold ${leftMs <= SOON_MS ? 'hold--soon' : ''}">
      ${renderIcon(clockIcon)}
      <p class="hold__text">
        ${words.t('booking.held')}
        <span class="hold__left" role="timer" aria-label=${words.t('booking.timeLeft')}
          >${writeRemaining(words, leftMs)}</span
        >
      </p>
      ${
        held.hold.canExtend
          ? html`<button
              class="button button--small"
              type="button"
              part="button"
              aria-disabled=${busy !== null}
              @click=${() => this.ask({ name: 'extend', detail: null })}
            >
              ${words.t('booking.keepLonger')}
            </button>`
          : nothing
      }
    </div>`;
  }

  private renderConsents(): unknown {
    const { words, state } = this;
    return visitOf(state)?.consents.map(({ key, texts }) => {
      const problem = this.problemOf(`consent:${key}`);
      const isGiven = state.draft.consents.includes(key);
      const consents = isGiven ? state.draft.consents.filter((one) => one !== key) : [...state.draft.consents, key];
      return html`<div class="field" part="field">
        <label class="check">
          <input
            type="checkbox"
            .checked=${isGiven}
            aria-invalid=${problem !== null}
            aria-describedby=${problem ? `${key}-problem` : nothing}
            @change=${() => this.type({ consents })}
          />
          <bdi>${readName(words, texts)}</bdi>
        </label>
        ${problem ? html`<p class="field__error" id="${key}-problem">${problem}</p>` : nothing}
      </div>`;
    });
  }

  /** Once a time was lost, the way on is to keep it again. */
  private renderProblem(): unknown {
    const { words, state, ask } = this;
    const { notice, start } = state;
    const again =
      notice?.kind === 'expired' && start !== null
        ? html`<button
            class="button"
            type="button"
            part="button"
            aria-disabled=${state.busy !== null}
            @click=${() => ask({ name: 'start', detail: { start } })}
          >
            ${words.t('booking.keepAgain')}
          </button>`
        : nothing;
    const call = notice?.kind === 'failed' ? renderPhone(words, locationOf(state)?.phone ?? null) : nothing;
    return renderNotice({ words, slots: state, notice, ask }, html`${again}${call}`);
  }

  private renderAction(): string {
    const { words, state } = this;
    if (state.busy === 'confirming') return words.t('booking.sending');
    const isRequest = visitOf(state)?.confirmation === 'approve';
    return this.action ?? words.t(isRequest ? 'booking.request' : 'booking.book');
  }

  /** An address that the website vouches for needs no code. */
  private hintOf(service: OfferedService | null): string | null {
    const isVouched = this.state.prefill?.fields.email !== undefined;
    if (service?.verification !== 'email') return this.words.t('booking.reachHint');
    return isVouched ? null : this.words.t('booking.emailProof');
  }

  private renderPerson(service: OfferedService | null): TemplateResult {
    return html`${this.renderField('name', { type: 'text', autocomplete: 'name', isRequired: true, hint: null })}
    ${this.renderField('phone', { type: 'tel', autocomplete: 'tel', isRequired: false, hint: null })}
    ${this.renderField('email', {
      type: 'email',
      autocomplete: 'email',
      isRequired: service?.verification === 'email',
      hint: this.hintOf(service),
    })}`;
  }

  private renderForm(): TemplateResult {
    const { words, state } = this;
    const service = visitOf(state);
    const { isLost } = this;
    const { verification } = state;
    if (verification) {
      return html`${this.renderHold()} ${this.renderProblem()}
        <frontdesk-booking-verify
          exportparts="field, submit, button"
          .words=${words}
          .desk=${verification}
        ></frontdesk-booking-verify>`;
    }
    return html`${this.renderHold()} ${this.renderProblem()}
      <form novalidate @submit=${this.handleSubmit}>
        ${this.renderPerson(service)}
        ${
          service
            ? visibleQuestions(service, state.draft).map((question) =>
                renderQuestion(question, {
                  words,
                  answer: state.draft.answers[question.key],
                  problem: this.problemOf(`answer:${question.key}`),
                  serviceIds: partsOf(state).map((part) => part.service.id),
                  isLocked: state.locked.includes(question.key),
                  set: (answer) => this.type({ answers: { ...state.draft.answers, [question.key]: answer } }),
                }),
              )
            : nothing
        }
        ${this.renderConsents()}
        <slot name="consent"></slot>
        <input
          class="visually-hidden"
          name="website"
          tabindex="-1"
          autocomplete="off"
          aria-hidden="true"
          @input=${(event: InputEvent) => this.type({ website: (event.target as HTMLInputElement).value })}
        />
        <button
          class="button button--primary submit"
          part="submit"
          aria-disabled=${state.busy !== null || isLost}
          ?disabled=${isLost}
        >
          ${this.renderAction()}
        </button>
      </form>`;
  }

  protected override render(): TemplateResult {
    const { words, state } = this;
    return html`<div class="root" lang=${words.tag} dir=${words.direction}>
      ${
        state.booked
          ? html`${renderDone(words, state.booked, state, this.manageUrl)}<slot name="success"></slot>`
          : this.renderForm()
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-details': FrontdeskBookingDetails;
  }
}
