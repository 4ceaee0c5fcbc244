/** Records of the queue as plain objects. Neighbours may know what `index.ts` exports of them. */
import type { Situation } from '@frontdesk/domain/queue/decision';
import type { QueueActor, QueueEvent } from '@frontdesk/domain/queue/events';
import type { QueueSetup } from '@frontdesk/domain/queue/setup';
import type { LocationId, TenantId } from '@frontdesk/protocol/ids';

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

/** Reads what the owner set up; cached, and read again when it changes. */
export interface SetupReader {
  /** Throws NOT_FOUND for a location of another tenant. */
  read(context: Scoped, locationId: LocationId): Promise<QueueSetup>;
  /** As last read; undefined when it never was, or was forgotten. */
  peek(queue: QueueHandle): QueueSetup | undefined;
  forget(queue: QueueHandle): void;
}

/** Told of everything that was written, in order, also of what other processes wrote. */
export type QueueListener = (queue: QueueHandle, event: LoggedEvent, situation: Situation) => void;

export type { QueueActor };
