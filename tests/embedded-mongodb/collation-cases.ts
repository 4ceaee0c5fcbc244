/** Commands with a collation, and what MongoDB and the rules of the languages say about them. */
import type { Document } from 'bson';

/**
 * The documents, the command on them, and what it answers: a find the ids in the order they come (the documents, if it
 * projects), a count the number, a distinct the values, an aggregate the documents, findAndModify its value, a write the
 * documents after it. A number where none of these is one is the code of the error.
 */
export type CollationCase = readonly [documents: readonly Document[], command: Document, expected: unknown];

export const insensitive = { locale: 'en', strength: 2 };
const base = { locale: 'en', strength: 1 };
const french = { locale: 'fr', strength: 1 };

const find = (filter: Document, collation: Document = insensitive, extra: Document = {}): Document => ({
  find: 'things',
  filter,
  collation,
  ...extra,
});
const sortBy = (sort: Document, collation: Document): Document => find({}, collation, { sort });
const aggregate = (collation: Document, ...pipeline: Document[]): Document => ({
  aggregate: 'things',
  pipeline,
  cursor: {},
  collation,
});
const update = (q: Document, u: unknown, extra: Document = {}): Document => ({
  update: 'things',
  updates: [{ q, u, multi: true, collation: insensitive, ...extra }],
});
/** One document per value, with ids from 1. */
const each = (...values: unknown[]): Document[] => values.map((a, at) => ({ _id: at + 1, a }));

const cafe: Document[] = [
  { _id: 1, category: 'café', status: 'A' },
  { _id: 2, category: 'cafe', status: 'a' },
  { _id: 3, category: 'cafE', status: 'a' },
];
const mails = each('Ann@Example.com', 'bob@example.com', 'ann@example.com', 7, null, ['ANN@example.com', 1]);

export const collationCases: Readonly<Record<string, readonly CollationCase[]>> = {
  'equality and ranges': [
    [mails, find({ a: 'ann@example.com' }), [1, 3, 6]],
    [mails, find({ a: { $eq: 'ANN@EXAMPLE.COM' } }), [1, 3, 6]],
    [mails, find({ a: { $in: ['ANN@example.com', 7] } }), [1, 3, 4, 6]],
    [mails, find({ a: { $ne: 'ANN@example.com' } }), [2, 4, 5]],
    [mails, find({ a: { $nin: ['ANN@example.com', null] } }), [2, 4]],
    [mails, find({ a: { $not: { $eq: 'ANN@example.com' } } }), [2, 4, 5]],
    [mails, find({ a: 7 }), [4]],
    [mails, find({ a: null }), [5]],
    [mails, find({ $or: [{ a: 'BOB@example.com' }, { a: 7 }] }), [2, 4]],
    [mails, find({ a: 'ann@example.com' }, { locale: 'simple' }), [3]],
    [mails, find({ a: 'ann@example.com' }, {}), [3]],
    [mails, find({ a: 'ann@example.com' }, { locale: 'en' }), [3]],
    [each('a', 'A', 'b', 'B', 1), find({ a: { $gt: 'A' } }), [3, 4]],
    [each('a', 'A', 'b', 'B', 1), find({ a: { $gte: 'B' } }), [3, 4]],
    [each('a', 'A', 'b', 'B', 1), find({ a: { $lt: 'B' } }), [1, 2]],
    [each('a', 'A', 'b', 'B', 1), find({ a: { $lte: 'A' } }), [1, 2]],
    [each('a', 'A', 'b', 'B', 1), find({ a: { $lte: 1 } }), [5]],
    [[{ _id: 'Key' }, { _id: 'kEY' }, { _id: 'other' }], find({ _id: 'key' }), ['Key', 'kEY']],
    [[{ _id: 'Key' }, { _id: 'kEY' }, { _id: 3 }], find({ _id: { $in: ['KEY', 3] } }), ['Key', 'kEY', 3]],
    [mails, { count: 'things', query: { a: 'ANN@example.com' }, collation: insensitive }, 3],
  ],
  'inside objects and arrays': [
    [each({ b: 'X', c: 1 }, { b: 'x', c: 1 }, { c: 1, b: 'x' }, { b: 'x' }), find({ a: { b: 'x', c: 1 } }), [1, 2]],
    [each({ B: 'x' }, { b: 'X' }), find({ a: { b: 'x' } }), [2]],
    [each(['A', 'b'], ['a', 'B'], ['b', 'a'], 'a'), find({ a: ['a', 'b'] }), [1, 2]],
    [each({ b: ['X', { c: 'Y' }] }), find({ a: { b: ['x', { c: 'y' }] } }), [1]],
    [each({ b: 'X' }, { b: 'y' }, { b: 1 }), find({ a: { $gte: { b: 'x' } } }), [1, 2]],
    [each(['A', 'B'], ['a'], 'B'), find({ a: { $all: ['a', 'b'] } }), [1]],
    [each(['A', 'B'], ['c'], 'A'), find({ a: { $elemMatch: { $eq: 'a' } } }), [1]],
    [each([{ b: 'X', c: 1 }], [{ b: 'x', c: 2 }]), find({ a: { $elemMatch: { b: 'x', c: 1 } } }), [1]],
    [each({ b: 'X' }, { b: 'x' }, { b: 'y' }), find({ 'a.b': 'x' }), [1, 2]],
    [each('Abc', 'abc', 'ABC'), find({ a: /^abc/ }), [2]],
    [each('Abc', 'abc', 'x'), find({ a: { $in: [/^ab/, 'X'] } }), [2, 3]],
    [each('abc', 1, 'z'), find({ a: { $type: 'string' } }), [1, 3]],
  ],
  'rules of languages': [
    [cafe, find({ category: 'cafe', status: 'a' }, french), [1, 2, 3]],
    [each('a', 'A', 'á', 'b'), find({ a: 'a' }, base), [1, 2, 3]],
    [each('a', 'A', 'á', 'b'), find({ a: 'a' }), [1, 2]],
    [each('a', 'A', 'á'), find({ a: 'a' }, { locale: 'en', strength: 3 }), [1]],
    [each('a', 'A', 'á', 'Á'), find({ a: 'a' }, { locale: 'en', strength: 1, caseLevel: true }), [1, 3]],
    [each('é', 'e\u0301'), find({ a: 'é' }, { locale: 'en' }), [1, 2]],
    [each('straße', 'STRASSE', 'strase'), find({ a: 'strasse' }, { locale: 'de', strength: 1 }), [1, 2]],
    [each('straße', 'STRASSE'), find({ a: 'strasse' }, { locale: 'de', strength: 2 }), [2]],
    [each('i', 'I', 'İ', 'ı'), find({ a: 'i' }, { locale: 'tr', strength: 2 }), [1, 3]],
    [each('i', 'I', 'İ', 'ı'), find({ a: 'I' }, { locale: 'tr', strength: 2 }), [2, 4]],
    [each('i', 'I', 'ı'), find({ a: 'i' }), [1, 2]],
    [
      each('black bird', 'black-bird', 'blackbird', 'x'),
      find({ a: 'blackbird' }, { ...base, alternate: 'shifted' }),
      [1, 2, 3],
    ],
    [each('black bird', 'blackbird'), find({ a: 'blackbird' }, { ...base, alternate: 'non-ignorable' }), [2]],
    [each('10', '2', '1', '010'), find({ a: { $gt: '2' } }, { locale: 'en', numericOrdering: true }), [1, 4]],
    [each('10', '2', '1'), find({ a: { $gt: '2' } }, { locale: 'en', numericOrdering: false }), []],
  ],
  sort: [
    [each('b', 'A', 'a', 'B', 'á'), sortBy({ a: 1, _id: 1 }, { locale: 'en' }), [3, 2, 5, 1, 4]],
    [each('b', 'A', 'a', 'B'), sortBy({ a: 1, _id: -1 }, insensitive), [3, 2, 4, 1]],
    [each('b', 'A', 'a', 'B'), sortBy({ a: -1, _id: 1 }, insensitive), [1, 4, 2, 3]],
    [each('a', 'A', 'b'), sortBy({ a: 1 }, { locale: 'en', caseFirst: 'upper' }), [2, 1, 3]],
    [each('A', 'a', 'b'), sortBy({ a: 1 }, { locale: 'en', caseFirst: 'lower' }), [2, 1, 3]],
    [each('a', 'A', 'b'), sortBy({ a: 1 }, { locale: 'da' }), [2, 1, 3]],
    [each('a', 'A', 'b'), sortBy({ a: 1 }, { locale: 'da', caseFirst: 'off' }), [1, 2, 3]],
    [each('10', '2', '1', '-1'), sortBy({ a: 1, _id: 1 }, { locale: 'en', numericOrdering: true }), [4, 3, 2, 1]],
    [each('10', '2', '1'), sortBy({ a: 1 }, { locale: 'en' }), [3, 1, 2]],
    [each('ö', 'z', 'å', 'ä'), sortBy({ a: 1 }, { locale: 'sv' }), [2, 3, 4, 1]],
    [each('ö', 'z', 'å', 'ä'), sortBy({ a: 1 }, { locale: 'de' }), [3, 4, 1, 2]],
    [each('o', 'ñ', 'nz', 'n'), sortBy({ a: 1 }, { locale: 'es' }), [4, 3, 2, 1]],
    [each('côté', 'coté', 'côte', 'cote'), sortBy({ a: 1 }, { locale: 'fr' }), [4, 2, 3, 1]],
    [each('côté', 'coté', 'côte', 'cote'), sortBy({ a: 1 }, { locale: 'fr_CA' }), [4, 3, 2, 1]],
    [each(true, { b: 1 }, 'B', 5, ['a', 'z'], null, 'a'), sortBy({ a: 1, _id: 1 }, insensitive), [6, 4, 5, 7, 3, 2, 1]],
    [each(['B', 'c'], 'a', ['D', 'A'], []), sortBy({ a: 1, _id: 1 }, insensitive), [4, 2, 3, 1]],
    [each(['B', 'c'], 'a', ['D', 'A'], []), sortBy({ a: -1, _id: 1 }, insensitive), [3, 1, 2, 4]],
    [each({ b: 'B' }, { b: 'a' }, { b: 'A', c: 1 }), sortBy({ a: 1 }, insensitive), [2, 3, 1]],
    [each('b', 'C', 'a'), find({}, insensitive, { sort: { a: 1 }, skip: 1, limit: 1 }), [1]],
  ],
  'distinct and groups': [
    [each('b', 'A', 'a', 'B', 1), { distinct: 'things', key: 'a', collation: insensitive }, [1, 'A', 'b']],
    [
      each({ x: 'A' }, { x: 'a' }, ['q', 'Q'], { x: ['a'] }),
      { distinct: 'things', key: 'a', collation: insensitive },
      ['q', { x: 'A' }, { x: ['a'] }],
    ],
    [
      cafe,
      aggregate(french, { $match: { status: 'A' } }, { $group: { _id: '$category', count: { $sum: 1 } } }),
      [{ _id: 'café', count: 3 }],
    ],
    [
      each('b', 'A', 'a', 'B', 'b'),
      aggregate(insensitive, { $sortByCount: '$a' }),
      [
        { _id: 'b', count: 3 },
        { _id: 'A', count: 2 },
      ],
    ],
    [
      each('b', 'A', 'a'),
      aggregate(insensitive, { $group: { _id: null, all: { $addToSet: '$a' } } }),
      [{ _id: null, all: ['b', 'A'] }],
    ],
    [
      each('b', 'C', 'a'),
      aggregate(insensitive, { $group: { _id: null, least: { $min: '$a' }, most: { $max: '$a' } } }),
      [{ _id: null, least: 'a', most: 'C' }],
    ],
    [
      each('b', 'C', 'a'),
      aggregate(insensitive, { $sort: { a: 1 } }, { $project: { a: 1, _id: 0 } }),
      ['a', 'b', 'C'].map((a) => ({ a })),
    ],
    [
      each('b', 'C', 'a'),
      aggregate(insensitive, { $project: { a: 1, _id: 0 } }, { $sort: { a: -1 } }),
      ['C', 'b', 'a'].map((a) => ({ a })),
    ],
    [each('b', 'B', 'a'), aggregate(insensitive, { $limit: 3 }, { $match: { a: 'B' } }, { $count: 'n' }), [{ n: 2 }]],
    [
      each('X', 'x'),
      aggregate(
        insensitive,
        { $lookup: { from: 'things', localField: 'a', foreignField: 'a', as: 'same' } },
        { $project: { n: { $size: '$same' } } },
      ),
      [
        { _id: 1, n: 2 },
        { _id: 2, n: 2 },
      ],
    ],
  ],
  expressions: [
    [each('A', 'b'), find({ $expr: { $eq: ['$a', 'a'] } }), [1]],
    [each('A', 'b', 'C'), find({ $expr: { $gt: ['$a', 'B'] } }), [3]],
    [
      each('A', 'b'),
      aggregate(insensitive, { $project: { same: { $eq: ['$a', 'a'] }, more: { $gt: ['$a', 'A'] } } }),
      [
        { _id: 1, same: true, more: false },
        { _id: 2, same: false, more: true },
      ],
    ],
    [each('A', 'b'), find({ $expr: { $in: ['$a', ['a', 'c']] } }), [1]],
    [
      each('b'),
      aggregate(insensitive, { $project: { least: { $min: ['$a', 'C', 'A'] }, cmp: { $cmp: ['$a', 'B'] } } }),
      [{ _id: 1, least: 'A', cmp: 0 }],
    ],
    [
      each(['A', 'b']),
      aggregate(insensitive, {
        $project: { at: { $indexOfArray: ['$a', 'B'] }, same: { $setEquals: ['$a', ['B', 'a']] } },
      }),
      [{ _id: 1, at: 1, same: true }],
    ],
    [
      each('A', 'b'),
      { ...aggregate(insensitive, { $match: { $expr: { $eq: ['$a', '$$wanted'] } } }), let: { wanted: 'B' } },
      [{ _id: 2, a: 'b' }],
    ],
    [each('A'), update({}, [{ $set: { same: { $eq: ['$a', 'a'] } } }]), [{ _id: 1, a: 'A', same: true }]],
    [each('A'), aggregate(insensitive, { $merge: { into: 'other' } }), 51183],
  ],
  writes: [
    [
      cafe,
      {
        update: 'things',
        updates: [{ q: { category: 'cafe' }, u: { $set: { status: 'x' } }, multi: true, collation: french }],
      },
      cafe.map((document) => ({ ...document, status: 'x' })),
    ],
    [
      cafe,
      {
        findAndModify: 'things',
        query: { category: 'cafe', status: 'a' },
        sort: { category: 1 },
        update: { $set: { status: 'updated' } },
        collation: french,
      },
      cafe[0],
    ],
    [
      each('b', 'A', 'a', 'c'),
      { findAndModify: 'things', sort: { a: -1 }, remove: true, collation: insensitive },
      { _id: 4, a: 'c' },
    ],
    [
      each('A', 'b'),
      { delete: 'things', deletes: [{ q: { a: 'a' }, limit: 0, collation: insensitive }] },
      [{ _id: 2, a: 'b' }],
    ],
    [
      each('A', 'a'),
      { delete: 'things', deletes: [{ q: { a: 'a' }, limit: 1, collation: insensitive }] },
      [{ _id: 2, a: 'a' }],
    ],
    [each('A'), update({ a: 'a' }, { $set: { a: 'a' } }), each('a')],
    [each(['A', 'b', 'a']), update({}, { $pull: { a: 'a' } }), each(['b'])],
    [each(['A', 'b', 'c']), update({}, { $pull: { a: { $gte: 'B' } } }), each(['A'])],
    [each(['A', 'b', 'C']), update({}, { $pullAll: { a: ['a', 'c'] } }), each(['b'])],
    [each(['A']), update({}, { $addToSet: { a: { $each: ['a', 'B', 'b'] } } }), each(['A', 'B'])],
    [each(['b']), update({}, { $push: { a: { $each: ['C', 'A'], $sort: 1 } } }), each(['A', 'b', 'C'])],
    [each('b'), update({}, { $min: { a: 'C' } }), each('b')],
    [each('b'), update({}, { $max: { a: 'C' } }), each('C')],
    [
      each(['A', 'b', 'a']),
      update({}, { $set: { 'a.$[x]': 'E' } }, { arrayFilters: [{ x: 'a' }] }),
      each(['E', 'b', 'E']),
    ],
    [each(['b', 'A']), update({ a: 'a' }, { $set: { 'a.$': 'E' } }), each(['b', 'E'])],
    [
      each('b'),
      {
        findAndModify: 'things',
        query: { _id: 9, a: 'New' },
        update: { $set: { n: 1 } },
        upsert: true,
        new: true,
        collation: insensitive,
      },
      { _id: 9, a: 'New', n: 1 },
    ],
    [
      each(['b', 'A', 'a']),
      find({}, insensitive, { projection: { a: { $elemMatch: { $eq: 'a' } } } }),
      [{ _id: 1, a: ['A'] }],
    ],
  ],
};
