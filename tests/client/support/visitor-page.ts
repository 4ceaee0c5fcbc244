import type { SiteKey } from '@frontdesk/protocol/ids';
import {
  createConversationSession,
  type ConversationSession,
} from '@frontdesk/widgets/core/client/conversation-session';
import { createVisitorClient, type VisitorClient } from '@frontdesk/widgets/core/client/visitor-client';
import type { Tab } from './environment.js';

const SITE = 'pk_000000000000000000000000' as SiteKey;

export interface VisitorPage {
  readonly tab: Tab;
  readonly client: VisitorClient;
  readonly session: ConversationSession;
  kill(): void;
}

/** A page with a chat on it, already started. */
export function openVisitorPage(tab: Tab, serverUrl: string): VisitorPage {
  const client = createVisitorClient({ serverUrl, site: SITE, environment: tab.environment });
  const session = createConversationSession(client);
  session.start();
  return {
    tab,
    client,
    session,
    kill() {
      tab.kill();
      client.connection.close();
    },
  };
}
