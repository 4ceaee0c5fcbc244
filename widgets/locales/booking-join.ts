import type { Catalogue, MessageTable } from '../core/locale.js';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import type { BookingKey } from './booking.js';

type Part = () => Promise<{ readonly table: object }>;

/** A catalogue and one more part of it, each language in a file of its own; English too, so that nobody fetches two. */
export function joinCatalogue(
  base: Catalogue<BookingKey>,
  parts: Readonly<Record<Locale, Part>>,
): Catalogue<BookingKey> {
  const load = async (locale: Locale): Promise<MessageTable<BookingKey>> => {
    const [first = base.fallback, { table }] = await Promise.all([base.loaders[locale]?.(), parts[locale]()]);
    return { ...first, ...table };
  };
  return {
    fallback: base.fallback,
    loaders: Object.fromEntries(LOCALES.map((locale) => [locale, () => load(locale)])),
  };
}
