/**
 * What each role may do. The table is data, so that the matrix test can walk it; finer rules (the last owner, an
 * inbox out of scope) are policies of their domain.
 */
import { ROLES, type Role } from '@frontdesk/protocol/vocabulary';

export const PERMISSIONS = {
  /** Own session, own password, what every member sees of the business. */
  'self:manage': ROLES,
  'tenant:read': ROLES,
  'tenant:manage': ['owner', 'admin'],
  'member:read': ROLES,
  'member:manage': ['owner', 'admin'],
  'site:read': ROLES,
  'site:manage': ['owner', 'admin'],
  /** Reading a secret is more than changing a setting. */
  'site:secrets': ['owner', 'admin'],
  'team:read': ROLES,
  'team:manage': ['owner', 'admin'],
  'location:read': ROLES,
  'location:manage': ['owner', 'admin'],
  'card:read': ROLES,
  'card:manage': ['owner', 'admin'],
  /** Watching a queue, reports without personal details. */
  'queue:read': ROLES,
  /** Serving at a counter. */
  'queue:serve': ['owner', 'admin', 'agent'],
  /** Services, counters, policy, closing a service. */
  'queue:manage': ['owner', 'admin'],
  'queue:export': ['owner', 'admin'],
  /** The agenda, and what can be booked. */
  'booking:read': ROLES,
  /** Booking for others, moving, marking; answers that were given in confidence. */
  'booking:write': ['owner', 'admin', 'agent'],
  /** Services, people, rooms, time off. */
  'booking:manage': ['owner', 'admin'],
  /** Webhooks and API keys: whoever has one acts for the business. */
  'integration:manage': ['owner', 'admin'],
  'device:read': ROLES,
  'device:manage': ['owner', 'admin'],
  'conversation:read': ROLES,
  'conversation:reply': ['owner', 'admin', 'agent'],
  'conversation:manage': ['owner', 'admin', 'agent'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function canRole(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}
