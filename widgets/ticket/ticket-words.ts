/** A ticket in words. Times are those of the branch, wherever the phone thinks it is (QP-14). */
import type { Instant, Translator } from '../core/locale.js';
import type { TicketKey } from '../locales/ticket.js';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { LineView } from './ticket-store.js';

export type TicketWords = Translator<TicketKey>;

export interface LineWords {
  readonly place: string;
  /** null where nothing honest can be said about the time. */
  readonly wait: string | null;
  readonly reason: string | null;
}

/** Clock time in the zone of the branch, with the day where that is not the day of `now` there. */
export function writeTime(words: TicketWords, at: Instant, timeZone: string, now: Instant): string {
  const dayOf = (instant: Instant): string => words.date(instant, { dateStyle: 'short', timeZone });
  const clock = { hour: 'numeric', minute: '2-digit', timeZone } as const;
  return words.date(at, dayOf(at) === dayOf(now) ? clock : { weekday: 'long', ...clock });
}

export function describeLine(words: TicketWords, { ahead, wait }: LineView, timeZone: string, now: Instant): LineWords {
  const place = ahead === 0 ? words.t('ticket.next') : words.t('ticket.ahead', { count: ahead });
  switch (wait.kind) {
    case 'next':
      return { place, wait: words.t('ticket.soon'), reason: null };
    case 'position-only':
      return { place, wait: null, reason: null };
    case 'opens':
      return { place, wait: words.t('ticket.opens', { time: writeTime(words, wait.at, timeZone, now) }), reason: null };
    case 'less-than':
      return { place, wait: words.t('ticket.lessThan', { count: wait.minutes }), reason: null };
    case 'range': {
      const { fromMinutes, toMinutes, reason } = wait;
      const range =
        fromMinutes === 0
          ? words.t('ticket.lessThan', { count: toMinutes })
          : words.t('ticket.range', { from: fromMinutes, to: toMinutes });
      return { place, wait: range, reason: reason && words.t(`ticket.reason.${reason}`) };
    }
  }
}

export function readName(words: TicketWords, names: LocalizedText): string {
  return names[words.locale] ?? names.en;
}

const REFUSALS: Partial<Record<ErrorCode, TicketKey>> = {
  CONFLICT: 'ticket.conflict',
  QUEUE_CLOSED: 'ticket.noShowEnd',
  OUTSIDE_WINDOW: 'ticket.tooEarly',
};

export function describeRefusal(words: TicketWords, code: ErrorCode | null): string {
  return words.t((code && REFUSALS[code]) ?? 'ticket.failed');
}
