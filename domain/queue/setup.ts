/** What the owner set up, as the cores read it. The server builds it from its documents. Minutes stay minutes here. */
import type { CounterId, ServiceId } from '@frontdesk/protocol/ids';
import type { PriorityClass, QueuePolicy, Series } from '@frontdesk/protocol/queue-setup';
import type { OpeningHours } from '@frontdesk/protocol/hours';

export interface ServiceSetup {
  readonly id: ServiceId;
  readonly series: Series;
  readonly pool: string;
  readonly typicalMinutes: number;
  readonly targetWaitMinutes: number;
  readonly capPerDay: number | null;
  readonly maxWaiting: number | null;
  readonly stopAt: string | null;
  readonly isArchived: boolean;
}

export interface CounterSetup {
  readonly id: CounterId;
  readonly serviceIds: readonly ServiceId[];
  readonly isArchived: boolean;
}

export interface QueueSetup {
  /** Archived ones too: their tickets are served to the end. */
  readonly services: ReadonlyMap<ServiceId, ServiceSetup>;
  readonly counters: ReadonlyMap<CounterId, CounterSetup>;
  readonly policy: QueuePolicy;
  readonly hours: OpeningHours;
  /** Zone of the days that begin from now on; the running one keeps what it began with (`floor.timeZone`, QA-1). */
  readonly timeZone: string;
  /** `HH:MM` at which the service day changes. */
  readonly dayStart: string;
}

export type { PriorityClass, QueuePolicy };
