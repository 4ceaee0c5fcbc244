/** Phone numbers as people type them → E.164, read in the country of the location. */
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { AppError } from './errors.js';

/** null for no number; throws VALIDATION for one that nobody can be reached at. */
export function readPhoneNumber(typed: string | null, country: string): string | null {
  if (typed === null || typed.trim() === '') return null;
  const parsed = parsePhoneNumberFromString(typed, country as CountryCode);
  if (!parsed?.isValid()) throw new AppError('VALIDATION', { fields: { phone: 'is not a phone number' } });
  return parsed.number;
}
