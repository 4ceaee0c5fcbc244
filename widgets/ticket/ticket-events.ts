/** What `<frontdesk-ticket>` tells the page (they bubble and cross shadow roots), and what its inner elements ask of it. */
import type { TicketToken } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { TicketCommands } from '@frontdesk/protocol/ticket';
import type { TicketActionName } from './ticket-actions.js';

/** A counter calls this ticket, or calls it again. */
export class FrontdeskTicketCalledEvent extends Event {
  static readonly type = 'frontdesk-ticket-called';
  readonly label: string;
  /** null where no counter is named. */
  readonly counter: string | null;

  constructor(label: string, counter: string | null) {
    super(FrontdeskTicketCalledEvent.type, { bubbles: true, composed: true });
    this.label = label;
    this.counter = counter;
  }
}

/** Somebody joined the line here. Whoever knows the token holds the ticket. */
export class FrontdeskTicketJoinedEvent extends Event {
  static readonly type = 'frontdesk-ticket-joined';
  readonly token: TicketToken;

  constructor(token: TicketToken) {
    super(FrontdeskTicketJoinedEvent.type, { bubbles: true, composed: true });
    this.token = token;
  }
}

export interface TicketRequests {
  act: { [Name in TicketActionName]: { name: Name; input: TicketCommands[Name]['input'] } }[TicketActionName];
  retry: null;
  dismiss: null;
  acknowledge: null;
  speak: { language: Locale };
  ring: { isOn: boolean };
  notices: null;
}
export type TicketRequestName = keyof TicketRequests;

/** An inner element asks; the outer one decides. Never leaves it. */
export class TicketRequestEvent<Name extends TicketRequestName = TicketRequestName> extends Event {
  static readonly type = 'frontdesk-ticket-request';
  readonly request: Name;
  readonly detail: TicketRequests[Name];

  constructor(request: Name, detail: TicketRequests[Name]) {
    super(TicketRequestEvent.type, { bubbles: true, composed: true });
    this.request = request;
    this.detail = detail;
  }
}
