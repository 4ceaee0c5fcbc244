/** JSON-LD of a card, as search engines read it (schema.org; CC-13). */
import type { OpeningHours, TimeWindow } from '@frontdesk/protocol/hours';
import { windowsOnDate } from '../hours/opening-hours.js';
import { addDays } from '../hours/zone.js';
import type { CardData } from './card-data.js';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** Special days further away are told when they come nearer. */
const SPECIAL_DAYS_AHEAD = 365;

type JsonLd = Record<string, unknown>;

/** A closing at or before the opening means the next day; a whole day is written as readers of the format expect it. */
function writeWindow({ from, to }: TimeWindow): { opens: string; closes: string } {
  const isWholeDay = from === '00:00' && (to === '24:00' || to === '00:00');
  return { opens: from, closes: isWholeDay ? '23:59' : to === '24:00' ? '00:00' : to };
}

/** Days with the same windows stand together. */
function describeWeek({ weekly }: OpeningHours): JsonLd[] {
  const daysOf = new Map<string, string[]>();
  for (const [index, windows] of weekly.entries()) {
    for (const window of windows) {
      const key = JSON.stringify(writeWindow(window));
      daysOf.set(key, [...(daysOf.get(key) ?? []), DAYS[index] ?? '']);
    }
  }
  return [...daysOf].map(([key, dayOfWeek]) => ({
    '@type': 'OpeningHoursSpecification',
    dayOfWeek,
    ...(JSON.parse(key) as object),
  }));
}

/** A closed day is one that opens and closes at midnight. */
function describeSpecialDays(hours: OpeningHours, today: string): JsonLd[] {
  const last = addDays(today, SPECIAL_DAYS_AHEAD);
  const dates = [...hours.specialDays, ...hours.holidays].map(({ date }) => date);
  return [...new Set(dates)]
    .filter((date) => date >= today && date <= last)
    .sort()
    .flatMap((date) => {
      const windows = windowsOnDate(hours, date);
      const spans = windows.length === 0 ? [{ opens: '00:00', closes: '00:00' }] : windows.map(writeWindow);
      return spans.map((span) => ({
        '@type': 'OpeningHoursSpecification',
        validFrom: date,
        validThrough: date,
        ...span,
      }));
    });
}

function withoutNothing(fields: JsonLd): JsonLd {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

function describePlace(card: CardData, today: string): JsonLd {
  const { address, country, position, hours } = card;
  return {
    address: address && { '@type': 'PostalAddress', streetAddress: address, addressCountry: country },
    geo: position && { '@type': 'GeoCoordinates', ...position },
    openingHoursSpecification: hours && describeWeek(hours),
    specialOpeningHoursSpecification: hours && describeSpecialDays(hours, today),
  };
}

/** `today` is the date at the location. */
export function describeStructuredData(card: CardData, today: string): JsonLd {
  const { subject, url, name, businessName, role, about, phone, email, website, links } = card;
  const common = {
    '@context': 'https://schema.org',
    '@id': url,
    name,
    description: about,
    telephone: phone && phone.number,
    email,
    url: website ?? url,
    sameAs: links.map((link) => link.url),
  };
  if (subject === 'location') {
    return withoutNothing({ '@type': 'LocalBusiness', ...common, ...describePlace(card, today) });
  }
  const worksFor = withoutNothing({ '@type': 'LocalBusiness', name: businessName, ...describePlace(card, today) });
  return withoutNothing({ '@type': 'Person', ...common, jobTitle: role, worksFor });
}
