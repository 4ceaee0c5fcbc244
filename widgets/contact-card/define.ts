import { defineElement } from '../core/define-element.js';
import { FrontdeskCardView } from './card-view.js';
import { FrontdeskContactCard } from './contact-card.js';

defineElement('frontdesk-card-view', FrontdeskCardView);
defineElement('frontdesk-contact-card', FrontdeskContactCard);
