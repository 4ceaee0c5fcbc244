export { FrontdeskContactCard } from './contact-card.js';
export { FrontdeskCardActionEvent, FrontdeskMessageSentEvent } from './contact-card-events.js';
