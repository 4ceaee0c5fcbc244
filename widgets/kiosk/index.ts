export { FrontdeskKiosk } from './kiosk.js';
export { FrontdeskKioskExitEvent } from './kiosk-events.js';
