/** Content lines as vCard and iCalendar share them (RFC 6350 section 3, RFC 5545 section 3.1). */

/** Backslash, semicolon, comma and line breaks have a meaning of their own. */
export function escapeText(value: string): string {
  return value.replaceAll(/[\\;,]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\n');
}

/** Octets of one character in UTF-8 (RFC 3629). */
function octetsOf(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

export function countOctets(value: string): number {
  let octets = 0;
  for (const character of value) octets += octetsOf(character);
  return octets;
}

/** As many whole characters from the start as fit. */
export function cutToOctets(value: string, maxOctets: number): string {
  let cut = '';
  let octets = 0;
  for (const character of value) {
    octets += octetsOf(character);
    if (octets > maxOctets) break;
    cut += character;
  }
  return cut;
}

const LINE_MAX_OCTETS = 75;

/**
 * Splits a line into pieces of at most 75 octets, the blank that begins each further one included, and never within a character.
 * Whoever unfolds drops exactly that blank, so one of the text stays.
 */
export function foldLine(line: string): string {
  const first = cutToOctets(line, LINE_MAX_OCTETS);
  const pieces = [first];
  for (let rest = line.slice(first.length); rest !== '';) {
    const piece = cutToOctets(rest, LINE_MAX_OCTETS - 1);
    pieces.push(` ${piece}`);
    rest = rest.slice(piece.length);
  }
  return pieces.join('\r\n');
}
