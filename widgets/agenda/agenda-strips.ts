import type { BookingId } from '@frontdesk/protocol/ids';
import { html, nothing, type TemplateResult } from 'lit';
import { baseStyles, buttonStyles } from '../core/styles.js';
import { AgendaElement } from './agenda-element.js';
import type { AgendaRequest } from './agenda-events.js';
import { canAdmit, type Notice } from './agenda-store.js';
import { icon } from './agenda-icons.js';
import { stripStyles } from './agenda-strips.styles.js';
import { describeFailure, describeNotice, formatWhen } from './agenda-words.js';

/** What takes back what was done; null where nothing does. */
function undoOf(notice: Notice): AgendaRequest | null {
  switch (notice.kind) {
    case 'moved':
      return notice.back && { type: 'move', bookingId: notice.booking.id, target: notice.back, isUndo: true };
    case 'class-moved': {
      const { session, back } = notice;
      return back && { type: 'class', act: { do: 'move', sessionId: session.id, target: back, isUndo: true } };
    }
    case 'class-resized': {
      const { session, back } = notice;
      return back === null
        ? null
        : { type: 'class', act: { do: 'resize', sessionId: session.id, capacity: back, isUndo: true } };
    }
    default:
      return null;
  }
}

/** It was done, and something is left for people to do. */
function needsCare(notice: Notice): boolean {
  if (notice.kind === 'classes-set') return notice.problems.length > 0;
  return notice.kind === 'blocked' && notice.overlapping.length + notice.sessions.length > 0;
}

/** What has to be said over the agenda: no connection, requests that wait, what was done or refused. */
export class FrontdeskAgendaStrips extends AgendaElement {
  static override styles = [baseStyles, buttonStyles, stripStyles];

  private renderStrip(look: string, name: Parameters<typeof icon>[0], text: string, more: unknown = nothing) {
    return html`<div class="strip ${look}">${icon(name, 'small')} <span>${text}</span> ${more}</div>`;
  }

  private renderDismiss(): TemplateResult {
    return html`<button
      class="icon-button icon-button--small"
      type="button"
      aria-label=${this.words.t('close')}
      @click=${() => this.request({ type: 'dismiss' })}
    >
      ${icon('close', 'small')}
    </button>`;
  }

  private renderNotice(): unknown {
    const { words, state: shown } = this;
    const { notice } = shown;
    if (notice === null) return nothing;
    const undo = undoOf(notice);
    const arrived = notice.kind === 'marked' && notice.booking.state === 'arrived' ? notice.booking : null;
    const admit = (bookingId: BookingId) => (): void =>
      this.isBlocked ? undefined : this.request({ type: 'show-sheet', sheet: { kind: 'admit', bookingId } });
    const look = needsCare(notice) ? '' : 'strip--success';
    return this.renderStrip(
      look,
      'done',
      describeNotice(words, shown, notice),
      html`${
        arrived === null || !canAdmit(shown, arrived, this.nowMs)
          ? nothing
          : html`<button class="button button--small" type="button" @click=${admit(arrived.id)}>
              ${words.t('agendaAdmit')}
            </button>`
      }
      ${
        undo === null
          ? nothing
          : html`<button
              class="button button--small"
              type="button"
              data-undo
              @click=${() => (this.isBlocked ? undefined : this.request(undo))}
            >
              ${words.t('agendaUndo')}
            </button>`
      }
      ${this.renderDismiss()}`,
    );
  }

  private renderFailure(): unknown {
    const { words, state: shown, timeZone } = this;
    const { failure } = shown;
    // A sheet says it itself.
    if (failure === null || shown.sheet !== null) return nothing;
    const { bookingId, sessionId, staffId, alternatives } = failure;
    const move = (start: string): void => {
      if (this.isBlocked) return;
      const target = { start, staffId };
      if (bookingId !== null) this.request({ type: 'move', bookingId, target, isUndo: false });
      else if (sessionId !== null)
        this.request({ type: 'class', act: { do: 'move', sessionId, target, isUndo: false } });
    };
    const others =
      (bookingId ?? sessionId) === null || alternatives.length === 0
        ? nothing
        : html`<span class="others"
            >${words.t('agendaErrorTry')}
            ${alternatives.map(
              (start) =>
                html`<button class="button button--small" type="button" @click=${() => move(start)}>
                  ${formatWhen(words, start, timeZone)}
                </button>`,
            )}</span
          >`;
    return this.renderStrip(
      'strip--danger',
      'failed',
      describeFailure(words, shown, failure),
      html`${others} ${this.renderDismiss()}`,
    );
  }

  private renderRequests(): unknown {
    const { words, state: shown } = this;
    const waiting = (shown.agenda?.bookings ?? []).filter((booking) => booking.state === 'requested');
    const [first] = waiting;
    if (!first || shown.selectedId === first.id) return nothing;
    return this.renderStrip(
      '',
      'request',
      words.t('agendaRequests', { count: waiting.length }),
      html`<button
        class="button button--small"
        type="button"
        @click=${() => this.request({ type: 'select', bookingId: first.id })}
      >
        ${words.t('agendaShowRequest')}
      </button>`,
    );
  }

  protected override render(): TemplateResult {
    const { words, state: shown } = this;
    return html`<div class="root">
      ${shown.link === 'lost' ? this.renderStrip('', 'offline', words.t('agendaLost')) : nothing}
      ${shown.link === 'refused' ? this.renderStrip('', 'offline', words.t('agendaRefused')) : nothing}
      ${this.canWrite ? nothing : this.renderStrip('strip--info', 'lock', words.t('agendaReadOnly'))}
      ${this.renderRequests()} ${this.renderNotice()} ${this.renderFailure()}
    </div>`;
  }
}
