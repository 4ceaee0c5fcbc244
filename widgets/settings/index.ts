/** The settings. Importing this has no side effect; `define.ts` registers the element. */
export { FrontdeskSettings } from './settings.js';
export { FrontdeskGoogleRequestedEvent } from '../staff/staff-access.js';
