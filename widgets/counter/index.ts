/** The counter console. Importing this has no side effect; `define.ts` registers the element. */
export { FrontdeskCounter } from './counter.js';
export { FrontdeskCounterTicketEvent } from './counter-events.js';
export { FrontdeskGoogleRequestedEvent } from '../staff/staff-access.js';
