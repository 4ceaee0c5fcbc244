/** Pure rules of the team beyond the permission table: who may touch whom. */
import type { Role } from '@frontdesk/protocol/vocabulary';
import type { Member } from './tenancy.types.js';

/** Owners are made, changed and removed by owners only. */
export function canGrantRole(actorRole: Role, role: Role): boolean {
  if (actorRole === 'owner') return true;
  return actorRole === 'admin' && role !== 'owner';
}

export function canManageMember(actorRole: Role, target: Pick<Member, 'role'>): boolean {
  return canGrantRole(actorRole, target.role);
}

export interface MemberChange {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly inboxIds?: readonly string[] | null | undefined;
}

/**
 * Nobody raises himself (TEN-09): only owners grant what is above an admin, and below an admin nobody grants at all.
 * Nobody changes his own inboxes. Disabling oneself is refused because it is always a slip: removing oneself says the
 * same on purpose. Stepping down is allowed.
 */
export function canChangeMember(
  actor: { readonly membershipId: string; readonly role: Role },
  target: Pick<Member, 'id' | 'role'>,
  change: MemberChange,
): boolean {
  if (!canManageMember(actor.role, target)) return false;
  if (change.role !== undefined && !canGrantRole(actor.role, change.role)) return false;
  const isSelf = actor.membershipId === target.id;
  return !isSelf || (change.disabled === undefined && change.inboxIds === undefined);
}

/** True when the member stops being an owner who can act. */
export function isLosingOwner(target: Pick<Member, 'role' | 'disabled'>, change: MemberChange): boolean {
  const isOwner = target.role === 'owner' && !target.disabled;
  const staysOwner = (change.role ?? target.role) === 'owner' && !(change.disabled ?? target.disabled);
  return isOwner && !staysOwner;
}
