/** What `<frontdesk-contact-card>` tells the page: that something was done, and never by or to whom (CC-19). */
import type { CardButton } from '@frontdesk/protocol/vocabulary';

export type CardActionKind = CardButton | 'link' | 'save' | 'code' | 'reveal' | 'form';

/** A button of the card was pressed. Cancel it to do something else instead. */
export class FrontdeskCardActionEvent extends Event {
  static readonly type = 'frontdesk-card-action';
  readonly kind: CardActionKind;

  constructor(kind: CardActionKind) {
    super(FrontdeskCardActionEvent.type, { bubbles: true, composed: true, cancelable: true });
    this.kind = kind;
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-card-action': FrontdeskCardActionEvent;
  }
}
