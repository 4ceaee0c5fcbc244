/** The services of one visit in their order, each with its time and who gives it. */
import type { BookingDto, Question } from '@frontdesk/protocol/booking-fields';
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import { html, nothing } from 'lit';
import { serviceName } from './agenda-card.js';
import { findResource, findService, type AgendaState } from './agenda-store.js';
import { formatRange, type AgendaWords } from './agenda-words.js';

export interface BookedPart {
  readonly serviceId: BookingServiceId;
  readonly start: string;
  readonly end: string;
  readonly staffId: BookableId | null;
}

/** Processing time belongs to the service that it is of; what the same person gives twice in a row is shown once. */
export function bookedPartsOf({ segments }: BookingDto): readonly BookedPart[] {
  const parts: BookedPart[] = [];
  for (const { serviceId, start, end, staffId } of segments) {
    const last = parts.at(-1);
    const isSame = last?.serviceId === serviceId && (last.staffId === staffId || !last.staffId || !staffId);
    if (last && isSame) parts[parts.length - 1] = { ...last, end, staffId: last.staffId ?? staffId };
    else parts.push({ serviceId, start, end, staffId });
  }
  return parts;
}

/** What all of its services ask, each question once. */
export function questionsOf(state: AgendaState, booking: BookingDto): readonly Question[] {
  const services = bookedPartsOf(booking).map(({ serviceId }) => findService(state, serviceId));
  const questions = services.flatMap((service) => service?.questions ?? []);
  return questions.filter(({ key }, at) => questions.findIndex((other) => other.key === key) === at);
}

/** Nothing for a visit of one service, whose time and person stand among the facts. */
export function renderParts(words: AgendaWords, state: AgendaState, booking: BookingDto, timeZone: string): unknown {
  const parts = bookedPartsOf(booking);
  if (parts.length < 2) return nothing;
  return html`<ol class="parts">
    ${parts.map(({ serviceId, start, end, staffId }) => {
      const staff = findResource(state, staffId)?.name;
      return html`<li>
        <span class="tabular">${formatRange(words, start, end, timeZone)}</span>
        <span
          ><bdi>${serviceName(words, findService(state, serviceId))}</bdi>${
            staff === undefined ? nothing : html` <bdi class="muted">${staff}</bdi>`
          }</span
        >
      </li>`;
    })}
  </ol>`;
}
