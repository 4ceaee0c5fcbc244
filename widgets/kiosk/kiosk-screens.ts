/** The screens of a new ticket up to the number, one decision each. */
import { html, nothing, type TemplateResult } from 'lit';
import type { QueueOffer, ServiceOffer } from '@frontdesk/protocol/queue-device';
import { calendarCheckIcon, circleAlertIcon, clockIcon, ticketIcon } from '../core/icons.js';
import { renderIcon } from '../core/render-icon.js';
import { describeClosed, describeFailure, describeLine, describeTime, nameIn, zoneOf } from './kiosk-format.js';
import type { KioskRequest } from './kiosk-events.js';
import { findService, onlyService } from './kiosk-store.js';
import type { KioskView, ScreenParts } from './kiosk-view.js';

interface Choice {
  readonly title: string;
  readonly detail?: readonly string[] | undefined;
  readonly icon?: string | undefined;
  readonly isPrimary?: boolean;
  /** null: it cannot be chosen now, and `detail` says why. */
  readonly request: KioskRequest | null;
}

export function renderChoice({ ask }: KioskView, choice: Choice): TemplateResult {
  const { title, detail = [], icon, isPrimary = false, request } = choice;
  const content = html`${icon === undefined ? nothing : renderIcon(icon, 'choice__icon')}
    <span class="choice__words">
      <span class="choice__title">${title}</span>
      ${detail.map((line) => html`<span class="choice__detail">${line}</span>`)}
    </span>`;
  if (request === null) return html`<div class="choice choice--closed">${content}</div>`;
  return html`<button class=${isPrimary ? 'choice choice--primary' : 'choice'} @click=${() => ask(request)}>
    ${content}
  </button>`;
}

function renderNotice(text: string): TemplateResult {
  return html`<p class="notice">${renderIcon(circleAlertIcon)}<span>${text}</span></p>`;
}

const isOpen = ({ state }: ServiceOffer): boolean => state.kind === 'open';

/** When the first of them takes tickets again. */
function findOpening(offer: QueueOffer): string | null {
  const times = offer.services.flatMap(({ state }) =>
    state.kind === 'closed' && state.opensAt ? [state.opensAt] : [],
  );
  return times.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null;
}

function describeAllClosed(view: KioskView, offer: QueueOffer): unknown {
  const { words, state, nowMs } = view;
  const [first] = offer.services;
  if (offer.services.length === 1 && first) {
    return describeClosed(words, first, state, nowMs).map((line) => html`<p class="lead">${line}</p>`);
  }
  const at = findOpening(offer);
  const when = at && words.t('kiosk.opensAt', { when: describeTime(words, at, zoneOf(state), nowMs) });
  return html`<p class="lead">${words.t('kiosk.closed')}</p>
    ${when ? html`<p class="lead">${when}</p>` : nothing}`;
}

export function renderAttract(view: KioskView): ScreenParts {
  const { state, words } = view;
  const { self, offer, isOnline } = state;
  const only = onlyService(state);
  const isAnyOpen = offer?.services.some(isOpen) ?? false;
  const canCheckIn = (self?.kiosk?.isCheckInOn ?? false) && isOnline;
  const line = only && isAnyOpen ? describeLine(words, only, state, view.nowMs) : '';
  return {
    title: words.t('kiosk.welcome'),
    text: html`${offer && !isAnyOpen ? describeAllClosed(view, offer) : nothing}
    ${offer && isAnyOpen && !isOnline ? renderNotice(words.t('kiosk.offline')) : nothing}`,
    actions: html`<div class="choices choices--few">
      ${
        isAnyOpen
          ? renderChoice(view, {
              title: words.t('kiosk.begin'),
              detail: [only && nameIn(only.names, words.locale), line].filter((text): text is string => !!text),
              icon: ticketIcon,
              isPrimary: true,
              request: { type: 'begin' },
            })
          : nothing
      }
      ${
        canCheckIn
          ? renderChoice(view, {
              title: words.t('kiosk.checkIn'),
              icon: calendarCheckIcon,
              request: { type: 'open-check-in' },
            })
          : nothing
      }
    </div>`,
  };
}

function renderService(view: KioskView, service: ServiceOffer): TemplateResult {
  const { words, state, nowMs } = view;
  const title = nameIn(service.names, words.locale);
  const isClosed = service.state.kind === 'closed';
  const line = describeLine(words, service, state, nowMs);
  return renderChoice(view, {
    title,
    detail: isClosed ? describeClosed(words, service, state, nowMs) : [line].filter((text) => text !== ''),
    icon: isClosed ? clockIcon : undefined,
    request: isClosed ? null : { type: 'choose-service', serviceId: service.id },
  });
}

export function renderServices(view: KioskView): ScreenParts {
  const services = view.state.offer?.services ?? [];
  return {
    title: view.words.t('kiosk.services'),
    text: view.state.isOnline ? nothing : renderNotice(view.words.t('kiosk.offline')),
    // Open ones first; each keeps its place among its like.
    actions: html`<div class="choices">
      ${[...services.filter(isOpen), ...services.filter((one) => !isOpen(one))].map((one) => renderService(view, one))}
    </div>`,
    canGoBack: true,
  };
}

/** Where a booking waits, if its name does not say. */
export function renderLines(view: KioskView): ScreenParts {
  const { words, state } = view;
  return {
    title: words.t('kiosk.bookingLine'),
    actions: html`<div class="choices">
      ${(state.offer?.services ?? []).map(({ id, names }) =>
        renderChoice(view, { title: nameIn(names, words.locale), request: { type: 'choose-line', serviceId: id } }),
      )}
    </div>`,
    canGoBack: true,
  };
}

export function renderDeclare(view: KioskView): ScreenParts {
  const { words, state } = view;
  return {
    title: words.t('kiosk.declare'),
    text: html`<p class="lead">${words.t('kiosk.declareHint')}</p>`,
    actions: html`<div class="choices">
      ${renderChoice(view, {
        title: words.t('kiosk.declareNone'),
        isPrimary: true,
        request: { type: 'declare', classKey: null },
      })}
      ${(state.offer?.declarations ?? []).map(({ key, names, text }) =>
        renderChoice(view, {
          title: nameIn(names, words.locale),
          detail: [nameIn(text, words.locale)],
          request: { type: 'declare', classKey: key },
        }),
      )}
    </div>`,
    canGoBack: true,
  };
}

export function renderWarning(view: KioskView): ScreenParts {
  const { words, state, nowMs } = view;
  const service = findService(state, state.session.answers.serviceId);
  const closesAt = service?.state.kind === 'open' ? service.state.closesAt : null;
  const time = closesAt === null ? '' : describeTime(words, closesAt, zoneOf(state), nowMs);
  return {
    title: words.t('kiosk.warnTitle'),
    text: html`<p class="lead">${words.t('kiosk.warnText', { time })}</p>`,
    actions: html`<div class="choices choices--few">
      ${renderChoice(view, {
        title: words.t('kiosk.warnTake'),
        icon: ticketIcon,
        isPrimary: true,
        request: { type: 'accept-warning' },
      })}
      ${renderChoice(view, { title: words.t('kiosk.warnLeave'), request: { type: 'end' } })}
    </div>`,
    canGoBack: true,
  };
}

export function renderBusy({ words, state }: KioskView): ScreenParts {
  const isCheckIn = state.session.screen === 'checking-in';
  return {
    title: words.t(isCheckIn ? 'kiosk.checkingIn' : 'kiosk.issuing'),
    actions: html`<div class="busy"><span class="spinner"></span></div>`,
  };
}

export function renderFailure(view: KioskView): ScreenParts {
  const { words, state } = view;
  const { failure } = state.session;
  const isClosed = failure?.code === 'QUEUE_CLOSED' || failure?.code === 'CAP_REACHED';
  const isFinal = isClosed || failure?.code === 'OUTSIDE_WINDOW' || failure?.code === 'CONFLICT';
  const service = findService(state, state.session.answers.serviceId);
  const opening = isClosed && service ? describeClosed(words, service, state, view.nowMs)[1] : undefined;
  return {
    title: words.t(isClosed ? 'kiosk.closed' : 'kiosk.failed'),
    text: html`<p class="lead">${failure ? describeFailure(words, failure, state) : nothing}</p>
      ${opening === undefined ? nothing : html`<p class="lead">${opening}</p>`}`,
    actions: html`<div class="choices choices--few">
      ${
        isFinal
          ? nothing
          : renderChoice(view, { title: words.t('kiosk.tryAgain'), isPrimary: true, request: { type: 'retry' } })
      }
      ${renderChoice(view, { title: words.t('kiosk.startOver'), isPrimary: isFinal, request: { type: 'end' } })}
    </div>`,
    canGoBack: !isFinal,
  };
}
