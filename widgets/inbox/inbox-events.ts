/** What inner elements ask of the inbox, and what the inbox tells the page. */
import type { ConversationId, IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Availability, ListView, TypingMode } from '@frontdesk/protocol/vocabulary';
import { RequestEvent } from '../staff/staff-element.js';
import type { ConversationChange, Density, Pane } from './inbox-store.js';

export type InboxRequest =
  | { readonly type: 'choose-view'; readonly view: ListView }
  | { readonly type: 'filter'; readonly text: string }
  | { readonly type: 'choose-density'; readonly density: Density }
  | { readonly type: 'load-more' }
  | { readonly type: 'reload-list' }
  | { readonly type: 'open'; readonly conversationId: ConversationId | null }
  | { readonly type: 'show-pane'; readonly pane: Pane }
  | { readonly type: 'load-older' }
  | { readonly type: 'reload-thread' }
  | { readonly type: 'seen' }
  | { readonly type: 'choose-mode'; readonly mode: TypingMode }
  | { readonly type: 'type-draft'; readonly text: string }
  | { readonly type: 'send'; readonly mode: TypingMode; readonly text: string }
  | { readonly type: 'set-typing'; readonly on: boolean; readonly mode: TypingMode }
  | { readonly type: 'send-anyway' }
  | { readonly type: 'take-back' }
  | { readonly type: 'change-again' }
  | { readonly type: 'retry-entry'; readonly key: IdempotencyKey }
  | { readonly type: 'remove-entry'; readonly key: IdempotencyKey }
  | { readonly type: 'change'; readonly set: ConversationChange }
  | { readonly type: 'dismiss-conflict' }
  | { readonly type: 'set-presence'; readonly availability: Exclude<Availability, 'offline'> }
  | { readonly type: 'toggle-help'; readonly open: boolean }
  | { readonly type: 'switch-shortcuts'; readonly on: boolean }
  | { readonly type: 'dismiss-failure' }
  | { readonly type: 'sign-out' };

export class InboxRequestEvent extends RequestEvent<InboxRequest> {
  static readonly type = 'frontdesk-inbox-request';

  constructor(request: InboxRequest) {
    super(InboxRequestEvent.type, request);
  }
}

/** The number of unread conversations in the loaded list changed; a page may show it in its title. */
export class FrontdeskInboxUnreadEvent extends Event {
  static readonly type = 'frontdesk-inbox-unread-changed';
  readonly count: number;

  constructor(count: number) {
    super(FrontdeskInboxUnreadEvent.type, { bubbles: true, composed: true });
    this.count = count;
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-inbox-request': InboxRequestEvent;
    'frontdesk-inbox-unread-changed': FrontdeskInboxUnreadEvent;
  }
}
