import { defineElement } from '../core/define-element.js';
import { FrontdeskCardView } from './card-view.js';
import { FrontdeskContactCard } from './contact-card.js';

defineElement('frontdesk-card-view', FrontdeskCardView);
defineElement('frontdesk-contact-card', FrontdeskContactCard);

/** What a preview needs to draw a card that is not stored yet. */
export { cardCatalogue } from '../locales/card.js';
export { describeView } from './card-session.js';
