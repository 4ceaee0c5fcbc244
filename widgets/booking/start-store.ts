/**
 * What a booking form knows from its first question on: what is offered, which service, with whom. Pure: the controller asks the server
 * and reports here; the elements draw. What follows is in booking-store.ts, which comes with the calendar.
 */
import type { FollowingService } from '@frontdesk/protocol/booking-fields';
import type { BookedDto, BookingCatalogue, HoldDto, OfferedService } from '@frontdesk/protocol/booking-visitor';
import type { BookableId, BookingServiceId } from '@frontdesk/protocol/ids';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { Draft, FieldErrors } from './booking-form.js';
import type { Prefill } from './prefill.js';
import type { SlotsEvent, SlotsState } from './slots-store.js';
import type { Verification } from './verify/verification.js';

export const EMPTY_DRAFT: Draft = { name: '', phone: '', email: '', website: '', answers: {}, consents: [] };

/**
 * - `loading`: nothing is known yet. - `unavailable`: nothing can be booked, or the server does not answer. - `service`, `staff`, `add`
 *   (what else, or who gives one part of the visit), `time`, `details`: the question that is asked. - `done`: it is booked.
 */
export type BookingStep = 'loading' | 'unavailable' | 'service' | 'staff' | 'add' | 'time' | 'details' | 'done';

/** Why the last thing that was asked for did not happen. */
export interface BookingNotice {
  readonly kind: 'taken' | 'closed' | 'expired' | 'limit' | 'late' | 'busy' | 'prefill' | 'failed';
  /** Other starts that are free. */
  readonly alternatives: readonly number[];
}

export interface HeldTime {
  readonly hold: HoldDto;
  /** By this device's clock. */
  readonly endsAtMs: number;
}

export interface BookingState extends SlotsState, PageChoices {
  readonly step: BookingStep;
  /** The code and the words of what comes after the first questions are there. */
  readonly isWhole: boolean;
  readonly catalogue: BookingCatalogue | null;
  readonly serviceId: BookingServiceId | null;
  /** null is anybody. */
  readonly staffId: BookableId | null;
  /** What else belongs to the visit; visit-parts.ts reads it. */
  readonly followedBy: readonly FollowingService[];
  /** Which part of the visit is asked about, the first is 0; one after the last adds another. */
  readonly asked: number;
  readonly start: number | null;
  readonly held: HeldTime | null;
  readonly busy: 'holding' | 'extending' | 'confirming' | null;
  readonly notice: BookingNotice | null;
  readonly draft: Draft;
  readonly errors: FieldErrors;
  readonly booked: BookedDto | null;
  /** The address is being proved. */
  readonly verification?: Verification | null;
  /** What the website's server signed, as long as it is believed. */
  readonly prefill?: Prefill | null;
  readonly nowMs: number;
}

/** Whose clock is shown first; null is the business's in person and the visitor's online (booking.md 5.2, rule 4). */
export type ZoneMode = 'business' | 'visitor' | null;

/** What the page decided, for as long as the form lives. */
export interface PageChoices {
  readonly zoneMode: ZoneMode;
  /** `service`, `staff`, or a field of the draft: the visitor cannot change it. */
  readonly locked: readonly string[];
  /** One service a visit. */
  readonly isSingle?: boolean;
}

export const NO_CHOICES: PageChoices = { zoneMode: null, locked: [] };

export interface Preset {
  readonly serviceId: string | null;
  readonly staffId: string | null;
  /** Ids of the services that follow. */
  readonly followedBy?: readonly string[];
  /** `YYYY-MM-DD` */
  readonly date: string | null;
}

export type BookingEvent =
  | SlotsEvent
  | { type: 'catalogue-arrived'; catalogue: BookingCatalogue; preset: Preset }
  | { type: 'catalogue-missing' }
  | { type: 'visit-loaded' }
  | { type: 'service-chosen'; serviceId: BookingServiceId }
  | { type: 'staff-chosen'; staffId: BookableId | null }
  | { type: 'part-asked'; at: number }
  | { type: 'parts-changed'; parts: readonly FollowingService[] }
  | { type: 'gone-back'; to: 'service' | 'staff' | 'time' }
  | { type: 'start-chosen'; start: number }
  | { type: 'started'; what: NonNullable<BookingState['busy']> }
  | { type: 'held'; held: HeldTime }
  | { type: 'hold-expired' }
  | { type: 'refused'; code: ErrorCode; alternatives: readonly number[] }
  | { type: 'typed'; draft: Draft }
  | { type: 'checked'; errors: FieldErrors }
  | { type: 'booked'; booked: BookedDto }
  | { type: 'verifying'; verification: Verification | null }
  | { type: 'prefilled'; prefill: Prefill }
  | { type: 'ticked'; nowMs: number };

export function createBookingState(
  nowMs: number,
  visitorZone: string,
  draft: Draft = EMPTY_DRAFT,
  choices: PageChoices = NO_CHOICES,
): BookingState {
  return {
    ...choices,
    // No calendar yet: its first day depends on the service's clock.
    timeZone: visitorZone,
    visitorZone,
    today: '',
    lastDate: '',
    month: '',
    date: null,
    slots: null,
    ask: 0,
    slotsPhase: 'asking',
    step: 'loading',
    isWhole: false,
    catalogue: null,
    serviceId: null,
    staffId: null,
    followedBy: [],
    asked: 0,
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

/** A choice that the page made holds only where it names something that exists. */
export const canChooseService = ({ catalogue, locked, serviceId }: BookingState): boolean =>
  (catalogue?.services.length ?? 0) > 1 && !(serviceId !== null && locked.includes('service'));
export const canChooseStaff = (state: BookingState): boolean =>
  staffOf(state).length > 1 && !(state.staffId !== null && state.locked.includes('staff'));

/** Unless the page decides otherwise, in person the business's clock, online the visitor's. */
export function enterService(state: BookingState, serviceId: BookingServiceId): BookingState {
  const fresh = { staffId: null, followedBy: [], start: null, notice: null, today: '', date: null };
  const chosen = { ...state, ...fresh, serviceId };
  const service = serviceOf(chosen);
  const whose = state.zoneMode ?? (service?.isOnline ? 'visitor' : 'business');
  const timeZone = (whose === 'visitor' ? null : locationOf(chosen)?.timeZone) ?? state.visitorZone;
  return { ...chosen, timeZone, step: canChooseStaff(chosen) && !service?.isClass ? 'staff' : 'time' };
}

function openCatalogue(state: BookingState, catalogue: BookingCatalogue, preset: Preset): BookingState {
  const { services } = catalogue;
  const base: BookingState = { ...state, catalogue, step: services.length === 0 ? 'unavailable' : 'service' };
  const service = services.length === 1 ? services[0] : services.find(({ id }) => id === preset.serviceId);
  if (!service) return base;
  const entered = enterService(base, service.id);
  const { date, staffId, followedBy = [] } = preset;
  const staff = staffOf(entered).find(({ id }) => id === staffId);
  const others = followedBy.map((id) => ({ serviceId: id, staffId }) as FollowingService);
  const isKnown = staff !== undefined || others.length > 0;
  return { ...entered, date, staffId: staff?.id ?? null, followedBy: others, ...(isKnown && { step: 'time' }) };
}

function goBack(state: BookingState, to: 'service' | 'staff' | 'time'): BookingState {
  const date = to === 'time' ? state.date : null;
  return { ...state, step: to, date, start: null, held: null, busy: null, notice: null, errors: {} };
}

/** The events up to the calendar; the others come later. */
export function reduceStart(state: BookingState, event: BookingEvent): BookingState {
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
    default:
      return state;
  }
}
