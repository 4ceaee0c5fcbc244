export { FrontdeskBooking } from './booking.js';
export { FrontdeskManageBooking } from './manage/manage-booking.js';
export {
  FrontdeskBookingBeforeSubmitEvent,
  FrontdeskBookingBookedEvent,
  FrontdeskBookingCancelledEvent,
  FrontdeskBookingErrorEvent,
  FrontdeskBookingHoldEvent,
  FrontdeskBookingHoldExpiredEvent,
  FrontdeskBookingReadyEvent,
  FrontdeskBookingRescheduledEvent,
  FrontdeskBookingServiceSelectEvent,
  FrontdeskBookingSlotSelectEvent,
} from './booking-events.js';
