/** What is said on the phone and typed at a counter: eight characters without look-alikes (booking.md 5.6). */
import { randomInt } from 'node:crypto';
import { BOOKING_CODE_ALPHABET, BOOKING_CODE_LENGTH } from '@frontdesk/protocol/vocabulary';

export function createBookingCode(): string {
  return Array.from(
    { length: BOOKING_CODE_LENGTH },
    () => BOOKING_CODE_ALPHABET[randomInt(BOOKING_CODE_ALPHABET.length)],
  ).join('');
}

/** As people type it: small letters, blanks and hyphens are forgiven. */
export function readBookingCode(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}
