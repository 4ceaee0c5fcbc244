/**
 * A card for the address book: vCard 3.0 (RFC 2426), which every phone reads, 4.0 (RFC 6350) and jCard (RFC 7095). All three are written
 * from one list of properties, so they cannot say different things (CC-8).
 */
import type { CardData } from './card-data.js';
import { countOctets, cutToOctets, escapeText, foldLine } from '../content-line.js';

export type VCardVersion = '3.0' | '4.0';

/** As jCard has it: names in lower case, the type of the value, and the value, whose components make a list. */
interface Property {
  readonly name: string;
  /** Values of the parameter TYPE. */
  readonly types: readonly string[];
  readonly valueType: 'text' | 'uri' | 'timestamp';
  readonly value: string | readonly string[];
}

export interface VCardOptions {
  /** Off by default: some phones refuse a card over a few kilobytes. */
  readonly hasPhoto: boolean;
}

/** Address books do not know WebP. */
const PHOTO_PATTERN = /^data:image\/(jpeg|png);base64,(.+)$/;

function text(name: string, value: string | readonly string[], ...types: string[]): Property {
  return { name, types, valueType: 'text', value };
}

function uri(name: string, value: string, ...types: string[]): Property {
  return { name, types, valueType: 'uri', value };
}

/** A name is one field, as people give it; nobody asked which part is the family's. So all of it is the given name. */
function describeName({ subject, name, businessName }: CardData): Property[] {
  if (subject === 'location') return [text('fn', name), text('n', ['', '', '', '', '']), text('org', name)];
  return [text('fn', name), text('n', ['', name, '', '', '']), text('org', businessName)];
}

function describeContact({ phone, whatsapp, sms, email }: CardData): Property[] {
  const mobiles = [...new Set([whatsapp, sms])].filter((number) => number !== null && number !== phone?.number);
  const extension = phone?.extension ? `;ext=${phone.extension}` : '';
  return [
    ...(phone ? [uri('tel', `tel:${phone.number}${extension}`, 'work', 'voice')] : []),
    ...mobiles.map((number) => uri('tel', `tel:${number}`, 'work', 'cell')),
    ...(email === null ? [] : [text('email', email, 'work')]),
  ];
}

function describePlace({ address, position }: CardData): Property[] {
  return [
    // Written in one piece; the street is the component that every address book shows in full.
    ...(address === null ? [] : [text('adr', ['', '', address, '', '', '', ''], 'work')]),
    ...(position === null ? [] : [uri('geo', `geo:${position.latitude},${position.longitude}`)]),
  ];
}

/** The photo comes last, so that a reader that chokes on it has the rest. */
function describeCard(card: CardData, { hasPhoto }: VCardOptions): Property[] {
  const { subject, role, about, website, links, url, updatedAt, photo } = card;
  const addresses = [...new Set([website, ...links.map((link) => link.url)])].filter((address) => address !== null);
  return [
    text('kind', subject === 'location' ? 'org' : 'individual'),
    ...describeName(card),
    ...(role === null ? [] : [text('title', role)]),
    ...describeContact(card),
    ...describePlace(card),
    ...addresses.map((address) => uri('url', address)),
    ...(about === null ? [] : [text('note', about)]),
    uri('uid', url),
    { name: 'rev', types: [], valueType: 'timestamp', value: `${updatedAt.toISOString().slice(0, 19)}Z` },
    ...(hasPhoto && photo !== null && PHOTO_PATTERN.test(photo) ? [uri('photo', photo)] : []),
  ];
}

function writeValue(value: Property['value']): string {
  return (typeof value === 'string' ? [value] : value).map(escapeText).join(';');
}

function writeTypes(types: readonly string[]): string {
  return types.length === 0 ? '' : `;TYPE=${types.join(',')}`;
}

/** undefined for what 3.0 has no word for. */
function writeLine3({ name, types, valueType, value }: Property): string | undefined {
  const single = String(value);
  const typed = name.toUpperCase() + writeTypes(types).toUpperCase();
  switch (name) {
    case 'kind':
      // What Apple's address book goes by, and others pass over.
      return single === 'org' ? 'X-ABShowAs:COMPANY' : undefined;
    case 'tel':
      return `${typed}:${single.replace('tel:', '').replace(';ext=', ' x')}`;
    case 'geo':
      return `GEO:${single.replace('geo:', '').replace(',', ';')}`;
    case 'email':
      return `EMAIL;TYPE=INTERNET,WORK:${escapeText(single)}`;
    case 'photo': {
      const [, format = '', base64 = ''] = PHOTO_PATTERN.exec(single) ?? [];
      return `PHOTO;ENCODING=b;TYPE=${format.toUpperCase()}:${base64}`;
    }
    default:
      return `${typed}:${valueType === 'text' ? writeValue(value) : single}`;
  }
}

function writeLine4({ name, types, valueType, value }: Property): string {
  const typed = `${name.toUpperCase()}${name === 'tel' ? ';VALUE=uri' : ''}${writeTypes(types)}`;
  if (valueType === 'text') return `${typed}:${writeValue(value)}`;
  return `${typed}:${valueType === 'timestamp' ? String(value).replaceAll(/[-:]/g, '') : String(value)}`;
}

/**
 * `text/vcard` with CRLF and lines of at most 75 octets. A photo stays on one line, because readers put folded base64 together each in
 * their own way, and 3.0 has an empty line after it, by which older ones know its end (CC-10).
 */
export function writeVCard(card: CardData, version: VCardVersion, options: VCardOptions): string {
  const lines = ['BEGIN:VCARD', `VERSION:${version}`];
  for (const property of describeCard(card, options)) {
    const line = version === '3.0' ? writeLine3(property) : writeLine4(property);
    if (line === undefined) continue;
    if (property.name !== 'photo') lines.push(foldLine(line));
    else lines.push(line, ...(version === '3.0' ? [''] : []));
  }
  return `${[...lines, 'END:VCARD'].join('\r\n')}\r\n`;
}

/** RFC 7095: the same as JSON. */
export function writeJCard(card: CardData, options: VCardOptions): unknown {
  const properties = describeCard(card, options).map(({ name, types, valueType, value }) => [
    name,
    types.length === 0 ? {} : { type: types.length === 1 ? types[0] : types },
    valueType,
    value,
  ]);
  return ['vcard', [['version', {}, 'text', '4.0'], ...properties]];
}

/** A code for a poster has room for this much and is still read from an arm's length away (CC-12). */
export const SHORT_VCARD_MAX_OCTETS = 120;

/** Name and number alone, for a code that works without a network; null without a number. */
export function writeShortVCard({ name, phone }: Pick<CardData, 'name' | 'phone'>): string | null {
  if (phone === null) return null;
  const write = (given: string, formatted: string): string =>
    `BEGIN:VCARD\r\nVERSION:3.0\r\nN:;${given}\r\nFN:${formatted}\r\nTEL:${phone.number}\r\nEND:VCARD`;
  const escaped = escapeText(name);
  const full = write(escaped, escaped);
  if (countOctets(full) <= SHORT_VCARD_MAX_OCTETS) return full;
  // Both fields must be there; a long name stands in the one that is shown.
  const room = SHORT_VCARD_MAX_OCTETS - countOctets(write('', ''));
  return write('', cutToOctets(name.replaceAll(/[\\;,\n]/g, ' '), room));
}
