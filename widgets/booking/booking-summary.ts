/** What was chosen so far, always in sight, each with a way back. Comes with the calendar. */
import { html, nothing, type TemplateResult } from 'lit';
import type { OfferedService } from '@frontdesk/protocol/booking-visitor';
import { calendarIcon, clockIcon, globeIcon, mapPinIcon, plusIcon, tagIcon, userIcon } from './visit-icons.js';
import { renderIcon } from '../core/render-icon.js';
import type { BookingRequest } from './booking-events.js';
import type { Scene } from './booking-screens.js';
import { canChooseService, canChooseStaff, locationOf } from './start-store.js';
import { keepTogether, readName, writeFull, writeLength } from './booking-words.js';
import { addableTo, partsOf, visitOf } from './visit-parts.js';

type Back = 'service' | 'staff' | 'time';

/** What is being sent cannot be changed any more. */
function renderLink({ state, ask }: Scene, text: unknown, request: BookingRequest, label: unknown): TemplateResult {
  return html`<button
    class="link"
    type="button"
    aria-label=${label}
    aria-disabled=${state.busy === 'confirming'}
    @click=${() => ask(request)}
  >
    ${text}
  </button>`;
}

function renderChange(scene: Scene, to: Back): TemplateResult {
  const { words } = scene;
  return renderLink(
    scene,
    words.t('booking.change'),
    { name: 'back', detail: { to } },
    words.t(`booking.change.${to}`),
  );
}

function renderFact(scene: Scene, icon: string, text: unknown, back: Back | null = null): TemplateResult {
  return html`<li class="fact">
    ${renderIcon(icon, 'icon--small')}<span class="fact__text"><bdi>${text}</bdi></span>
    ${back === null ? nothing : renderChange(scene, back)}
  </li>`;
}

function renderName(scene: Scene, { names }: OfferedService): TemplateResult {
  return html`<div class="summary__service">
    <p class="summary__name"><bdi>${readName(scene.words, names)}</bdi></p>
    ${canChooseService(scene.state) ? renderChange(scene, 'service') : nothing}
  </div>`;
}

function renderPerson(scene: Scene, { isClass, staffIds }: OfferedService): unknown {
  const { words, state } = scene;
  const { step, catalogue, staffId, held } = state;
  if ((step !== 'time' && step !== 'details') || isClass || staffIds.length === 0) return nothing;
  const name = held?.hold.staffName ?? catalogue?.staff.find(({ id }) => id === staffId)?.name;
  return renderFact(scene, userIcon, name ?? words.t('booking.anyone'), canChooseStaff(state) ? 'staff' : null);
}

function renderPlace(scene: Scene, { isOnline }: OfferedService): unknown {
  const location = locationOf(scene.state);
  if (!location) return nothing;
  return renderFact(
    scene,
    isOnline ? globeIcon : mapPinIcon,
    isOnline ? scene.words.t('booking.online') : location.name,
  );
}

/** One quiet way to more; where there is nothing to add nobody reads of it. */
function renderAdd(scene: Scene): unknown {
  const { words, state } = scene;
  if (state.step !== 'time' || addableTo(state).length === 0) return nothing;
  const text = html`${renderIcon(plusIcon, 'icon--small')} ${words.t('booking.addService')}`;
  return html`<p>${renderLink(scene, text, { name: 'part', detail: { at: partsOf(state).length } }, nothing)}</p>`;
}

export function renderSummary(scene: Scene): unknown {
  const { words, state } = scene;
  const { step, start, timeZone, catalogue } = state;
  const visit = visitOf(state);
  if (!visit) return nothing;
  const parts = partsOf(state);
  const isOne = parts.length === 1;
  const length = writeLength(words, visit.minutes);
  const prices = parts.flatMap(({ service }) => (service.priceText === '' ? [] : [keepTogether(service.priceText)]));
  return html`<div class="summary">
    <p class="summary__house"><bdi>${catalogue?.businessName}</bdi></p>
    ${
      isOne
        ? renderName(scene, visit)
        : html`<frontdesk-booking-parts .words=${words} .state=${state}></frontdesk-booking-parts>`
    }
    <ul class="facts">
      ${
        start !== null && step === 'details'
          ? renderFact(scene, calendarIcon, html`<strong>${writeFull(words, start, timeZone)}</strong>`, 'time')
          : nothing
      }
      ${renderFact(scene, clockIcon, isOne ? length : words.t('booking.inAll', { length }))}
      ${prices.length === 0 ? nothing : renderFact(scene, tagIcon, prices.join(' + '))}
      ${isOne ? renderPerson(scene, visit) : nothing} ${renderPlace(scene, visit)}
    </ul>
    ${renderAdd(scene)}
  </div>`;
}
