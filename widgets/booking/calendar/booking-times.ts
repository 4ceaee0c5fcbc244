/** When: the month, and the times of the day that was chosen. Used for booking and for moving a booking. */
import { html, nothing, type TemplateResult } from 'lit';
import { arrowLeftIcon, clockIcon, globeIcon } from '../visit-icons.js';
import { renderIcon } from '../../core/render-icon.js';
import { renderNotice, type NoticeScene } from '../booking-notice.js';
import { renderPhone } from '../booking-phone.js';
import { nameZone, writeDay, writeLongDate, writeTimeAndZone } from '../calendar-words.js';
import { writeTime } from '../booking-words.js';
import { groupByDate, hasOtherClock, PARTS_OF_DAY, partOfDay } from '../booking-time.js';
import { nextMonth, type SlotsState } from '../slots-store.js';

export interface TimeScene extends NoticeScene {
  readonly slots: SlotsState;
  /** The start that was chosen last. */
  readonly start: number | null;
  readonly isBusy: boolean;
  readonly businessZone: string;
  /** The reader may choose whose clock is shown. */
  readonly canSwitchZone: boolean;
  /** For whoever cannot find a time here; null when the business gave none. */
  readonly phone: string | null;
}

/** Whose clock it is, wherever somebody could take it for another. */
function renderZone({ words, slots, businessZone, canSwitchZone, start, ask }: TimeScene): unknown {
  const { timeZone, visitorZone, slots: shown } = slots;
  const at = start ?? shown?.starts[0];
  if (at === undefined || !hasOtherClock(at, visitorZone, businessZone)) return nothing;
  const other = timeZone === businessZone ? visitorZone : businessZone;
  return html`<div class="zone">
    ${renderIcon(globeIcon, 'icon--small')}
    <p>
      ${words.t(canSwitchZone ? 'booking.zoneOnline' : 'booking.zoneHere', { zone: nameZone(words, at, timeZone) })}
    </p>
    ${
      canSwitchZone
        ? html`<button class="link" type="button" @click=${() => ask({ name: 'zone', detail: { timeZone: other } })}>
            ${words.t('booking.zoneSwitch', { zone: nameZone(words, at, other) })}
          </button>`
        : nothing
    }
  </div>`;
}

function renderSlots(scene: TimeScene, starts: readonly number[]): unknown {
  const { words, slots, isBusy, ask } = scene;
  const { timeZone } = slots;
  const labels = starts.map((start) => writeTime(words, start, timeZone));
  const labelOf = (start: number, index: number): string =>
    labels.indexOf(labels[index] ?? '') === labels.lastIndexOf(labels[index] ?? '')
      ? (labels[index] ?? '')
      : writeTimeAndZone(words, start, timeZone);
  return PARTS_OF_DAY.map((part) => {
    const inPart = starts.flatMap((start, index) =>
      partOfDay(start, timeZone) === part ? [{ start, label: labelOf(start, index) }] : [],
    );
    if (inPart.length === 0) return nothing;
    return html`<h4 class="part" id=${part}>${words.t(`booking.${part}`)}</h4>
      <ul class="slots" aria-labelledby=${part}>
        ${inPart.map(
          ({ start, label }) =>
            html`<li>
              <button
                class="slot"
                type="button"
                part="slot"
                aria-disabled=${isBusy}
                aria-pressed=${start === scene.start}
                @click=${() => ask({ name: 'start', detail: { start } })}
              >
                ${label}
              </button>
            </li>`,
        )}
      </ul>`;
  });
}

function renderDay(scene: TimeScene, date: string, starts: readonly number[]): TemplateResult {
  const { words, ask, slots } = scene;
  const isGone = starts.length === 0 && slots.slots !== null;
  return html`<div class="day">
    <button class="link day__back" type="button" @click=${() => ask({ name: 'date', detail: { date: null } })}>
      ${renderIcon(arrowLeftIcon, 'icon--small icon--directional')} ${words.t('booking.anotherDay')}
    </button>
    <h3 class="day__name" tabindex="-1" data-focus="day" aria-label=${writeLongDate(words, date)}>
      ${writeDay(words, date)}
    </h3>
    ${isGone ? html`<p class="muted">${words.t('booking.dayGone')}</p>` : renderSlots(scene, starts)}
  </div>`;
}

function renderNoDay({ words, slots, ask }: TimeScene, isEmpty: boolean): unknown {
  // What did not arrive is said above, with a way to try again.
  if (slots.slots === null && slots.slotsPhase === 'failed') return nothing;
  const next = nextMonth(slots);
  if (!isEmpty) {
    return html`<div class="no-day">
      ${renderIcon(clockIcon)}
      <p>${words.t('booking.chooseDay')}</p>
    </div>`;
  }
  return html`<div class="no-day">
    <slot name="empty"><p>${words.t(next === null ? 'booking.nothingFree' : 'booking.tryNextMonth')}</p></slot>
    ${
      next === null
        ? nothing
        : html`<button class="button" type="button" @click=${() => ask({ name: 'month', detail: { month: next } })}>
            ${words.t('booking.nextMonth')}
          </button>`
    }
  </div>`;
}

function renderFailure({ words, phone, ask }: TimeScene): TemplateResult {
  return html`<div class="notice notice--warning">
    <div class="notice__text">
      <p>${words.t('booking.slotsFailed')}</p>
      ${renderPhone(words, phone)}
      <button class="button" type="button" @click=${() => ask({ name: 'retry', detail: null })}>
        ${words.t('booking.tryAgain')}
      </button>
    </div>
  </div>`;
}

export function renderTime(scene: TimeScene): TemplateResult {
  const { words, slots } = scene;
  const { date } = slots;
  const byDate = groupByDate(slots.slots?.starts ?? [], slots.timeZone);
  const isEmpty = slots.slots !== null && ![...byDate.keys()].some((one) => one.startsWith(slots.month));
  return html`${renderNotice(scene)} ${slots.slotsPhase === 'failed' ? renderFailure(scene) : nothing}
    <div class="time ${date === null ? '' : 'time--day'}">
      <frontdesk-booking-calendar
        exportparts="calendar, day, day-free, button"
        .words=${words}
        .slots=${slots}
        .startsByDate=${byDate}
      ></frontdesk-booking-calendar>
      <div class="times">
        ${renderZone(scene)}
        ${date === null ? renderNoDay(scene, isEmpty) : renderDay(scene, date, byDate.get(date) ?? [])}
      </div>
    </div>`;
}
