/** Words of the pairing screen. They stand together in one file, because the screen that reads them is fetched once in a device's life. */
import type { Catalogue, MessageTable } from '../core/locale.js';

const en = {
  'pairing.title.display': 'Connect this screen',
  'pairing.title.kiosk': 'Connect this kiosk',
  'pairing.hint': 'In the settings of Frontdesk, open Devices and type this code.',
  'pairing.code': 'Pairing code: {digits}',
  'pairing.asking': 'Asking for a code…',
  'pairing.unreachable': 'No connection to the server. Trying again…',
} as const;

export type PairingKey = keyof typeof en;
type PairingTable = MessageTable<PairingKey>;

const ms: PairingTable = {
  'pairing.title.display': 'Sambungkan skrin ini',
  'pairing.title.kiosk': 'Sambungkan kiosk ini',
  'pairing.hint': 'Dalam tetapan Frontdesk, buka Peranti dan taip kod ini.',
  'pairing.code': 'Kod gandingan: {digits}',
  'pairing.asking': 'Meminta kod…',
  'pairing.unreachable': 'Tiada sambungan ke pelayan. Mencuba lagi…',
};

const zh: PairingTable = {
  'pairing.title.display': '连接此屏幕',
  'pairing.title.kiosk': '连接此取号机',
  'pairing.hint': '请在 Frontdesk 设置中打开“设备”，输入此配对码。',
  'pairing.code': '配对码：{digits}',
  'pairing.asking': '正在获取配对码…',
  'pairing.unreachable': '无法连接服务器，正在重试…',
};

const ta: PairingTable = {
  'pairing.title.display': 'இந்தத் திரையை இணைக்கவும்',
  'pairing.title.kiosk': 'இந்தக் கியோஸ்கை இணைக்கவும்',
  'pairing.hint': 'Frontdesk அமைப்புகளில் சாதனங்களைத் திறந்து இந்தக் குறியீட்டை உள்ளிடவும்.',
  'pairing.code': 'இணைப்புக் குறியீடு: {digits}',
  'pairing.asking': 'குறியீடு கேட்கப்படுகிறது…',
  'pairing.unreachable': 'சேவையகத்துடன் இணைப்பு இல்லை. மீண்டும் முயல்கிறது…',
};

const hi: PairingTable = {
  'pairing.title.display': 'इस स्क्रीन को जोड़ें',
  'pairing.title.kiosk': 'इस कियोस्क को जोड़ें',
  'pairing.hint': 'Frontdesk की सेटिंग में डिवाइस खोलें और यह कोड लिखें।',
  'pairing.code': 'पेयरिंग कोड: {digits}',
  'pairing.asking': 'कोड माँगा जा रहा है…',
  'pairing.unreachable': 'सर्वर से संपर्क नहीं है। फिर कोशिश हो रही है…',
};

const ar: PairingTable = {
  'pairing.title.display': 'اربط هذه الشاشة',
  'pairing.title.kiosk': 'اربط هذا الجهاز',
  'pairing.hint': 'في إعدادات Frontdesk افتح «الأجهزة» واكتب هذا الرمز.',
  'pairing.code': 'رمز الربط: {digits}',
  'pairing.asking': 'جارٍ طلب الرمز…',
  'pairing.unreachable': 'لا يوجد اتصال بالخادم. تُعاد المحاولة…',
};

export const pairingCatalogue: Catalogue<PairingKey> = {
  fallback: en,
  loaders: {
    ms: () => Promise.resolve(ms),
    zh: () => Promise.resolve(zh),
    ta: () => Promise.resolve(ta),
    hi: () => Promise.resolve(hi),
    ar: () => Promise.resolve(ar),
  },
};
