import { html, nothing, type TemplateResult } from 'lit';
import { baseStyles } from '../../core/base-styles.js';
import { renderIcon } from '../../core/render-icon.js';
import { surfaceStyles } from '../../core/surface-styles.js';
import type { BookingRequest } from '../booking-events.js';
import { userIcon } from '../visit-icons.js';
import { toStart } from '../booking-time.js';
import { keepTogether, readName, writeLength, writeTime } from '../booking-words.js';
import { bookingStyles } from '../booking.styles.js';
import { canChooseService } from '../start-store.js';
import { partsOf, toFollowing, type VisitPart } from '../visit-parts.js';
import { PartsElement } from './parts-element.js';
import { partsStyles } from './parts.styles.js';

/** The services of a visit in their order: when each begins once that is known, how long it takes, what it costs, and with whom. */
export class FrontdeskBookingParts extends PartsElement {
  static override styles = [baseStyles, surfaceStyles, bookingStyles, partsStyles];

  private drop(at: number): void {
    const parts = partsOf(this.state)
      .map(toFollowing)
      .filter((_part, index) => index !== at);
    this.ask({ name: 'parts', detail: { parts } });
  }

  private renderLink(text: string, label: string, act: () => void): TemplateResult {
    return html`<button
      class="link"
      type="button"
      aria-label=${label}
      aria-disabled=${this.state.busy === 'confirming'}
      @click=${act}
    >
      ${text}
    </button>`;
  }

  private describe({ service }: VisitPart, start: string | undefined): string {
    const { words, state } = this;
    const { minutes, priceText } = service;
    const time = start === undefined ? '' : writeTime(words, toStart(start), state.timeZone);
    const facts = [time, writeLength(words, minutes), priceText].filter((text) => text !== '');
    return facts.map(keepTogether).join(' · ');
  }

  private renderPart(part: VisitPart, at: number): TemplateResult {
    const { words, state, language } = this;
    const { service, staffId } = part;
    const { t } = language.translator;
    const held = state.held ? [state.held.hold, ...(state.held.hold.followedBy ?? [])][at] : undefined;
    const staff = state.catalogue?.staff.filter(({ id }) => service.staffIds.includes(id)) ?? [];
    const person = held?.staffName ?? staff.find(({ id }) => id === staffId)?.name ?? words.t('booking.anyone');
    const name = readName(words, service.names);
    const change: BookingRequest = { name: 'part', detail: { at } };
    const isOpen = !(at === 0 && staffId !== null && state.locked.includes('staff')) && staff.length > 1;
    return html`<li class="part">
      <div class="part__top">
        <span class="part__name"><bdi>${name}</bdi></span>
        ${
          canChooseService(state)
            ? this.renderLink(t('parts.remove'), t('parts.removeThis', { service: name }), () => this.drop(at))
            : nothing
        }
      </div>
      <span class="part__facts">${this.describe(part, held?.start)}</span>
      ${
        staff.length === 0
          ? nothing
          : html`<span class="part__who">
              ${renderIcon(userIcon, 'icon--small')}<bdi>${person}</bdi>
              ${
                isOpen
                  ? this.renderLink(words.t('booking.change'), t('parts.changeWho', { service: name }), () =>
                      this.ask(change),
                    )
                  : nothing
              }
            </span>`
      }
    </li>`;
  }

  protected override render(): TemplateResult {
    const { words, language } = this;
    return html`<ol
      class="parts"
      lang=${words.tag}
      dir=${words.direction}
      aria-label=${language.translator.t('parts.visit')}
    >
      ${partsOf(this.state).map((part, at) => this.renderPart(part, at))}
    </ol>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-parts': FrontdeskBookingParts;
  }
}
