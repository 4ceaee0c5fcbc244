import { defineElement } from '../core/define-element.js';
import './elements.js';
import { FrontdeskKiosk } from './kiosk.js';

defineElement('frontdesk-kiosk', FrontdeskKiosk);
