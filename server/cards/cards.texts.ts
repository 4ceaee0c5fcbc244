/** Words of the pages of contact cards, which speak before any of our script runs. */
import type { Locale } from '@frontdesk/protocol/locales';
import type { CardButton, MapService } from '@frontdesk/protocol/vocabulary';

export interface CardTexts {
  readonly openUntil: (time: string) => string;
  readonly openAlways: string;
  readonly allDay: string;
  readonly opensAt: (time: string) => string;
  readonly closed: string;
  readonly closedForNow: string;
  readonly hours: string;
  readonly saveContact: string;
  readonly showContact: string;
  readonly address: string;
  readonly links: string;
  /** For whoever hears the picture of a code. */
  readonly code: (name: string) => string;
  readonly buttons: Readonly<Record<Exclude<CardButton, 'directions'>, string>>;
  readonly directions: (map: string) => string;
}

/** Names of products, the same in every language; `geo` is whatever the phone has. */
export const MAP_NAMES: Readonly<Record<Exclude<MapService, 'geo'>, string>> = {
  google: 'Google Maps',
  apple: 'Apple Maps',
  waze: 'Waze',
};

const en: CardTexts = {
  openUntil: (time) => `Open now, until ${time}`,
  openAlways: 'Open around the clock',
  allDay: '24 hours',
  opensAt: (time) => `Closed now, opens ${time}`,
  closed: 'Closed',
  closedForNow: 'Closed until further notice',
  hours: 'Opening hours',
  saveContact: 'Save contact',
  showContact: 'Show contact details',
  address: 'Address',
  links: 'Links',
  code: (name) => `QR code with the card of ${name}`,
  buttons: { call: 'Call', whatsapp: 'WhatsApp', sms: 'SMS', email: 'E-mail', book: 'Book', chat: 'Chat' },
  directions: (map) => `Directions (${map})`,
};

const ms: CardTexts = {
  openUntil: (time) => `Buka sekarang, hingga ${time}`,
  openAlways: 'Buka sepanjang masa',
  allDay: '24 jam',
  opensAt: (time) => `Tutup sekarang, buka ${time}`,
  closed: 'Tutup',
  closedForNow: 'Tutup sehingga diberitahu kelak',
  hours: 'Waktu buka',
  saveContact: 'Simpan kenalan',
  showContact: 'Tunjukkan butiran hubungan',
  address: 'Alamat',
  links: 'Pautan',
  code: (name) => `Kod QR kad ${name}`,
  buttons: { call: 'Telefon', whatsapp: 'WhatsApp', sms: 'SMS', email: 'E-mel', book: 'Tempah', chat: 'Sembang' },
  directions: (map) => `Arah jalan (${map})`,
};

const zh: CardTexts = {
  openUntil: (time) => `营业中，至 ${time}`,
  openAlways: '全天营业',
  allDay: '24 小时',
  opensAt: (time) => `休息中，${time} 开门`,
  closed: '休息',
  closedForNow: '暂停营业，另行通知',
  hours: '营业时间',
  saveContact: '保存联系人',
  showContact: '显示联系方式',
  address: '地址',
  links: '链接',
  code: (name) => `${name} 名片的二维码`,
  buttons: { call: '电话', whatsapp: 'WhatsApp', sms: '短信', email: '电邮', book: '预约', chat: '聊天' },
  directions: (map) => `路线（${map}）`,
};

const ta: CardTexts = {
  openUntil: (time) => `இப்போது திறந்துள்ளது, ${time} வரை`,
  openAlways: '24 மணி நேரமும் திறந்திருக்கும்',
  allDay: '24 மணி நேரம்',
  opensAt: (time) => `இப்போது மூடியுள்ளது, ${time} திறக்கும்`,
  closed: 'மூடியுள்ளது',
  closedForNow: 'மறு அறிவிப்பு வரை மூடப்பட்டுள்ளது',
  hours: 'திறந்திருக்கும் நேரம்',
  saveContact: 'தொடர்பைச் சேமி',
  showContact: 'தொடர்பு விவரங்களைக் காட்டு',
  address: 'முகவரி',
  links: 'இணைப்புகள்',
  code: (name) => `${name} அட்டையின் QR குறியீடு`,
  buttons: {
    call: 'அழைக்க',
    whatsapp: 'WhatsApp',
    sms: 'SMS',
    email: 'மின்னஞ்சல்',
    book: 'முன்பதிவு',
    chat: 'அரட்டை',
  },
  directions: (map) => `வழி (${map})`,
};

const hi: CardTexts = {
  openUntil: (time) => `अभी खुला है, ${time} तक`,
  openAlways: 'चौबीसों घंटे खुला',
  allDay: '24 घंटे',
  opensAt: (time) => `अभी बंद है, ${time} खुलेगा`,
  closed: 'बंद',
  closedForNow: 'अगली सूचना तक बंद',
  hours: 'खुलने का समय',
  saveContact: 'संपर्क सहेजें',
  showContact: 'संपर्क विवरण दिखाएँ',
  address: 'पता',
  links: 'लिंक',
  code: (name) => `${name} के कार्ड का QR कोड`,
  buttons: { call: 'फ़ोन करें', whatsapp: 'WhatsApp', sms: 'SMS', email: 'ईमेल', book: 'बुक करें', chat: 'चैट' },
  directions: (map) => `रास्ता (${map})`,
};

const ar: CardTexts = {
  openUntil: (time) => `مفتوح الآن حتى ${time}`,
  openAlways: 'مفتوح على مدار الساعة',
  allDay: '24 ساعة',
  opensAt: (time) => `مغلق الآن، يفتح ${time}`,
  closed: 'مغلق',
  closedForNow: 'مغلق حتى إشعار آخر',
  hours: 'ساعات العمل',
  saveContact: 'حفظ جهة الاتصال',
  showContact: 'إظهار بيانات الاتصال',
  address: 'العنوان',
  links: 'روابط',
  code: (name) => `رمز QR لبطاقة ${name}`,
  buttons: {
    call: 'اتصال',
    whatsapp: 'واتساب',
    sms: 'رسالة نصية',
    email: 'بريد إلكتروني',
    book: 'حجز',
    chat: 'محادثة',
  },
  directions: (map) => `الاتجاهات (${map})`,
};

export const CARD_TEXTS: Readonly<Record<Locale, CardTexts>> = { en, ms, zh, ta, hi, ar };
