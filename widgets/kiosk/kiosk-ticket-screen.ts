/** The number. With paper it says "take it"; without, the screen is the ticket (QK-6, QK-7). */
import { html, nothing, type TemplateResult } from 'lit';
import { checkIcon, printerIcon, triangleAlertIcon } from '../core/icons.js';
import { renderQr } from '../core/qr/render-qr.js';
import { renderIcon } from '../core/render-icon.js';
import { describePlace, nameIn } from './kiosk-format.js';
import type { ShownTicket } from './kiosk-store.js';
import { renderChoice } from './kiosk-screens.js';
import type { KioskView, ScreenParts } from './kiosk-view.js';

function renderPaper({ words, state }: KioskView): TemplateResult | typeof nothing {
  switch (state.session.print) {
    case 'printing':
      return html`<p class="paper">${renderIcon(printerIcon)}<span>${words.t('kiosk.printing')}</span></p>`;
    case 'printed':
      return html`<p class="paper">${renderIcon(checkIcon)}<span>${words.t('kiosk.takePaper')}</span></p>`;
    case 'failed':
      return html`<p class="paper paper--failed" role="alert">
        ${renderIcon(triangleAlertIcon)}<span>${words.t('kiosk.noPaper')} ${words.t('kiosk.staffKnow')}</span>
      </p>`;
    default:
      return nothing;
  }
}

function renderCode(view: KioskView, ticket: ShownTicket): TemplateResult | typeof nothing {
  const { words, state } = view;
  const isOnPaper = state.session.print === 'printed' || state.session.print === 'printing';
  const hint = words.t(isOnPaper ? 'kiosk.scan' : 'kiosk.photo');
  if (ticket.url === null) return isOnPaper ? nothing : html`<p class="lead">${words.t('kiosk.photo')}</p>`;
  return html`<figure class="code">
    ${renderQr(ticket.url, words.t('kiosk.qr'))}
    <figcaption>${hint}</figcaption>
  </figure>`;
}

export function renderTicket(view: KioskView): ScreenParts {
  const { words, state, nowMs } = view;
  const { ticket } = state.session;
  if (ticket === null) return { title: '', actions: nothing };
  return {
    title: html`<span class="caption">${words.t(ticket.isCheckIn ? 'kiosk.checkedIn' : 'kiosk.yourNumber')}</span>
      <bdi class="number" dir="ltr">${ticket.label}</bdi>`,
    text: html`<p class="lead lead--strong">${nameIn(ticket.serviceNames, words.locale)}</p>`,
    actions: html`<div class="ticket">
        <div class="place">
          ${describePlace(words, ticket, state, nowMs).map((line) => html`<p>${line}</p>`)}
          ${ticket.warnsOfClosing ? html`<p class="place__warning">${words.t('kiosk.warnedClosing')}</p>` : nothing}
          ${renderPaper(view)}
        </div>
        ${renderCode(view, ticket)}
      </div>
      <div class="choices choices--few">
        ${renderChoice(view, { title: words.t('kiosk.done'), icon: checkIcon, isPrimary: true, request: { type: 'end' } })}
      </div>`,
  };
}
