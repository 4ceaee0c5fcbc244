/** What the holder of a link sees: the booking, the question before it is given up, and the calendar to move it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { BookingSummary } from '@frontdesk/protocol/booking-fields';
import type { BookingState as BookingStatus } from '@frontdesk/protocol/vocabulary';
import { circleCheckIcon } from '../visit-icons.js';
import { renderIcon } from '../../core/render-icon.js';
import type { BookingKey } from '../../locales/booking.js';
import { renderHeading, renderLoading } from '../booking-screens.js';
import { toStart } from '../booking-time.js';
import { renderNotice } from '../booking-notice.js';
import { renderPhone } from '../booking-phone.js';
import { writeFull, type BookingWords } from '../booking-words.js';
import { renderBooking } from '../details/booking-done.js';
import type { ManageController } from './manage-controller.js';
import { canCancel, canMove, isOpen, phoneOf, type ManageState } from './manage-store.js';

/** What may be done with a booking. */
export type ManageDesk = Pick<ManageController, 'retry' | 'find' | 'choose' | 'move' | 'cancel' | 'handle'>;

export interface ManageScene {
  readonly words: BookingWords;
  readonly state: ManageState;
  readonly desk: ManageDesk;
}

const STATES: Partial<Record<BookingStatus, BookingKey>> = {
  requested: 'manage.state.requested',
  confirmed: 'manage.state.confirmed',
  arrived: 'manage.state.arrived',
  completed: 'manage.state.completed',
  declined: 'manage.state.declined',
  'cancelled-by-customer': 'manage.state.cancelled',
  'cancelled-by-business': 'manage.state.cancelled',
  'no-show': 'manage.state.no-show',
};

function handleFind(event: SubmitEvent, { desk }: ManageScene): void {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  const fields = new FormData(event.target);
  desk.find(String(fields.get('code')), String(fields.get('phone-end')));
}

function renderFind(scene: ManageScene): TemplateResult {
  const { words, state } = scene;
  return html`${renderHeading(words.t('manage.find'))}
    ${
      state.phase === 'gone'
        ? html`<div class="notice notice--warning" role="alert"><p>${words.t('manage.gone')}</p></div>`
        : nothing
    }
    <form @submit=${(event: SubmitEvent) => handleFind(event, scene)}>
      <div class="field">
        <label class="field__label" for="code">${words.t('booking.code')}</label>
        <p class="field__hint" id="code-hint">${words.t('manage.findText')}</p>
        <input
          class="input input--code"
          id="code"
          name="code"
          required
          maxlength="16"
          dir="ltr"
          autocapitalize="characters"
          autocomplete="off"
          spellcheck="false"
          aria-describedby="code-hint"
        />
      </div>
      <div class="field">
        <label class="field__label" for="phone-end">${words.t('manage.phoneEnd')}</label>
        <input
          class="input input--code"
          id="phone-end"
          name="phone-end"
          required
          maxlength="4"
          pattern="[0-9]{4}"
          inputmode="numeric"
          dir="ltr"
          autocomplete="off"
        />
      </div>
      <button class="button button--primary submit" part="button">${words.t('manage.show')}</button>
    </form>`;
}

function renderChoices({ words, state, desk }: ManageScene, booking: BookingSummary): unknown {
  if (!isOpen(booking)) return nothing;
  const mayMove = canMove(booking, state.nowMs);
  const mayCancel = canCancel(booking, state.nowMs);
  const until = booking.cancelUntil ?? booking.rescheduleUntil;
  if (!mayMove && !mayCancel) {
    return html`<p class="muted">${words.t('manage.tooLate')}</p>
      ${renderPhone(words, phoneOf(state))}`;
  }
  return html`<div class="actions">
      ${
        mayMove
          ? html`<button class="button button--primary" type="button" part="button" @click=${() => desk.choose('move')}>
              ${words.t('manage.move')}
            </button>`
          : nothing
      }
      ${
        mayCancel
          ? html`<button class="button" type="button" part="button" @click=${() => desk.choose('cancel')}>
              ${words.t('manage.cancel')}
            </button>`
          : nothing
      }
    </div>
    ${
      until === null
        ? nothing
        : html`<p class="muted">
            ${words.t('manage.until', { time: writeFull(words, toStart(until), state.timeZone) })}
          </p>`
    }`;
}

function renderRead(scene: ManageScene): TemplateResult {
  const { words, state } = scene;
  const { booked, news } = state;
  if (!booked) return renderLoading(scene);
  const { booking } = booked;
  const status = STATES[booking.state];
  return html`${renderHeading(words.t('manage.label'))}
    ${
      news === null
        ? nothing
        : html`<div class="notice ${news === 'changed' ? 'notice--warning' : 'notice--success'}">
            ${news === 'changed' ? nothing : renderIcon(circleCheckIcon)}
            <p>${words.t(`manage.${news}`)}</p>
          </div>`
    }
    <div class="done ${isOpen(booking) ? '' : 'done--over'}">
      ${status ? html`<p class="status">${words.t(status)}</p>` : nothing} ${renderBooking(words, booked, state)}
      ${renderChoices(scene, booking)}
    </div>`;
}

function handleCancel(event: SubmitEvent, { desk }: ManageScene): void {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  desk.cancel(String(new FormData(event.target).get('reason') ?? ''));
}

function renderCancel(scene: ManageScene): TemplateResult {
  const { words, state, desk } = scene;
  const { booked, notice, isBusy } = state;
  return html`${renderHeading(words.t('manage.cancelTitle'))}
    ${renderNotice({ words, slots: state, notice, ask: (request) => desk.handle(request) })}
    ${booked ? renderBooking(words, booked, state) : nothing}
    <p>${words.t('manage.cancelText')}</p>
    <form @submit=${(event: SubmitEvent) => handleCancel(event, scene)}>
      <div class="field">
        <label class="field__label" for="reason"
          >${words.t('manage.reason')} <span class="optional">(${words.t('booking.optional')})</span></label
        >
        <textarea class="input" id="reason" name="reason" rows="2" maxlength="200" dir="auto"></textarea>
      </div>
      <div class="actions">
        <button class="button button--danger" part="button" aria-disabled=${isBusy}>
          ${words.t(isBusy ? 'booking.sending' : 'manage.cancelYes')}
        </button>
        <button class="button" type="button" part="button" @click=${() => desk.choose('read')}>
          ${words.t('manage.keep')}
        </button>
      </div>
    </form>`;
}

function renderMove({ words, state, desk }: ManageScene): TemplateResult {
  const { booked, start, isBusy, notice, timeZone } = state;
  const booking = booked?.booking;
  const scene = {
    words,
    slots: state,
    start,
    isBusy,
    notice,
    businessZone: booking?.timeZone ?? timeZone,
    canSwitchZone: booking?.isOnline ?? false,
    phone: phoneOf(state),
  };
  return html`${renderHeading(words.t('manage.move'))}
    <frontdesk-booking-when
      exportparts="calendar, day, day-free, slot, button"
      .scene=${scene}
    ></frontdesk-booking-when>
    <div class="bar">
      ${
        start === null
          ? nothing
          : html`<p class="bar__time">${writeFull(words, start, timeZone)}</p>
              <button
                class="button button--primary"
                type="button"
                part="button"
                aria-disabled=${isBusy}
                @click=${() => desk.move()}
              >
                ${words.t(isBusy ? 'booking.sending' : 'manage.moveYes')}
              </button>`
      }
      <button class="button" type="button" part="button" @click=${() => desk.choose('read')}>
        ${words.t('manage.keep')}
      </button>
    </div>`;
}

export function renderManage(scene: ManageScene): TemplateResult {
  const { words, state } = scene;
  if (state.phase === 'find' || state.phase === 'gone') return renderFind(scene);
  if (state.phase === 'unavailable') {
    return html`${renderHeading(words.t('manage.label'))}
      <p class="muted" role="status">${words.t('manage.failed')}</p>
      <div class="actions">
        <button class="button button--primary" type="button" part="button" @click=${() => scene.desk.retry()}>
          ${words.t('booking.tryAgain')}
        </button>
      </div>`;
  }
  if (state.phase === 'loading') return renderLoading(scene);
  if (state.mode === 'cancel') return renderCancel(scene);
  return state.mode === 'move' ? renderMove(scene) : renderRead(scene);
}
