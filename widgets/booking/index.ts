export { FrontdeskBooking } from './booking.js';
export { FrontdeskManageBooking } from './manage/manage-booking.js';
export {
  FrontdeskBookingBeforeSubmitEvent,
  FrontdeskBookingBookedEvent,
  FrontdeskBookingCancelledEvent,
  FrontdeskBookingHoldEvent,
  FrontdeskBookingHoldExpiredEvent,
  FrontdeskBookingRescheduledEvent,
  FrontdeskBookingSlotSelectEvent,
} from './visit-events.js';
export {
  FrontdeskBookingErrorEvent,
  FrontdeskBookingReadyEvent,
  FrontdeskBookingServiceSelectEvent,
} from './booking-events.js';
