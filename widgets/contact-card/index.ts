export { FrontdeskContactCard } from './contact-card.js';
export { FrontdeskCardActionEvent } from './contact-card-events.js';
export { FrontdeskMessageSentEvent } from './form/message-sent-event.js';
