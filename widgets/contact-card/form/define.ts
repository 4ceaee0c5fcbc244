import { defineElement } from '../../core/define-element.js';
import { FrontdeskCardForm } from './message-form.js';

defineElement('frontdesk-card-form', FrontdeskCardForm);
