/** Records of the queue as plain objects. Neighbours may know what `index.ts` exports of them. */
import type { Situation } from '@frontdesk/domain/queue/decision';
import type { QueueActor, QueueEvent } from '@frontdesk/domain/queue/events';
import type { QueueSetup } from '@frontdesk/domain/queue/setup';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import type { CounterId, DeviceId, LocationId, ServiceId, TenantId, TicketId } from '@frontdesk/protocol/ids';
import type { Location } from '../locations/index.js';
import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import type { Series } from '@frontdesk/protocol/queue-setup';
import type { AskRule } from '@frontdesk/protocol/vocabulary';

export interface Scoped {
  readonly tenantId: TenantId | null;
}

/** An event as it stands in the log. */
export interface LoggedEvent extends QueueEvent {
  readonly serviceDay: string;
  readonly key: string | null;
  readonly inputHash: string | null;
}

/** One location's queue as this process knows it. */
export interface QueueHandle {
  readonly tenantId: TenantId;
  readonly locationId: LocationId;
}

/** What the cores read of a location, with the words and rules that only people read. */
export interface FullSetup extends QueueSetup {
  readonly location: Location;
  readonly servicesById: ReadonlyMap<ServiceId, Service>;
  readonly countersById: ReadonlyMap<CounterId, Counter>;
}

/** A queue at one moment. The floor is live: read what you need before you await anything. */
export interface LiveSituation extends Situation {
  readonly setup: FullSetup;
}

/** Reads what the owner set up; cached, and read again when it changes. */
export interface Setups {
  /** Throws NOT_FOUND for a location of another tenant. */
  read(context: Scoped, locationId: LocationId): Promise<FullSetup>;
  /** As last read; undefined when it never was, or was forgotten. */
  peek(queue: QueueHandle): FullSetup | undefined;
  forget(queue: QueueHandle): void;
}

/** Told of everything that was written, in order, also of what other processes wrote. */
export type QueueListener = (queue: QueueHandle, event: LoggedEvent, situation: LiveSituation) => void;

export type { QueueActor };

/** A service as the owner set it up; what happens to it during a day (closed, finishing) is on the floor. */
export interface Service extends ServiceFields {
  readonly id: ServiceId;
  readonly locationId: LocationId;
}

export interface ServiceFields {
  readonly names: LocalizedText;
  readonly series: Series;
  readonly pool: string;
  readonly typicalMinutes: number;
  readonly targetWaitMinutes: number;
  readonly capPerDay: number | null;
  readonly maxWaiting: number | null;
  readonly stopAt: string | null;
  readonly askName: AskRule;
  readonly askPhone: AskRule;
  readonly consentText: string;
  readonly isRemoteJoinAllowed: boolean;
  readonly isArchived: boolean;
}

export interface CounterFields {
  readonly label: string;
  readonly group: string;
  readonly serviceIds: readonly ServiceId[];
  readonly isArchived: boolean;
}

export interface Counter extends CounterFields {
  readonly id: CounterId;
  readonly locationId: LocationId;
}

/** The look-up row of a ticket. */
export interface TicketRow {
  readonly id: TicketId;
  readonly tenantId: TenantId;
  readonly locationId: LocationId;
  /** False once its token opens nothing any more. */
  readonly isOpen: boolean;
  /** As of its last event; null for a row whose ticket never came to be. */
  readonly ticket: FloorTicket | null;
  readonly serviceDay: string | null;
  readonly rev: number;
  readonly promises: readonly {
    readonly at: Date;
    readonly ahead: number;
    readonly p50Seconds: number;
    readonly p80Seconds: number;
  }[];
  readonly rating: { readonly stars: number; readonly text: string; readonly at: Date } | null;
  readonly push: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  } | null;
  readonly purgeAt: Date | null;
}

/** Who holds a ticket; gone at `purgeAt`. */
export interface Person {
  readonly locationId: LocationId;
  readonly name: string;
  readonly phone: string | null;
  readonly note: string;
  readonly consentAt: Date | null;
  readonly serviceDay: string;
  readonly purgeAt: Date;
}

/** A display that is connected, as far as the queue must know it: what it shows. */
export interface ShownBy {
  readonly deviceId: DeviceId;
  readonly serviceIds: readonly ServiceId[];
  readonly counterGroups: readonly string[];
  /** Masked names beside numbers (QD-14). */
  readonly showNames: boolean;
  /** Who sees the code of the day proves with it to be in the room (QP-6). */
  readonly showJoinCode: boolean;
}

/** A kiosk, as far as the queue must know it. */
export interface KioskTerms {
  /** Services that it offers; empty for all. */
  readonly serviceIds: readonly ServiceId[];
  readonly isCheckInOn: boolean;
}

/** What the queue needs of the devices domain. */
export interface DevicePort {
  /** Displays of a location that are connected to this process. */
  listDisplays(queue: QueueHandle): readonly ShownBy[];
  /** Queues with a device that is connected to this process. */
  listQueues(): readonly QueueHandle[];
  /** Throws UNAUTHENTICATED for a device that is not there any more. */
  findDisplay(context: Scoped, deviceId: DeviceId): Promise<ShownBy>;
  findKiosk(context: Scoped, deviceId: DeviceId): Promise<KioskTerms>;
  /** When the device last had nothing left to sync, epoch milliseconds: what it syncs afterwards is not older. */
  lastContactMs(context: Scoped, deviceId: DeviceId): Promise<number>;
}
