import type { ConversationId } from '@frontdesk/protocol/ids';
import type { StaffClient } from './staff-client.js';
import type { StaffIdentity, StaffThread } from './staff-types.js';

export interface StaffThreadOptions extends StaffIdentity {
  readonly client: StaffClient;
  readonly conversationId: ConversationId;
}

export function createStaffThread(_options: StaffThreadOptions): StaffThread {
  throw new Error('Not built yet.');
}
