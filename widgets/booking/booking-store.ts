/**
 * What a booking form knows, and what each event makes of it. Pure, as start-store.ts is, which says what there is to know.
 *
 * What was typed is changed by typing alone: a time that is lost takes nothing with it.
 */
import type { FollowingService } from '@frontdesk/protocol/booking-fields';
import type { ErrorCode } from '@frontdesk/protocol/result';
import { dateOf, monthOf, toStart } from './booking-time.js';
import { withoutSigned, type Prefill } from './prefill.js';
import { enterCalendar, findAlternatives, reduceSlots } from './slots-store.js';
import {
  canChooseStaff,
  enterService,
  reduceStart,
  type BookingEvent,
  type BookingNotice,
  type BookingState,
  type HeldTime,
} from './start-store.js';
import { readFollowing, visitOf } from './visit-parts.js';

const REFUSALS: Partial<Record<ErrorCode, BookingNotice['kind']>> = {
  SLOT_TAKEN: 'taken',
  SLOT_CLOSED: 'closed',
  HOLD_EXPIRED: 'expired',
  CAP_REACHED: 'limit',
  RATE_LIMITED: 'busy',
  PREFILL_REFUSED: 'prefill',
};

function refuse(state: BookingState, code: ErrorCode, offered: readonly number[]): BookingState {
  const kind = REFUSALS[code] ?? 'failed';
  const isLost = kind === 'taken' || kind === 'closed' || kind === 'expired';
  const { prefill } = state;
  const alternatives = isLost && offered.length === 0 ? findAlternatives(state, state.start) : offered;
  const refused = { ...state, busy: null, held: isLost ? null : state.held, notice: { kind, alternatives } };
  // What is not believed is the customer's to put right.
  return kind === 'prefill' ? { ...refused, prefill: null, locked: withoutSigned(state.locked, prefill) } : refused;
}

function chooseStart(state: BookingState, start: number): BookingState {
  return { ...state, start, date: dateOf(start, state.timeZone), held: null, notice: null };
}

function takeHold(state: BookingState, held: HeldTime): BookingState {
  const chosen = chooseStart(state, toStart(held.hold.start));
  return { ...chosen, step: 'details', held, month: monthOf(chosen.date ?? state.today), busy: null };
}

/** The calendar of the service that was chosen, where the day that the page asked for is shown first if it can be booked. */
function openCalendar(state: BookingState): BookingState {
  const service = visitOf(state);
  if (!service || state.today !== '') return state;
  const calendar = enterCalendar(state.timeZone, service.horizonDays, state.nowMs);
  const { date } = state;
  const isInRange = date !== null && date >= calendar.today && date <= calendar.lastDate;
  return { ...state, ...calendar, ...(isInRange ? { date, month: monthOf(date) } : {}) };
}

function takePrefill(state: BookingState, prefill: Prefill): BookingState {
  const { fields } = prefill;
  const locked = [...new Set([...state.locked, ...Object.keys(fields)])];
  return { ...state, prefill, locked, draft: { ...state.draft, ...fields } };
}

/** Several services that the page asked for are a visit where they can be one; otherwise the first alone is booked. */
function settleParts(state: BookingState): BookingState {
  if (state.followedBy.length === 0) return state;
  const followedBy = readFollowing(state);
  const isAsked =
    followedBy.length === 0 && state.staffId === null && !visitOf(state)?.isClass && canChooseStaff(state);
  return { ...state, followedBy, step: isAsked ? 'staff' : state.step };
}

/** Other times fit another visit, in the month that was looked at where it can be booked. */
function changeParts(state: BookingState, [first, ...followedBy]: readonly FollowingService[]): BookingState {
  if (!first) return state;
  const entered = openCalendar({ ...enterService(state, first.serviceId), ...first, followedBy, step: 'time' });
  const { month } = state;
  const isInRange = month >= entered.month && month <= monthOf(entered.lastDate);
  return {
    ...entered,
    month: isInRange ? month : entered.month,
    held: null,
    busy: null,
    errors: {},
    verification: null,
  };
}

export function reduceBooking(state: BookingState, event: BookingEvent): BookingState {
  switch (event.type) {
    case 'visit-loaded':
      return openCalendar(settleParts({ ...state, isWhole: true }));
    case 'catalogue-arrived':
      return openCalendar(settleParts(reduceStart(state, event)));
    case 'part-asked':
      return { ...state, step: 'add', asked: event.at, start: null, held: null, busy: null, notice: null, errors: {} };
    case 'parts-changed':
      return changeParts(state, event.parts);
    case 'catalogue-missing':
    case 'service-chosen':
    case 'staff-chosen':
    case 'gone-back':
      return openCalendar({ ...reduceStart(state, event), verification: null });
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
      // A field that has to be put right is not locked, whoever filled it in.
      return {
        ...state,
        errors: event.errors,
        busy: null,
        locked: state.locked.filter((key) => !(key in event.errors)),
      };
    case 'booked':
      return { ...state, step: 'done', booked: event.booked, busy: null, held: null, notice: null };
    case 'verifying':
      return { ...state, verification: event.verification, busy: null };
    case 'prefilled':
      return takePrefill(state, event.prefill);
    case 'ticked':
      return { ...state, nowMs: event.nowMs };
    default:
      return { ...state, ...reduceSlots(state, event) };
  }
}
