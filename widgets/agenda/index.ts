/** The agenda of staff. Importing this has no side effect; `define.ts` registers the element. */
export { FrontdeskAgenda } from './agenda.js';
export { FrontdeskAgendaBookingEvent } from './agenda-events.js';
export { FrontdeskGoogleRequestedEvent } from '../staff/staff-access.js';
