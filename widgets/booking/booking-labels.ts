import type { Locale } from '@frontdesk/protocol/locales';

/** What the button says in all languages, so that a page whose button nobody presses fetches no table. It also names the dialog. */
export const BUTTON_LABELS: Readonly<Record<Locale, string>> = {
  en: 'Book an appointment',
  ms: 'Tempah janji temu',
  zh: '预约',
  ta: 'சந்திப்பு நேரத்தை முன்பதிவு செய்க',
  hi: 'अपॉइंटमेंट बुक करें',
  ar: 'حجز موعد',
};
