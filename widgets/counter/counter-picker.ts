import type { CounterDto } from '@frontdesk/protocol/queue-setup';
import { css, html, nothing, type TemplateResult } from 'lit';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { emptyStyles } from '../staff/staff-styles.js';
import { CounterElement } from './counter-element.js';
import { icon } from './counter-icons.js';
import { findService } from './counter-store.js';
import { describeError } from '../staff/words.js';
import { nameIn } from './counter-words.js';

/** Where somebody sits today: the branch, then the counter, with who sits where as it changes (QC-16). */
export class FrontdeskCounterPicker extends CounterElement {
  static override styles = [
    baseStyles,
    buttonStyles,
    emptyStyles,
    css`
      .root {
        display: grid;
        gap: 16px;
        inline-size: 100%;
        max-inline-size: 880px;
        margin-inline: auto;
        padding: 32px 24px;
      }
      h1 {
        font-size: var(--frontdesk-size-24);
        font-weight: 600;
        line-height: 1.2;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        align-items: end;
        justify-content: space-between;
      }
      .lead {
        margin-block-start: 4px;
        color: var(--frontdesk-text-muted);
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 260px), 1fr));
        gap: 12px;
      }
      .seat {
        appearance: none;
        display: grid;
        gap: 4px;
        inline-size: 100%;
        block-size: 100%;
        min-block-size: 96px;
        align-content: start;
        padding: 16px;
        border: 1px solid var(--frontdesk-line);
        border-radius: var(--frontdesk-radius-card);
        background: var(--frontdesk-surface-raised);
        box-shadow: var(--frontdesk-shadow-1);
        text-align: start;
        cursor: pointer;
      }
      .seat:hover {
        border-color: var(--frontdesk-line-strong);
        background: var(--frontdesk-surface-hover);
      }
      .seat[aria-disabled='true'] {
        cursor: default;
        opacity: 0.6;
      }
      .seat--own {
        border-color: var(--frontdesk-accent-strong);
      }
      .seat__label {
        display: flex;
        gap: 8px;
        align-items: baseline;
        justify-content: space-between;
        font-size: var(--frontdesk-size-16);
        font-weight: 600;
      }
      .seat__group {
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
        font-weight: 400;
      }
      .seat__who {
        display: flex;
        gap: 8px;
        align-items: center;
        font-weight: 500;
      }
      .lamp {
        flex: none;
        inline-size: 8px;
        block-size: 8px;
        border: 2px solid var(--frontdesk-line-strong);
        border-radius: var(--frontdesk-radius-full);
      }
      .lamp--open {
        border-color: var(--frontdesk-success);
        background: var(--frontdesk-success);
      }
      .lamp--paused {
        border-color: var(--frontdesk-warning);
      }
      .seat__services {
        color: var(--frontdesk-text-muted);
        font-size: var(--frontdesk-size-13);
      }
      @container (inline-size < 480px) {
        .root {
          padding: 16px 12px;
        }
        ul {
          gap: 8px;
        }
        .seat {
          min-block-size: 0;
          padding: 12px;
        }
      }
    `,
  ];

  private handleSeat({ id }: CounterDto): void {
    if (this.state.link !== 'live' || this.state.pending !== null) return;
    this.request({ type: this.canServe ? 'sit' : 'watch', counterId: id });
  }

  private describeSeat(counter: CounterDto): string {
    const { words } = this;
    if (counter.staff === null || counter.status === 'closed') return words.t('counterFree');
    if (counter.staff.id === this.memberId) return words.t('counterYouSit');
    return counter.status === 'paused'
      ? `${counter.staff.name} · ${words.t('counterStatusPaused')}`
      : counter.staff.name;
  }

  private renderSeat(counter: CounterDto): TemplateResult {
    const { words, state } = this;
    const services = counter.serviceIds.flatMap((id) => {
      const service = findService(state, id);
      return service === undefined || service.isArchived ? [] : [nameIn(words, service.names)];
    });
    const isOwn = counter.staff?.id === this.memberId && counter.status !== 'closed';
    return html`<li>
      <button
        class=${isOwn ? 'seat seat--own' : 'seat'}
        type="button"
        aria-disabled=${String(state.link !== 'live' || state.pending !== null)}
        @click=${() => this.handleSeat(counter)}
      >
        <span class="seat__label"
          ><span dir="auto">${counter.label}</span><span class="seat__group" dir="auto">${counter.group}</span></span
        >
        <span class="seat__who"
          ><span class="lamp lamp--${counter.status}"></span><span dir="auto">${this.describeSeat(counter)}</span></span
        >
        <span class="seat__services" dir="auto">${words.list(services)}</span>
      </button>
    </li>`;
  }

  private renderCounters(counters: readonly CounterDto[]): TemplateResult {
    const { words, state } = this;
    const shown = counters.filter(({ isArchived }) => !isArchived);
    const location = state.locations?.find(({ id }) => id === state.locationId);
    return html`<div class="head">
        <div>
          <h1 dir="auto">${words.t('counterPickTitle')}</h1>
          <p class="lead" dir="auto">
            ${location ? `${location.name}. ` : ''}${this.canServe ? words.t('counterPickLead') : words.t('counterReadOnly')}
          </p>
        </div>
        ${this.renderLocationChoice()}
      </div>
      ${
        shown.length === 0
          ? this.renderEmpty('counterPickNone', 'counterPickNoneBody')
          : html`<ul>
              ${shown.map((counter) => this.renderSeat(counter))}
            </ul>`
      }`;
  }

  private renderEmpty(title: 'counterPickNone' | 'counterNoLocations', body: 'counterPickNoneBody'): TemplateResult {
    return html`<div class="empty">
      ${icon('users')}
      <h2>${this.words.t(title)}</h2>
      <p>${this.words.t(body)}</p>
    </div>`;
  }

  private renderLocationChoice(): TemplateResult | typeof nothing {
    const { words, state } = this;
    if ((state.locations?.length ?? 0) < 2) return nothing;
    return html`<frontdesk-staff-menu
      align="end"
      .words=${words}
      .label=${words.t('counterPickOther')}
      .leadIn=${''}
      .items=${(state.locations ?? []).map(({ id, name }) => ({ value: id, label: name, checked: id === state.locationId }))}
      @menu-chosen=${({ value }: { value: string }) => this.chooseLocation(value)}
      >${words.t('counterPickOther')} ${icon('swap', 'small')}</frontdesk-staff-menu
    >`;
  }

  private chooseLocation(value: string): void {
    const location = this.state.locations?.find(({ id }) => id === value);
    if (location) this.request({ type: 'choose-location', locationId: location.id });
  }

  private renderLocations(): TemplateResult {
    const { words, state } = this;
    if (state.locations?.length === 0) return this.renderEmpty('counterNoLocations', 'counterPickNoneBody');
    return html`<div><h1>${words.t('counterPickLocation')}</h1></div>
      <ul>
        ${state.locations?.map(
          (location) =>
            html`<li>
              <button
                class="seat"
                type="button"
                @click=${() => this.request({ type: 'choose-location', locationId: location.id })}
              >
                <span class="seat__label" dir="auto">${location.name}</span>
                <span class="seat__services" dir="auto">${location.address}</span>
              </button>
            </li>`,
        )}
      </ul>`;
  }

  private renderContent(): unknown {
    const { words, state } = this;
    if (state.setupError !== null) {
      return html`<div class="empty" role="alert">
        ${icon('offline')}
        <h2>${words.t('counterFailed')}</h2>
        <p>${describeError(words, state.setupError)}</p>
        <button class="button" type="button" @click=${() => this.request({ type: 'reload' })}>
          ${words.t('tryAgain')}
        </button>
      </div>`;
    }
    if (state.setup !== null) return this.renderCounters(state.setup.counters);
    if (state.locations !== null && state.locationId === null) return this.renderLocations();
    return html`<p role="status" class="muted">${words.t('loading')}</p>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="root">${this.renderContent()}</div>`;
  }
}
