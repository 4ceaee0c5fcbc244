/** The number. With paper it says "take it"; without, the screen is the ticket (QK-6, QK-7). */
import { html, nothing, type TemplateResult } from 'lit';
import { cameraIcon, checkIcon, printerIcon, triangleAlertIcon } from '../core/icons.js';
import { renderQr } from '../core/qr/render-qr.js';
import { renderIcon } from '../core/render-icon.js';
import { styleProperties } from '../staff/style-properties.js';
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

/** What to do with the code, or with the number where there is none. */
function describeCode({ words, state }: KioskView, ticket: ShownTicket): string {
  const isOnPaper = state.session.print === 'printed' || state.session.print === 'printing';
  if (!isOnPaper) return words.t('kiosk.photo');
  return ticket.url === null ? '' : words.t('kiosk.scan');
}

export function renderTicket(view: KioskView): ScreenParts {
  const { words, state, nowMs } = view;
  const { ticket } = state.session;
  if (ticket === null) return { title: '', actions: nothing };
  const hint = describeCode(view, ticket);
  return {
    title: html`<span class="caption">${words.t(ticket.isCheckIn ? 'kiosk.checkedIn' : 'kiosk.yourNumber')}</span>
      <bdi class="number" dir="ltr" ${styleProperties({ '--signs': String(ticket.label.length) })}>${ticket.label}</bdi>
      <span class="caption caption--strong">${nameIn(ticket.serviceNames, words.locale)}</span>`,
    text: ticket.url === null ? nothing : renderQr(ticket.url, words.t('kiosk.qr')),
    actions: html`<div class="place">
      ${describePlace(words, ticket, state, nowMs).map((line) => html`<p class="place__line">${line}</p>`)}
      ${ticket.warnsOfClosing ? html`<p class="place__warning">${words.t('kiosk.warnedClosing')}</p>` : nothing}
      ${renderPaper(view)}${
        hint === '' ? nothing : html`<p class="paper">${renderIcon(cameraIcon)}<span>${hint}</span></p>`
      }
    </div>`,
    finish: html`<div class="choices choices--few">
      ${renderChoice(view, { title: words.t('kiosk.done'), icon: checkIcon, isPrimary: true, request: { type: 'end' } })}
    </div>`,
  };
}
