/** What is said on the phone and typed at a counter: eight characters without look-alikes (booking.md 5.6). */
import { randomInt } from 'node:crypto';

/** No 0 and O, 1, I and L, and no U, so that nothing is read as another or as a word. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

export function createBookingCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** As people type it: small letters, blanks and hyphens are forgiven. */
export function readBookingCode(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '');
}
