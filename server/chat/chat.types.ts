/** Records as the rest of the domain sees them: plain, with string ids. */
import type {
  ContactId,
  ConversationId,
  IdempotencyKey,
  InboxId,
  MembershipId,
  SiteId,
  TeamId,
  TenantId,
} from '@frontdesk/protocol/ids';
import type { EntryKind } from '@frontdesk/protocol/vocabulary';
import type { ConversationRecord, EntryRecord } from './chat.model.js';

export type { PendingEvent } from './chat.model.js';

/** The smallest context a repository call needs. */
export interface Scoped {
  readonly tenantId: TenantId | null;
}

export interface Conversation extends Omit<
  Readonly<ConversationRecord>,
  '_id' | 'tenantId' | 'siteId' | 'inboxId' | 'contactId' | 'assigneeId' | 'teamId'
> {
  readonly id: ConversationId;
  readonly tenantId: TenantId;
  readonly siteId: SiteId;
  readonly inboxId: InboxId;
  readonly contactId: ContactId;
  readonly assigneeId: MembershipId | null;
  readonly teamId: TeamId | null;
}

export interface Entry extends Omit<Readonly<EntryRecord>, '_id' | 'tenantId' | 'conversationId'> {
  readonly conversationId: ConversationId;
}

export type Author = EntryRecord['author'];

/** What is about to be appended; the log gives it its place. */
export interface EntryDraft {
  readonly kind: EntryKind;
  readonly author: Author;
  readonly key: IdempotencyKey | string;
  readonly bodyHash: string;
  readonly body: string;
  readonly event: EntryRecord['event'];
}

export interface Head {
  readonly seq: number;
  readonly visitorSeq: number;
}

export const CONTACT_AUTHOR_ID = 'contact';

export function isVisitorVisible(kind: EntryKind): boolean {
  return kind === 'message';
}

declare module '../core/bus.js' {
  interface DomainEvents {
    /** A durable entry stands in the log. */
    'entry:appended': {
      readonly tenantId: TenantId;
      readonly conversation: Conversation;
      readonly entry: Entry;
      readonly socketId?: string | undefined;
    };
    /** A retry found its entry in the log. Whoever missed it learns its place with the next report of heads. */
    'entry:repeated': {
      readonly tenantId: TenantId;
      readonly conversation: Conversation;
      readonly entry: Entry;
    };
    /** Something other than the log changed, or a list row did. */
    'conversation:changed': {
      readonly tenantId: TenantId;
      readonly conversation: Conversation;
      /** False when only what staff see changed, such as a list row. */
      readonly isVisitorVisible: boolean;
    };
    'conversation:marked': {
      readonly tenantId: TenantId;
      readonly conversation: Conversation;
      readonly party: 'visitor' | 'staff';
    };
  }
}
