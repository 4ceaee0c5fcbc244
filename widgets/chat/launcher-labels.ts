/**
 * The few words of the closed chat in all languages, so that an untouched page fetches no table. `unread` avoids
 * plural rules on purpose.
 */
import type { Locale } from '@frontdesk/protocol/locales';

export interface LauncherLabels {
  readonly open: string;
  readonly close: string;
  /** Followed by the number. */
  readonly unread: string;
  readonly failed: string;
}

const row = (open: string, close: string, unread: string, failed: string): LauncherLabels => ({
  open,
  close,
  unread,
  failed,
});

export const LAUNCHER_LABELS: Readonly<Record<Locale, LauncherLabels>> = {
  en: row('Open chat', 'Close chat', 'Unread messages:', 'Chat did not load. Press to try again.'),
  ms: row('Buka sembang', 'Tutup sembang', 'Mesej belum dibaca:', 'Sembang gagal dimuatkan. Tekan untuk cuba lagi.'),
  zh: row('打开聊天', '关闭聊天', '未读消息：', '聊天未能加载。请点按重试。'),
  ta: row('அரட்டையைத் திற', 'அரட்டையை மூடு', 'படிக்காத செய்திகள்:', 'அரட்டை ஏற்றப்படவில்லை. மீண்டும் முயல அழுத்துங்கள்.'),
  hi: row('चैट खोलें', 'चैट बंद करें', 'अपठित संदेश:', 'चैट लोड नहीं हुई। फिर कोशिश करने के लिए दबाएँ।'),
  ar: row('فتح المحادثة', 'إغلاق المحادثة', 'رسائل غير مقروءة:', 'تعذّر تحميل المحادثة. اضغط لإعادة المحاولة.'),
};
