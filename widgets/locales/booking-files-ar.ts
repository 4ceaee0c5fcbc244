import type { FilesTable } from './booking-files.js';

export const filesAr: FilesTable = {
  'files.add': 'أضف ملفات',
  'files.addOne': 'أضف ملفًا',
  'files.limits': {
    one: '{kinds}؛ حتى {size}، ملف واحد',
    two: '{kinds}؛ حتى {size} لكل ملف، ملفان على الأكثر',
    few: '{kinds}؛ حتى {size} لكل ملف، {count} ملفات على الأكثر',
    many: '{kinds}؛ حتى {size} لكل ملف، {count} ملفًا على الأكثر',
    other: '{kinds}؛ حتى {size} لكل ملف، {count} ملف على الأكثر',
  },
  'files.unsent': 'انتظر حتى تصل كل الملفات، أو أزل الملف وأضفه من جديد.',
  'files.waiting': 'في الانتظار',
  'files.retry': 'أعد المحاولة',
  'files.retryName': 'أعد المحاولة: {name}',
  'files.remove': 'إزالة {name}',
  'files.problem.kind': 'هذا النوع من الملفات غير مقبول هنا.',
  'files.problem.size': 'هذا الملف كبير جدًا.',
  'files.problem.count': 'عدد الملفات كافٍ.',
  'files.problem.limit': 'أُرسل الكثير في وقت قصير. يرجى الانتظار بضع دقائق.',
  'files.problem.network': 'لم يصل الملف. قد يكون الاتصال ضعيفًا؛ وما عداه محفوظ.',
};
