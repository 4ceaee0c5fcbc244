export { FrontdeskQueueDisplay } from './queue-display.js';
