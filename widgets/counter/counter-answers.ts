/** What a filled-in sheet asks for. Pure. */
import type { ServiceId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { HoldScope, TransferMode } from '@frontdesk/protocol/vocabulary';
import type { CounterRequest } from './counter-events.js';
import type { CounterState, Sheet } from './counter-store.js';

const textOf = (data: FormData, name: string): string => String(data.get(name) ?? '').trim();
const textOrNull = (data: FormData, name: string): string | null => textOf(data, name) || null;
const minutesOf = (data: FormData): number | null => Number(textOf(data, 'minutes')) || null;

/** What the filled-in form asks for; null when it asks for nothing yet. */
export function readForm(sheet: Sheet, data: FormData, state: CounterState): CounterRequest | null {
  const current = state.view?.current?.ticket.id;
  switch (sheet.kind) {
    case 'pause': {
      const choice = textOf(data, 'choice');
      const reason = choice === 'other' ? textOf(data, 'reason') : choice;
      if (reason === '') return null;
      return { type: 'move', move: { name: 'counter:pause', input: { reason, resumeAfterMinutes: minutesOf(data) } } };
    }
    case 'hold': {
      if (current === undefined) return null;
      const scope = textOf(data, 'scope') as HoldScope;
      return {
        type: 'move',
        move: { name: 'ticket:hold', input: { ticketId: current, scope, minutes: minutesOf(data) } },
      };
    }
    case 'transfer':
      return current === undefined
        ? null
        : {
            type: 'move',
            move: {
              name: 'ticket:transfer',
              input: {
                ticketId: current,
                serviceId: textOf(data, 'serviceId'),
                mode: textOf(data, 'mode') as TransferMode,
                toCounterId: textOrNull(data, 'toCounterId'),
                note: textOrNull(data, 'note'),
              },
            },
          };
    case 'call':
    case 'cancel': {
      const input = { ticketId: sheet.ticketId, reason: textOf(data, 'reason') };
      const name = sheet.kind === 'call' ? 'ticket:call' : 'ticket:cancel';
      return input.reason === '' ? null : { type: 'move', move: { name, input } };
    }
    case 'class': {
      const input = { ticketId: sheet.ticketId, classKey: textOrNull(data, 'classKey') };
      return { type: 'move', move: { name: 'ticket:set-class', input } };
    }
    default:
      return readOther(sheet, data);
  }
}

function readOther(sheet: Sheet, data: FormData): CounterRequest | null {
  switch (sheet.kind) {
    case 'issue':
      return {
        type: 'issue',
        ticket: {
          serviceId: textOf(data, 'serviceId') as ServiceId,
          language: textOf(data, 'language') as Locale,
          classKey: textOrNull(data, 'classKey'),
          name: textOrNull(data, 'name'),
          phone: textOrNull(data, 'phone'),
          note: textOf(data, 'note'),
          overridesLimits: data.get('overridesLimits') === 'yes',
        },
      };
    case 'notice': {
      const notice = textOf(data, 'notice');
      return notice === '' ? null : { type: 'broadcast', notice };
    }
    case 'close-service': {
      const message = textOf(data, 'message');
      const serviceId = textOf(data, 'serviceId') as ServiceId;
      return message === '' || serviceId === '' ? null : { type: 'close-service', serviceId, message };
    }
    default:
      return null;
  }
}
