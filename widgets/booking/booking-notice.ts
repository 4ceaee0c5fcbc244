/** Why something did not happen, and what can be done instead. */
import { html, nothing } from 'lit';
import type { BookingRequest } from './booking-events.js';
import type { BookingNotice } from './booking-store.js';
import { writeDayAndTime, type BookingWords } from './booking-words.js';

export interface NoticeScene {
  readonly words: BookingWords;
  readonly slots: { readonly timeZone: string };
  readonly notice: BookingNotice | null;
  ask(request: BookingRequest): void;
}

export function describeNotice(words: BookingWords, { kind }: BookingNotice): string {
  return words.t(`booking.notice.${kind}`);
}

export function renderNotice({ words, slots, notice, ask }: NoticeScene, more: unknown = nothing): unknown {
  if (!notice) return nothing;
  const { alternatives } = notice;
  return html`<div class="notice notice--warning" part="notice">
    <div class="notice__text">
      <p>${describeNotice(words, notice)}</p>
      ${more}
      ${
        alternatives.length === 0
          ? nothing
          : html`<p class="muted">${words.t('booking.alternatives')}</p>
              <ul class="alternatives">
                ${alternatives.map(
                  (start) =>
                    html`<li>
                      <button
                        class="slot"
                        type="button"
                        part="slot"
                        @click=${() => ask({ name: 'start', detail: { start } })}
                      >
                        ${writeDayAndTime(words, start, slots.timeZone)}
                      </button>
                    </li>`,
                )}
              </ul>`
      }
    </div>
  </div>`;
}

export function renderPhone(words: BookingWords, phone: string | null): unknown {
  if (phone === null) return nothing;
  return html`<p>${words.t('booking.call')} <a href="tel:${phone}" dir="ltr">${phone}</a></p>`;
}
