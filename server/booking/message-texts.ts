/** What customers read about their bookings, in every language of the house. */
import type { Locale } from '@frontdesk/protocol/locales';
import type { MessageKind } from './booking.types.js';

export interface MessageFacts {
  readonly service: string;
  readonly business: string;
  /** Short: `Tue, 24 Nov, 10:00`. */
  readonly when: string;
}

export interface MessageTexts {
  readonly subjects: Readonly<Record<MessageKind, (facts: MessageFacts) => string>>;
  readonly news: Readonly<Record<MessageKind, (facts: MessageFacts) => string>>;
  readonly labels: {
    readonly when: string;
    readonly service: string;
    readonly staff: string;
    readonly place: string;
    readonly code: string;
  };
  readonly online: string;
  readonly manage: string;
  readonly footer: (facts: MessageFacts) => string;
}

const en: MessageTexts = {
  subjects: {
    requested: ({ service, when }) => `Request received: ${service}, ${when}`,
    confirmed: ({ service, when }) => `Booked: ${service}, ${when}`,
    moved: ({ service, when }) => `New time: ${service}, ${when}`,
    'zone-changed': ({ service, when }) => `Your time stays: ${service}, ${when}`,
    declined: ({ service, when }) => `Not possible: ${service}, ${when}`,
    'cancelled-by-customer': ({ service, when }) => `Cancelled: ${service}, ${when}`,
    'cancelled-by-business': ({ service, when }) => `Cancelled: ${service}, ${when}`,
    'reminder-day': ({ service, when }) => `Reminder: ${service}, ${when}`,
    'reminder-hours': ({ service, when }) => `Soon: ${service}, ${when}`,
  },
  news: {
    requested: ({ business }) => `${business} has received your request and keeps the time until it is decided.`,
    confirmed: ({ business }) => `Your appointment with ${business} is booked.`,
    moved: ({ business }) => `Your appointment with ${business} has changed. This is how it stands now:`,
    'zone-changed': ({ business }) =>
      `The rules of the clocks have changed. Your appointment with ${business} keeps its time on the clock; the invitation in this e-mail puts it right in your calendar.`,
    declined: ({ business }) => `${business} could not accept this request. The time is no longer kept for you.`,
    'cancelled-by-customer': ({ business }) => `You have cancelled your appointment with ${business}.`,
    'cancelled-by-business': ({ business }) => `${business} had to cancel this appointment.`,
    'reminder-day': ({ business }) => `This is a reminder of your appointment with ${business}.`,
    'reminder-hours': ({ business }) => `Your appointment with ${business} begins soon.`,
  },
  labels: { when: 'When', service: 'What', staff: 'With', place: 'Where', code: 'Booking code' },
  online: 'Online',
  manage: 'Change or cancel',
  footer: ({ business }) => `You get this e-mail because your address was given for this appointment with ${business}.`,
};

const ms: MessageTexts = {
  subjects: {
    requested: ({ service, when }) => `Permintaan diterima: ${service}, ${when}`,
    confirmed: ({ service, when }) => `Ditempah: ${service}, ${when}`,
    moved: ({ service, when }) => `Masa baharu: ${service}, ${when}`,
    'zone-changed': ({ service, when }) => `Masa anda kekal: ${service}, ${when}`,
    declined: ({ service, when }) => `Tidak dapat diterima: ${service}, ${when}`,
    'cancelled-by-customer': ({ service, when }) => `Dibatalkan: ${service}, ${when}`,
    'cancelled-by-business': ({ service, when }) => `Dibatalkan: ${service}, ${when}`,
    'reminder-day': ({ service, when }) => `Peringatan: ${service}, ${when}`,
    'reminder-hours': ({ service, when }) => `Tidak lama lagi: ${service}, ${when}`,
  },
  news: {
    requested: ({ business }) =>
      `${business} telah menerima permintaan anda dan menyimpan masa ini sehingga keputusan dibuat.`,
    confirmed: ({ business }) => `Janji temu anda dengan ${business} telah ditempah.`,
    moved: ({ business }) => `Janji temu anda dengan ${business} telah berubah. Butiran terkini:`,
    'zone-changed': ({ business }) =>
      `Peraturan zon waktu telah berubah. Janji temu anda dengan ${business} kekal pada waktu jam yang sama; jemputan dalam e-mel ini membetulkannya dalam kalendar anda.`,
    declined: ({ business }) =>
      `${business} tidak dapat menerima permintaan ini. Masa ini tidak lagi disimpan untuk anda.`,
    'cancelled-by-customer': ({ business }) => `Anda telah membatalkan janji temu anda dengan ${business}.`,
    'cancelled-by-business': ({ business }) => `${business} terpaksa membatalkan janji temu ini.`,
    'reminder-day': ({ business }) => `Ini peringatan tentang janji temu anda dengan ${business}.`,
    'reminder-hours': ({ business }) => `Janji temu anda dengan ${business} akan bermula tidak lama lagi.`,
  },
  labels: { when: 'Masa', service: 'Perkhidmatan', staff: 'Dengan', place: 'Tempat', code: 'Kod tempahan' },
  online: 'Dalam talian',
  manage: 'Tukar atau batalkan',
  footer: ({ business }) =>
    `Anda menerima e-mel ini kerana alamat anda diberikan untuk janji temu dengan ${business} ini.`,
};

const zh: MessageTexts = {
  subjects: {
    requested: ({ service, when }) => `已收到申请:${service},${when}`,
    confirmed: ({ service, when }) => `预约成功:${service},${when}`,
    moved: ({ service, when }) => `时间变更:${service},${when}`,
    'zone-changed': ({ service, when }) => `时间不变:${service},${when}`,
    declined: ({ service, when }) => `无法接受:${service},${when}`,
    'cancelled-by-customer': ({ service, when }) => `已取消:${service},${when}`,
    'cancelled-by-business': ({ service, when }) => `已取消:${service},${when}`,
    'reminder-day': ({ service, when }) => `预约提醒:${service},${when}`,
    'reminder-hours': ({ service, when }) => `即将开始:${service},${when}`,
  },
  news: {
    requested: ({ business }) => `${business}已收到您的申请,在作出决定之前会为您保留这个时间。`,
    confirmed: ({ business }) => `您在${business}的预约已成功。`,
    moved: ({ business }) => `您在${business}的预约有变更,最新安排如下:`,
    'zone-changed': ({ business }) =>
      `当地的时区规则有变动。您在${business}的预约仍按原来的钟点进行,本邮件中的邀请会更正您日历中的时间。`,
    declined: ({ business }) => `${business}无法接受这次申请,该时间不再为您保留。`,
    'cancelled-by-customer': ({ business }) => `您已取消在${business}的预约。`,
    'cancelled-by-business': ({ business }) => `${business}不得不取消这次预约。`,
    'reminder-day': ({ business }) => `提醒您在${business}的预约。`,
    'reminder-hours': ({ business }) => `您在${business}的预约即将开始。`,
  },
  labels: { when: '时间', service: '项目', staff: '人员', place: '地点', code: '预约码' },
  online: '线上',
  manage: '更改或取消',
  footer: ({ business }) => `您收到这封邮件,是因为在${business}的这次预约中留下了您的地址。`,
};

const ta: MessageTexts = {
  subjects: {
    requested: ({ service, when }) => `கோரிக்கை கிடைத்தது: ${service}, ${when}`,
    confirmed: ({ service, when }) => `முன்பதிவு செய்யப்பட்டது: ${service}, ${when}`,
    moved: ({ service, when }) => `புதிய நேரம்: ${service}, ${when}`,
    'zone-changed': ({ service, when }) => `உங்கள் நேரம் மாறவில்லை: ${service}, ${when}`,
    declined: ({ service, when }) => `ஏற்க இயலவில்லை: ${service}, ${when}`,
    'cancelled-by-customer': ({ service, when }) => `ரத்து செய்யப்பட்டது: ${service}, ${when}`,
    'cancelled-by-business': ({ service, when }) => `ரத்து செய்யப்பட்டது: ${service}, ${when}`,
    'reminder-day': ({ service, when }) => `நினைவூட்டல்: ${service}, ${when}`,
    'reminder-hours': ({ service, when }) => `விரைவில்: ${service}, ${when}`,
  },
  news: {
    requested: ({ business }) => `${business} உங்கள் கோரிக்கையைப் பெற்றது; முடிவெடுக்கும் வரை இந்த நேரம் உங்களுக்காக வைக்கப்படும்.`,
    confirmed: ({ business }) => `${business} உடனான உங்கள் சந்திப்பு முன்பதிவு செய்யப்பட்டது.`,
    moved: ({ business }) => `${business} உடனான உங்கள் சந்திப்பு மாற்றப்பட்டது. தற்போதைய விவரம்:`,
    'zone-changed': ({ business }) =>
      `நேர மண்டல விதிகள் மாறியுள்ளன. ${business} உடனான உங்கள் சந்திப்பு கடிகாரத்தில் அதே நேரத்திலேயே நடைபெறும்; இந்த மின்னஞ்சலில் உள்ள அழைப்பு உங்கள் நாட்காட்டியைச் சரிசெய்யும்.`,
    declined: ({ business }) => `${business} இந்தக் கோரிக்கையை ஏற்க இயலவில்லை. இந்த நேரம் இனி உங்களுக்காக வைக்கப்படவில்லை.`,
    'cancelled-by-customer': ({ business }) => `${business} உடனான உங்கள் சந்திப்பை நீங்கள் ரத்து செய்துள்ளீர்கள்.`,
    'cancelled-by-business': ({ business }) => `${business} இந்தச் சந்திப்பை ரத்து செய்ய வேண்டியதாயிற்று.`,
    'reminder-day': ({ business }) => `${business} உடனான உங்கள் சந்திப்பின் நினைவூட்டல் இது.`,
    'reminder-hours': ({ business }) => `${business} உடனான உங்கள் சந்திப்பு விரைவில் தொடங்கும்.`,
  },
  labels: { when: 'நேரம்', service: 'சேவை', staff: 'சந்திப்பவர்', place: 'இடம்', code: 'முன்பதிவுக் குறியீடு' },
  online: 'இணையவழி',
  manage: 'மாற்ற அல்லது ரத்து செய்ய',
  footer: ({ business }) => `${business} உடனான இந்தச் சந்திப்புக்கு உங்கள் முகவரி கொடுக்கப்பட்டதால் இந்த மின்னஞ்சல் வருகிறது.`,
};

const hi: MessageTexts = {
  subjects: {
    requested: ({ service, when }) => `अनुरोध मिला: ${service}, ${when}`,
    confirmed: ({ service, when }) => `बुक हो गया: ${service}, ${when}`,
    moved: ({ service, when }) => `नया समय: ${service}, ${when}`,
    'zone-changed': ({ service, when }) => `आपका समय वही है: ${service}, ${when}`,
    declined: ({ service, when }) => `संभव नहीं: ${service}, ${when}`,
    'cancelled-by-customer': ({ service, when }) => `रद्द: ${service}, ${when}`,
    'cancelled-by-business': ({ service, when }) => `रद्द: ${service}, ${when}`,
    'reminder-day': ({ service, when }) => `याद दिलाना: ${service}, ${when}`,
    'reminder-hours': ({ service, when }) => `थोड़ी देर में: ${service}, ${when}`,
  },
  news: {
    requested: ({ business }) => `${business} को आपका अनुरोध मिल गया है; निर्णय होने तक यह समय आपके लिए रखा जाएगा।`,
    confirmed: ({ business }) => `${business} के साथ आपकी अपॉइंटमेंट बुक हो गई है।`,
    moved: ({ business }) => `${business} के साथ आपकी अपॉइंटमेंट बदल गई है। अब की जानकारी:`,
    'zone-changed': ({ business }) =>
      `समय-क्षेत्र के नियम बदल गए हैं। ${business} के साथ आपकी अपॉइंटमेंट घड़ी के उसी समय पर रहेगी; इस ई-मेल का निमंत्रण आपके कैलेंडर में समय ठीक कर देगा।`,
    declined: ({ business }) => `${business} यह अनुरोध स्वीकार नहीं कर सका। यह समय अब आपके लिए नहीं रखा गया है।`,
    'cancelled-by-customer': ({ business }) => `आपने ${business} के साथ अपनी अपॉइंटमेंट रद्द कर दी है।`,
    'cancelled-by-business': ({ business }) => `${business} को यह अपॉइंटमेंट रद्द करनी पड़ी।`,
    'reminder-day': ({ business }) => `यह ${business} के साथ आपकी अपॉइंटमेंट की याद दिलाने के लिए है।`,
    'reminder-hours': ({ business }) => `${business} के साथ आपकी अपॉइंटमेंट थोड़ी देर में शुरू होगी।`,
  },
  labels: { when: 'समय', service: 'सेवा', staff: 'किसके साथ', place: 'स्थान', code: 'बुकिंग कोड' },
  online: 'ऑनलाइन',
  manage: 'बदलें या रद्द करें',
  footer: ({ business }) => `आपको यह ई-मेल इसलिए मिला है क्योंकि ${business} के साथ इस अपॉइंटमेंट के लिए आपका पता दिया गया था।`,
};

const ar: MessageTexts = {
  subjects: {
    requested: ({ service, when }) => `تم استلام الطلب: ${service}، ${when}`,
    confirmed: ({ service, when }) => `تم الحجز: ${service}، ${when}`,
    moved: ({ service, when }) => `موعد جديد: ${service}، ${when}`,
    'zone-changed': ({ service, when }) => `موعدك في وقته: ${service}، ${when}`,
    declined: ({ service, when }) => `تعذّر القبول: ${service}، ${when}`,
    'cancelled-by-customer': ({ service, when }) => `تم الإلغاء: ${service}، ${when}`,
    'cancelled-by-business': ({ service, when }) => `تم الإلغاء: ${service}، ${when}`,
    'reminder-day': ({ service, when }) => `تذكير: ${service}، ${when}`,
    'reminder-hours': ({ service, when }) => `قريبًا: ${service}، ${when}`,
  },
  news: {
    requested: ({ business }) => `استلم ${business} طلبك، وسيبقى هذا الوقت محجوزًا لك حتى يُبتّ فيه.`,
    confirmed: ({ business }) => `تم حجز موعدك لدى ${business}.`,
    moved: ({ business }) => `تغيّر موعدك لدى ${business}. هذه تفاصيله الآن:`,
    'zone-changed': ({ business }) =>
      `تغيّرت قواعد المنطقة الزمنية. يبقى موعدك لدى ${business} في ساعته نفسها، والدعوة في هذه الرسالة تصحّح الوقت في تقويمك.`,
    declined: ({ business }) => `لم يتمكن ${business} من قبول هذا الطلب، ولم يعد هذا الوقت محجوزًا لك.`,
    'cancelled-by-customer': ({ business }) => `لقد ألغيت موعدك لدى ${business}.`,
    'cancelled-by-business': ({ business }) => `اضطر ${business} إلى إلغاء هذا الموعد.`,
    'reminder-day': ({ business }) => `هذا تذكير بموعدك لدى ${business}.`,
    'reminder-hours': ({ business }) => `يبدأ موعدك لدى ${business} قريبًا.`,
  },
  labels: { when: 'الوقت', service: 'الخدمة', staff: 'مع', place: 'المكان', code: 'رمز الحجز' },
  online: 'عبر الإنترنت',
  manage: 'تغيير أو إلغاء',
  footer: ({ business }) => `وصلتك هذه الرسالة لأن عنوانك ذُكر عند حجز هذا الموعد لدى ${business}.`,
};

export const MESSAGE_TEXTS: Readonly<Record<Locale, MessageTexts>> = { en, ms, zh, ta, hi, ar };
