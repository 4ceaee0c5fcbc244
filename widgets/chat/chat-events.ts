/** What `<frontdesk-chat>` tells the page. All events bubble and cross shadow roots. */

class FrontdeskChatEvent extends Event {
  constructor(type: string) {
    super(type, { bubbles: true, composed: true });
  }
}

/** The launcher can be used. */
export class FrontdeskReadyEvent extends FrontdeskChatEvent {
  constructor() {
    super('frontdesk-ready');
  }
}

/** The panel was opened, by the visitor or by the page. */
export class FrontdeskOpenEvent extends FrontdeskChatEvent {
  constructor() {
    super('frontdesk-open');
  }
}

/** The panel was closed. */
export class FrontdeskCloseEvent extends FrontdeskChatEvent {
  constructor() {
    super('frontdesk-close');
  }
}

/** Something the page's developer should know: a code of the protocol, or `LOAD_FAILED` when code did not arrive. */
export class FrontdeskErrorEvent extends FrontdeskChatEvent {
  readonly code: string;
  readonly detail: string;
  constructor(code: string, detail: string) {
    super('frontdesk-error');
    this.code = code;
    this.detail = detail;
  }
}

export interface ChatMessageSummary {
  readonly id: string;
  readonly isMine: boolean;
  readonly authorName: string | null;
  readonly body: string;
  /** ISO instant. */
  readonly at: string;
}

/** A message appeared in the thread: the visitor's own once it is on the server, or one of the business. */
export class FrontdeskMessageEvent extends FrontdeskChatEvent {
  readonly message: ChatMessageSummary;
  constructor(message: ChatMessageSummary) {
    super('frontdesk-message');
    this.message = message;
  }
}

/** The number of messages that the visitor has not seen changed. */
export class FrontdeskUnreadChangedEvent extends FrontdeskChatEvent {
  readonly count: number;
  constructor(count: number) {
    super('frontdesk-unread-changed');
    this.count = count;
  }
}

/** The visitor's first message made a conversation. */
export class FrontdeskConversationStartedEvent extends FrontdeskChatEvent {
  readonly conversationId: string;
  constructor(conversationId: string) {
    super('frontdesk-conversation-started');
    this.conversationId = conversationId;
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-ready': FrontdeskReadyEvent;
    'frontdesk-open': FrontdeskOpenEvent;
    'frontdesk-close': FrontdeskCloseEvent;
    'frontdesk-message': FrontdeskMessageEvent;
    'frontdesk-unread-changed': FrontdeskUnreadChangedEvent;
    'frontdesk-conversation-started': FrontdeskConversationStartedEvent;
    'frontdesk-error': FrontdeskErrorEvent;
  }
}
