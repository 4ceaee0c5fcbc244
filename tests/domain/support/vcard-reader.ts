/**
 * Reads vCards by the grammars of RFC 2426 and RFC 6350, written from those texts alone: a second opinion on what the product writes.
 * The whole file is matched against the grammar, so a stray character is an error and not something passed over.
 */
export interface ReadProperty {
  readonly name: string;
  /** Parameter name in capitals → its values. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  /** Components between unescaped semicolons; unescaped. */
  readonly components: readonly string[];
  readonly raw: string;
}

const CONTENT_LINE =
  /^(?:[A-Za-z0-9-]+\.)?(?<name>[A-Za-z0-9-]+)(?<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"\p{Cc}]*"|[^";:,\p{Cc}]*)(?:,(?:"[^"\p{Cc}]*"|[^";:,\p{Cc}]*))*)*):(?<value>\P{Cc}*)$/u;

function splitComponents(value: string): string[] {
  const components = [''];
  for (let at = 0; at < value.length; at += 1) {
    const character = value[at] ?? '';
    const last = components.length - 1;
    if (character === '\\') {
      at += 1;
      const escaped = value[at] ?? '';
      if (!['\\', ';', ',', 'n', 'N'].includes(escaped)) throw new Error(`\\${escaped} is no escape`);
      components[last] += escaped.toLowerCase() === 'n' ? '\n' : escaped;
    } else if (character === ';') components.push('');
    else if (character === ',') throw new Error('a comma that would begin another value');
    else components[last] += character;
  }
  return components;
}

function readLine(line: string): ReadProperty {
  const groups = CONTENT_LINE.exec(line)?.groups;
  if (!groups) throw new Error(`not a content line: ${line.slice(0, 80)}`);
  const { name = '', parameters = '', value = '' } = groups;
  const read = new Map<string, string[]>();
  for (const [, key = '', list = ''] of parameters.matchAll(/;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:])*)/g)) {
    const values = [...list.matchAll(/"([^"]*)"|([^,"]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    read.set(key.toUpperCase(), values);
  }
  const isText = !['PHOTO', 'TEL', 'URL', 'UID', 'GEO', 'REV'].includes(name.toUpperCase());
  return {
    name: name.toUpperCase(),
    parameters: read,
    components: isText ? splitComponents(value) : [value],
    raw: value,
  };
}

export interface ReadCard {
  readonly version: string;
  all(name: string): ReadProperty[];
  /** The one value of a property that stands once. */
  one(name: string): string;
}

/** Throws for whatever the grammar does not allow; empty lines between properties are passed over, as readers do. */
export function readVCard(file: string): ReadCard {
  if (/(?<!\r)\n|\r(?!\n)/.test(file)) throw new Error('a line does not end with CRLF');
  const lines = file
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line !== '');
  const properties = lines.map(readLine);
  const [begin, version] = properties;
  if (begin?.name !== 'BEGIN' || begin.raw !== 'VCARD') throw new Error('does not begin');
  if (version?.name !== 'VERSION') throw new Error('the version does not come first');
  if (properties.at(-1)?.name !== 'END' || properties.at(-1)?.raw !== 'VCARD') throw new Error('does not end');
  const all = (name: string): ReadProperty[] => properties.filter((property) => property.name === name);
  for (const needed of ['N', 'FN']) {
    if (all(needed).length !== 1) throw new Error(`${needed} must be there once`);
  }
  return {
    version: version.raw,
    all,
    one(name) {
      const found = all(name);
      if (found.length !== 1 || !found[0]) throw new Error(`${name} is there ${found.length} times`);
      return found[0].components.join(';');
    },
  };
}
