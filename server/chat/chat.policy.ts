/** Pure: may this actor see this conversation? What they may not see answers NOT_FOUND, like an id that never existed. */
import type { StaffActor, VisitorActor } from '../core/context.js';
import type { Member } from '../tenancy/index.js';
import type { Conversation } from './chat.types.js';

type Place = Pick<Conversation, 'inboxId'>;

/** Inbox scope of a member (IN-2). */
export function canStaffSee(actor: Pick<StaffActor, 'inboxIds'>, conversation: Place): boolean {
  return actor.inboxIds === null || actor.inboxIds.includes(conversation.inboxId);
}

/**
 * A visitor sees their contact's conversations on this site. While nobody vouches for the person, only those that this
 * browser's own token began: the host page's scripts can read the token, and it must not open what other devices wrote.
 */
export function canVisitorSee(
  actor: VisitorActor,
  conversation: Pick<Conversation, 'siteId' | 'contactId' | 'tokenHash'>,
): boolean {
  if (actor.requireIdentity && !actor.verified) return false;
  if (conversation.siteId !== actor.siteId || conversation.contactId !== actor.contactId) return false;
  return actor.verified || conversation.tokenHash === actor.tokenHash;
}

/** Work can be given to a colleague who is there and may see it (TEN-05). */
export function canBeAssigned(member: Member | undefined, conversation: Place): boolean {
  return member !== undefined && !member.disabled && member.role !== 'viewer' && canStaffSee(member, conversation);
}
