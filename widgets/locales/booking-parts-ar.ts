import type { PartsTable } from './booking-parts.js';

export const partsAr: PartsTable = {
  'parts.visit': 'زيارتك',
  'parts.which': 'ماذا تريد أيضًا؟',
  'parts.who': '{service}: من تود أن تقابل؟',
  'parts.toTimes': 'العودة إلى المواعيد',
  'parts.otherService': 'اختيار خدمة أخرى',
  'parts.remove': 'إزالة',
  'parts.removeThis': 'إزالة {service}',
  'parts.changeWho': 'تغيير الشخص لخدمة {service}',
};
