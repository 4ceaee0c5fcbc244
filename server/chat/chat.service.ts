/** All use cases of the chat under one name; each group lives in its own file. */
import type { CoreDeps } from '../core/deps.js';
import type { FactPublisher } from '../core/facts.js';
import type { Contacts } from '../contacts/index.js';
import type { Presence } from '../presence/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import type { ChatStore } from './chat.store.js';
import type { EntryLog } from './entry-log.js';
import type { EntryStore } from './entry.store.js';
import { createListService } from './list.service.js';
import { createMarkersService } from './markers.service.js';
import { createPresenceService } from './presence.service.js';
import { createSendService } from './send.service.js';
import { createSyncService } from './sync.service.js';
import type { Threads } from './threads.js';
import { createUpdateService } from './update.service.js';
import { createVisitorService } from './visitor.service.js';

export interface ChatServiceDeps extends CoreDeps {
  readonly conversations: ChatStore;
  readonly entries: EntryStore;
  /** The append-only log of conversations; `log` is the process's own log. */
  readonly entryLog: EntryLog;
  readonly threads: Threads;
  readonly contacts: Contacts;
  readonly presence: Presence;
  readonly directory: TenancyDirectory;
  readonly facts: FactPublisher;
}

export type ChatService = ReturnType<typeof createChatService>;

export function createChatService(deps: ChatServiceDeps) {
  return {
    ...createVisitorService(deps),
    ...createSendService({ ...deps, log: deps.entryLog }),
    ...createSyncService(deps),
    ...createUpdateService(deps),
    ...createMarkersService(deps),
    ...createListService(deps),
    ...createPresenceService(deps),
  };
}
