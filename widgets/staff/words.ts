/** The words of the staff side: English and Malay, through the language machinery that all widgets share. */
import type { ErrorBody } from '@frontdesk/protocol/result';
import { isUnknownOutcome } from '../core/client/outcome.js';
import { Translator, type Catalogue, type Instant } from '../core/locale.js';
import { staffEn, type StaffMessageKey } from '../locales/staff-en.js';

export type { StaffMessageKey } from '../locales/staff-en.js';
export type StaffWords = Translator<StaffMessageKey>;

export const STAFF_CATALOGUE: Catalogue<StaffMessageKey> = {
  fallback: staffEn,
  loaders: { ms: async () => (await import('../locales/staff-ms.js')).staffMs },
};

export const ENGLISH: StaffWords = new Translator({ locale: 'en', tag: 'en' }, staffEn, staffEn);

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Age as short as a column allows: now, 4m, 3h, 2d, 14 Nov. */
export function formatAge(words: StaffWords, instant: Instant, nowMs: number): string {
  const elapsedMs = Math.max(0, nowMs - new Date(instant).getTime());
  if (elapsedMs < MINUTE_MS) return words.t('ageNow');
  if (elapsedMs < HOUR_MS) return words.t('ageMinutes', { count: Math.floor(elapsedMs / MINUTE_MS) });
  if (elapsedMs < DAY_MS) return words.t('ageHours', { count: Math.floor(elapsedMs / HOUR_MS) });
  if (elapsedMs < 7 * DAY_MS) return words.t('ageDays', { count: Math.floor(elapsedMs / DAY_MS) });
  return words.date(instant, { day: 'numeric', month: 'short' });
}

/** For how long to wait, rounded up: whoever comes back then must not be sent away again. */
function describeWait(words: StaffWords, retryAfterMs: number | undefined): string {
  if (retryAfterMs === undefined) return words.t('errorRATE_LIMITED');
  if (retryAfterMs > MINUTE_MS) return words.t('errorTooSoonMinutes', { count: Math.ceil(retryAfterMs / MINUTE_MS) });
  return words.t('errorTooSoonSeconds', { count: Math.max(1, Math.ceil(retryAfterMs / 1_000)) });
}

/** What went wrong and what to do next, for people. */
export function describeError(words: StaffWords, error: ErrorBody): string {
  if (isUnknownOutcome(error)) return words.t('errorNetwork');
  switch (error.code) {
    case 'UNAUTHENTICATED':
    case 'TOKEN_EXPIRED':
      return words.t('errorUNAUTHENTICATED');
    case 'STORE_UNAVAILABLE':
    case 'DRAINING':
    case 'SLOW_CONSUMER':
    case 'BUSY':
      return words.t('errorBUSY');
    case 'RATE_LIMITED':
      return describeWait(words, error.retryAfterMs);
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'VALIDATION':
    case 'CONFLICT':
    case 'RESET_REQUIRED':
    case 'REAUTH_REQUIRED':
    case 'ORIGIN_NOT_ALLOWED':
    case 'TOO_LARGE':
    case 'INCOMPATIBLE_PROTOCOL':
      return words.t(`error${error.code}`);
    default:
      return words.t('errorINTERNAL');
  }
}
