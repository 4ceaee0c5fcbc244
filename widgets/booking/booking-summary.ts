/** What was chosen so far, always in sight, each with a way back. */
import { html, nothing, type TemplateResult } from 'lit';
import { calendarIcon, clockIcon, globeIcon, mapPinIcon, tagIcon, userIcon } from './booking-icons.js';
import { renderIcon } from '../core/render-icon.js';
import type { Scene } from './booking-screens.js';
import { canChooseService, canChooseStaff, locationOf, serviceOf } from './start-store.js';
import { readName, writeFull, writeLength } from './booking-words.js';

type Back = 'service' | 'staff' | 'time';

function renderFact(scene: Scene, icon: string, text: unknown, back: Back | null = null): TemplateResult {
  const { words, ask } = scene;
  return html`<li class="fact">
    ${renderIcon(icon, 'icon--small')}<span class="fact__text"><bdi>${text}</bdi></span>
    ${
      back === null
        ? nothing
        : html`<button
            class="link"
            type="button"
            aria-label=${words.t(`booking.change.${back}`)}
            @click=${() => ask({ name: 'back', detail: { to: back } })}
          >
            ${words.t('booking.change')}
          </button>`
    }
  </li>`;
}

export function renderSummary(scene: Scene): unknown {
  const { words, state } = scene;
  const { step, start, timeZone, catalogue } = state;
  const service = serviceOf(state);
  const location = locationOf(state);
  const staffName = state.held?.hold.staffName ?? catalogue?.staff.find(({ id }) => id === state.staffId)?.name;
  const isPastStaff = step === 'time' || step === 'details';
  if (!service) return nothing;
  return html`<div class="summary">
    <p class="summary__house"><bdi>${catalogue?.businessName}</bdi></p>
    <div class="summary__service">
      <p class="summary__name"><bdi>${readName(words, service.names)}</bdi></p>
      ${
        canChooseService(state)
          ? html`<button
              class="link"
              type="button"
              aria-label=${words.t('booking.change.service')}
              @click=${() => scene.ask({ name: 'back', detail: { to: 'service' } })}
            >
              ${words.t('booking.change')}
            </button>`
          : nothing
      }
    </div>
    <ul class="facts">
      ${
        start !== null && step === 'details'
          ? renderFact(scene, calendarIcon, html`<strong>${writeFull(words, start, timeZone)}</strong>`, 'time')
          : nothing
      }
      ${renderFact(scene, clockIcon, writeLength(words, service.minutes))}
      ${service.priceText === '' ? nothing : renderFact(scene, tagIcon, service.priceText)}
      ${
        isPastStaff && !service.isClass && service.staffIds.length > 0
          ? renderFact(scene, userIcon, staffName ?? words.t('booking.anyone'), canChooseStaff(state) ? 'staff' : null)
          : nothing
      }
      ${location ? renderFact(scene, service.isOnline ? globeIcon : mapPinIcon, service.isOnline ? words.t('booking.online') : location.name) : nothing}
    </ul>
  </div>`;
}
