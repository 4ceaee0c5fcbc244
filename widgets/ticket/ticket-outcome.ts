/** What is said when a ticket no longer waits: being served, over, missed. */
import { html, nothing, type TemplateResult } from 'lit';
import type { HolderTicketDto } from '@frontdesk/protocol/queue-tickets';
import type { TicketKey } from '../locales/ticket.js';
import type { ActionState } from './ticket-actions.js';
import type { TicketRequests } from './ticket-events.js';
import type { TicketWords } from './ticket-words.js';

export interface OutcomeContext {
  readonly words: TicketWords;
  readonly action: ActionState;
  readonly isRated: boolean;
  act(detail: TicketRequests['act']): void;
}

const STARS = [1, 2, 3, 4, 5] as const;
const starPath = 'M12 3.2l2.7 5.5 6.1.9-4.4 4.3 1 6.1L12 17.1 6.6 20l1-6.1L3.2 9.6l6.1-.9z';

function renderText(words: TicketWords, title: TicketKey, text: TicketKey | null): TemplateResult {
  return html`<div role="status"><h2 class="outcome">${words.t(title)}</h2></div>
    ${text === null ? nothing : html`<p class="advice">${words.t(text)}</p>`}`;
}

function handleRate(event: SubmitEvent, { act }: OutcomeContext): void {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement)) return;
  const fields = new FormData(event.target);
  const stars = Number(fields.get('stars'));
  const text = fields.get('text');
  if (stars > 0) act({ name: 'ticket:rate', input: { stars, text: typeof text === 'string' ? text.trim() : '' } });
}

/** Optional, once (QP-13). Radio buttons, so that keyboards and screen readers know how to. */
function renderRating(context: OutcomeContext): TemplateResult {
  const { words, action } = context;
  const isBusy = action.phase === 'sending' || action.phase === 'waiting';
  return html`<form class="rating" @submit=${(event: SubmitEvent) => handleRate(event, context)}>
    <fieldset>
      <legend>${words.t('ticket.rateTitle')}</legend>
      <div class="stars">
        ${STARS.map(
          (count) =>
            html`<label class="star">
              <input
                type="radio"
                name="stars"
                .value=${String(count)}
                required
                aria-label=${words.t('ticket.stars', { count })}
              />
              <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${starPath}></path></svg>
            </label>`,
        )}
      </div>
    </fieldset>
    <label class="field">
      <span class="field__label">${words.t('ticket.rateText')}</span>
      <textarea class="input" name="text" rows="3" maxlength="1000"></textarea>
    </label>
    <button class="button button--primary button--wide" aria-disabled=${isBusy}>${words.t('ticket.rateSend')}</button>
    ${action.phase === 'failed' ? html`<p class="hint" role="alert">${words.t('ticket.failed')}</p>` : nothing}
    ${isBusy ? html`<p class="hint" role="status">${words.t('ticket.sending')}</p>` : nothing}
  </form>`;
}

function renderMissed({ canComeBack }: HolderTicketDto, { words, action, act }: OutcomeContext): TemplateResult {
  if (!canComeBack) return renderText(words, 'ticket.noShow', 'ticket.noShowEnd');
  const isBusy = action.phase === 'sending' || action.phase === 'waiting';
  return html`${renderText(words, 'ticket.noShow', 'ticket.noShowText')}
    <button
      class="button button--primary button--wide"
      type="button"
      aria-disabled=${isBusy}
      @click=${() => act({ name: 'ticket:come-back', input: {} })}
    >
      ${words.t('ticket.comeBack')}
    </button>`;
}

export function renderOutcome(ticket: HolderTicketDto, context: OutcomeContext): unknown {
  const { words } = context;
  switch (ticket.state) {
    case 'serving':
      return html`${renderText(words, 'ticket.serving', null)}
      ${ticket.counterLabel === null ? nothing : html`<p class="advice"><bdi>${ticket.counterLabel}</bdi></p>`}`;
    case 'held':
      return renderText(words, 'ticket.held', 'ticket.heldText');
    case 'completed':
      return html`${renderText(words, 'ticket.completed', context.isRated ? 'ticket.rated' : null)}
      ${ticket.canRate && !context.isRated ? renderRating(context) : nothing}`;
    case 'no-show':
      return renderMissed(ticket, context);
    case 'cancelled':
      return renderText(words, 'ticket.cancelled', 'ticket.cancelledText');
    case 'expired':
      return renderText(words, 'ticket.expired', 'ticket.expiredText');
    default:
      return nothing;
  }
}
