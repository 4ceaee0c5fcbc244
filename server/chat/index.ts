/** Conversations: the log, its two audiences, the inbox. */
import type { ConversationId } from '@frontdesk/protocol/ids';
import type { BoundCommand } from '../core/command.js';
import type { StaffContext, VisitorContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import type { Contacts } from '../contacts/index.js';
import type { Presence } from '../presence/index.js';
import type { TenancyDirectory } from '../tenancy/tenancy.types.js';

export interface ChatDeps extends CoreDeps {
  readonly directory: TenancyDirectory;
  readonly facts: FactPublisher;
  readonly contacts: Contacts;
  readonly presence: Presence;
}

export interface Head {
  readonly conversationId: ConversationId;
  readonly epoch: string;
  readonly seq: number;
}

export interface Chat {
  /** Both tables, visitor and staff, for the executor. */
  readonly commands: readonly BoundCommand[];
  /** The visitor's conversations in visitor numbering; `realtime.ts` joins their rooms and reports them. */
  listVisitorHeads(context: VisitorContext): Promise<Head[]>;
  /** The most recently active conversations that this member may see. */
  listStaffHeads(context: StaffContext): Promise<Head[]>;
  /** Mends what a dead process left half done, then keeps sweeping. */
  start(): Promise<void>;
  /** Writes what is pending and stops the sweep. */
  stop(): Promise<void>;
}

export function createChat(_deps: ChatDeps): Chat {
  throw new Error('Chat is being built.');
}
