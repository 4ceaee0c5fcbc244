/**
 * The state of a location's service day: every ticket, every counter, the last number of each series. A floor is what the events
 * so far say, and nothing else (`apply-event.ts`): folding the log from its start gives the same floor again.
 */
import type { CounterId, DeviceId, MembershipId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type {
  CounterStatus,
  HoldScope,
  PrintState,
  TicketPresence,
  TicketSource,
  TicketState,
} from '@frontdesk/protocol/vocabulary';
import type { CallReason, QueueActor } from './events.js';

/** One visit of a ticket to a service; a transfer begins the next. */
export interface Leg {
  readonly serviceId: ServiceId;
  readonly queuedAtMs: number;
  /** The first call and the first start: what comes after a hold or a missed call adds nothing to the wait. */
  readonly calledAtMs: number | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly counterId: CounterId | null;
  readonly memberId: MembershipId | null;
}

/** How a ticket stood when it was called, so that the call can be taken back without a trace. */
export interface BeforeCall extends Pick<
  FloorTicket,
  'state' | 'hold' | 'calledAtMs' | 'recalledAtMs' | 'callReason' | 'startedAtMs' | 'legs'
> {
  readonly passedIds: readonly TicketId[];
  /** Of the counter that called. */
  readonly statutoryRun: number;
}

export interface FloorTicket {
  readonly id: TicketId;
  readonly label: string;
  readonly prefix: string;
  readonly number: number;
  /** Of the service day's tickets, in the order of the log; breaks ties. */
  readonly issueSequence: number;
  readonly serviceId: ServiceId;
  readonly state: TicketState;
  readonly source: TicketSource;
  readonly presence: TicketPresence;
  readonly classKey: string | null;
  readonly isClassConfirmed: boolean;
  readonly language: Locale;
  readonly issuedAtMs: number;
  /** What its credit counts from. A transfer `sorted` and a return keep the first one; `back` starts again. */
  readonly queuedAtMs: number;
  readonly firstQueuedAtMs: number;
  readonly bookedForMs: number | null;
  readonly arrivedAtMs: number | null;
  /** Ahead of everybody in its line (transfer `front`); the earlier one first. null: in its place. */
  readonly frontAtMs: number | null;
  /** Tickets behind it that it still lets pass: by deferring or as the price of a return. */
  readonly placesBehind: number;
  /** Only this counter may call it (a transfer to one), as long as somebody sits there. */
  readonly pinnedCounterId: CounterId | null;
  readonly hold: {
    readonly scope: HoldScope;
    readonly counterId: CounterId;
    readonly memberId: MembershipId | null;
    readonly dueAtMs: number | null;
    readonly heldAtMs: number;
  } | null;
  /** The counter that called or serves it. */
  readonly counterId: CounterId | null;
  readonly callSequence: number;
  readonly calledAtMs: number | null;
  readonly recalledAtMs: readonly number[];
  readonly callReason: CallReason | null;
  /** null unless it is called. */
  readonly beforeCall: BeforeCall | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly returnCount: number;
  readonly transferCount: number;
  readonly outcome: string | null;
  readonly print: PrintState;
  readonly legs: readonly Leg[];
  /** Revision of its last event. */
  readonly rev: number;
  readonly lastActor: QueueActor;
}

export interface FloorCounter {
  readonly id: CounterId;
  readonly status: CounterStatus;
  readonly pauseReason: string | null;
  readonly resumeAtMs: number | null;
  readonly memberId: MembershipId | null;
  readonly memberName: string | null;
  /** Called or served here. */
  readonly ticketId: TicketId | null;
  /** Statutory tickets called in a row, for `maxConsecutive`; what was set aside and is called again does not count. */
  readonly statutoryRun: number;
}

export interface NumberBlock {
  readonly deviceId: DeviceId;
  readonly serviceId: ServiceId;
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
}

export interface Floor {
  readonly serviceDay: string;
  /** Zone that the day began with; a new one takes effect with the next day. */
  readonly timeZone: string;
  /** Number of the last event. */
  readonly rev: number;
  readonly tickets: ReadonlyMap<TicketId, FloorTicket>;
  /** Tickets in state `waiting`, in the order in which they joined their line. */
  readonly waiting: ReadonlySet<TicketId>;
  readonly counters: ReadonlyMap<CounterId, FloorCounter>;
  /** Last number by `prefix`, over all services of the series. */
  readonly lastNumbers: ReadonlyMap<string, number>;
  readonly blocks: readonly NumberBlock[];
  readonly issuedCount: ReadonlyMap<ServiceId, number>;
  readonly callSequence: number;
  readonly finishing: ReadonlySet<ServiceId>;
  readonly closures: ReadonlyMap<ServiceId, { readonly message: string; readonly sinceMs: number }>;
  readonly notice: string | null;
}

/** States in which a ticket still wants something. */
export function isOpenTicket({ state }: Pick<FloorTicket, 'state'>): boolean {
  return state === 'booked' || state === 'waiting' || state === 'called' || state === 'serving' || state === 'held';
}

export function findCounter(floor: Floor, id: CounterId): FloorCounter {
  return (
    floor.counters.get(id) ?? {
      id,
      status: 'closed',
      pauseReason: null,
      resumeAtMs: null,
      memberId: null,
      memberName: null,
      ticketId: null,
      statutoryRun: 0,
    }
  );
}
