/** What the holder of a booking's link knows and does. Pure; the calendar is the one of booking. */
import type { BookedDto, BookingCatalogue } from '@frontdesk/protocol/booking-visitor';
import type { BookingSummary } from '@frontdesk/protocol/booking-fields';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { BookingNotice } from '../start-store.js';
import {
  createSlotsState,
  enterCalendar,
  findAlternatives,
  reduceSlots,
  type SlotsEvent,
  type SlotsState,
} from '../slots-store.js';

/**
 * - `find`: code and phone number are asked. - `loading`: on its way. - `gone`: there is no such booking, or not by this link.
 * - `unavailable`: the server does not answer. - `shown`: as they say.
 */
export type ManagePhase = 'find' | 'loading' | 'gone' | 'unavailable' | 'shown';

export interface ManageState extends SlotsState {
  readonly phase: ManagePhase;
  readonly booked: BookedDto | null;
  readonly catalogue: BookingCatalogue | null;
  readonly mode: 'read' | 'move' | 'cancel';
  readonly start: number | null;
  readonly isBusy: boolean;
  readonly notice: BookingNotice | null;
  /** What happened last. */
  readonly news: 'moved' | 'cancelled' | 'changed' | null;
  readonly nowMs: number;
}

export type ManageEvent =
  | SlotsEvent
  | { type: 'asked' }
  | { type: 'arrived'; booked: BookedDto; news: ManageState['news'] }
  | { type: 'lost'; phase: 'gone' | 'unavailable' }
  | { type: 'catalogue-arrived'; catalogue: BookingCatalogue }
  | { type: 'mode-chosen'; mode: ManageState['mode'] }
  | { type: 'start-chosen'; start: number }
  | { type: 'sent' }
  | { type: 'refused'; code: ErrorCode; alternatives: readonly number[] };

/** A calendar of a service that the catalogue does not name any more ends after this. */
const USUAL_HORIZON_DAYS = 60;

export function createManageState(nowMs: number, visitorZone: string, phase: 'find' | 'loading'): ManageState {
  return {
    ...createSlotsState(nowMs, visitorZone),
    phase,
    booked: null,
    catalogue: null,
    mode: 'read',
    start: null,
    isBusy: false,
    notice: null,
    news: null,
    nowMs,
  };
}

export function phoneOf({ catalogue, booked }: ManageState): string | null {
  const service = catalogue?.services.find(({ id }) => id === booked?.booking.serviceId);
  const location = catalogue?.locations.find(({ id }) => id === service?.locationId) ?? catalogue?.locations[0];
  return location?.phone ?? null;
}

const isBefore = (instant: string | null, nowMs: number): boolean => instant !== null && nowMs < Date.parse(instant);

export const canMove = ({ rescheduleUntil }: BookingSummary, nowMs: number): boolean =>
  isBefore(rescheduleUntil, nowMs);
export const canCancel = ({ cancelUntil }: BookingSummary, nowMs: number): boolean => isBefore(cancelUntil, nowMs);

/** Still to come, as far as the customer is concerned. */
export const isOpen = ({ state }: BookingSummary): boolean => state === 'requested' || state === 'confirmed';

function show(state: ManageState, booked: BookedDto, news: ManageState['news']): ManageState {
  const { isOnline, timeZone } = booked.booking;
  const zone = isOnline ? state.visitorZone : timeZone;
  const shown = { ...state, booked, news, timeZone: zone, phase: 'shown', mode: 'read' } as const;
  return { ...shown, start: null, isBusy: false, notice: null };
}

/** The booking's own month first, unless it is over. */
function beginMove(state: ManageState): ManageState {
  const { booked, catalogue, timeZone, nowMs } = state;
  const service = catalogue?.services.find(({ id }) => id === booked?.booking.serviceId);
  const calendar = enterCalendar(timeZone, service?.horizonDays ?? USUAL_HORIZON_DAYS, nowMs);
  return { ...state, ...calendar, mode: 'move', start: null, notice: null, news: null };
}

const REFUSALS: Partial<Record<ErrorCode, BookingNotice['kind']>> = {
  SLOT_TAKEN: 'taken',
  SLOT_CLOSED: 'closed',
  CAP_REACHED: 'limit',
  TOO_LATE: 'late',
  RATE_LIMITED: 'busy',
};

function refuse(state: ManageState, code: ErrorCode, offered: readonly number[]): ManageState {
  const kind = REFUSALS[code] ?? 'failed';
  const isLost = kind === 'taken' || kind === 'closed';
  const alternatives = isLost && offered.length === 0 ? findAlternatives(state, state.start) : offered;
  return { ...state, isBusy: false, start: null, notice: { kind, alternatives } };
}

export function reduceManage(state: ManageState, event: ManageEvent): ManageState {
  switch (event.type) {
    case 'asked':
      return { ...state, phase: 'loading', notice: null };
    case 'arrived':
      return show(state, event.booked, event.news);
    case 'lost':
      return { ...state, phase: event.phase, booked: null, isBusy: false };
    case 'catalogue-arrived':
      return { ...state, catalogue: event.catalogue };
    case 'mode-chosen':
      if (event.mode === 'move') return beginMove(state);
      return { ...state, mode: event.mode, start: null, notice: null, news: null };
    case 'start-chosen':
      return { ...state, start: event.start, notice: null };
    case 'sent':
      return { ...state, isBusy: true, notice: null };
    case 'refused':
      return refuse(state, event.code, event.alternatives);
    default:
      return { ...state, ...reduceSlots(state, event) };
  }
}
