/** What the parts of the console ask for, and what the page around it hears. */
import type { CounterId, LocationId, ServiceId, TicketId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { CounterView } from '@frontdesk/protocol/queue-counter';
import type { StaffCommands } from '@frontdesk/protocol/staff';
import type { TicketState } from '@frontdesk/protocol/vocabulary';
import { RequestEvent } from '../staff/staff-element.js';
import type { Sheet, Tab } from './counter-store.js';

/** Commands at a counter: each answers with the console as it is afterwards. */
export type MoveName = {
  [Name in keyof StaffCommands]: StaffCommands[Name]['output'] extends CounterView ? Name : never;
}[Exclude<keyof StaffCommands, 'counter:read'>];

/** A move without the counter, which the controller knows. */
export type Move = {
  [Name in MoveName]: { readonly name: Name; readonly input: Omit<StaffCommands[Name]['input'], 'counterId'> };
}[MoveName];

/** A ticket made at the desk, as the form gives it. */
export interface DeskTicket {
  readonly serviceId: ServiceId;
  readonly language: Locale;
  readonly classKey: string | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly note: string;
  readonly overridesLimits: boolean;
}

export type CounterRequest =
  | { readonly type: 'choose-location'; readonly locationId: LocationId }
  | { readonly type: 'reload' }
  /** Sit down at a counter; `watch` shows it without sitting down. */
  | { readonly type: 'sit' | 'watch'; readonly counterId: CounterId }
  | { readonly type: 'change-counter' }
  | { readonly type: 'move'; readonly move: Move }
  | { readonly type: 'complete-and-call' }
  | { readonly type: 'issue'; readonly ticket: DeskTicket }
  | { readonly type: 'reprint'; readonly ticketId: TicketId }
  | { readonly type: 'finish-line'; readonly isFinishing: boolean }
  | { readonly type: 'broadcast'; readonly notice: string | null }
  | { readonly type: 'close-service'; readonly serviceId: ServiceId; readonly message: string | null }
  | { readonly type: 'show-sheet'; readonly sheet: Sheet | null }
  | { readonly type: 'show-tab'; readonly tab: Tab }
  | { readonly type: 'switch-shortcuts'; readonly on: boolean }
  | { readonly type: 'dismiss-failure' }
  | { readonly type: 'sign-out' };

export class CounterRequestEvent extends RequestEvent<CounterRequest> {
  static readonly type = 'frontdesk-counter-request';

  constructor(request: CounterRequest) {
    super(CounterRequestEvent.type, request);
  }
}

/** Another ticket stands at this counter, or it moved on; a back office may open the customer's file. */
export class FrontdeskCounterTicketEvent extends Event {
  static readonly type = 'frontdesk-counter-ticket-changed';
  /** Number of the ticket; null when there is none. */
  readonly label: string | null;
  readonly state: TicketState | null;

  constructor(label: string | null, state: TicketState | null) {
    super(FrontdeskCounterTicketEvent.type, { bubbles: true, composed: true });
    this.label = label;
    this.state = state;
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-counter-request': CounterRequestEvent;
    'frontdesk-counter-ticket-changed': FrontdeskCounterTicketEvent;
  }
}
