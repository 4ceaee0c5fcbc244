/** The business has the message that was written in the form. */
export class FrontdeskMessageSentEvent extends Event {
  static readonly type = 'frontdesk-message-sent';

  constructor() {
    super(FrontdeskMessageSentEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-message-sent': FrontdeskMessageSentEvent;
  }
}
