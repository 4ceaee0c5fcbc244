/** Conversations: the log, its two audiences, the inbox. */
import type { BoundCommand } from '../core/command.js';
import type { StaffContext, VisitorContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import type { Contacts } from '../contacts/index.js';
import type { Presence } from '../presence/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { bindChatCommands } from './chat.commands.js';
import { createChatListeners } from './chat.listeners.js';
import { createChatModels } from './chat.model.js';
import { createChatService, type ChatService } from './chat.service.js';
import { createChatStore } from './chat.store.js';
import { createEntryLog } from './entry-log.js';
import { createEntryStore } from './entry.store.js';
import { createRowWriter } from './row-writer.js';
import type { Head } from './sync.service.js';
import { createThreads } from './threads.js';

export type { Head } from './sync.service.js';

export interface ChatDeps extends CoreDeps {
  readonly directory: TenancyDirectory;
  readonly facts: FactPublisher;
  readonly contacts: Contacts;
  readonly presence: Presence;
}

export interface Chat {
  /** Both tables, visitor and staff, for the executor. */
  readonly commands: readonly BoundCommand[];
  readonly service: ChatService;
  /** Messages that visitors write elsewhere than in the chat. */
  readonly deliver: ChatService['deliver'];
  /** The visitor's conversations in visitor numbering; `realtime.ts` joins their rooms and reports them. */
  listVisitorHeads(context: VisitorContext): Promise<Head[]>;
  /** The most recently active conversations that this member may see. */
  listStaffHeads(context: StaffContext): Promise<Head[]>;
  /** Mends what a dead process left half done. */
  start(): Promise<void>;
  /** Writes what is pending. */
  stop(): Promise<void>;
}

export function createChat(deps: ChatDeps): Chat {
  const { bus, log, clock } = deps;
  const models = createChatModels(deps.connection);
  const conversations = createChatStore(models);
  const entries = createEntryStore(models);
  const entryLog = createEntryLog({ store: entries, clock });
  const rows = createRowWriter({
    conversations,
    entries,
    log,
    handleWritten: (conversation) => {
      const { tenantId } = conversation;
      bus.publish('conversation:changed', { tenantId, conversation, isVisitorVisible: false });
    },
  });
  const threads = createThreads({ ...deps, conversations, log: entryLog, rows });
  const service = createChatService({ ...deps, conversations, entries, entryLog, threads });
  const stopListening = createChatListeners({ bus, facts: deps.facts, threads, log });

  return {
    commands: bindChatCommands(service),
    service,
    deliver: service.deliver,
    listVisitorHeads: service.listVisitorHeads,
    listStaffHeads: service.listStaffHeads,
    async start() {
      const mended = await rows.mend();
      if (mended > 0) log.info({ mended }, 'list rows were brought up to date with their logs');
    },
    async stop() {
      await rows.stop();
      stopListening();
    },
  };
}
