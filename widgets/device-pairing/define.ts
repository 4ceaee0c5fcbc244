import { defineElement } from '../core/define-element.js';
import { FrontdeskDevicePairing } from './device-pairing.js';

defineElement('frontdesk-device-pairing', FrontdeskDevicePairing);
