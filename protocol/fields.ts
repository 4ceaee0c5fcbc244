/**
 * Field schemas that commands are built from. Every object is strict (an unknown key is an error, so mass assignment
 * has nowhere to go) and every string is a string (so an operator object cannot reach a query).
 */
import { z } from 'zod';
import {
  OBJECT_ID_PATTERN,
  SITE_KEY_PATTERN,
  TOKEN_PATTERN,
  UUID_V7_PATTERN,
  VISITOR_TOKEN_PATTERN,
  type IdempotencyKey,
  type SiteKey,
  type VisitorToken,
} from './ids.js';
import { MESSAGE_MAX_CODE_POINTS, PASSWORD_MAX_BYTES, PASSWORD_MIN_LENGTH } from './limits.js';
import { LOCALES } from './locales.js';

/** 24 lower-case hexadecimal digits, branded by the caller's type argument. */
export function id<Id extends string>() {
  return z.string().regex(OBJECT_ID_PATTERN, 'must be an id') as unknown as z.ZodType<Id, string>;
}

export const idempotencyKey = z.string().regex(UUID_V7_PATTERN, 'must be a UUIDv7') as unknown as z.ZodType<
  IdempotencyKey,
  string
>;
export const visitorToken = z
  .string()
  .regex(VISITOR_TOKEN_PATTERN, 'must be 43 base64url characters') as unknown as z.ZodType<VisitorToken, string>;
export const siteKey = z.string().regex(SITE_KEY_PATTERN, 'must be a site key') as unknown as z.ZodType<
  SiteKey,
  string
>;

/** Token of a visitor, a device or a ticket: 256 bits in base64url, branded by the caller's type argument. */
export function token<Token extends string>() {
  return z.string().regex(TOKEN_PATTERN, 'must be 43 base64url characters') as unknown as z.ZodType<Token, string>;
}

/** Position in a conversation log. 0 stands before the first entry. */
export const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** An instant in UTC, ISO 8601 with milliseconds. */
export const instant = z.iso.datetime();

/** C0 and C1 control characters except tab and line feed; they have no place in text that people read. */
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Normalises line ends and Unicode (NFC) and strips control characters. */
export function cleanText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(CONTROL_CHARACTERS, '').normalize('NFC');
}

/** Counts what a reader would call characters more closely than UTF-16 units do. */
function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** What a person wrote: cleaned, not blank, at most MESSAGE_MAX_CODE_POINTS code points. */
export const messageBody = z
  .string()
  .max(MESSAGE_MAX_CODE_POINTS * 4)
  .transform(cleanText)
  .refine((text) => text.trim().length > 0, 'must not be empty')
  .refine(
    (text) => countCodePoints(text) <= MESSAGE_MAX_CODE_POINTS,
    `must have at most ${MESSAGE_MAX_CODE_POINTS} characters`,
  );

/** One line of text such as a name or label. */
export function line(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .transform((text) => cleanText(text).replaceAll('\n', ' ').replaceAll('\t', ' ').trim())
    .refine((text) => text.length > 0, 'must not be empty');
}

/** Lower-cased and trimmed; at most 254 characters (RFC 5321). */
export const email = z
  .string()
  .max(254)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email());

/** A new password: length only, no composition rules (NIST SP 800-63B), never longer than bcrypt reads. */
export const newPassword = z
  .string()
  .min(PASSWORD_MIN_LENGTH)
  .max(PASSWORD_MAX_BYTES)
  .refine(
    (text) => new TextEncoder().encode(text).length <= PASSWORD_MAX_BYTES,
    `must have at most ${PASSWORD_MAX_BYTES} bytes`,
  );

/** A password being checked: bounded so that nobody hashes a megabyte, otherwise free. */
export const password = z.string().min(1).max(1_024);

/** Secret from a mailed link: 256 bits in base64url. */
export const secretToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a token from the mail');

export const locale = z.enum(LOCALES);

/** IANA time zone name known to this runtime. */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      return true;
    } catch {
      return false;
    }
  }, 'must be an IANA time zone');

export const nothing = z.strictObject({});
