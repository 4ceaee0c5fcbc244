/** How a booking's state and service are shown wherever it stands. */
import type { BookingServiceDto, ZoneChangeDto } from '@frontdesk/protocol/booking-fields';
import type { BookingState } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type TemplateResult } from 'lit';
import { icon, type AgendaIcon } from './agenda-icons.js';
import { formatWhen, nameIn, STATE_WORDS, type AgendaWords } from './agenda-words.js';

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

interface MayBeFlagged {
  readonly timeZone: string;
  readonly zoneChange?: ZoneChangeDto | undefined;
}

/** That the clock did something to it, where there is place for a sign only. */
export function renderZoneFlag(words: AgendaWords, { zoneChange }: MayBeFlagged): unknown {
  if (!zoneChange) return nothing;
  return html`<span class="flag" title=${words.t('agendaZoneFlag')}
    >${icon('failed', 'small')}<span class="visually-hidden">${words.t('agendaZoneFlag')}</span></span
  >`;
}

export function renderZoneNote(words: AgendaWords, { zoneChange, timeZone }: MayBeFlagged): unknown {
  if (!zoneChange) return nothing;
  const { isMoved, to } = zoneChange;
  const text = isMoved
    ? words.t('agendaZoneMoved')
    : words.t('agendaZoneTaken', { when: formatWhen(words, to, timeZone) });
  return html`<p class="zone-note ${isMoved ? '' : 'zone-note--open'}">
    ${icon('failed', 'small')} <span>${text}</span>
  </p>`;
}
