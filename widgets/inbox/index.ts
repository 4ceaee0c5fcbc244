/** The staff inbox. Importing this has no side effect; `define.ts` registers the element. */
export { FrontdeskInbox } from './inbox.js';
export { FrontdeskInboxUnreadEvent } from './inbox-events.js';
export { FrontdeskGoogleRequestedEvent } from '../staff/staff-access.js';
