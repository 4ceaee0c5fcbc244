/** Everything of booking from the calendar on, in one file that is fetched one step ahead. */
import './calendar/define.js';
import './details/define.js';

export { createVisit } from './visit-controller.js';
export { renderSummary } from './booking-summary.js';
