/** Seats, or a place in the line, as whoever has them sees them: after joining, and behind the link. */
import { html, nothing, type TemplateResult } from 'lit';
import type { CourseAnswer } from '@frontdesk/protocol/booking-course';
import type { SeatSummary } from '@frontdesk/protocol/booking-class';
import { toStart } from '../booking-time.js';
import { readName, writeFull, type BookingWords } from '../booking-words.js';
import { writeDayAndTime } from '../calendar-words.js';
import type { ClassWords } from './class-words.js';

export interface SeatWords {
  readonly words: ClassWords;
  readonly bookingWords: BookingWords;
}

/** In person the business's clock, online the visitor's. */
const zoneOf = ({ isOnline, timeZone }: SeatSummary): string =>
  isOnline ? Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone;

export function titleOf({ words }: SeatWords, { state }: SeatSummary): string {
  return words.t(`class.state.${state === 'held' ? 'lapsed' : state}`);
}

/** What it means, in a sentence. */
export function explainSeat({ words, bookingWords }: SeatWords, seat: SeatSummary): string {
  const { state, ahead, offerUntil } = seat;
  if (state === 'offered' && offerUntil !== null) {
    return words.t('class.offerText', { time: writeDayAndTime(bookingWords, toStart(offerUntil), zoneOf(seat)) });
  }
  if (state === 'waiting') return ahead ? words.t('class.aheadText', { count: ahead }) : words.t('class.nextText');
  return words.t(`class.text.${state === 'enrolled' || state === 'cancelled' ? state : 'lapsed'}`);
}

export function renderSeat({ words, bookingWords }: SeatWords, seat: SeatSummary): TemplateResult {
  return html`<div class="receipt">
    <p class="receipt__when">${writeFull(bookingWords, toStart(seat.start), zoneOf(seat))}</p>
    <p><bdi>${readName(bookingWords, seat.serviceNames)}</bdi></p>
    <p>${words.t('class.people', { count: seat.seats })}</p>
    ${seat.staffName === null ? nothing : html`<p><bdi>${seat.staffName}</bdi></p>`}
    <p class="muted">
      ${
        seat.isOnline
          ? bookingWords.t('booking.online')
          : html`<bdi>${seat.locationName}</bdi
              >${seat.address === '' ? nothing : html`<br /><bdi>${seat.address}</bdi>`}`
      }
    </p>
  </div>`;
}

/** All dates that were taken together, and what became of each. */
export function renderDates(
  scene: SeatWords,
  dates: CourseAnswer['dates'],
  open?: (seatToken: string) => void,
): TemplateResult {
  const { words, bookingWords } = scene;
  return html`<h3>${words.t('class.course', { count: dates.length })}</h3>
    <ul class="dates">
      ${dates.map(
        ({ seat, seatToken }) =>
          html`<li class=${seat.state === 'enrolled' ? '' : 'muted'}>
            ${
              open
                ? html`<button class="link" type="button" @click=${() => open(seatToken)}>
                    ${writeDayAndTime(bookingWords, toStart(seat.start), zoneOf(seat))}
                  </button>`
                : writeDayAndTime(bookingWords, toStart(seat.start), zoneOf(seat))
            }${seat.state === 'enrolled' ? nothing : html` · ${titleOf(scene, seat)}`}
          </li>`,
      )}
    </ul>`;
}
