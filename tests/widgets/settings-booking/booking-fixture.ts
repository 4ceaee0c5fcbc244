/** The pages of booking behind a scripted link. */
import '@frontdesk/widgets/settings/booking/define';
import { BOOKING_ANSWERS } from '@frontdesk/widgets/settings/booking/booking-states';
import type { BookingPageName } from '@frontdesk/widgets/settings/settings-store';
import { openSetupPage, type SetupChoices, type SetupFixture } from '../settings/setup-fixture.js';

export function openBookingPage(page: BookingPageName, choices: SetupChoices = {}): Promise<SetupFixture> {
  return openSetupPage('frontdesk-settings-booking', page, BOOKING_ANSWERS, choices);
}
