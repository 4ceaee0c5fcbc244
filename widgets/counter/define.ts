/** Registers `<frontdesk-counter>` and its parts: the only side effect of this folder. */
import { defineElement } from '../core/element.js';
import { defineStaffElements } from '../staff/elements.js';
import { FrontdeskCounter } from './counter.js';
import { FrontdeskCounterDesk } from './counter-desk.js';
import { FrontdeskCounterLists } from './counter-lists.js';
import { FrontdeskCounterOverview } from './counter-overview.js';
import { FrontdeskCounterPicker } from './counter-picker.js';
import { FrontdeskCounterSheet } from './counter-sheet.js';
import { FrontdeskCounterTicket } from './counter-ticket.js';

defineStaffElements();
defineElement('frontdesk-counter-ticket', FrontdeskCounterTicket);
defineElement('frontdesk-counter-overview', FrontdeskCounterOverview);
defineElement('frontdesk-counter-lists', FrontdeskCounterLists);
defineElement('frontdesk-counter-picker', FrontdeskCounterPicker);
defineElement('frontdesk-counter-sheet', FrontdeskCounterSheet);
defineElement('frontdesk-counter-desk', FrontdeskCounterDesk);
defineElement('frontdesk-counter', FrontdeskCounter);

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-counter-ticket': FrontdeskCounterTicket;
    'frontdesk-counter-overview': FrontdeskCounterOverview;
    'frontdesk-counter-lists': FrontdeskCounterLists;
    'frontdesk-counter-picker': FrontdeskCounterPicker;
    'frontdesk-counter-sheet': FrontdeskCounterSheet;
    'frontdesk-counter-desk': FrontdeskCounterDesk;
    'frontdesk-counter': FrontdeskCounter;
  }
}
