/** Why something did not happen, and what can be done instead. */
import { html, nothing } from 'lit';
import type { BookingRequest } from './booking-events.js';
import { describeNotice } from './booking-phone.js';
import type { BookingWords } from './booking-words.js';
import { writeDayAndTime } from './calendar-words.js';
import type { BookingNotice } from './start-store.js';

export interface NoticeScene {
  readonly words: BookingWords;
  readonly slots: { readonly timeZone: string };
  readonly notice: BookingNotice | null;
  ask(request: BookingRequest): void;
}

export function renderNotice({ words, slots, notice, ask }: NoticeScene, more: unknown = nothing): unknown {
  if (!notice) return nothing;
  const { alternatives } = notice;
  return html`<div class="notice notice--warning" part="notice" tabindex="-1">
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
