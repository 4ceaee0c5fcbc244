/** vCards as two programs of other people read them, who know nothing of ours and nothing of each other. */
import ICAL from 'ical.js';
import { parseVCards } from 'vcard4-ts';

export interface ReadPerson {
  readonly version: string;
  readonly fullName: string;
  /** The second component of N. */
  readonly givenName: string;
  readonly note: string;
  readonly street: string;
  readonly organization: string;
  readonly phones: readonly string[];
}

/** `ical.js`, which Thunderbird reads address books with. */
export function readWithIcal(file: string): ReadPerson {
  const card = new ICAL.Component(ICAL.parse(file) as unknown[]);
  const valueOf = (name: string): unknown => card.getFirstPropertyValue(name);
  // It keeps the backslash of a semicolon where a value has no components, though 3.0 does not allow a semicolon without one.
  const textOf = (name: string): string => String(valueOf(name)).replaceAll('\\;', ';');
  const partOf = (name: string, at: number): string => (valueOf(name) as string[])[at] ?? '';
  return {
    version: textOf('version'),
    fullName: textOf('fn'),
    givenName: partOf('n', 1),
    note: textOf('note'),
    street: partOf('adr', 2),
    organization: textOf('org'),
    phones: card.getAllProperties('tel').map((property) => String(property.getFirstValue())),
  };
}

export function readWithVCardTs(file: string): ReadPerson {
  const [card] = parseVCards(file).vCards ?? [];
  if (!card) throw new Error('no card');
  return {
    version: card.VERSION.value,
    fullName: card.FN[0]?.value ?? '',
    givenName: card.N?.value.givenNames.join(',') ?? '',
    note: card.NOTE?.[0]?.value ?? '',
    street: card.ADR?.[0]?.value.streetAddress?.join(',') ?? '',
    organization: card.ORG?.[0]?.value.join(';') ?? '',
    phones: card.TEL?.map(({ value }) => value) ?? [],
  };
}
