/** Registers what all staff elements use. Called by the `define` modules only. */
import { defineElement } from '../core/element.js';
import { FrontdeskStaffAccess } from './staff-access.js';
import { FrontdeskStaffMenu } from './staff-menu.js';

export function defineStaffElements(): void {
  defineElement('frontdesk-staff-menu', FrontdeskStaffMenu);
  defineElement('frontdesk-staff-access', FrontdeskStaffAccess);
}
