/** Random documents, indexes and questions that meet often: few fields, few values. */
import { Double, Long, type Document } from 'bson';
import type { Random } from './values.js';

const fields = ['a', 'b', 'c', 'd', 'o.x', 'o.y', 'list', 'rows.k', 'rows.v'];
const scalars: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  2,
  3,
  5,
  8,
  -1,
  new Double(1),
  new Double(2.5),
  Long.fromNumber(3),
  Number.NaN,
  '',
  'a',
  'ab',
  'abc',
  'b',
  'ba',
  'a\u0000',
  new Date(0),
  new Date(1000),
  new Date(-5),
];

const compact = (entries: readonly (readonly [string, unknown])[]): Document =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));

function buildField(random: Random): unknown {
  if (random.chance(0.15)) return undefined;
  if (random.chance(0.12)) return Array.from({ length: random.integer(4) }, () => random.pick(scalars));
  if (random.chance(0.05)) return { x: random.pick(scalars) };
  if (random.chance(0.03)) return [[random.pick(scalars)], random.pick(scalars)];
  return random.pick(scalars);
}

function buildRow(random: Random): unknown {
  if (random.chance(0.1)) return random.pick(scalars);
  return compact([
    ['k', random.chance(0.8) ? random.pick(scalars) : undefined],
    ['v', random.chance(0.8) ? random.pick(scalars) : undefined],
  ]);
}

export function buildDocument(random: Random, id: unknown): Document {
  return compact([
    ['_id', id],
    ...['a', 'b', 'c', 'd'].map((name) => [name, buildField(random)] as const),
    [
      'o',
      random.chance(0.7)
        ? compact([
            ['x', buildField(random)],
            ['y', random.pick(scalars)],
          ])
        : buildField(random),
    ],
    [
      'list',
      random.chance(0.8) ? Array.from({ length: random.integer(4) }, () => random.pick(scalars)) : buildField(random),
    ],
    [
      'rows',
      random.chance(0.8) ? Array.from({ length: random.integer(4) }, () => buildRow(random)) : buildField(random),
    ],
  ]);
}

function buildCondition(random: Random, depth = 0): unknown {
  const value = (): unknown => random.pick(scalars);
  switch (random.integer(depth > 0 ? 15 : 17)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return value();
    case 4:
      return { [random.pick(['$gt', '$gte', '$lt', '$lte'])]: value() };
    case 5:
      return { $gte: value(), $lt: value() };
    case 6:
      return { $in: Array.from({ length: random.integer(4) }, value) };
    case 7:
      return { [random.pick(['$ne', '$eq'])]: value() };
    case 8:
      return { $nin: [value(), value()] };
    case 9:
      return { $exists: random.chance(0.6) };
    case 10:
      return {
        $regex: random.pick(['^a', '^ab', 'b', '^a?b', '^', '^a|b', '^b.*a$']),
        $options: random.pick(['', '', 'i', 's']),
      };
    case 11:
      return { $type: random.pick(['number', 'string', 'array', 'date', 'null', 'object', 'bool', 'int']) };
    case 12:
      return { $size: random.integer(4) };
    case 13:
      return { $all: Array.from({ length: random.integer(3) }, value) };
    case 14:
      return { $mod: [2, random.integer(2)] };
    case 15:
      return {
        $elemMatch: random.chance(0.5)
          ? { [random.pick(['$gte', '$lt', '$eq', '$in'])]: [value()].at(0) }
          : { k: buildCondition(random, 1) },
      };
    default:
      return { $not: { [random.pick(['$gt', '$eq', '$lte'])]: value() } };
  }
}

function repair(condition: unknown): unknown {
  // `$in` and its like want arrays, whatever the generator chose as an operand.
  const inner = (condition as Document | null)?.$elemMatch as Document | undefined;
  if (inner && '$in' in inner && !Array.isArray(inner.$in)) return { $elemMatch: { $in: [inner.$in] } };
  return condition;
}

export function buildFilter(random: Random, leading: readonly string[], depth = 0): Document {
  const filter: Document = {};
  // Most questions a program asks begin with what an index begins with.
  if (random.chance(0.6)) {
    for (const path of leading) {
      filter[path] = random.chance(0.6) ? random.pick(scalars) : repair(buildCondition(random));
      if (random.chance(0.4)) break;
    }
    if (random.chance(0.6)) return filter;
  }
  for (let count = 1 + random.integer(3); count > 0; count--)
    filter[random.pick(fields)] = repair(buildCondition(random));
  if (random.chance(0.15)) filter._id = random.chance(0.5) ? random.integer(80) : { $gte: random.integer(80) };
  if (depth < 2 && random.chance(0.25)) {
    filter[random.pick(['$or', '$and', '$or', '$nor'])] = Array.from({ length: 1 + random.integer(2) }, () =>
      buildFilter(random, leading, depth + 1),
    );
  }
  return filter;
}

const direction = (random: Random): number => random.pick([1, -1]);

export function buildSort(random: Random): Record<string, number> {
  if (random.chance(0.05)) return { $natural: direction(random) };
  const sort: Record<string, number> = {};
  for (let count = random.integer(3); count > 0; count--)
    sort[random.pick(['a', 'b', 'c', 'd', 'o.x', '_id'])] = direction(random);
  return sort;
}

export function buildIndexSpecs(random: Random): { key: Document; options: Document }[] {
  return Array.from({ length: 1 + random.integer(4) }, () => {
    const key: Document = {};
    for (let count = 1 + random.integer(3); count > 0; count--)
      key[random.pick(['a', 'b', 'c', 'd', 'o.x', 'o.y'])] = direction(random);
    if (random.chance(0.3)) key[random.pick(['list', 'rows.k'])] = direction(random);
    if (random.chance(0.15)) return { key: { 'rows.k': direction(random), 'rows.v': direction(random) }, options: {} };
    const options: Document = random.chance(0.15) ? { unique: true } : {};
    if (random.chance(0.2)) options.sparse = true;
    else if (random.chance(0.3)) {
      options.partialFilterExpression = random.pick<Document>([
        { a: { $gt: 1 } },
        { b: { $exists: true } },
        { c: 'a' },
        { d: { $type: 'number' } },
        { a: { $gte: 0 }, b: 1 },
        { $or: [{ a: 1 }, { c: { $in: ['a', 'b'] } }] },
      ]);
    }
    return { key, options };
  });
}
