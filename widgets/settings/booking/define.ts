/** Registers the pages of booking: the only side effect of this folder. */
import { defineElement } from '../../core/define-element.js';
import { FrontdeskSetupCopy } from '../setup/setup-copy.js';
import { FrontdeskSetupHours } from '../setup/setup-hours.js';
import { FrontdeskBookingPeople } from './booking-people.js';
import { FrontdeskBookingPool } from './booking-pool.js';
import { FrontdeskBookingResource } from './booking-resource.js';
import { FrontdeskBookingRetention } from './booking-retention.js';
import { FrontdeskBookingRooms } from './booking-rooms.js';
import { FrontdeskBookingService } from './booking-service.js';
import { FrontdeskBookingServices } from './booking-services.js';
import { FrontdeskBookingTags } from './booking-tags.js';
import { FrontdeskSettingsBooking } from './settings-booking.js';

defineElement('frontdesk-setup-hours', FrontdeskSetupHours);
defineElement('frontdesk-setup-copy', FrontdeskSetupCopy);
defineElement('frontdesk-setup-tags', FrontdeskBookingTags);
defineElement('frontdesk-setup-service', FrontdeskBookingService);
defineElement('frontdesk-setup-services', FrontdeskBookingServices);
defineElement('frontdesk-setup-resource', FrontdeskBookingResource);
defineElement('frontdesk-setup-people', FrontdeskBookingPeople);
defineElement('frontdesk-setup-pool', FrontdeskBookingPool);
defineElement('frontdesk-setup-rooms', FrontdeskBookingRooms);
defineElement('frontdesk-setup-retention', FrontdeskBookingRetention);
defineElement('frontdesk-settings-booking', FrontdeskSettingsBooking);

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-settings-booking': FrontdeskSettingsBooking;
  }
}
