/** How a booking's state and service are shown wherever it stands. */
import type { BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import type { BookingState } from '@frontdesk/protocol/vocabulary';
import { html, type TemplateResult } from 'lit';
import { icon, type AgendaIcon } from './agenda-icons.js';
import { nameIn, STATE_WORDS, type AgendaWords } from './agenda-words.js';

export const STATE_ICONS: Readonly<Record<BookingState, AgendaIcon>> = {
  held: 'clock',
  'pending-payment': 'clock',
  requested: 'request',
  confirmed: 'confirmed',
  arrived: 'arrived',
  completed: 'completed',
  expired: 'ended',
  declined: 'ended',
  'cancelled-by-customer': 'ended',
  'cancelled-by-business': 'ended',
  'no-show': 'noShow',
  'payment-late': 'failed',
};

export function serviceName(words: AgendaWords, service: BookingServiceDto | undefined): string {
  return service ? nameIn(words, service.names) : '';
}

export function renderState(words: AgendaWords, state: BookingState): TemplateResult {
  return html`<span class="chip chip--${state}"
    >${icon(STATE_ICONS[state], 'small')} ${words.t(STATE_WORDS[state])}</span
  >`;
}
