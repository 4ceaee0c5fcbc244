/** What was booked: when, where, its code, and the link that changes it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { FollowingPart } from '@frontdesk/protocol/booking-fields';
import type { BookedDto } from '@frontdesk/protocol/booking-visitor';
import { circleCheckIcon, clockIcon } from '../visit-icons.js';
import { renderIcon } from '../../core/render-icon.js';
import { toStart } from '../booking-time.js';
import { nameZone } from '../calendar-words.js';
import { readName, writeFull, writeTime, type BookingWords } from '../booking-words.js';
import { hasOtherClock } from '../booking-time.js';

function renderPart(
  words: BookingWords,
  { start, serviceNames, staffName }: Pick<FollowingPart, 'start' | 'serviceNames' | 'staffName'>,
  timeZone: string,
): TemplateResult {
  return html`<li>
    <span class="receipt__time">${writeTime(words, toStart(start), timeZone)}</span>
    <span
      ><bdi>${readName(words, serviceNames)}</bdi>${
        staffName === null ? nothing : html`<br /><bdi class="muted">${staffName}</bdi>`
      }</span
    >
  </li>`;
}

export function renderBooking(
  words: BookingWords,
  { booking, calendarUrl }: BookedDto,
  { timeZone, visitorZone }: { readonly timeZone: string; readonly visitorZone: string },
): TemplateResult {
  const start = toStart(booking.start);
  const zone = hasOtherClock(start, visitorZone, booking.timeZone) ? nameZone(words, start, timeZone) : null;
  return html`<div class="receipt">
    <p class="receipt__when">${writeFull(words, start, timeZone)}</p>
    ${zone === null ? nothing : html`<p class="muted">${words.t('booking.zoneHere', { zone })}</p>`}
    ${
      booking.followedBy.length === 0
        ? html`<p><bdi>${readName(words, booking.serviceNames)}</bdi></p>
            ${booking.staffName === null ? nothing : html`<p><bdi>${booking.staffName}</bdi></p>`}`
        : html`<ol class="receipt__parts">
            ${[booking, ...booking.followedBy].map((part) => renderPart(words, part, timeZone))}
          </ol>`
    }
    <p class="muted">
      ${
        booking.isOnline
          ? words.t('booking.online')
          : html`<bdi>${booking.locationName}</bdi
              >${booking.address === '' ? nothing : html`<br /><bdi>${booking.address}</bdi>`}`
      }
    </p>
    <p class="receipt__code">
      <span class="muted">${words.t('booking.code')}</span>
      <strong dir="ltr">${booking.code}</strong>
    </p>
    ${
      booking.state === 'requested' || booking.state === 'confirmed'
        ? html`<p><a href=${calendarUrl}>${words.t('booking.addToCalendar')}</a></p>`
        : nothing
    }
  </div>`;
}

export function renderDone(
  words: BookingWords,
  booked: BookedDto,
  zones: { readonly timeZone: string; readonly visitorZone: string },
  manageUrl: string,
): TemplateResult {
  const isRequest = booked.booking.state === 'requested';
  return html`<div class="done">
    <p class="done__text">
      ${renderIcon(isRequest ? clockIcon : circleCheckIcon)}
      ${words.t(isRequest ? 'booking.requestedText' : 'booking.bookedText')}
    </p>
    ${renderBooking(words, booked, zones)}
    <a class="button" part="button" href="${manageUrl}#${booked.manageToken}">${words.t('booking.manage')}</a>
    <p class="muted">${words.t('booking.manageText')}</p>
  </div>`;
}
