/** Who is here now: viewers of a thread, typing signs, availability. In memory, per process, never stored. */
import type { MembershipId, TenantId } from '@frontdesk/protocol/ids';
import type { Availability } from '@frontdesk/protocol/vocabulary';
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import type { TenancyDirectory } from '../tenancy/tenancy.types.js';

export interface PresenceDeps extends CoreDeps {
  readonly directory: TenancyDirectory;
  readonly facts: FactPublisher;
}

export interface Presence {
  availabilityOf(tenantId: TenantId, memberId: MembershipId): Availability;
  /** True when any member has an open socket and is not away. */
  isAnyoneOnline(tenantId: TenantId): boolean;
  stop(): void;
}

export function createPresence(_deps: PresenceDeps): Presence {
  throw new Error('Presence is being built.');
}
