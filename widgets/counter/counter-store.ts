/**
 * What a console knows, and how each thing that happens changes it. Pure: no element, socket or clock in here.
 *
 * The console of a counter arrives whole, with the revision of the queue that it shows. Answers and facts overtake each
 * other, so an older revision never replaces a newer one; of equal ones the later counts, because receipts of screens
 * and the owner's changes move no revision.
 */
import type { CounterId, LocationId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { CounterDto, PriorityClass, QueuePolicy, ServiceDto } from '@frontdesk/protocol/queue-setup';
import type { StaffTicketDto } from '@frontdesk/protocol/queue-tickets';
import type { ErrorBody } from '@frontdesk/protocol/result';
import type { StaffCommandName } from '@frontdesk/protocol/staff';

/** `live`: what is shown is of now and commands get through. Only then anything can be pressed. */
export type Link = 'connecting' | 'live' | 'lost' | 'refused';

export interface QueueSetup {
  readonly services: readonly ServiceDto[];
  readonly counters: readonly CounterDto[];
  readonly policy: QueuePolicy;
}

export const TABS = ['line', 'held', 'no-shows', 'print'] as const;
export type Tab = (typeof TABS)[number];

/** A sheet over the console; it asks one thing. */
export type Sheet =
  | { readonly kind: 'pause' | 'transfer' | 'hold' | 'walk-in' | 'issue' | 'notice' | 'close-service' | 'help' }
  | { readonly kind: 'call' | 'cancel' | 'class'; readonly ticketId: TicketId }
  /** A number to hand out: new, or again. The link is only known when the ticket is made. */
  | { readonly kind: 'number'; readonly ticket: StaffTicketDto; readonly url: string | null };

export interface Pending {
  readonly command: StaffCommandName;
  readonly ticketId: TicketId | null;
}

/** Something that was refused or got no answer, and what it was about. */
export interface Failure {
  readonly command: StaffCommandName;
  readonly error: ErrorBody;
  /** Label of the ticket. */
  readonly label: string | null;
}

export interface CounterState {
  readonly link: Link;
  readonly locations: readonly LocationDto[] | null;
  readonly locationId: LocationId | null;
  readonly setup: QueueSetup | null;
  readonly setupError: ErrorBody | null;
  readonly counterId: CounterId | null;
  readonly view: CounterView | null;
  /** Server clock minus the computer's, as of the view. */
  readonly clockOffsetMs: number;
  /** The command under way; while there is one, nothing else can be pressed (QC-1). */
  readonly pending: Pending | null;
  readonly failure: Failure | null;
  readonly sheet: Sheet | null;
  readonly tab: Tab;
  readonly shortcutsOn: boolean;
}

export type CounterAction =
  | { readonly type: 'link-changed'; readonly link: Link }
  | { readonly type: 'locations-loaded'; readonly locations: readonly LocationDto[] }
  | { readonly type: 'location-chosen'; readonly locationId: LocationId }
  | { readonly type: 'setup-loaded'; readonly locationId: LocationId; readonly setup: QueueSetup }
  | { readonly type: 'setup-failed'; readonly error: ErrorBody }
  | { readonly type: 'counter-chosen'; readonly counterId: CounterId | null }
  | { readonly type: 'view-arrived'; readonly counterId: CounterId; readonly view: CounterView; readonly nowMs: number }
  | { readonly type: 'command-started'; readonly pending: Pending }
  | { readonly type: 'command-ended'; readonly failure: Failure | null }
  | { readonly type: 'failure-dismissed' }
  | { readonly type: 'sheet-shown'; readonly sheet: Sheet | null }
  | { readonly type: 'tab-shown'; readonly tab: Tab }
  | { readonly type: 'shortcuts-switched'; readonly on: boolean }
  | { readonly type: 'signed-out' };

export const INITIAL_COUNTER: CounterState = {
  link: 'connecting',
  locations: null,
  locationId: null,
  setup: null,
  setupError: null,
  counterId: null,
  view: null,
  clockOffsetMs: 0,
  pending: null,
  failure: null,
  sheet: null,
  tab: 'line',
  shortcutsOn: true,
};

export function reduceCounter(state: CounterState, action: CounterAction): CounterState {
  switch (action.type) {
    case 'link-changed':
      return state.link === action.link ? state : { ...state, link: action.link };
    case 'locations-loaded':
      return { ...state, locations: action.locations.filter(({ isArchived }) => !isArchived), setupError: null };
    case 'location-chosen':
      return { ...state, locationId: action.locationId, setup: null, setupError: null };
    case 'setup-loaded':
      return action.locationId === state.locationId ? { ...state, setup: action.setup, setupError: null } : state;
    case 'setup-failed':
      return { ...state, setupError: action.error };
    case 'counter-chosen':
      return { ...state, counterId: action.counterId, view: null, sheet: null, failure: null, tab: 'line' };
    case 'view-arrived':
      return applyView(state, action);
    case 'command-started':
      return { ...state, pending: action.pending, failure: null };
    case 'command-ended':
      return { ...state, pending: null, failure: action.failure };
    case 'failure-dismissed':
      return { ...state, failure: null };
    case 'sheet-shown':
      return { ...state, sheet: action.sheet };
    case 'tab-shown':
      return { ...state, tab: action.tab };
    case 'shortcuts-switched':
      return { ...state, shortcutsOn: action.on };
    case 'signed-out':
      return { ...INITIAL_COUNTER, shortcutsOn: state.shortcutsOn };
  }
}

function applyView(
  state: CounterState,
  { counterId, view, nowMs }: Extract<CounterAction, { type: 'view-arrived' }>,
): CounterState {
  if (counterId !== state.counterId || !isNewer(view, state.view)) return state;
  const next = { ...state, view, clockOffsetMs: Date.parse(view.serverTime) - nowMs };
  // What a sheet asks about may be over: somebody else called the ticket, or it was completed in another tab.
  return isSheetStale(next) ? { ...next, sheet: null } : next;
}

function isNewer(view: CounterView, shown: CounterView | null): boolean {
  if (shown === null || view.rev > shown.rev) return true;
  return view.rev === shown.rev && view.serverTime >= shown.serverTime;
}

function isSheetStale({ sheet, view }: CounterState): boolean {
  if (sheet === null || view === null) return false;
  switch (sheet.kind) {
    case 'call':
      return !view.line.some(({ id }) => id === sheet.ticketId);
    case 'cancel':
    case 'class':
      return findTicket(view, sheet.ticketId) === undefined;
    case 'transfer':
      return view.current === null;
    case 'hold':
      return view.current?.ticket.state !== 'serving';
    case 'walk-in':
      return view.current !== null;
    case 'pause':
      return view.counter.status !== 'open';
    default:
      return false;
  }
}

/** A ticket wherever the console shows it. */
export function findTicket(view: CounterView, ticketId: TicketId): StaffTicketDto | undefined {
  const everywhere = [view.line, view.held, view.noShows, view.printFailures].flat();
  if (view.current?.ticket.id === ticketId) return view.current.ticket;
  return everywhere.find(({ id }) => id === ticketId);
}

export function findService(state: Pick<CounterState, 'setup'>, id: ServiceId): ServiceDto | undefined {
  return state.setup?.services.find((service) => service.id === id);
}

export function findClass(state: Pick<CounterState, 'setup'>, key: string | null): PriorityClass | undefined {
  return key === null ? undefined : state.setup?.policy.classes.find((each) => each.key === key);
}

/** Nothing may be pressed while something is under way, or while nobody knows whether it would arrive (QC-1, QC-13). */
export function canPress({ link, pending }: Pick<CounterState, 'link' | 'pending'>): boolean {
  return link === 'live' && pending === null;
}

/** Set-aside tickets whose time has come and that this person may call here (QC-7). */
export function listDue(view: CounterView, memberId: string | undefined, nowMs: number): StaffTicketDto[] {
  return view.held.filter(
    (ticket) =>
      ticket.hold !== null &&
      ticket.hold.dueAt !== null &&
      Date.parse(ticket.hold.dueAt) <= nowMs &&
      mayCallHeld(ticket, view.counter.id, memberId),
  );
}

export function mayCallHeld({ hold }: StaffTicketDto, counterId: CounterId, memberId: string | undefined): boolean {
  if (hold === null) return false;
  if (hold.scope === 'location') return true;
  return hold.scope === 'counter' ? hold.counterId === counterId : hold.memberId === memberId;
}

/** How many who stand before it would be passed by calling this one now (QC-8). */
export function countPassed(view: CounterView, ticketId: TicketId): number {
  return Math.max(
    0,
    view.line.findIndex(({ id }) => id === ticketId),
  );
}

const LONG_FACTOR = 3;
const MINUTE_MS = 60_000;

/** Longer than three times the usual; the view says so when it is made, this also in between (QC-14). */
export function isLongService(state: Pick<CounterState, 'setup' | 'view'>, nowMs: number): boolean {
  const current = state.view?.current;
  if (!current || current.ticket.startedAt === null) return false;
  const typicalMs = (findService(state, current.ticket.serviceId)?.typicalMinutes ?? Infinity) * MINUTE_MS;
  return current.isLong || nowMs - Date.parse(current.ticket.startedAt) > LONG_FACTOR * typicalMs;
}

export type ReceiptState = 'none' | 'waiting' | 'shown' | 'missing';

/** A screen says within this that it shows a call, or somebody should look (QC-12). */
const RECEIPT_MS = 3_000;
/** The server allows a recall this long after the last call. */
const RECALL_AFTER_MS = 5_000;

export function readReceipt({ receipt, recallFrom }: NonNullable<CounterView['current']>, nowMs: number): ReceiptState {
  if (recallFrom === null || receipt.expected === 0) return 'none';
  if (receipt.shown >= receipt.expected) return 'shown';
  const lastCallMs = Date.parse(recallFrom) - RECALL_AFTER_MS;
  return nowMs - lastCallMs > RECEIPT_MS ? 'missing' : 'waiting';
}
