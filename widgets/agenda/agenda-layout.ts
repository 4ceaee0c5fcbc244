/** Who stands in which column and when: what the board draws, from what the store knows. Pure. */
import type { BookingDto, BookingServiceDto, ResourceDto, TimeBlockDto } from '@frontdesk/protocol/booking-fields';
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookableId } from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import { isLiveState } from '@frontdesk/domain/booking/booking-states';
import {
  createAxis,
  dateAt,
  dayOf,
  daysFrom,
  getZone,
  listClosed,
  minuteOf,
  mondayOf,
  type Axis,
  type Span,
  type Zone,
} from './agenda-time.js';
import type { AgendaState } from './agenda-store.js';

/** Side by side with others at the same time. */
export interface Lane {
  readonly lane: number;
  readonly lanes: number;
}

export interface Card extends Span, Lane {
  readonly booking: BookingDto;
}

/** A date of a class. */
export interface SessionCard extends Span, Lane {
  readonly session: ClassSessionDto;
}

export interface BlockCard extends Span {
  readonly block: TimeBlockDto;
}

export interface Column {
  readonly key: string;
  readonly date: string;
  /** null: everybody's day, in the week. */
  readonly resource: ResourceDto | null;
  readonly cards: readonly Card[];
  readonly sessions: readonly SessionCard[];
  readonly blocks: readonly BlockCard[];
  readonly closed: readonly Span[];
}

export interface BoardLayout {
  readonly axis: Axis;
  readonly columns: readonly Column[];
}

const KIND_ORDER = ['staff', 'room', 'equipment'] as const;

/** The zone that the branch lives by now; a change waits for the next service day. */
export function zoneOf({ nextTimeZone, timeZone }: Pick<LocationDto, 'timeZone' | 'nextTimeZone'>): Zone {
  return getZone(nextTimeZone ?? timeZone);
}

export function locationOf({ locations, locationId }: AgendaState): LocationDto | undefined {
  return locations?.find(({ id }) => id === locationId);
}

/** Dates that are shown, the first and how many. */
export function rangeOf({ view, date }: Pick<AgendaState, 'view' | 'date'>): {
  readonly from: string;
  readonly days: number;
} {
  return view === 'week' ? { from: mondayOf(date), days: 7 } : { from: date, days: 1 };
}

export const uses = ({ segments }: BookingDto, id: BookableId): boolean =>
  segments.some(({ staffId, resourceIds }) => staffId === id || resourceIds.includes(id));

export const staffIdOf = ({ segments }: BookingDto): BookableId | null =>
  segments.find(({ staffId }) => staffId !== null)?.staffId ?? null;

export const serviceIdOf = ({ segments }: BookingDto): BookingServiceDto['id'] | undefined => segments[0]?.serviceId;

/** What was given up takes no place; what became of a visit stays to be seen. */
export function isShown({ state }: BookingDto, showsEnded: boolean): boolean {
  return showsEnded || isLiveState(state) || state === 'completed' || state === 'no-show';
}

/** Bookings as they are shown: the one that was just dragged stands where it was dropped. */
export function shownBookings({ agenda, dropped, showsEnded }: AgendaState): BookingDto[] {
  const bookings = (agenda?.bookings ?? []).filter((booking) => isShown(booking, showsEnded));
  if (dropped === null) return bookings;
  return bookings.map((booking) => {
    if (booking.id !== dropped.bookingId) return booking;
    const shiftMs = Date.parse(dropped.start) - Date.parse(booking.start);
    const shift = (instant: string): string => new Date(Date.parse(instant) + shiftMs).toISOString();
    const segments = booking.segments.map((segment) => ({
      ...segment,
      start: shift(segment.start),
      end: shift(segment.end),
      staffId: segment.staffId === null ? null : dropped.staffId,
    }));
    return { ...booking, start: shift(booking.start), end: shift(booking.end), segments };
  });
}

/** Dates of classes that take place, as they are shown: one that was just dragged stands where it was dropped. */
export function shownSessions({ sessions, droppedSession: dropped, showsEnded }: AgendaState): ClassSessionDto[] {
  return sessions
    .filter(({ isCancelled }) => showsEnded || !isCancelled)
    .map((session) => {
      if (session.id !== dropped?.sessionId) return session;
      const shiftMs = Date.parse(dropped.start) - Date.parse(session.start);
      const shift = (instant: string): string => new Date(Date.parse(instant) + shiftMs).toISOString();
      return { ...session, start: shift(session.start), end: shift(session.end), staffId: dropped.staffId };
    });
}

export const usesSession = ({ staffId, resourceIds }: ClassSessionDto, id: BookableId | null): boolean =>
  id === null || staffId === id || resourceIds.includes(id);

/** Stretches in which a booking takes somebody or something; processing time leaves a gap for others (BK-10). */
function stretches(booking: BookingDto, resource: ResourceDto | null): { fromMs: number; toMs: number }[] {
  const found: { fromMs: number; toMs: number }[] = [];
  for (const { start, end, staffId, resourceIds } of booking.segments) {
    if (resource !== null && staffId !== resource.id && !resourceIds.includes(resource.id)) continue;
    const last = found.at(-1);
    if (last && last.toMs >= Date.parse(start)) last.toMs = Date.parse(end);
    else found.push({ fromMs: Date.parse(start), toMs: Date.parse(end) });
  }
  return found;
}

/** Those that overlap share the width: each gets the first lane that is free, and a group as many as it needs. */
export function assignLanes<Item extends Span>(cards: readonly Item[]): (Item & Lane)[] {
  const placed: { card: Item; lane: number; group: { lanes: number } }[] = [];
  let group = { lanes: 1 };
  let groupEnd = -Infinity;
  let ends: number[] = [];
  for (const card of [...cards].sort((one, other) => one.from - other.from || other.to - one.to)) {
    if (card.from >= groupEnd) {
      group = { lanes: 1 };
      ends = [];
    }
    const free = ends.findIndex((end) => end <= card.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = card.to;
    group.lanes = Math.max(group.lanes, ends.length);
    groupEnd = Math.max(groupEnd, card.to);
    placed.push({ card, lane, group });
  }
  return placed.map((one) => ({ ...one.card, lane: one.lane, lanes: one.group.lanes }));
}

interface Place {
  readonly axis: Axis;
  readonly date: string;
  readonly resource: ResourceDto | null;
}

function toSpan({ axis, date }: Place, fromMs: number, toMs: number): Span | null {
  const day = dayOf(axis.zone, date);
  if (fromMs >= day.toMs || toMs <= day.fromMs) return null;
  return {
    from: minuteOf(axis, date, Math.max(fromMs, day.fromMs)),
    to: minuteOf(axis, date, Math.min(toMs, day.toMs)),
  };
}

function buildColumn(place: Place, bookings: readonly BookingDto[], state: AgendaState): Column {
  const { axis, date, resource } = place;
  const cards = bookings.flatMap((booking) =>
    stretches(booking, resource).flatMap(({ fromMs, toMs }) => {
      const span = toSpan(place, fromMs, toMs);
      return span ? [{ booking, ...span }] : [];
    }),
  );
  const blocks = (state.agenda?.blocks ?? []).flatMap((block) => {
    const span = toSpan(place, Date.parse(block.start), Date.parse(block.end));
    return span && block.resourceId === resource?.id ? [{ block, ...span }] : [];
  });
  const sessions = shownSessions(state).filter((session) => usesSession(session, resource?.id ?? null));
  const sessionCards = sessions.flatMap((session) => {
    const span = toSpan(place, Date.parse(session.start), Date.parse(session.end));
    return span ? [{ session, ...span }] : [];
  });
  const placed = assignLanes<Span & (Pick<Card, 'booking'> | Pick<SessionCard, 'session'>)>([
    ...cards,
    ...sessionCards,
  ]);
  const location = locationOf(state);
  const closed = location ? listClosed(axis, date, [location.hours, resource?.hours ?? null]) : [];
  return {
    key: `${date} ${resource?.id ?? ''}`,
    date,
    resource,
    cards: placed.filter((card) => 'booking' in card),
    sessions: placed.filter((card) => 'session' in card),
    blocks,
    closed,
  };
}

/** People first, then rooms and things; who left is shown as long as something is booked with them. */
export function listResources(state: AgendaState, bookings: readonly BookingDto[] = []): ResourceDto[] {
  const resources = state.setup?.resources ?? [];
  return resources
    .filter(({ id, isArchived }) => !isArchived || bookings.some((booking) => uses(booking, id)))
    .sort((one, other) => KIND_ORDER.indexOf(one.kind) - KIND_ORDER.indexOf(other.kind));
}

export function buildBoard(state: AgendaState): BoardLayout | null {
  const location = locationOf(state);
  if (!location || !state.setup || !state.agenda) return null;
  const zone = zoneOf(location);
  const bookings = shownBookings(state);
  const { from, days } = rangeOf(state);
  const dates = daysFrom(from, days);
  const busy = [...bookings, ...shownSessions(state)].flatMap(({ start, end }) => {
    const [fromMs, toMs] = [Date.parse(start), Date.parse(end)];
    const date = dateAt(zone, fromMs);
    return dates.includes(date) ? [{ date, fromMs, toMs }] : [];
  });
  const axis = createAxis({ zone, dates, hours: location.hours, busy });
  if (state.view === 'week') {
    const resource = state.setup.resources.find(({ id }) => id === state.resourceId) ?? null;
    const own = resource === null ? bookings : bookings.filter((booking) => uses(booking, resource.id));
    return { axis, columns: dates.map((date) => buildColumn({ axis, date, resource }, own, state)) };
  }
  const columns = listResources(state, bookings).map((resource) =>
    buildColumn({ axis, date: from, resource }, bookings, state),
  );
  return { axis, columns };
}

/** Services that staff book by time; the dates of classes are set, and people take seats. */
export function servicesOf(state: AgendaState): BookingServiceDto[] {
  return (state.setup?.services ?? []).filter(({ isArchived, capacity }) => !isArchived && capacity === null);
}

/** People who give a service. */
export function staffFor(state: AgendaState, serviceId: BookingServiceDto['id'] | undefined): ResourceDto[] {
  return (state.setup?.resources ?? []).filter(
    ({ kind, isArchived, serviceIds }) =>
      kind === 'staff' && !isArchived && serviceId !== undefined && serviceIds.includes(serviceId),
  );
}
