/** The questions between a holder's touch and what it does: how many may pass, and whether to give up. */
import { html, type TemplateResult } from 'lit';
import type { TicketRequests } from './ticket-events.js';
import type { TicketWords } from './ticket-words.js';

export type Sheet = 'more-time' | 'leave';

export interface SheetContext {
  readonly words: TicketWords;
  close(): void;
  act(detail: TicketRequests['act']): void;
}

/** How many a holder may let pass at once; more is another visit. */
const PASS_CHOICES = [1, 3, 5];

function renderKeep({ words, close }: SheetContext): TemplateResult {
  return html`<button class="button button--quiet button--wide" type="button" @click=${close}>
    ${words.t('ticket.keepPlace')}
  </button>`;
}

function renderLeave(context: SheetContext): TemplateResult {
  const { words, act } = context;
  return html`<section class="sheet" aria-labelledby="sheet-title">
    <h2 id="sheet-title">${words.t('ticket.leaveTitle')}</h2>
    <p>${words.t('ticket.leaveText')}</p>
    <button
      class="button button--danger button--wide"
      type="button"
      @click=${() => act({ name: 'ticket:leave', input: {} })}
    >
      ${words.t('ticket.leaveYes')}
    </button>
    ${renderKeep(context)}
  </section>`;
}

function renderMoreTime(context: SheetContext): TemplateResult {
  const { words, act } = context;
  return html`<section class="sheet" aria-labelledby="sheet-title">
    <h2 id="sheet-title">${words.t('ticket.moreTimeText')}</h2>
    ${PASS_CHOICES.map(
      (places) =>
        html`<button
          class="button button--wide"
          type="button"
          @click=${() => act({ name: 'ticket:defer', input: { places } })}
        >
          ${words.t('ticket.letPass', { count: places })}
        </button>`,
    )}
    ${renderKeep(context)}
  </section>`;
}

export function renderSheet(sheet: Sheet, context: SheetContext): TemplateResult {
  return sheet === 'leave' ? renderLeave(context) : renderMoreTime(context);
}
