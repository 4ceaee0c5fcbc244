/** Field schemas that all parts of the queue share. */
import { z } from 'zod';
import { line } from './fields.js';
import { LOCALES } from './locales.js';

/** A name in the languages it was written in; `en` stands in for the others and must be there. */
export function localizedLine(maxLength: number) {
  const text = line(maxLength);
  const others = Object.fromEntries(
    LOCALES.filter((locale) => locale !== 'en').map((locale) => [locale, text.optional()]),
  );
  return z.strictObject({ en: text, ...others }) as z.ZodType<LocalizedText, LocalizedText>;
}
export type LocalizedText = { readonly en: string } & {
  readonly [Name in Exclude<(typeof LOCALES)[number], 'en'>]?: string | undefined;
};

/** What a customer sees and hears: series prefix and number, such as `A012`. */
export const ticketLabel = z.string().min(1).max(12);

/** Revision of a location's queue: the number of its last event. Grows by one with each. */
export const revision = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** E.164, such as `+60123456789`. National numbers are read in the country of the location before they get here. */
export const phoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number with its country code');

/** Key of a priority class in the policy of its location. */
export const classKey = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and hyphens');

/** Waiting time in whole seconds, from half of the customers to eight of ten. */
export const waitRange = z.strictObject({ p50Seconds: z.number().int().min(0), p80Seconds: z.number().int().min(0) });
export type WaitRange = z.output<typeof waitRange>;
