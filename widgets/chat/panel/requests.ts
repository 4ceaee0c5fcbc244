/** What the panel's elements ask for. Requests bubble up to the controller and stop there. */
import type { IdempotencyKey } from '@frontdesk/protocol/ids';

export interface ChatRequests {
  readonly send: { readonly body: string };
  readonly retry: { readonly key: IdempotencyKey };
  readonly remove: { readonly key: IdempotencyKey };
  readonly draft: { readonly text: string };
  readonly read: undefined;
  readonly older: undefined;
  readonly reload: undefined;
  readonly close: undefined;
  readonly sound: { readonly isOn: boolean };
}
export type ChatRequestName = keyof ChatRequests;

export class ChatRequestEvent<Name extends ChatRequestName = ChatRequestName> extends Event {
  static readonly eventName = 'chat-request';
  readonly request: Name;
  readonly detail: ChatRequests[Name];
  constructor(request: Name, detail: ChatRequests[Name]) {
    super(ChatRequestEvent.eventName, { bubbles: true, composed: true });
    this.request = request;
    this.detail = detail;
  }
}
