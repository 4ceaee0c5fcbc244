/** Inner elements ask for these; the machine decides. Never seen outside `<frontdesk-kiosk>`. */
import type { ServiceId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Aid } from './kiosk-store.js';

export type KioskRequest =
  | { readonly type: 'begin' }
  | { readonly type: 'choose-service'; readonly serviceId: ServiceId }
  | { readonly type: 'declare'; readonly classKey: string | null }
  /** null: the customer goes on without. */
  | { readonly type: 'give-name'; readonly name: string | null }
  | { readonly type: 'give-phone'; readonly phone: string | null }
  | { readonly type: 'accept-warning' }
  | { readonly type: 'open-check-in' }
  | { readonly type: 'check-in'; readonly code: string }
  /** Four digits. */
  | { readonly type: 'give-phone-end'; readonly phoneEnd: string }
  | { readonly type: 'choose-line'; readonly serviceId: ServiceId }
  | { readonly type: 'retry' }
  | { readonly type: 'back' }
  | { readonly type: 'end' }
  | { readonly type: 'more-time' }
  | { readonly type: 'choose-language'; readonly language: Locale }
  | { readonly type: 'switch-aid'; readonly aid: Aid; readonly on: boolean }
  | { readonly type: 'open-staff' }
  | { readonly type: 'close-staff' }
  | { readonly type: 'check-pin'; readonly pin: string }
  | { readonly type: 'connect-printer' }
  | { readonly type: 'test-print' }
  | { readonly type: 'exit' };

export class KioskRequestEvent extends Event {
  readonly request: KioskRequest;

  constructor(request: KioskRequest) {
    super('frontdesk-kiosk-request', { bubbles: true, composed: true });
    this.request = request;
  }
}

/** Staff left the locked screen with the right PIN. The page decides what comes next. */
export class FrontdeskKioskExitEvent extends Event {
  constructor() {
    super('frontdesk-kiosk-exit', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'frontdesk-kiosk-request': KioskRequestEvent;
    'frontdesk-kiosk-exit': FrontdeskKioskExitEvent;
  }
}
