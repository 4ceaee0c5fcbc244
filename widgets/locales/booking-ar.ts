import type { BookingStartTable } from './booking.js';

export const table: BookingStartTable = {
  'booking.label': 'حجز موعد',
  'booking.close': 'إغلاق',
  'booking.loading': 'لحظة من فضلك…',
  'booking.unavailable': 'الحجز لا يعمل حاليًا. نواصل المحاولة.',
  'booking.nothingOffered': 'لا يوجد ما يمكن حجزه هنا حاليًا.',
  'booking.call': 'أو اتصل بنا:',
  'booking.chooseService': 'كيف يمكننا مساعدتك؟',
  'booking.chooseStaff': 'من تود أن تقابل؟',
  'booking.anyone': 'أي شخص',
  'booking.anyoneText': 'أكثر الأوقات المتاحة',
  'booking.change': 'تغيير',
  'booking.change.service': 'تغيير الخدمة',
  'booking.change.staff': 'تغيير الشخص',
  'booking.change.time': 'تغيير الوقت',
  'booking.online': 'عبر الإنترنت',
};
