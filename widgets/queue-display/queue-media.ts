import type { PlaylistItem } from '@frontdesk/protocol/devices';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { systemClock, type Clock, type TimerHandle } from '../core/client/clock.js';

/** A picture or video that has not shown itself by then is passed over. */
const LOAD_TIMEOUT_MS = 12_000;
/** When everything was broken, the list is tried again after a while: the network may be back. */
const RETRY_ALL_MS = 60_000;
const VOLUME = 0.6;
/** While a call is spoken; set at once, so well within 300 ms (QD-13). */
const DUCKED_VOLUME = 0.08;

/**
 * Pictures and videos beside the calls, one after the other. Calls never wait for it: what is broken or slow is skipped, and when
 * nothing can be shown the element is empty.
 */
export class FrontdeskQueueMedia extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    img,
    video {
      display: block;
      inline-size: 100%;
      block-size: 100%;
      object-fit: contain;
    }
    @media (prefers-reduced-motion: no-preference) {
      img,
      video {
        animation: appear 200ms ease-out;
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
    }
  `;

  @property({ attribute: false }) items: readonly PlaylistItem[] = [];
  @property({ attribute: false }) isSpeaking = false;
  /** Videos play with their sound; the browser allows that only after a touch. */
  @property({ attribute: false }) isAudible = false;
  /** Tests bring their own. */
  @property({ attribute: false }) clock: Clock = systemClock;

  @state() private index = 0;
  /** Items in a row that could not be shown; moves only together with the index. */
  private failures = 0;
  private timer: TimerHandle;
  private hasTimer = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTimer();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('items') || isSameList(changed.get('items'), this.items)) return;
    this.index = 0;
    this.failures = 0;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const isNewItem = (changed as ReadonlyMap<PropertyKey, unknown>).has('index');
    if (isNewItem || (changed.has('items') && !isSameList(changed.get('items'), this.items))) this.begin();
    const video = this.renderRoot.querySelector('video');
    if (!video) return;
    video.muted = !this.isAudible;
    video.volume = this.isSpeaking ? DUCKED_VOLUME : VOLUME;
  }

  private get item(): PlaylistItem | undefined {
    return this.failures >= this.items.length ? undefined : this.items[this.index % this.items.length];
  }

  private startTimer(delayMs: number, run: () => void): void {
    this.stopTimer();
    this.hasTimer = true;
    this.timer = this.clock.setTimeout(run, delayMs);
  }

  private stopTimer(): void {
    if (this.hasTimer) this.clock.clearTimeout(this.timer);
    this.hasTimer = false;
  }

  private begin(): void {
    if (this.items.length === 0) return this.stopTimer();
    if (this.item === undefined) {
      this.startTimer(RETRY_ALL_MS, () => {
        this.failures = 0;
        this.index += 1;
      });
      return;
    }
    this.startTimer(LOAD_TIMEOUT_MS, () => this.handleBroken());
    // A list of one stays on its element, whose events do not come again.
    const media = this.renderRoot.querySelector<HTMLVideoElement | HTMLImageElement>('video,img');
    if (media instanceof HTMLImageElement ? media.complete && media.naturalWidth > 0 : (media?.readyState ?? 0) > 2)
      this.handleShown();
    if (media instanceof HTMLVideoElement) media.play().catch(() => {});
  }

  private readonly handleShown = (): void => {
    const { item } = this;
    if (!item) return;
    this.failures = 0;
    this.startTimer(item.seconds * 1_000, () => this.goOn());
  };

  private readonly handleBroken = (): void => {
    this.failures += 1;
    this.index += 1;
  };

  private goOn(): void {
    this.index += 1;
  }

  private readonly handleEnded = (): void => {
    const video = this.renderRoot.querySelector('video');
    if (this.items.length > 1 || !video) return this.goOn();
    video.currentTime = 0;
    video.play().catch(() => {});
  };

  protected override render(): TemplateResult | typeof nothing {
    const { item } = this;
    if (!item) return nothing;
    if (item.kind === 'image') {
      return html`<img
        src=${item.url}
        alt=${item.alt}
        referrerpolicy="no-referrer"
        @load=${this.handleShown}
        @error=${this.handleBroken}
      />`;
    }
    return html`<video
      src=${item.url}
      aria-label=${ifDefined(item.alt || undefined)}
      .muted=${!this.isAudible}
      autoplay
      playsinline
      disableremoteplayback
      @playing=${this.handleShown}
      @ended=${this.handleEnded}
      @error=${this.handleBroken}
    ></video>`;
  }
}

function isSameList(one: readonly PlaylistItem[] | undefined, other: readonly PlaylistItem[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
