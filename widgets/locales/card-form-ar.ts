import type { FormTable } from './card-form.js';

export const table: FormTable = {
  'form.name': 'اسمك',
  'form.email': 'البريد الإلكتروني',
  'form.phone': 'الهاتف',
  'form.either': 'يكفي أحدهما.',
  'form.body': 'رسالتك',
  'form.send': 'إرسال',
  'form.cancel': 'إلغاء',
  'form.sending': 'جارٍ الإرسال…',
  'form.offline': 'لا يوجد اتصال. ستُرسل فور عودته؛ أبقِ هذه الصفحة مفتوحة.',
  'form.sent': 'تم الإرسال. شكرًا لك!',
  'form.sentText': 'سنرد على العنوان أو الرقم الذي أعطيتنا إياه.',
  'form.again': 'كتابة رسالة أخرى',
  'form.nameMissing': 'من فضلك اكتب اسمك.',
  'form.reachMissing': 'من فضلك اكتب بريدًا إلكترونيًا أو رقم هاتف.',
  'form.emailWrong': 'عنوان البريد هذا غير مكتمل.',
  'form.phoneWrong': 'رقم الهاتف هذا غير مكتمل.',
  'form.bodyMissing': 'من فضلك اكتب شيئًا.',
  'form.failed': 'تعذر الإرسال. اتصل بنا أو حاول لاحقًا.',
  'form.tooMany': 'رسائل كثيرة جدًا. حاول بعد بضع دقائق.',
};
