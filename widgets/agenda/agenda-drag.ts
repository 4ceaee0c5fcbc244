/**
 * Dragging a visit or a date of a class over the board by pointer: a mouse or pen after a few pixels, a finger after a moment of rest, so that a swipe still
 * scrolls. What is under way is a {@link Drag}; letting go asks, Escape and whatever interrupts the pointer put everything back.
 */
import type { ClassSessionDto } from '@frontdesk/protocol/booking-class-staff';
import type { BookingDto, BookingServiceDto } from '@frontdesk/protocol/booking-fields';
import type { BookableId } from '@frontdesk/protocol/ids';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import { BOOKING_QUANTUM_MINUTES } from '@frontdesk/protocol/vocabulary';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { serviceIdOf, staffIdOf, type Column } from './agenda-layout.js';
import type { Target } from './agenda-store.js';
import { instantOf, listClosed, MINUTE_MS, minuteOf, type Axis } from './agenda-time.js';

/** A pixel is this much of a minute; five minutes are seven pixels. */
export const PIXELS_PER_MINUTE = 1.4;
const BEGIN_PX = 5;
/** A finger that wanders further than this before the drag began wanted to scroll. */
const SCROLL_PX = 8;
const REST_MS = 350;
/** Near an edge the board scrolls by itself. */
const EDGE_PX = 36;
const SCROLL_STEP_PX = 12;

/** What is dragged. */
export interface Movable {
  readonly what: { readonly booking: BookingDto } | { readonly session: ClassSessionDto };
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly staffId: BookableId | null;
  readonly serviceId: BookingServiceDto['id'] | undefined;
}

export const movableVisit = (booking: BookingDto): Movable => ({
  what: { booking },
  ...{ id: booking.id, start: booking.start, end: booking.end },
  staffId: staffIdOf(booking),
  serviceId: serviceIdOf(booking),
});

export const movableClass = (session: ClassSessionDto): Movable => ({
  what: { session },
  ...{ id: session.id, start: session.start, end: session.end },
  staffId: session.staffId,
  serviceId: session.serviceId,
});

export interface Drag {
  readonly moved: Movable;
  readonly columnKey: string;
  /** Minutes of the axis. */
  readonly from: number;
  readonly to: number;
  /** null: it cannot be let go here. */
  readonly target: Target | null;
}

export interface Grip {
  readonly moved: Movable;
  readonly column: Column;
}

interface Press extends Grip {
  readonly event: PointerEvent;
  /** Minutes from the start of the visit to where it was gripped. */
  readonly offset: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export interface DragOptions {
  axis(): Axis | null;
  columns(): readonly Column[];
  serviceOf(moved: Movable): BookingServiceDto | undefined;
  hours(): OpeningHours | null;
  /** The box that scrolls, and the parts of the columns in which time runs, by key. */
  scroller(): HTMLElement | null;
  tracks(): ReadonlyMap<string, HTMLElement>;
  drop(moved: Movable, target: Target): void;
}

/** The last opening of a date at or before a minute; the grid of a service may begin there. */
function openingBefore(axis: Axis, date: string, hours: OpeningHours, minute: number): number {
  return listClosed(axis, date, [hours])
    .map(({ to }) => to)
    .concat(axis.from)
    .filter((opening) => opening <= minute)
    .reduce((latest, opening) => Math.max(latest, opening), axis.from);
}

/** The nearest point of the grid on which a service is offered; freely, the nearest quantum. */
export function snapMinute(
  minute: number,
  service: Pick<BookingServiceDto, 'intervalMinutes' | 'alignment'> | undefined,
  isFree: boolean,
  opening: number,
): number {
  const step = isFree || !service ? BOOKING_QUANTUM_MINUTES : service.intervalMinutes;
  const anchor = isFree || service?.alignment !== 'open' ? 0 : opening;
  return anchor + Math.round((minute - anchor) / step) * step;
}

/** With whom it would be that is let go over a column; undefined where it cannot be. */
export function staffIn(
  { staffId: own }: Movable,
  service: BookingServiceDto | undefined,
  origin: Column,
  { key, date, resource }: Column,
): BookableId | null | undefined {
  // Somebody's or everybody's week, and the room that it takes: another time with the same person.
  if (resource === null || key === origin.key || date !== origin.date) return own;
  if (resource.kind !== 'staff' || own === null || resource.isArchived) return undefined;
  return service && resource.serviceIds.includes(service.id) ? resource.id : undefined;
}

export class DragController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: DragOptions;
  #press: Press | null = null;
  #drag: Drag | null = null;
  /** The click that ends a drag opens nothing. */
  #swallowsClick = false;

  constructor(host: ReactiveControllerHost & HTMLElement, options: DragOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get drag(): Drag | null {
    return this.#drag;
  }

  hostConnected(): void {
    // A finger that drags must not scroll; only a listener that is not passive may say so.
    this.#host.addEventListener('touchmove', this.#holdStill, { passive: false });
    this.#host.addEventListener('contextmenu', this.#holdStill);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('touchmove', this.#holdStill);
    this.#host.removeEventListener('contextmenu', this.#holdStill);
    this.cancel();
  }

  /** True once for the click that follows a drag. */
  takeClick(): boolean {
    const isTaken = this.#swallowsClick;
    this.#swallowsClick = false;
    return isTaken;
  }

  press(event: PointerEvent, grip: Grip): void {
    this.#swallowsClick = false;
    if (event.button !== 0 || !event.isPrimary) return;
    const axis = this.#options.axis();
    const minute = this.#minuteAt(event, grip.column.key);
    if (axis === null || minute === undefined) return;
    const start = minuteOf(axis, grip.column.date, Date.parse(grip.moved.start));
    this.#press = { ...grip, event, offset: minute - start, timer: undefined };
    if (event.pointerType === 'touch') this.#press.timer = setTimeout(() => this.#begin(event), REST_MS);
    window.addEventListener('pointermove', this.#handleMove);
    window.addEventListener('pointerup', this.#handleUp);
    window.addEventListener('pointercancel', this.#handleCancel);
    window.addEventListener('keydown', this.#handleKey, true);
  }

  cancel(): void {
    clearTimeout(this.#press?.timer);
    window.removeEventListener('pointermove', this.#handleMove);
    window.removeEventListener('pointerup', this.#handleUp);
    window.removeEventListener('pointercancel', this.#handleCancel);
    window.removeEventListener('keydown', this.#handleKey, true);
    this.#press = null;
    if (this.#drag === null) return;
    this.#drag = null;
    this.#host.requestUpdate();
  }

  readonly #holdStill = (event: Event): void => {
    if (this.#drag !== null && event.cancelable) event.preventDefault();
  };

  readonly #handleMove = (event: PointerEvent): void => {
    const press = this.#press;
    if (press === null || event.pointerId !== press.event.pointerId) return;
    const distance = Math.hypot(event.clientX - press.event.clientX, event.clientY - press.event.clientY);
    if (this.#drag === null) {
      if (event.pointerType === 'touch') return distance > SCROLL_PX ? this.cancel() : undefined;
      if (distance < BEGIN_PX) return;
    }
    this.#begin(event);
  };

  readonly #handleUp = (event: PointerEvent): void => {
    if (event.pointerId !== this.#press?.event.pointerId) return;
    const drag = this.#drag;
    this.cancel();
    if (drag === null) return;
    this.#swallowsClick = true;
    if (drag.target !== null) this.#options.drop(drag.moved, drag.target);
  };

  readonly #handleCancel = (): void => this.cancel();

  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#drag === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.#swallowsClick = true;
    this.cancel();
  };

  /** Minute of the axis under a pointer, in a column. */
  #minuteAt({ clientY }: PointerEvent, key: string): number | undefined {
    const track = this.#options.tracks().get(key);
    const axis = this.#options.axis();
    if (!track || axis === null) return undefined;
    return axis.from + (clientY - track.getBoundingClientRect().top) / PIXELS_PER_MINUTE;
  }

  #columnAt({ clientX }: PointerEvent): Column | undefined {
    const tracks = this.#options.tracks();
    return this.#options.columns().find(({ key }) => {
      const box = tracks.get(key)?.getBoundingClientRect();
      return box !== undefined && clientX >= box.left && clientX < box.right;
    });
  }

  #begin(event: PointerEvent): void {
    const press = this.#press;
    const axis = this.#options.axis();
    if (press === null || axis === null) return;
    this.#scrollNear(event);
    const column = this.#columnAt(event) ?? press.column;
    const minute = this.#minuteAt(event, column.key);
    const hours = this.#options.hours();
    if (minute === undefined || hours === null) return;
    const { moved } = press;
    const service = this.#options.serviceOf(moved);
    const wanted = minute - press.offset;
    const from = snapMinute(wanted, service, event.altKey, openingBefore(axis, column.date, hours, wanted));
    const length = (Date.parse(moved.end) - Date.parse(moved.start)) / MINUTE_MS;
    const staffId = staffIn(moved, service, press.column, column);
    const start = new Date(instantOf(axis, column.date, from)).toISOString();
    const target = staffId === undefined ? null : { start, staffId };
    this.#drag = { moved, columnKey: column.key, from, to: from + length, target };
    this.#host.requestUpdate();
  }

  #scrollNear({ clientX, clientY }: PointerEvent): void {
    const scroller = this.#options.scroller();
    if (!scroller) return;
    const { left, right, top, bottom } = scroller.getBoundingClientRect();
    const step = (at: number, low: number, high: number): number => {
      if (at < low + EDGE_PX) return -SCROLL_STEP_PX;
      return at > high - EDGE_PX ? SCROLL_STEP_PX : 0;
    };
    scroller.scrollBy(step(clientX, left, right), step(clientY, top, bottom));
  }
}
