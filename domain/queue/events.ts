/**
 * What can happen to the queue of a location. The log holds events and nothing else; each is the outcome of one command and is written
 * as one document, so its changes happen together or not at all. The floor (`floor.ts`) is a pure function of them. Events carry no
 * name, phone number or note. They are never changed: a new field is optional and gets a default when folded. Instants are epoch
 * milliseconds.
 */
import type { CounterId, DeviceId, MembershipId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { FloorCounter, FloorTicket } from './floor.js';
import type { Locale } from '@frontdesk/protocol/locales';
import type { HoldScope, PrintState, TicketPresence, TicketSource, TransferMode } from '@frontdesk/protocol/vocabulary';

/** Who did it. `id` is a membership, device, ticket or the name of a job; `name` is kept because members come and go. */
export interface QueueActor {
  readonly kind: 'staff' | 'device' | 'ticket' | 'visitor' | 'system';
  readonly id: string;
  readonly name: string;
}

/** Why a ticket was called (QC-5). */
export interface CallReason {
  readonly rule: 'pinned' | 'statutory' | 'appointment' | 'credit' | 'longest-wait' | 'chosen' | 'held' | 'alternation';
  readonly classKey: string | null;
  readonly waitedMs: number;
  /** What staff wrote when they chose by hand. */
  readonly note: string | null;
}

export interface TicketIssued {
  readonly type: 'ticket-issued';
  readonly ticketId: TicketId;
  readonly serviceId: ServiceId;
  /** Series and number; `label` is what both read as. */
  readonly prefix: string;
  readonly number: number;
  readonly label: string;
  readonly source: TicketSource;
  readonly presence: TicketPresence;
  readonly classKey: string | null;
  readonly isClassConfirmed: boolean;
  readonly language: Locale;
  /** From when it counts as waiting; earlier than the event for a ticket that was handed out offline. */
  readonly queuedAtMs: number;
  /** An appointment: it waits as `booked` until it checks in. */
  readonly bookedForMs: number | null;
  readonly isOffline: boolean;
}

interface OfTicket<Type extends string> {
  readonly type: Type;
  readonly ticketId: TicketId;
}

/** What a new service day inherits: tickets that are being served, counters, and what was announced. */
export interface CarriedOver {
  readonly tickets: readonly FloorTicket[];
  readonly counters: readonly FloorCounter[];
  readonly callSequence: number;
  readonly closures: readonly { readonly serviceId: ServiceId; readonly message: string; readonly sinceMs: number }[];
  readonly notice: string | null;
}

export type QueueChange =
  /** The log of a day can be read from here on: what outlives the day before is carried along. */
  | {
      readonly type: 'day-began';
      readonly serviceDay: string;
      readonly timeZone: string;
      readonly carried: CarriedOver;
    }
  | TicketIssued
  /** `isLate`: past the window, so it queues as a walk-in from now. */
  | (OfTicket<'ticket-checked-in'> & { readonly isLate: boolean })
  | (OfTicket<'ticket-called'> & {
      readonly counterId: CounterId;
      readonly callSequence: number;
      readonly reason: CallReason;
      /** Tickets that stood before it and let it pass; each owes one place less now. */
      readonly passedIds: readonly TicketId[];
      /** Statutory tickets that this counter called in a row, this one included. */
      readonly statutoryRun: number;
    })
  | (OfTicket<'ticket-recalled'> & { readonly callSequence: number })
  | OfTicket<'call-undone'>
  /** `isAutomatic`: by the clock, or because the service ended; then it counts from the call. */
  | (OfTicket<'ticket-started'> & { readonly isAutomatic: boolean })
  | (OfTicket<'ticket-missed'> & { readonly isAutomatic: boolean })
  /** A no-show is back in line, `penaltyPlaces` behind where it stood. */
  | (OfTicket<'ticket-returned'> & { readonly penaltyPlaces: number })
  | (OfTicket<'ticket-transferred'> & {
      readonly serviceId: ServiceId;
      readonly mode: TransferMode;
      readonly toCounterId: CounterId | null;
    })
  | (OfTicket<'ticket-held'> & {
      readonly scope: HoldScope;
      readonly counterId: CounterId;
      readonly memberId: MembershipId | null;
      readonly dueAtMs: number | null;
    })
  | (OfTicket<'ticket-completed'> & { readonly outcome: string | null })
  | (OfTicket<'ticket-cancelled'> & { readonly reason: string | null })
  | OfTicket<'ticket-expired'>
  | (OfTicket<'ticket-deferred'> & { readonly places: number })
  | (OfTicket<'ticket-class-set'> & { readonly classKey: string | null })
  | (OfTicket<'ticket-language-set'> & { readonly language: Locale })
  | (OfTicket<'ticket-printed'> & { readonly print: PrintState })
  | {
      readonly type: 'counter-opened';
      readonly counterId: CounterId;
      readonly memberId: MembershipId;
      readonly memberName: string;
    }
  | {
      readonly type: 'counter-paused';
      readonly counterId: CounterId;
      readonly reason: string;
      readonly resumeAtMs: number | null;
    }
  | { readonly type: 'counter-resumed'; readonly counterId: CounterId }
  | { readonly type: 'counter-closed'; readonly counterId: CounterId }
  /** Numbers that a kiosk may hand out without a network, in a sub-series of the device. */
  | {
      readonly type: 'block-reserved';
      readonly deviceId: DeviceId;
      readonly serviceId: ServiceId;
      readonly prefix: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly type: 'line-finishing'; readonly serviceIds: readonly ServiceId[]; readonly isFinishing: boolean }
  | { readonly type: 'service-closed'; readonly serviceId: ServiceId; readonly message: string | null }
  | { readonly type: 'notice-set'; readonly notice: string | null };

export type QueueChangeType = QueueChange['type'];

export interface QueueEvent {
  /** Place in the log of the location; grows by one. */
  readonly rev: number;
  readonly atMs: number;
  readonly actor: QueueActor;
  readonly changes: readonly QueueChange[];
}
