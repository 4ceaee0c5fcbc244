/**
 * Every state of a ticket and of joining worth looking at, with made-up people. Screenshot pages and tests draw from this list; the
 * product never imports it.
 */
import type { LocationId, ServiceId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { QueueOffer, ServiceOffer } from '@frontdesk/protocol/queue-device';
import type { HolderState } from '@frontdesk/protocol/queue-phone';
import type { EstimateParameters, HolderTicketDto, Place } from '@frontdesk/protocol/queue-tickets';
import { NO_DETAILS, type JoinState } from './join/join-session.js';
import { NO_ACTION, type ActionState } from './ticket-actions.js';
import type { NoticesPhase } from './ticket-notices.js';
import type { TicketState } from './ticket-session.js';
import { applyState, callOf, viewLine } from './ticket-store.js';

const MINUTE_SECONDS = 60;
/** 10:42 in Kuala Lumpur. */
export const EXAMPLE_NOW = '2026-11-20T02:42:00.000Z';

export function buildHolderTicket(patch: Partial<HolderTicketDto> = {}): HolderTicketDto {
  return {
    label: 'A012',
    state: 'waiting',
    presence: 'onsite',
    language: 'en',
    businessName: 'Klinik Mawar',
    locationName: 'Bangsar',
    timeZone: 'Asia/Kuala_Lumpur',
    serviceNames: {
      en: 'General consultation',
      ms: 'Konsultasi am',
      zh: '普通门诊',
      ta: 'பொது மருத்துவ ஆலோசனை',
      hi: 'सामान्य परामर्श',
      ar: 'استشارة عامة',
    },
    issuedAt: '2026-11-20T02:20:00.000Z',
    calledAt: null,
    endedAt: null,
    counterLabel: null,
    callCount: 0,
    canComeBack: false,
    canDefer: true,
    canRate: false,
    rev: 7,
    notice: null,
    ...patch,
  };
}

export function buildParameters(patch: Partial<EstimateParameters> = {}): EstimateParameters {
  return {
    at: EXAMPLE_NOW,
    meanGapSeconds: 5 * MINUTE_SECONDS,
    openInSeconds: 0,
    elapsedSeconds: 0,
    breaks: [],
    overtakeRate: 0,
    q50: [1, 1, 1, 1],
    q80: [1.6, 1.6, 1.6, 1.6],
    hasEnoughHistory: true,
    opensAt: null,
    reason: null,
    ...patch,
  };
}

export function buildPlace(ahead: number, patch: Partial<Place> = {}): Place {
  return {
    ahead,
    orderRev: 3,
    estimate: { kind: 'range', p50Seconds: 20 * MINUTE_SECONDS, p80Seconds: 33 * MINUTE_SECONDS, reason: null },
    ...patch,
  };
}

export function buildHolderState(
  ticket: Partial<HolderTicketDto> = {},
  place: Place | null = buildPlace(3),
  parameters: Partial<EstimateParameters> = {},
): HolderState {
  const isWaiting = (ticket.state ?? 'waiting') === 'waiting';
  return {
    ticket: buildHolderTicket(ticket),
    place: isWaiting ? place : null,
    parameters: isWaiting && place ? buildParameters(parameters) : null,
  };
}

export function buildTicketState(holder: HolderState, patch: Partial<TicketState> = {}): TicketState {
  const model = applyState(null, holder);
  return {
    phase: 'shown',
    model,
    line: viewLine(model),
    isLive: true,
    asOfMs: Date.parse(EXAMPLE_NOW),
    ringing: null,
    action: NO_ACTION,
    isRated: false,
    ...patch,
  };
}

export interface TicketExample {
  readonly id: string;
  readonly state: TicketState;
  readonly locale?: Locale;
  readonly isArmed?: boolean;
  readonly notices?: NoticesPhase;
}

const CALLED: Partial<HolderTicketDto> = {
  state: 'called',
  calledAt: EXAMPLE_NOW,
  callCount: 1,
  counterLabel: 'Counter 2',
};
const busy = (patch: Partial<ActionState>): ActionState => ({ ...NO_ACTION, name: 'ticket:defer', ...patch });

function build(
  id: string,
  holder: HolderState,
  patch: Partial<TicketState> = {},
  rest: Omit<Partial<TicketExample>, 'state'> = {},
): TicketExample {
  return { id, state: buildTicketState(holder, patch), ...rest };
}

function buildCall(id: string, counterLabel: string | null, locale?: Locale): TicketExample {
  const holder = buildHolderState({ ...CALLED, counterLabel, ...(locale && { language: locale }) });
  return build(id, holder, { ringing: callOf(holder.ticket) }, locale ? { locale } : {});
}

const RISEN = buildPlace(6, {
  estimate: { kind: 'range', p50Seconds: 2_700, p80Seconds: 4_300, reason: 'counter-paused' },
});

export const TICKET_STATES: readonly TicketExample[] = [
  build('waiting', buildHolderState()),
  build('ring-on', buildHolderState(), {}, { isArmed: true, notices: 'offered' }),
  build('notices-on', buildHolderState(), {}, { isArmed: true, notices: 'on' }),
  build('home-screen', buildHolderState(), {}, { isArmed: true, notices: 'home-screen' }),
  build('next', buildHolderState({}, buildPlace(0, { estimate: { kind: 'next' } }))),
  build('almost', buildHolderState({}, buildPlace(1, { estimate: { kind: 'next' } }))),
  build('position-only', buildHolderState({}, buildPlace(4, { estimate: { kind: 'position-only' } }))),
  build('opens', buildHolderState({}, buildPlace(2, { estimate: { kind: 'opens', at: '2026-11-21T00:00:00.000Z' } }))),
  build('risen', buildHolderState({}, RISEN)),
  build('remote', buildHolderState({ presence: 'remote' })),
  build('booked', buildHolderState({ state: 'booked', presence: 'remote' })),
  build('stale', buildHolderState(), { isLive: false }),
  build('sending', buildHolderState(), { action: busy({ phase: 'waiting' }) }),
  build('refused', buildHolderState(), { action: busy({ phase: 'failed', code: 'CONFLICT' }) }),
  build('failed', buildHolderState(), { action: busy({ phase: 'failed', code: 'INTERNAL' }) }),
  build('closed', buildHolderState({ notice: 'The pharmacy is closed today after 11:00. Please ask at counter 1.' })),
  buildCall('called', 'Counter 2'),
  buildCall('called-without-counter', null),
  buildCall('called-tamil', 'மருந்தகம்', 'ta'),
  buildCall('called-arabic', 'الشباك ٢', 'ar'),
  build('called-answered', buildHolderState(CALLED)),
  build('serving', buildHolderState({ state: 'serving', counterLabel: 'Counter 2' })),
  build('held', buildHolderState({ state: 'held' })),
  build('rate', buildHolderState({ state: 'completed', canRate: true })),
  build('rated', buildHolderState({ state: 'completed', canRate: true }), { isRated: true }),
  build('missed', buildHolderState({ state: 'no-show', canComeBack: true })),
  build('missed-for-good', buildHolderState({ state: 'no-show' })),
  build('given-up', buildHolderState({ state: 'cancelled' })),
  build('day-over', buildHolderState({ state: 'expired' })),
  build('tamil', buildHolderState({ language: 'ta' }, RISEN), {}, { locale: 'ta', isArmed: true, notices: 'offered' }),
  build('arabic', buildHolderState({ language: 'ar', presence: 'remote' }, RISEN), {}, { locale: 'ar' }),
  build('chinese', buildHolderState({ language: 'zh' }), {}, { locale: 'zh' }),
  build('malay', buildHolderState({ language: 'ms' }), {}, { locale: 'ms' }),
  build('hindi', buildHolderState({ language: 'hi' }), {}, { locale: 'hi' }),
];

const serviceId = (index: number): ServiceId => index.toString(16).padStart(24, '3') as ServiceId;
export const EXAMPLE_LOCATION = '4'.repeat(24) as LocationId;

export function buildServiceOffer(index: number, patch: Partial<ServiceOffer> = {}): ServiceOffer {
  return {
    id: serviceId(index),
    names: buildHolderTicket().serviceNames,
    prefix: 'A',
    state: { kind: 'open', closesAt: null, warnsOfClosing: false },
    waiting: 4,
    estimate: { kind: 'range', p50Seconds: 20 * MINUTE_SECONDS, p80Seconds: 33 * MINUTE_SECONDS, reason: null },
    askName: 'optional',
    askPhone: 'optional',
    consentText: '',
    ...patch,
  };
}

export function buildOffer(services: readonly ServiceOffer[]): QueueOffer {
  return {
    serverTime: EXAMPLE_NOW,
    locationName: 'Klinik Mawar, Bangsar',
    timeZone: 'Asia/Kuala_Lumpur',
    languages: ['en', 'ms', 'zh', 'ta'],
    country: 'MY',
    services: [...services],
    declarations: [],
    hitRatePercent: null,
  };
}

export interface JoinExample {
  readonly id: string;
  readonly state: JoinState;
  readonly locale?: Locale;
}

const OFFER = buildOffer([
  buildServiceOffer(1),
  buildServiceOffer(2, {
    names: { en: 'Collect medicine', ta: 'மருந்து பெறுதல்', ar: 'استلام الدواء' },
    waiting: 0,
    estimate: { kind: 'next' },
  }),
  buildServiceOffer(3, {
    names: { en: 'Vaccination', ta: 'தடுப்பூசி', ar: 'التطعيم' },
    state: { kind: 'closed', reason: 'before-hours', opensAt: '2026-11-20T06:00:00.000Z', message: null },
  }),
]);
const LATE = buildServiceOffer(1, {
  state: { kind: 'open', closesAt: '2026-11-20T09:00:00.000Z', warnsOfClosing: true },
  askName: 'required',
});
const step = (phase: JoinState['phase'], patch: Partial<JoinState> = {}): JoinState => ({
  phase,
  offer: OFFER,
  service: null,
  details: NO_DETAILS,
  problem: null,
  ...patch,
});

export const JOIN_STATES: readonly JoinExample[] = [
  { id: 'join-services', state: step('services') },
  { id: 'join-kept', state: step('services', { offer: { ...OFFER, hitRatePercent: 82 } }) },
  { id: 'join-none', state: step('services', { offer: buildOffer([]) }) },
  { id: 'join-details', state: step('details', { service: LATE }) },
  { id: 'join-consent', state: step('details', { service: LATE, problem: 'consent' }) },
  { id: 'join-where', state: step('where', { service: LATE }) },
  { id: 'join-too-far', state: step('where', { service: LATE, problem: 'too-far' }) },
  { id: 'join-wrong-code', state: step('where', { service: LATE, problem: 'wrong-code' }) },
  { id: 'join-joining', state: step('joining', { service: LATE }) },
  { id: 'join-unavailable', state: step('unavailable', { offer: null }) },
  { id: 'join-tamil', state: step('services', { offer: { ...OFFER, hitRatePercent: 82 } }), locale: 'ta' },
  { id: 'join-where-arabic', state: step('where', { service: LATE }), locale: 'ar' },
];
