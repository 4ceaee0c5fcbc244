import type { ConversationSession } from './session-types.js';
import type { VisitorClient } from './visitor-client.js';

export type * from './session-types.js';

export function createConversationSession(_client: VisitorClient): ConversationSession {
  throw new Error('Not built yet.');
}
/** The page's one session of this client; elements on the same page show the same conversation. */
export function getConversationSession(_client: VisitorClient): ConversationSession {
  throw new Error('Not built yet.');
}
