/** What holders are told while they look elsewhere, in every language of the house. */
import type { Locale } from '@frontdesk/protocol/locales';

export type NoticeKind = 'two-before' | 'next' | 'turn' | 'recall';

export interface NoticeFacts {
  readonly label: string;
  readonly locationName: string;
  /** Empty where no counter is named. */
  readonly counterLabel: string;
}

type Texts = Readonly<Record<NoticeKind, (facts: NoticeFacts) => { readonly title: string; readonly body: string }>>;

const TEXTS: Readonly<Record<Locale, Texts>> = {
  en: {
    'two-before': ({ label, locationName }) => ({
      title: `${label}: two before you`,
      body: `Please be near ${locationName}.`,
    }),
    next: ({ label, locationName }) => ({ title: `${label}: you are next`, body: `Please be at ${locationName}.` }),
    turn: ({ label, counterLabel }) => ({ title: `${label}: it is your turn`, body: `Please go to ${counterLabel}.` }),
    recall: ({ label, counterLabel }) => ({
      title: `${label}: you are called again`,
      body: `Please go to ${counterLabel} now.`,
    }),
  },
  ms: {
    'two-before': ({ label, locationName }) => ({
      title: `${label}: dua orang lagi sebelum anda`,
      body: `Sila berada berhampiran ${locationName}.`,
    }),
    next: ({ label, locationName }) => ({
      title: `${label}: anda seterusnya`,
      body: `Sila berada di ${locationName}.`,
    }),
    turn: ({ label, counterLabel }) => ({ title: `${label}: giliran anda`, body: `Sila ke ${counterLabel}.` }),
    recall: ({ label, counterLabel }) => ({
      title: `${label}: anda dipanggil sekali lagi`,
      body: `Sila ke ${counterLabel} sekarang.`,
    }),
  },
  zh: {
    'two-before': ({ label, locationName }) => ({
      title: `${label}:您前面还有两位`,
      body: `请在${locationName}附近等候。`,
    }),
    next: ({ label, locationName }) => ({ title: `${label}:下一位就是您`, body: `请到${locationName}等候。` }),
    turn: ({ label, counterLabel }) => ({ title: `${label}:轮到您了`, body: `请前往${counterLabel}。` }),
    recall: ({ label, counterLabel }) => ({ title: `${label}:再次呼叫您`, body: `请立即前往${counterLabel}。` }),
  },
  ta: {
    'two-before': ({ label, locationName }) => ({
      title: `${label}: உங்களுக்கு முன் இருவர்`,
      body: `${locationName} அருகில் இருக்கவும்.`,
    }),
    next: ({ label, locationName }) => ({
      title: `${label}: அடுத்தது நீங்கள்`,
      body: `${locationName} இல் இருக்கவும்.`,
    }),
    turn: ({ label, counterLabel }) => ({
      title: `${label}: உங்கள் முறை`,
      body: `${counterLabel} செல்லவும்.`,
    }),
    recall: ({ label, counterLabel }) => ({
      title: `${label}: மீண்டும் அழைக்கப்படுகிறீர்கள்`,
      body: `இப்போது ${counterLabel} செல்லவும்.`,
    }),
  },
  hi: {
    'two-before': ({ label, locationName }) => ({
      title: `${label}: आपसे पहले दो लोग`,
      body: `कृपया ${locationName} के पास रहें।`,
    }),
    next: ({ label, locationName }) => ({ title: `${label}: अगली बारी आपकी है`, body: `कृपया ${locationName} पर रहें।` }),
    turn: ({ label, counterLabel }) => ({ title: `${label}: आपकी बारी है`, body: `कृपया ${counterLabel} पर जाएँ।` }),
    recall: ({ label, counterLabel }) => ({
      title: `${label}: आपको फिर से बुलाया गया है`,
      body: `कृपया अभी ${counterLabel} पर जाएँ।`,
    }),
  },
  ar: {
    'two-before': ({ label, locationName }) => ({
      title: `${label}: أمامك شخصان`,
      body: `يرجى البقاء بالقرب من ${locationName}.`,
    }),
    next: ({ label, locationName }) => ({ title: `${label}: أنت التالي`, body: `يرجى التواجد في ${locationName}.` }),
    turn: ({ label, counterLabel }) => ({ title: `${label}: حان دورك`, body: `يرجى التوجه إلى ${counterLabel}.` }),
    recall: ({ label, counterLabel }) => ({
      title: `${label}: تم استدعاؤك مرة أخرى`,
      body: `يرجى التوجه إلى ${counterLabel} الآن.`,
    }),
  },
};

export function writeNotice(kind: NoticeKind, language: Locale, facts: NoticeFacts) {
  return TEXTS[language][kind](facts);
}
