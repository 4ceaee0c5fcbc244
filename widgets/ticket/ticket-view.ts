import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { HolderTicketDto } from '@frontdesk/protocol/queue-tickets';
import { baseStyles } from '../core/base-styles.js';
import { buttonStyles } from '../core/button-styles.js';
import { bellIcon, bellOffIcon, clockIcon, wifiOffIcon } from '../core/icons.js';
import { inputStyles } from '../core/input-styles.js';
import { renderIcon } from '../core/render-icon.js';
import { TicketRequestEvent, type TicketRequestName, type TicketRequests } from './ticket-events.js';
import type { NoticesPhase } from './ticket-notices.js';
import type { TicketState } from './ticket-session.js';
import { ticketStyles } from './ticket.styles.js';
import { describeLine, describeRefusal, writeTime, type TicketWords } from './ticket-words.js';
import { renderOutcome } from './ticket-outcome.js';
import { renderSheet, type Sheet } from './ticket-sheet.js';

/** One ticket as its holder sees it: the number, the place, what to do now. Draws what it is given, and asks. */
export class FrontdeskTicketView extends LitElement {
  static override styles = [baseStyles, buttonStyles, inputStyles, ticketStyles];

  @query('dialog')
  private dialog!: HTMLDialogElement | null;

  @state()
  private sheet: Sheet | 'none' = 'none';

  @property({ attribute: false })
  words!: TicketWords;

  @property({ attribute: false })
  ticketState!: TicketState;

  @property({ type: Boolean, attribute: false })
  isArmed = false;

  @property({ attribute: false })
  notices: NoticesPhase = 'none';

  /** What day it is decides whether a time is told with its day. */
  @property({ attribute: false })
  now: () => number = () => Date.now();

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ticketState')?.model?.ticket.state;
    if (before !== undefined && before !== this.ticketState.model?.ticket.state) this.sheet = 'none';
  }

  /** Over everything, also in a host's page: whoever is called must not look for it. */
  protected override updated(): void {
    const { dialog } = this;
    if (!dialog) return;
    const isRinging = this.ticketState.ringing !== null;
    if (isRinging && !dialog.open) dialog.showModal();
    if (!isRinging && dialog.open) dialog.close();
  }

  private ask<Name extends TicketRequestName>(request: Name, detail: TicketRequests[Name]): void {
    this.dispatchEvent(new TicketRequestEvent(request, detail));
  }

  private handleCancel(event: Event): void {
    event.preventDefault();
    this.ask('acknowledge', null);
  }

  private show(sheet: Sheet | 'none'): void {
    this.sheet = sheet;
    this.ask('dismiss', null);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.sheet button')?.focus());
  }

  private act(detail: TicketRequests['act']): void {
    this.sheet = 'none';
    this.ask('act', detail);
  }

  private renderNumber({ label, serviceNames }: HolderTicketDto, isSmall: boolean): TemplateResult {
    const { words } = this;
    return html`<div class="number ${isSmall ? 'number--small' : ''}">
      <p class="caption" id="caption">${words.t('ticket.number')}</p>
      <p class="label" aria-labelledby="caption"><bdi>${label}</bdi></p>
      <p class="service"><bdi>${serviceNames[words.locale] ?? serviceNames.en}</bdi></p>
    </div>`;
  }

  private renderPlace(ticket: HolderTicketDto): unknown {
    const { words } = this;
    const { line } = this.ticketState;
    if (!line) return nothing;
    const { place, wait, reason } = describeLine(words, line, ticket.timeZone, this.now());
    const isTimed = line.wait.kind === 'range' || line.wait.kind === 'less-than';
    return html`<div class="place">
      <p class="place__line" role="status">${place}</p>
      ${
        wait
          ? html`<p class="place__wait">
              ${isTimed ? renderIcon(clockIcon, 'icon--small') : nothing}<span>${wait}</span>
            </p>`
          : nothing
      }
      ${reason ? html`<p class="place__reason">${reason}</p>` : nothing}
    </div>`;
  }

  private renderAdvice({ state: ticketState, presence }: HolderTicketDto): unknown {
    const { words } = this;
    if (ticketState === 'booked') return html`<p class="advice">${words.t('ticket.booked')}</p>`;
    if (presence === 'remote') return html`<p class="advice">${words.t('ticket.onTheWay')}</p>`;
    const isClose = this.ticketState.line?.wait.kind === 'next';
    return isClose ? nothing : html`<p class="advice">${words.t('ticket.sit')}</p>`;
  }

  private renderRing(): TemplateResult {
    const { words, isArmed } = this;
    if (isArmed) {
      return html`<div class="armed">
        ${renderIcon(bellIcon)}
        <p>${words.t('ticket.ringing')}</p>
        <button
          class="icon-button"
          type="button"
          aria-label=${words.t('ticket.ringOff')}
          @click=${() => this.ask('ring', { isOn: false })}
        >
          ${renderIcon(bellOffIcon)}
        </button>
      </div>`;
    }
    return html`<button class="button button--wide ring" type="button" @click=${() => this.ask('ring', { isOn: true })}>
      ${renderIcon(bellIcon)}${words.t('ticket.ring')}
    </button>`;
  }

  private renderNotices(): unknown {
    const { words, notices } = this;
    if (notices === 'none') return nothing;
    if (notices === 'offered' || notices === 'asking') {
      return html`<button
        class="button button--quiet button--wide"
        type="button"
        aria-disabled=${notices === 'asking'}
        @click=${() => this.ask('notices', null)}
      >
        ${words.t('ticket.notices')}
      </button>`;
    }
    const text = {
      on: 'ticket.noticesOn',
      denied: 'ticket.noticesDenied',
      'home-screen': 'ticket.noticesIos',
    } as const;
    return html`<p class="hint" role=${notices === 'home-screen' ? nothing : 'status'}>${words.t(text[notices])}</p>`;
  }

  private renderAction(): unknown {
    const { words } = this;
    const { phase, code } = this.ticketState.action;
    if (phase === 'idle') return nothing;
    if (phase !== 'failed') {
      const text = phase === 'sending' ? 'ticket.sending' : 'ticket.waitingToSend';
      return html`<p class="hint" role="status">${words.t(text)}</p>`;
    }
    const canRetry = code !== 'CONFLICT' && code !== 'QUEUE_CLOSED' && code !== 'OUTSIDE_WINDOW';
    return html`<div class="refused" role="alert">
      <p>${describeRefusal(words, code)}</p>
      ${
        canRetry
          ? html`<button class="button" type="button" @click=${() => this.ask('retry', null)}>
              ${words.t('ticket.tryAgain')}
            </button>`
          : nothing
      }
    </div>`;
  }

  private renderChoices({ state: ticketState, presence, canDefer }: HolderTicketDto): unknown {
    const { words } = this;
    if (this.sheet !== 'none') {
      const close = (): void => this.show('none');
      return renderSheet(this.sheet, { words, close, act: (detail) => this.act(detail) });
    }
    const isBusy = ['sending', 'waiting'].includes(this.ticketState.action.phase);
    const needsArrival = ticketState === 'booked' || presence === 'remote';
    return html`<div class="choices">
      ${
        needsArrival
          ? html`<button
              class="button button--primary button--wide"
              type="button"
              aria-disabled=${isBusy}
              @click=${() => this.act({ name: 'ticket:arrive', input: {} })}
            >
              ${words.t('ticket.arrive')}
            </button>`
          : nothing
      }
      ${this.renderRing()} ${this.isArmed ? this.renderNotices() : nothing} ${this.renderAction()}
      <div class="pair">
        ${
          canDefer && ticketState === 'waiting'
            ? html`<button
                class="button button--quiet"
                type="button"
                aria-disabled=${isBusy}
                @click=${() => this.show('more-time')}
              >
                ${words.t('ticket.moreTime')}
              </button>`
            : nothing
        }
        <button class="button button--quiet" type="button" aria-disabled=${isBusy} @click=${() => this.show('leave')}>
          ${words.t('ticket.leave')}
        </button>
      </div>
    </div>`;
  }

  private renderWaiting(ticket: HolderTicketDto): TemplateResult {
    return html`<section class="card">
      ${this.renderNumber(ticket, false)} ${this.renderPlace(ticket)} ${this.renderAdvice(ticket)}
      ${this.renderChoices(ticket)}
    </section>`;
  }

  private renderCall({ label, counterLabel }: HolderTicketDto): TemplateResult {
    const { words } = this;
    return html`<p class="call__title">${words.t('ticket.called')}</p>
      <p class="call__to">${words.t(counterLabel === null ? 'ticket.goNow' : 'ticket.goTo')}</p>
      ${counterLabel === null ? nothing : html`<p class="call__counter"><bdi>${counterLabel}</bdi></p>`}
      <p class="call__label"><span class="visually-hidden">${words.t('ticket.number')}</span> <bdi>${label}</bdi></p>`;
  }

  private renderCalled(ticket: HolderTicketDto): TemplateResult {
    return html`<section class="card card--called">${this.renderCall(ticket)}</section>
      <dialog class="call" aria-label=${this.words.t('ticket.called')} @cancel=${this.handleCancel}>
        <div class="call__inner" role="alert" tabindex="-1" autofocus>${this.renderCall(ticket)}</div>
        <button class="button call__button" type="button" @click=${() => this.ask('acknowledge', null)}>
          ${this.words.t('ticket.coming')}
        </button>
      </dialog>`;
  }

  private renderBody(ticket: HolderTicketDto): unknown {
    if (ticket.state === 'waiting' || ticket.state === 'booked') return this.renderWaiting(ticket);
    if (ticket.state === 'called') return this.renderCalled(ticket);
    return html`<section class="card">
      ${this.renderNumber(ticket, true)}
      ${renderOutcome(ticket, {
        words: this.words,
        action: this.ticketState.action,
        isRated: this.ticketState.isRated,
        act: (detail) => this.act(detail),
      })}
      ${ticket.state === 'completed' ? nothing : this.renderAction()}
    </section>`;
  }

  private renderFreshness({ timeZone }: HolderTicketDto): unknown {
    const { isLive, asOfMs } = this.ticketState;
    if (isLive || asOfMs === null) return nothing;
    return html`<p class="stale" role="status">
      ${renderIcon(wifiOffIcon, 'icon--small')}
      <span>${this.words.t('ticket.asOf', { time: writeTime(this.words, asOfMs, timeZone, this.now()) })}</span>
    </p>`;
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const ticket = this.ticketState.model?.ticket;
    return html`<div class="root" lang=${words.tag} dir=${words.direction}>
      ${
        ticket
          ? html`${this.renderFreshness(ticket)}
            ${ticket.notice === null ? nothing : html`<p class="business" role="status" dir="auto">${ticket.notice}</p>`}
            ${this.renderBody(ticket)}`
          : nothing
      }
    </div>`;
  }
}
