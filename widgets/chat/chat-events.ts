/** What `<frontdesk-chat>` tells the page. All events bubble and cross shadow roots. */

const OPTIONS = { bubbles: true, composed: true } as const;

/** The launcher can be used. */
export class FrontdeskReadyEvent extends Event {
  static readonly eventName = 'frontdesk-ready';
  constructor() {
    super(FrontdeskReadyEvent.eventName, OPTIONS);
  }
}

/** The panel was opened, by the visitor or by the page. */
export class FrontdeskOpenEvent extends Event {
  static readonly eventName = 'frontdesk-open';
  constructor() {
    super(FrontdeskOpenEvent.eventName, OPTIONS);
  }
}

/** The panel was closed. */
export class FrontdeskCloseEvent extends Event {
  static readonly eventName = 'frontdesk-close';
  constructor() {
    super(FrontdeskCloseEvent.eventName, OPTIONS);
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
export class FrontdeskMessageEvent extends Event {
  static readonly eventName = 'frontdesk-message';
  readonly message: ChatMessageSummary;
  constructor(message: ChatMessageSummary) {
    super(FrontdeskMessageEvent.eventName, OPTIONS);
    this.message = message;
  }
}

/** The number of messages that the visitor has not seen changed. */
export class FrontdeskUnreadChangedEvent extends Event {
  static readonly eventName = 'frontdesk-unread-changed';
  readonly count: number;
  constructor(count: number) {
    super(FrontdeskUnreadChangedEvent.eventName, OPTIONS);
    this.count = count;
  }
}

/** The visitor's first message made a conversation. */
export class FrontdeskConversationStartedEvent extends Event {
  static readonly eventName = 'frontdesk-conversation-started';
  readonly conversationId: string;
  constructor(conversationId: string) {
    super(FrontdeskConversationStartedEvent.eventName, OPTIONS);
    this.conversationId = conversationId;
  }
}

/** Something the page's developer should know: a code of the protocol, or `LOAD_FAILED` when code did not arrive. */
export class FrontdeskErrorEvent extends Event {
  static readonly eventName = 'frontdesk-error';
  readonly code: string;
  readonly detail: string;
  constructor(code: string, detail: string) {
    super(FrontdeskErrorEvent.eventName, OPTIONS);
    this.code = code;
    this.detail = detail;
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
