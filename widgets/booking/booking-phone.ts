/** What is said in every step: why something did not happen, and whom to call. */
import { html, nothing } from 'lit';
import type { BookingWords } from './booking-words.js';
import type { BookingNotice } from './start-store.js';

export function describeNotice(words: BookingWords, { kind }: BookingNotice): string {
  return words.t(`booking.notice.${kind}`);
}

export function renderPhone(words: BookingWords, phone: string | null): unknown {
  if (phone === null) return nothing;
  return html`<p>${words.t('booking.call')} <a href="tel:${phone}" dir="ltr">${phone}</a></p>`;
}
