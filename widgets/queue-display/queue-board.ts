import type { BoardCall } from '@frontdesk/protocol/queue-device';
import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { Announcer } from '../core/a11y.js';
import { baseStyles } from '../core/base-styles.js';
import { createEnglishTranslator, type Translator } from '../core/locale.js';
import { MeasureController } from '../core/measure.js';
import { displayCatalogue, type DisplayKey } from '../locales/display.js';
import { formatTime, renderJoin, renderRecent, renderTicker, renderWaiting } from './board-bands.js';
import { computeLayout, pageOf, type BoardLayout } from './board-layout.js';
import { EMPTY_VIEW, shiftOf, type BoardView } from './board-view.js';
import { BoardPaintedEvent, BoardTapEvent } from './display-events.js';
import { bandStyles } from './board-bands.styles.js';
import { boardStyles } from './queue-board.styles.js';
import { styleProperties } from '../staff/style-properties.js';
import { createEmphasisColors } from './display-colors.js';

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));

/** Hundredths of the screen's height, as the styles read them. */
const lengthOf = (size: number): string => `calc(var(--v) * ${size.toFixed(2)})`;

/**
 * The board itself: who is called now and where, who was called before, how many wait. It draws a {@link BoardView} and says which calls
 * it has painted.
 *
 * Lists are drawn by place and not by Lit's `repeat`, which leaves a comment behind for each row that goes: in months, a million of them.
 *
 * @fires frontdesk-board-painted - Calls that stand on the screen and did not before.
 * @fires frontdesk-board-tap - Somebody touched the offer to turn on the sound or go full screen.
 */
export class FrontdeskQueueBoard extends LitElement {
  static override styles = [baseStyles, boardStyles, bandStyles];

  private readonly measure = new MeasureController(this);
  private readonly announcer = new Announcer();
  private shownIds: ReadonlySet<string> = new Set();

  @property({ attribute: false }) words: Translator<DisplayKey> = createEnglishTranslator(displayCatalogue);
  @property({ attribute: false }) view: BoardView = EMPTY_VIEW;
  /** `#rrggbb`; corrected until it is read from afar. */
  @property({ attribute: false }) accent: string | null = null;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('view')) this.announceNewest();
    const painted = this.listPainted();
    const fresh = painted.filter(({ id, sequence }) => !this.shownIds.has(`${id} ${sequence}`));
    this.shownIds = new Set(painted.map(({ id, sequence }) => `${id} ${sequence}`));
    if (fresh.length > 0) this.dispatchEvent(new BoardPaintedEvent(fresh));
  }

  /** What a blind visitor's own device hears of the board in a host page: the newest call, politely (QD-20). */
  private announceNewest(): void {
    const { calls, emphasizedIds } = this.view;
    const newest = calls.find(({ id }) => emphasizedIds.has(id));
    if (!newest) return;
    const { label, counterLabel: counter, id, sequence } = newest;
    this.announcer.announce(this.words.t('display.call', { label, counter }), `${id} ${sequence}`);
  }

  private computeLayout(): BoardLayout {
    const { calls, recent, notice, playlist, joinUrl } = this.view;
    const { width, height } = this.measure.size;
    const [newest] = calls;
    const others = calls.slice(1);
    const texts = others.length > 0 ? others : calls;
    return computeLayout({
      size: { width: width || 1280, height: height || 720 },
      callCount: calls.length,
      labelLength: longest(texts.map(({ label }) => label)),
      counterLength: longest(texts.map(({ counterLabel }) => counterLabel)),
      heroLabelLength: newest?.label.length ?? 0,
      heroCounterLength: newest?.counterLabel.length ?? 0,
      hasMedia: playlist.length > 0,
      hasRecent: recent.length > 0,
      hasNotice: notice !== null,
      hasJoinCode: joinUrl !== null,
    });
  }

  private pageNumber({ pages, pageMs }: BoardLayout): number {
    return Math.floor(this.view.nowMs / pageMs) % pages;
  }

  private listPaged(layout: BoardLayout): BoardCall[] {
    const { calls } = this.view;
    return pageOf(layout.hasHero ? calls.slice(1) : calls, layout, this.pageNumber(layout));
  }

  private listPainted(): BoardCall[] {
    if (this.view.isNight) return [];
    const layout = this.computeLayout();
    return [...(layout.hasHero ? this.view.calls.slice(0, 1) : []), ...this.listPaged(layout)];
  }

  private handleTap(): void {
    this.dispatchEvent(new BoardTapEvent());
  }

  private renderPlace(call: BoardCall): TemplateResult {
    return html`<div class="where">
      <svg class="arrow" viewBox="0 0 24 24" aria-hidden="true">${svg`<path d="M4 12h15M13 5l7 7-7 7"></path>`}</svg>
      <div>
        <div class="counter" dir="auto">${call.counterLabel}</div>
        ${call.maskedName === null ? nothing : html`<div class="name" dir="auto">${call.maskedName}</div>`}
      </div>
    </div>`;
  }

  private renderCall(call: BoardCall, kind: 'hero' | 'row', isStacked: boolean): TemplateResult {
    const names = [
      kind,
      ...(this.view.emphasizedIds.has(call.id) ? ['emphasized'] : []),
      ...(isStacked ? ['stacked'] : []),
    ];
    return html`<li class=${names.join(' ')} part=${kind} data-call=${call.id}>
      <bdi class="label" dir="ltr">${call.label}</bdi>
      ${this.renderPlace(call)}
    </li>`;
  }

  private renderHero(call: BoardCall, layout: BoardLayout): TemplateResult {
    const sizes = {
      '--label-size': lengthOf(layout.heroLabelSize),
      '--counter-size': lengthOf(layout.heroCounterSize),
    };
    return html`<ul class="newest" ${styleProperties(sizes)}>
      ${this.renderCall(call, 'hero', layout.isHeroStacked)}
    </ul>`;
  }

  private renderRows(layout: BoardLayout): unknown {
    const rows = this.listPaged(layout);
    if (rows.length === 0) return nothing;
    const { columns, hasHero } = layout;
    const sizes = {
      '--label-size': lengthOf(layout.labelSize),
      '--counter-size': lengthOf(layout.counterSize),
      '--row-height': lengthOf(layout.rowHeight),
      '--columns': String(columns),
    };
    return html`<ul class=${hasHero ? 'rows' : 'rows rows--alone'} ${styleProperties(sizes)}>
      ${rows.map((call) => this.renderCall(call, 'row', layout.areRowsStacked))}
    </ul>`;
  }

  private renderPages(layout: BoardLayout): unknown {
    const { pages } = layout;
    if (pages < 2) return nothing;
    const current = this.pageNumber(layout);
    const label = this.words.t('display.page', { page: current + 1, pages });
    return html`<div class="pages" role="img" aria-label=${label}>
      ${Array.from({ length: pages }, (_, page) => html`<i class=${page === current ? 'current' : ''}></i>`)}
    </div>`;
  }

  private renderNobody({ code }: BoardLayout): TemplateResult {
    return html`<div class="none">
      <p>${this.words.t('display.none')}</p>
      ${code?.place === 'calls' ? renderJoin(this.words, this.view) : nothing}
    </div>`;
  }

  private renderCalls(layout: BoardLayout): TemplateResult {
    const [newest] = this.view.calls;
    return html`<section class="calls" aria-label=${this.words.t('display.now')}>
      ${newest === undefined ? this.renderNobody(layout) : nothing}
      ${newest !== undefined && layout.hasHero ? this.renderHero(newest, layout) : nothing} ${this.renderRows(layout)}
      ${this.renderPages(layout)}
    </section>`;
  }

  private renderBadge(): unknown {
    const { freshness, updatedAtMs } = this.view;
    if (freshness === 'live' || updatedAtMs === null) return nothing;
    const key = freshness === 'stale' ? 'display.stale' : 'display.lastUpdated';
    const text = this.words.t(key, { time: formatTime(this.words, this.view, updatedAtMs) });
    return html`<p class="badge" part="badge" role="status">${text}</p>`;
  }

  private renderAsk(): unknown {
    const { asksForSound, asksForFullScreen } = this.view;
    if (!asksForSound && !asksForFullScreen) return nothing;
    return html`<button class="ask" part="ask" @click=${this.handleTap}>
      ${this.words.t(asksForSound ? 'display.sound' : 'display.fullScreen')}
    </button>`;
  }

  private renderNight(): TemplateResult {
    const { nowMs, opensAtMs, timeZone } = this.view;
    const { t } = this.words;
    const day = (atMs: number): string => this.words.date(atMs, { weekday: 'long', timeZone });
    const time = opensAtMs === null ? '' : formatTime(this.words, this.view, opensAtMs);
    const isToday = opensAtMs !== null && day(opensAtMs) === day(nowMs) && opensAtMs - nowMs < 86_400_000;
    const opens = isToday ? t('display.opens', { time }) : t('display.opensOn', { day: day(opensAtMs ?? nowMs), time });
    return html`<div class="night" part="night">
      <time class="clock">${formatTime(this.words, this.view, nowMs)}</time>
      <p>${t('display.closed')}${opensAtMs === null ? nothing : html` · ${opens}`}</p>
      ${this.renderBadge()} ${this.renderAsk()}
    </div>`;
  }

  private renderDay(layout: BoardLayout): TemplateResult {
    const { placeName, nowMs, notice, playlist, isSpeaking, isSoundOn } = this.view;
    return html`<header class="header">
        <h1 class="place"><bdi>${placeName}</bdi></h1>
        ${this.renderBadge()}
        <time class="clock">${formatTime(this.words, this.view, nowMs)}</time>
      </header>
      <div class="middle">
        ${layout.isPortrait ? nothing : this.renderCalls(layout)}
        ${
          playlist.length === 0
            ? nothing
            : html`<frontdesk-queue-media
                class="media"
                part="media"
                .items=${playlist}
                .isSpeaking=${isSpeaking}
                .isAudible=${isSoundOn}
              ></frontdesk-queue-media>`
        }
        ${layout.isPortrait ? this.renderCalls(layout) : nothing}
      </div>
      ${notice === null ? nothing : html`<div class="notice" part="notice" role="status"><p dir="auto">${notice}</p></div>`}
      ${this.renderBands(layout)}`;
  }

  /** The code stands beside both bands: no other place has its height without taking it from the calls. */
  private renderBands(layout: BoardLayout): TemplateResult {
    const { words, view } = this;
    const hasCode = layout.code?.place === 'bands';
    return html`<div class=${hasCode ? 'below below--code' : 'below'}>
      <div class="bands">${renderRecent(words, view)} ${this.renderFooter(layout)}</div>
      ${hasCode ? renderJoin(words, view) : nothing}
    </div>`;
  }

  private renderFooter(layout: BoardLayout): TemplateResult {
    const ask = this.renderAsk();
    return html`<footer class="footer">
      ${renderWaiting(this.words, this.view)} ${ask === nothing ? renderTicker(this.view, layout) : ask}
    </footer>`;
  }

  protected override render(): TemplateResult {
    const { isNight, shift } = this.view;
    const { tag, direction } = this.words;
    const layout = this.computeLayout();
    const names = ['root', ...(layout.isPortrait ? ['portrait'] : []), ...(isNight ? ['root--night'] : [])];
    const { x, y } = shiftOf(shift);
    const place = { transform: `translate(${x}px,${y}px)` };
    const { background, text } = createEmphasisColors(this.accent);
    const properties = {
      '--display-emphasis': background,
      '--display-on-emphasis': text,
      ...(layout.code && { '--code-size': lengthOf(layout.code.size) }),
      ...Object.fromEntries(Object.entries(layout.bands).map(([band, height]) => [`--${band}`, lengthOf(height)])),
    };
    return html`<div class=${names.join(' ')} part="base" lang=${tag} dir=${direction} ${styleProperties(properties)}>
      <div class="board" part="board" ${styleProperties(place)}>
        ${isNight ? this.renderNight() : this.renderDay(layout)}
      </div>
      ${this.announcer.element}
    </div>`;
  }
}
