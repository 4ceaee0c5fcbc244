/** What is asked before the details, one question each: which service, with whom, and when. */
import { html, nothing, type TemplateResult } from 'lit';
import type { BookingCatalogue, OfferedService } from '@frontdesk/protocol/booking-visitor';
import { chevronRightIcon, usersIcon } from './booking-icons.js';
import { renderIcon } from '../core/render-icon.js';
import type { BookingRequest } from './booking-events.js';
import { staffOf, type BookingState } from './start-store.js';
import { readName, writeLength, type BookingWords } from './booking-words.js';

export interface Scene {
  readonly words: BookingWords;
  readonly state: BookingState;
  ask(request: BookingRequest): void;
}

/** The heading of a question; the focus goes there when the question appears. */
export const renderHeading = (text: string): TemplateResult =>
  html`<h2 class="heading" tabindex="-1" data-focus="step">${text}</h2>`;

export function renderLoading({ words }: Pick<Scene, 'words'>): TemplateResult {
  return html`<p class="loading" role="status">${words.t('booking.loading')}</p>`;
}

function describeService(words: BookingWords, { minutes, priceText }: OfferedService): string {
  return [writeLength(words, minutes), priceText].filter((text) => text !== '').join(' · ');
}

export function renderServiceList(
  words: BookingWords,
  services: readonly OfferedService[],
  choose: (service: OfferedService) => void,
  place: (service: OfferedService) => unknown = () => nothing,
): TemplateResult {
  return html`<ul class="choices">
    ${services.map(
      (service) =>
        html`<li>
          <button class="choice" type="button" part="card" @click=${() => choose(service)}>
            <span class="choice__text">
              <span class="choice__name"><bdi>${readName(words, service.names)}</bdi></span>
              ${
                service.descriptions
                  ? html`<span class="choice__about"><bdi>${readName(words, service.descriptions)}</bdi></span>`
                  : nothing
              }
              <span class="choice__facts">${describeService(words, service)}${place(service)}</span>
            </span>
            ${renderIcon(chevronRightIcon, 'icon--directional')}
          </button>
        </li>`,
    )}
  </ul>`;
}

export function renderServices({ words, state, ask }: Scene): TemplateResult {
  const { services = [], locations = [] } = state.catalogue ?? {};
  const place = (service: OfferedService): unknown =>
    locations.length < 2 ? nothing : html` · <bdi>${locations.find(({ id }) => id === service.locationId)?.name}</bdi>`;
  const choose = ({ id }: OfferedService): void => ask({ name: 'service', detail: { serviceId: id } });
  return html`${renderHeading(words.t('booking.chooseService'))} ${renderServiceList(words, services, choose, place)}`;
}

/** Two letters at most, of the words that a name begins and ends with; titles are not the name. */
function initialsOf(name: string): string {
  const parts = name.replace(/^(?:dr|prof|mr|mrs|ms)\.?\s+/i, '').split(/\s+/);
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]];
  return letters.map((part) => [...(part ?? '')][0] ?? '').join('');
}

export function renderPeople(
  words: BookingWords,
  people: BookingCatalogue['staff'],
  choose: (staffId: BookingState['staffId']) => void,
): TemplateResult {
  const renderOne = (id: BookingState['staffId'], picture: unknown, name: string, about: unknown): TemplateResult =>
    html`<li>
      <button class="choice" type="button" part="card" @click=${() => choose(id)}>
        <span class="avatar" aria-hidden="true">${picture}</span>
        <span class="choice__text"
          ><span class="choice__name"><bdi>${name}</bdi></span
          >${about}</span
        >
        ${renderIcon(chevronRightIcon, 'icon--directional')}
      </button>
    </li>`;
  const about = html`<span class="choice__about">${words.t('booking.anyoneText')}</span>`;
  return html`<ul class="choices">
    ${renderOne(null, renderIcon(usersIcon), words.t('booking.anyone'), about)}
    ${people.map(({ id, name }) => renderOne(id, initialsOf(name), name, nothing))}
  </ul>`;
}

export function renderStaff({ words, state, ask }: Scene): TemplateResult {
  const choose = (staffId: BookingState['staffId']): void => ask({ name: 'staff', detail: { staffId } });
  return html`${renderHeading(words.t('booking.chooseStaff'))} ${renderPeople(words, staffOf(state), choose)}`;
}
