import type { DisplayTable } from './display.js';

export const displayAr: DisplayTable = {
  'display.now': 'يُنادى الآن',
  'display.call': 'الرقم {label}، {counter}',
  'display.recent': 'نودي قبل قليل',
  'display.none': 'سيظهر رقمك هنا',
  'display.waiting': {
    zero: 'لا أحد ينتظر',
    one: 'شخص واحد ينتظر',
    two: 'شخصان ينتظران',
    few: '{count} أشخاص ينتظرون',
    many: '{count} شخصًا ينتظرون',
    other: '{count} شخص ينتظرون',
  },
  'display.waitingList': 'المنتظرون',
  'display.page': 'صفحة {page} من {pages}',
  'display.stale': 'غير محدّث منذ {time}',
  'display.lastUpdated': 'لا يوجد اتصال. آخر تحديث {time}',
  'display.sound': 'المس لتشغيل الصوت',
  'display.fullScreen': 'المس لملء الشاشة',
  'display.join': 'انضم بهاتفك',
  'display.closed': 'مغلق الآن',
  'display.opens': 'نفتح الساعة {time}',
  'display.opensOn': 'نفتح يوم {day} الساعة {time}',
  'display.starting': 'جارٍ البدء…',
};
