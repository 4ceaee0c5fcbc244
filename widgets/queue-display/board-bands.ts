/** What stands below the calls: those before, who waits, the news, and the code to join with. */
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Translator } from '../core/locale.js';
import type { DisplayKey } from '../locales/display.js';
import { splitTicker, type BoardLayout } from './board-layout.js';
import type { BoardView } from './board-view.js';
import { calledAtMs } from './display-store.js';

const RECENT_SHOWN = 6;
/** A piece of the ticker stays this long, in seconds of the view's clock. */
const TICKER_PIECE_SECONDS = 8;
const TICKER_LENGTH = { landscape: 38, portrait: 60 } as const;
/** Of that length, what fits beside the code to join with. */
const TICKER_SHARE_BESIDE_CODE = 0.76;
/** A queue beside the ticker; more services than fit are cut off by the styles. */
const MAX_SERVICES = 5;

type Words = Translator<DisplayKey>;

export function formatTime(words: Words, { timeZone }: BoardView, atMs: number): string {
  return words.date(atMs, { hour: 'numeric', minute: '2-digit', timeZone });
}

export function renderRecent(words: Words, view: BoardView): unknown {
  const recent = view.recent.slice(0, RECENT_SHOWN);
  if (recent.length === 0) return nothing;
  return html`<ul class="recent" aria-label=${words.t('display.recent')}>
    ${recent.map(
      (call) =>
        html`<li class="past" part="past">
          <div>
            <b><bdi dir="ltr">${call.label}</bdi></b> <time>${formatTime(words, view, calledAtMs(call))}</time>
          </div>
          <span><bdi>${call.counterLabel}</bdi></span>
        </li>`,
    )}
  </ul>`;
}

export function renderTicker({ ticker, nowMs }: BoardView, { isPortrait, code }: BoardLayout): unknown {
  const length = isPortrait ? TICKER_LENGTH.portrait : TICKER_LENGTH.landscape;
  const pieces = splitTicker(ticker, code?.place === 'bands' ? length * TICKER_SHARE_BESIDE_CODE : length);
  if (pieces.length === 0) return nothing;
  const piece = Math.floor(nowMs / 1_000 / TICKER_PIECE_SECONDS) % pieces.length;
  return keyed(piece, html`<p class="ticker" dir="auto">${pieces[piece]}</p>`);
}

export function renderWaiting(words: Words, { waiting, ticker }: BoardView): unknown {
  if (waiting.length === 0) return nothing;
  const nameOf = (names: LocalizedText): string => names[words.locale] ?? names.en;
  return html`<ul
    class=${ticker === '' ? 'waiting' : 'waiting waiting--beside'}
    aria-label=${words.t('display.waitingList')}
  >
    ${waiting
      .slice(0, MAX_SERVICES)
      .map(
        ({ names, count }) =>
          html`<li><bdi>${nameOf(names)}</bdi> <b>${words.t('display.waiting', { count })}</b></li>`,
      )}
  </ul>`;
}

export function renderJoin(words: Words, { joinUrl }: BoardView): unknown {
  return html`<frontdesk-queue-join
    class="join"
    .url=${joinUrl}
    .caption=${words.t('display.join')}
  ></frontdesk-queue-join>`;
}
