/**
 * Makes requests that nobody should send. A valid input is built from the contract's own JSON schema, so that every
 * command is reached behind its validation too, and then something about it is broken.
 */
import type { CommandDefinition } from '@frontdesk/protocol/command';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { describeSchema } from '@frontdesk/protocol/json-schema';
import type { Random } from './random.js';

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
}

const schemas = new Map<string, JsonSchema>();

function schemaOf(definition: CommandDefinition): JsonSchema {
  const name = `${definition.audience} ${definition.name}`;
  const schema = schemas.get(name) ?? describeSchema(definition.input, 'input');
  schemas.set(name, schema);
  return schema;
}

/** Things that real parsers have choked on. */
const JUNK: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e‮',
  '../../etc/passwd',
  '{{7*7}}',
  '<img src=x onerror=alert(1)>',
  "' || 1==1",
  [],
  {},
  [[[[[[]]]]]],
  { $gt: '' },
  { $where: 'sleep(1000)' },
  { $ne: null },
  { __proto__: { isAdmin: true } },
  { constructor: { prototype: { isAdmin: true } } },
  { toString: 'x', valueOf: 1 },
  { toJSON: {} },
  { _placeholder: true, num: 0 },
  'a'.repeat(5_000),
  'é'.repeat(17_000),
  '9'.repeat(400),
];

export function buildJunk(random: Random): unknown {
  return random.pick(JUNK);
}

function buildString(schema: JsonSchema, random: Random): string {
  if (schema.pattern?.includes('{24}')) return random.pick(['0', 'a', 'f']).repeat(24);
  if (schema.pattern?.includes('-7[0-9a-f]{3}')) return createIdempotencyKey();
  if (schema.pattern?.includes('{43}')) return 'A'.repeat(43);
  if (schema.format === 'email') return `fuzz${random.int(1, 50)}@example.test`;
  return random.pick(['x', 'Hello', '#112233', 'https://fuzz.example', 'Asia/Singapore', 'e'.repeat(12), '名前']);
}

function buildValue(schema: JsonSchema, random: Random): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  if (schema.anyOf) return buildValue(random.pick(schema.anyOf), random);
  switch (schema.type) {
    case 'object': {
      const names = Object.keys(schema.properties ?? {});
      const chosen = names.filter((name) => schema.required?.includes(name) || random.chance(0.5));
      return Object.fromEntries(chosen.map((name) => [name, buildValue(schema.properties![name]!, random)]));
    }
    case 'array':
      return Array.from({ length: random.int(0, 3) }, () => buildValue(schema.items ?? {}, random));
    case 'integer':
    case 'number':
      return random.int(schema.minimum ?? 0, Math.min(schema.maximum ?? 50, 50));
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    case 'string':
      return buildString(schema, random);
    default:
      return buildJunk(random);
  }
}

/** Changes one place, however deep: another value, a missing key, a key too many, a value in a list. */
function breakValue(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.1)) return buildJunk(random);
  if (Array.isArray(value)) {
    if (value.length === 0) return [buildJunk(random)];
    const at = random.int(0, value.length - 1);
    return value.map((item, index) => (index === at ? breakValue(item, random) : (item as unknown)));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || random.chance(0.2)) {
    return { ...value, [random.pick(['extra', 'tenantId', '_id', '__proto__', 'role', '$set'])]: buildJunk(random) };
  }
  const at = random.int(0, entries.length - 1);
  if (random.chance(0.2)) return Object.fromEntries(entries.filter((_entry, index) => index !== at));
  return Object.fromEntries(
    entries.map(([key, item], index) => [key, index === at ? breakValue(item, random) : item] as const),
  );
}

/** One in four is left as it was, so that handlers run and not only their gatekeepers. */
export function buildInput(definition: CommandDefinition, random: Random): unknown {
  const value = buildValue(schemaOf(definition), random);
  return random.chance(0.25) ? value : breakValue(value, random);
}

/** Cuts, doubles, flips: what remains of a text after a bad network or a bad client. */
export function garble(text: string, random: Random): string {
  const at = random.int(0, Math.max(0, text.length - 1));
  switch (random.int(0, 4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(random.int(0, 0xffff)) + text.slice(at + 1);
    case 2:
      return text + text.slice(at);
    case 3:
      return text.slice(at);
    default:
      return text.replaceAll('"', random.pick(["'", '', '\\"', '[']));
  }
}
