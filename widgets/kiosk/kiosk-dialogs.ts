/** What stands over a screen: the question whether somebody is still there, and the staff's panel. */
import { html, nothing, type TemplateResult } from 'lit';
import type { KioskEntryEvent } from './kiosk-entry.js';
import { renderChoice } from './kiosk-screens.js';
import type { StaffPanel } from './kiosk-store.js';
import type { KioskView } from './kiosk-view.js';

export function renderIdleQuestion(view: KioskView, secondsLeft: number): TemplateResult {
  const { t } = view.words;
  return html`<div class="dialog" role="alertdialog" aria-labelledby="question">
    <h2 id="question">${t('kiosk.idleTitle')}</h2>
    <p class="seconds" role="timer">${t('kiosk.idleText', { count: secondsLeft })}</p>
    ${renderChoice(view, { title: t('kiosk.moreTime'), isPrimary: true, request: { type: 'more-time' } })}
    ${renderChoice(view, { title: t('kiosk.end'), request: { type: 'end' } })}
  </div>`;
}

const PROBLEM_KEYS = { wrong: 'kiosk.pinWrong', wait: 'kiosk.pinWait', offline: 'kiosk.pinOffline' } as const;

export function renderStaffPanel(view: KioskView, panel: StaffPanel): TemplateResult {
  const { words, ask, state } = view;
  const { t } = words;
  const close = renderChoice(view, { title: t('kiosk.back'), request: { type: 'close-staff' } });
  if (panel.kind === 'pin') {
    return html`<div class="dialog">
      <h2 id="question">${t('kiosk.pinTitle')}</h2>
      <frontdesk-kiosk-entry
        .words=${words}
        .keyboard=${'digits'}
        .label=${t('kiosk.pinTitle')}
        .action=${t('kiosk.continue')}
        .error=${panel.problem === null ? '' : t(PROBLEM_KEYS[panel.problem])}
        .maxLength=${8}
        .secret=${true}
        @frontdesk-kiosk-entry=${(event: KioskEntryEvent) => ask({ type: 'check-pin', pin: event.text })}
      ></frontdesk-kiosk-entry>
      ${close}
    </div>`;
  }
  const hasPrinter = state.self?.kiosk?.printer !== 'none';
  return html`<div class="dialog">
    <h2 id="question">${t('kiosk.staffTitle')}</h2>
    <div class="facts">
      <p>${state.self?.name}</p>
      <p>${t(`kiosk.printer.${state.printer}`)}</p>
      ${state.heldBack > 0 ? html`<p>${t('kiosk.heldBack', { count: state.heldBack })}</p>` : nothing}
      ${
        state.refusedLabels.length > 0
          ? html`<p>${t('kiosk.refused', { labels: words.list(state.refusedLabels) })}</p>`
          : nothing
      }
    </div>
    ${
      hasPrinter
        ? html`${renderChoice(view, { title: t('kiosk.connectPrinter'), request: { type: 'connect-printer' } })}
          ${renderChoice(view, { title: t('kiosk.testPrint'), request: { type: 'test-print' } })}`
        : nothing
    }
    ${renderChoice(view, { title: t('kiosk.exit'), request: { type: 'exit' } })} ${close}
  </div>`;
}
