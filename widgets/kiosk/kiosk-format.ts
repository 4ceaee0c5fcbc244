/** Places, times and reasons in words, for screen, voice and paper alike. */
import { displayEstimate, type PlaceEstimate } from '@frontdesk/domain/queue/estimate';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { ServiceOffer } from '@frontdesk/protocol/queue-device';
import type { Locale } from '@frontdesk/protocol/locales';
import { CLOSED_REASONS, type ClosedReason } from '@frontdesk/protocol/vocabulary';
import type { Translator } from '../core/locale.js';
import type { Slip } from '../core/printing/slip.js';
import type { KioskKey } from '../locales/kiosk.js';
import type { Failure, KioskState, ShownTicket } from './kiosk-store.js';

export type KioskWords = Translator<KioskKey>;

export function nameIn(names: LocalizedText, language: Locale): string {
  return names[language] ?? names.en;
}

/** Clock time where the kiosk stands, with the day unless that is today. */
export function describeTime(words: KioskWords, at: string | number, timeZone: string, nowMs: number): string {
  const dayOf = (instant: string | number): string =>
    words.date(instant, { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' });
  const time = { timeZone, hour: 'numeric', minute: '2-digit' } as const;
  return dayOf(at) === dayOf(nowMs) ? words.date(at, time) : words.date(at, { ...time, weekday: 'long' });
}

/** Empty when only the place may be said. */
export function describeEstimate(words: KioskWords, estimate: PlaceEstimate, state: KioskState, nowMs: number): string {
  const shown = displayEstimate(estimate);
  switch (shown.kind) {
    case 'range':
      return words.t('kiosk.range', { from: shown.fromMinutes, to: shown.toMinutes });
    case 'less-than':
      return words.t('kiosk.lessThan', { count: shown.minutes });
    case 'opens':
      return words.t('kiosk.opensAt', { when: describeTime(words, shown.at, zoneOf(state), nowMs) });
    default:
      return '';
  }
}

export function zoneOf({ self, offer }: KioskState): string {
  return offer?.timeZone ?? self?.timeZone ?? 'UTC';
}

/** People ahead, then the range; without a place (handed out offline) what to watch for. */
export function describePlace(words: KioskWords, ticket: ShownTicket, state: KioskState, nowMs: number): string[] {
  if (ticket.place === null) return [words.t('kiosk.watch')];
  const { ahead, estimate } = ticket.place;
  const position = ahead === 0 ? words.t('kiosk.next') : words.t('kiosk.ahead', { count: ahead });
  return [position, describeEstimate(words, estimate, state, nowMs)].filter((line) => line !== '');
}

/** How long the line is that somebody would join; nothing while nobody knows. */
export function describeLine(words: KioskWords, service: ServiceOffer, state: KioskState, nowMs: number): string {
  if (!state.isOnline) return '';
  const { waiting, estimate } = service;
  const people = waiting === 0 ? words.t('kiosk.nobodyWaiting') : words.t('kiosk.waiting', { count: waiting });
  return [people, describeEstimate(words, estimate, state, nowMs)].filter((part) => part !== '').join(' · ');
}

export function describeClosed(words: KioskWords, service: ServiceOffer, state: KioskState, nowMs: number): string[] {
  if (service.state.kind === 'open') return [];
  const { reason, opensAt, message } = service.state;
  const opens = opensAt && words.t('kiosk.opensAt', { when: describeTime(words, opensAt, zoneOf(state), nowMs) });
  return [message ?? words.t(`kiosk.reason.${reason}`), opens ?? ''].filter((line) => line !== '');
}

/** What happened and what to do next. */
const BOOKING_FAILURES: Readonly<Partial<Record<Failure['code'], KioskKey>>> = {
  CONFLICT: 'kiosk.failed.bookingOver',
  NOT_FOUND: 'kiosk.failed.noBooking',
  OUTSIDE_WINDOW: 'kiosk.failed.otherDay',
  RATE_LIMITED: 'kiosk.failed.tooManyTries',
};

export function describeFailure(words: KioskWords, failure: Failure, state: KioskState): string {
  const { code, error, during, atMs } = failure;
  const reason = (error?.current as { readonly reason?: unknown } | undefined)?.reason;
  const ofBooking = during === 'booking' ? BOOKING_FAILURES[code] : undefined;
  if (ofBooking) return words.t(ofBooking);
  switch (code) {
    case 'offline':
      return words.t(during === 'issue' ? 'kiosk.offlineNone' : 'kiosk.failed.checkInOff');
    case 'QUEUE_CLOSED':
    case 'CAP_REACHED':
      return words.t(isClosedReason(reason) ? `kiosk.reason.${reason}` : 'kiosk.closed');
    case 'CONFLICT':
      return words.t(during === 'check-in' ? 'kiosk.failed.checkedIn' : 'kiosk.failed.twice');
    case 'OUTSIDE_WINDOW': {
      const time = describeTime(words, atMs + (error?.retryAfterMs ?? 0), zoneOf(state), atMs);
      return words.t('kiosk.failed.tooEarly', { time });
    }
    case 'NOT_FOUND':
      return words.t('kiosk.failed.notFound');
    case 'RATE_LIMITED':
      return words.t('kiosk.failed.busy', { count: Math.max(1, Math.ceil((error?.retryAfterMs ?? 5_000) / 1_000)) });
    default:
      return words.t('kiosk.failed.unknown');
  }
}

const isClosedReason = (reason: unknown): reason is ClosedReason => CLOSED_REASONS.some((known) => known === reason);

/** The ticket as it goes on paper. */
export function buildSlip(words: KioskWords, ticket: ShownTicket, state: KioskState, nowMs: number): Slip {
  const time = words.date(ticket.issuedAt, { timeZone: zoneOf(state), dateStyle: 'medium', timeStyle: 'short' });
  const { self } = state;
  return {
    tag: words.tag,
    direction: words.direction,
    business: [self?.businessName, self?.locationName].filter(Boolean).join(' · '),
    caption: words.t('kiosk.yourNumber'),
    label: ticket.label,
    service: nameIn(ticket.serviceNames, words.locale),
    lines: [
      ...describePlace(words, ticket, state, nowMs),
      ...(ticket.warnsOfClosing ? [words.t('kiosk.warnedClosing')] : []),
      words.t('kiosk.taken', { time }),
    ],
    qr: ticket.url === null ? null : { url: ticket.url, hint: words.t('kiosk.scan') },
  };
}
