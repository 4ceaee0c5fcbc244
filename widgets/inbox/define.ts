/** Registers `<frontdesk-inbox>` and its parts: the only side effect of this folder. */
import { defineElement } from '../core/element.js';
import { defineStaffElements } from '../staff/elements.js';
import { FrontdeskInbox } from './inbox.js';
import { FrontdeskInboxComposer } from './inbox-composer.js';
import { FrontdeskInboxDesk } from './inbox-desk.js';
import { FrontdeskInboxDetails } from './inbox-details.js';
import { FrontdeskInboxEntry } from './inbox-entry.js';
import { FrontdeskInboxHelp } from './inbox-help.js';
import { FrontdeskInboxList } from './inbox-list.js';
import { FrontdeskInboxRow } from './inbox-row.js';
import { FrontdeskInboxThread } from './inbox-thread.js';
import { FrontdeskInboxThreadHeader } from './inbox-thread-header.js';
import { FrontdeskInboxTimeline } from './inbox-timeline-view.js';
import { FrontdeskInboxViews } from './inbox-views.js';

defineStaffElements();
defineElement('frontdesk-inbox-row', FrontdeskInboxRow);
defineElement('frontdesk-inbox-views', FrontdeskInboxViews);
defineElement('frontdesk-inbox-list', FrontdeskInboxList);
defineElement('frontdesk-inbox-entry', FrontdeskInboxEntry);
defineElement('frontdesk-inbox-timeline', FrontdeskInboxTimeline);
defineElement('frontdesk-inbox-composer', FrontdeskInboxComposer);
defineElement('frontdesk-inbox-thread-header', FrontdeskInboxThreadHeader);
defineElement('frontdesk-inbox-thread', FrontdeskInboxThread);
defineElement('frontdesk-inbox-details', FrontdeskInboxDetails);
defineElement('frontdesk-inbox-help', FrontdeskInboxHelp);
defineElement('frontdesk-inbox-desk', FrontdeskInboxDesk);
defineElement('frontdesk-inbox', FrontdeskInbox);

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-inbox-row': FrontdeskInboxRow;
    'frontdesk-inbox-views': FrontdeskInboxViews;
    'frontdesk-inbox-list': FrontdeskInboxList;
    'frontdesk-inbox-entry': FrontdeskInboxEntry;
    'frontdesk-inbox-timeline': FrontdeskInboxTimeline;
    'frontdesk-inbox-composer': FrontdeskInboxComposer;
    'frontdesk-inbox-thread-header': FrontdeskInboxThreadHeader;
    'frontdesk-inbox-thread': FrontdeskInboxThread;
    'frontdesk-inbox-details': FrontdeskInboxDetails;
    'frontdesk-inbox-help': FrontdeskInboxHelp;
    'frontdesk-inbox-desk': FrontdeskInboxDesk;
    'frontdesk-inbox': FrontdeskInbox;
  }
}
