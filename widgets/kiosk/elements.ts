/** Registers the inner elements, which pages never place themselves. */
import { defineElement } from '../core/define-element.js';
import { FrontdeskKioskEntry } from './kiosk-entry.js';
import { FrontdeskKioskStage } from './kiosk-stage.js';

defineElement('frontdesk-kiosk-entry', FrontdeskKioskEntry);
defineElement('frontdesk-kiosk-stage', FrontdeskKioskStage);
