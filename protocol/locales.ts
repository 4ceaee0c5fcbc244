/** Languages of everything a customer sees; the staff side speaks the first two. */
export const LOCALES = ['en', 'ms', 'zh', 'ta', 'hi', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];
export const STAFF_LOCALES = ['en', 'ms'] as const;
export type StaffLocale = (typeof STAFF_LOCALES)[number];
export const RIGHT_TO_LEFT_LOCALES: readonly Locale[] = ['ar'];
