/**
 * What a booking form knows, and what each event makes of it. Pure: the controller asks the server and reports here; the elements draw.
 *
 * What was typed is changed by typing alone: a time that is lost takes nothing with it.
 */
import type { BookedDto, BookingCatalogue, HoldDto, OfferedService } from '@frontdesk/protocol/booking-visitor';
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { ErrorCode } from '@frontdesk/protocol/result';
import { EMPTY_DRAFT, type Draft, type FieldErrors } from './booking-form.js';
import { dateOf, monthOf, toStart } from './booking-time.js';
import {
  createSlotsState,
  enterCalendar,
  findAlternatives,
  reduceSlots,
  type SlotsEvent,
  type SlotsState,
} from './slots-store.js';

/**
 * - `loading`: nothing is known yet. - `unavailable`: nothing can be booked, or the server does not answer. - `service`, `staff`, `time`,
 *   `details`: the question that is asked. - `done`: it is booked.
 */
export type BookingStep = 'loading' | 'unavailable' | 'service' | 'staff' | 'time' | 'details' | 'done';

/** Why the last thing that was asked for did not happen. */
export interface BookingNotice {
  readonly kind: 'taken' | 'closed' | 'expired' | 'limit' | 'late' | 'busy' | 'failed';
  /** Other starts that are free. */
  readonly alternatives: readonly number[];
}

export interface HeldTime {
  readonly hold: HoldDto;
  /** By this device's clock. */
  readonly endsAtMs: number;
}

export interface BookingState extends SlotsState {
  readonly step: BookingStep;
  readonly catalogue: BookingCatalogue | null;
  readonly serviceId: BookingServiceId | null;
  /** null is anybody. */
  readonly staffId: BookableId | null;
  readonly start: number | null;
  readonly held: HeldTime | null;
  readonly busy: 'holding' | 'extending' | 'confirming' | null;
  readonly notice: BookingNotice | null;
  readonly draft: Draft;
  readonly errors: FieldErrors;
  readonly booked: BookedDto | null;
  readonly nowMs: number;
}

export interface Preset {
  readonly serviceId: string | null;
  readonly staffId: string | null;
  /** `YYYY-MM-DD` */
  readonly date: string | null;
}

export type BookingEvent =
  | SlotsEvent
  | { type: 'catalogue-arrived'; catalogue: BookingCatalogue; preset: Preset }
  | { type: 'catalogue-missing' }
  | { type: 'service-chosen'; serviceId: BookingServiceId }
  | { type: 'staff-chosen'; staffId: BookableId | null }
  | { type: 'gone-back'; to: 'service' | 'staff' | 'time' }
  | { type: 'start-chosen'; start: number }
  | { type: 'started'; what: NonNullable<BookingState['busy']> }
  | { type: 'held'; held: HeldTime }
  | { type: 'hold-expired' }
  | { type: 'refused'; code: ErrorCode; alternatives: readonly number[] }
  | { type: 'typed'; draft: Draft }
  | { type: 'checked'; errors: FieldErrors }
  | { type: 'booked'; booked: BookedDto }
  | { type: 'ticked'; nowMs: number };

export function createBookingState(nowMs: number, visitorZone: string, draft: Draft = EMPTY_DRAFT): BookingState {
  return {
    ...createSlotsState(nowMs, visitorZone),
    step: 'loading',
    catalogue: null,
    serviceId: null,
    staffId: null,
    start: null,
    held: null,
    busy: null,
    notice: null,
    draft,
    errors: {},
    booked: null,
    nowMs,
  };
}

export function serviceOf({ catalogue, serviceId }: BookingState): OfferedService | null {
  return catalogue?.services.find(({ id }) => id === serviceId) ?? null;
}

export function locationOf(state: BookingState): BookingCatalogue['locations'][number] | null {
  const { catalogue } = state;
  const service = serviceOf(state);
  return catalogue?.locations.find(({ id }) => id === service?.locationId) ?? catalogue?.locations[0] ?? null;
}

/** Who gives the chosen service, in the order of the catalogue. */
export function staffOf(state: BookingState): BookingCatalogue['staff'] {
  const service = serviceOf(state);
  return state.catalogue?.staff.filter(({ id }) => service?.staffIds.includes(id)) ?? [];
}

export const canChooseService = ({ catalogue }: BookingState): boolean => (catalogue?.services.length ?? 0) > 1;
export const canChooseStaff = (state: BookingState): boolean => staffOf(state).length > 1;

/** In person the business's clock, online the visitor's. */
function enterService(state: BookingState, serviceId: BookingServiceId): BookingState {
  const chosen = { ...state, serviceId, staffId: null, start: null, notice: null };
  const service = serviceOf(chosen);
  const timeZone = (service?.isOnline ? null : locationOf(chosen)?.timeZone) ?? state.visitorZone;
  const calendar = enterCalendar(timeZone, service?.horizonDays ?? 1, state.nowMs);
  return { ...chosen, ...calendar, step: canChooseStaff(chosen) && !service?.isClass ? 'staff' : 'time' };
}

function openCatalogue(state: BookingState, catalogue: BookingCatalogue, preset: Preset): BookingState {
  const { services } = catalogue;
  const base: BookingState = { ...state, catalogue, step: services.length === 0 ? 'unavailable' : 'service' };
  const service = services.length === 1 ? services[0] : services.find(({ id }) => id === preset.serviceId);
  if (!service) return base;
  const entered = enterService(base, service.id);
  const staff = staffOf(entered).find(({ id }) => id === preset.staffId);
  const chosen: BookingState = staff ? { ...entered, staffId: staff.id, step: 'time' } : entered;
  const { date } = preset;
  const isInRange = date !== null && date >= chosen.today && date <= chosen.lastDate;
  return isInRange ? { ...chosen, date, month: monthOf(date) } : chosen;
}

function goBack(state: BookingState, to: 'service' | 'staff' | 'time'): BookingState {
  const date = to === 'time' ? state.date : null;
  return { ...state, step: to, date, start: null, held: null, busy: null, notice: null, errors: {} };
}

const REFUSALS: Partial<Record<ErrorCode, BookingNotice['kind']>> = {
  SLOT_TAKEN: 'taken',
  SLOT_CLOSED: 'closed',
  HOLD_EXPIRED: 'expired',
  CAP_REACHED: 'limit',
  RATE_LIMITED: 'busy',
};

function refuse(state: BookingState, code: ErrorCode, offered: readonly number[]): BookingState {
  const kind = REFUSALS[code] ?? 'failed';
  const isLost = kind === 'taken' || kind === 'closed' || kind === 'expired';
  const alternatives = isLost && offered.length === 0 ? findAlternatives(state, state.start) : offered;
  return { ...state, busy: null, held: isLost ? null : state.held, notice: { kind, alternatives } };
}

function chooseStart(state: BookingState, start: number): BookingState {
  return { ...state, start, date: dateOf(start, state.timeZone), held: null, notice: null };
}

function takeHold(state: BookingState, held: HeldTime): BookingState {
  const chosen = chooseStart(state, toStart(held.hold.start));
  return { ...chosen, step: 'details', held, month: monthOf(chosen.date ?? state.today), busy: null };
}

export function reduceBooking(state: BookingState, event: BookingEvent): BookingState {
  switch (event.type) {
    case 'catalogue-arrived':
      return openCatalogue(state, event.catalogue, event.preset);
    case 'catalogue-missing':
      return { ...state, step: 'unavailable' };
    case 'service-chosen':
      return enterService(state, event.serviceId);
    case 'staff-chosen':
      return { ...state, staffId: event.staffId, step: 'time', slots: null, date: null, notice: null };
    case 'gone-back':
      return goBack(state, event.to);
    case 'start-chosen':
      return { ...chooseStart(state, event.start), step: 'details' };
    case 'started':
      return { ...state, busy: event.what, notice: null };
    case 'held':
      return takeHold(state, event.held);
    case 'hold-expired':
      return { ...state, held: null, notice: { kind: 'expired', alternatives: findAlternatives(state, state.start) } };
    case 'refused':
      return refuse(state, event.code, event.alternatives);
    case 'typed':
      return { ...state, draft: event.draft };
    case 'checked':
      return { ...state, errors: event.errors, busy: null };
    case 'booked':
      return { ...state, step: 'done', booked: event.booked, busy: null, held: null, notice: null };
    case 'ticked':
      return { ...state, nowMs: event.nowMs };
    default:
      return { ...state, ...reduceSlots(state, event) };
  }
}
