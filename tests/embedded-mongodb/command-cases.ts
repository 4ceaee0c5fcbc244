/** Commands and what a server answers: some fields of the reply, or the code it is refused with. */
import { Decimal128, Long, Timestamp, type Document } from 'bson';

export interface CommandCase {
  readonly what: string;
  /** What the collection `rows` holds before. */
  readonly before?: readonly Document[];
  readonly command: Document;
  /** Fields of the reply, or a code: of the command, or of its first write error. */
  readonly reply: Document | number;
  /** What the collection holds afterwards, in its order; without it, what it held before. */
  readonly after?: readonly Document[];
}

export const rows = [
  { _id: 1, a: 1 },
  { _id: 2, a: 2 },
  { _id: 3, a: 3 },
];
const insert = (...documents: Document[]): Document => ({ insert: 'rows', documents });
const remove = (statement: Document): Document => ({ delete: 'rows', deletes: [{ q: {}, limit: 0, ...statement }] });
const find = (extra: Document): Document => ({ find: 'rows', ...extra });
const first = (firstBatch: readonly Document[]): Document => ({
  cursor: { firstBatch, id: Long.ZERO, ns: 'frontdesk.rows' },
});

export const insertCases: readonly CommandCase[] = [
  {
    what: 'counts what it inserted',
    command: insert({ _id: 1 }, { _id: 2 }),
    reply: { n: 2 },
    after: [{ _id: 1 }, { _id: 2 }],
  },
  {
    what: 'moves _id to the front',
    command: insert({ a: 1, _id: 1, b: 2 }),
    reply: { n: 1 },
    after: [{ _id: 1, a: 1, b: 2 }],
  },
  {
    what: 'takes null for an _id',
    command: insert({ _id: null, a: 1 }),
    reply: { n: 1 },
    after: [{ _id: null, a: 1 }],
  },
  { what: 'takes null once only', before: [{ _id: null }], command: insert({ _id: null }), reply: 11000 },
  { what: 'refuses an array as _id', command: insert({ _id: [1] }), reply: 53 },
  { what: 'refuses a regular expression as _id', command: insert({ _id: /a/ }), reply: 53 },
  { what: 'refuses a dollar inside _id', command: insert({ _id: { $a: 1 } }), reply: 52 },
  {
    what: 'takes dots and dollars in names, at the top and below',
    command: insert({ _id: 1, 'a.b': 1, $c: { $d: 1, 'e.f': [{ $inc: 1 }] } }),
    reply: { n: 1 },
    after: [{ _id: 1, 'a.b': 1, $c: { $d: 1, 'e.f': [{ $inc: 1 }] } }],
  },
  { what: 'takes an empty name', command: insert({ _id: 1, '': 1 }), reply: { n: 1 }, after: [{ _id: 1, '': 1 }] },
  {
    what: 'keeps the order of names and the types of values',
    command: insert({ _id: 1, b: Decimal128.fromString('1.10'), a: new Timestamp({ t: 1, i: 2 }) }),
    reply: { n: 1 },
    after: [{ _id: 1, b: Decimal128.fromString('1.10'), a: new Timestamp({ t: 1, i: 2 }) }],
  },
  { what: 'refuses an empty list', command: insert(), reply: 16 },
  { what: 'refuses a document that is none', command: { insert: 'rows', documents: [1] }, reply: 14 },
  { what: 'refuses a list that is none', command: { insert: 'rows', documents: {} }, reply: 14 },
  { what: 'refuses a missing list', command: { insert: 'rows' }, reply: 40414 },
  { what: 'refuses an ordered that is no truth', command: { ...insert({}), ordered: 'yes' }, reply: 14 },
  {
    what: 'stops at the first failure when it is ordered',
    command: insert({ _id: 1 }, { _id: 1 }, { _id: 2 }),
    reply: {
      n: 1,
      writeErrors: [
        {
          index: 1,
          code: 11000,
          keyPattern: { _id: 1 },
          keyValue: { _id: 1 },
          errmsg: 'E11000 duplicate key error collection: frontdesk.rows index: _id_ dup key: { _id: 1 }',
        },
      ],
    },
    after: [{ _id: 1 }],
  },
  {
    what: 'goes on after a failure when it is not ordered',
    command: { ...insert({ _id: 1 }, { _id: 1 }, { _id: 2 }), ordered: false },
    reply: { n: 2 },
    after: [{ _id: 1 }, { _id: 2 }],
  },
];

export const deleteCases: readonly CommandCase[] = [
  {
    what: 'takes null for an absent argument',
    before: rows,
    command: { ...remove({ collation: null }), let: null, ordered: null, writeConcern: null },
    reply: { n: 3 },
    after: [],
  },
  { what: 'refuses null for an argument that it needs', before: rows, command: remove({ q: null }), reply: 40414 },
  { what: 'removes all', before: rows, command: remove({}), reply: { n: 3 }, after: [] },
  { what: 'removes the first', before: rows, command: remove({ limit: 1 }), reply: { n: 1 }, after: rows.slice(1) },
  {
    what: 'follows a hint',
    before: rows,
    command: remove({ limit: 1, hint: '_id_' }),
    reply: { n: 1 },
    after: rows.slice(1),
  },
  {
    what: 'follows let',
    before: rows,
    command: { ...remove({ q: { $expr: { $gt: ['$a', '$$one'] } } }), let: { one: 1 } },
    reply: { n: 2 },
    after: rows.slice(0, 1),
  },
  { what: 'refuses a missing limit', before: rows, command: { delete: 'rows', deletes: [{ q: {} }] }, reply: 40414 },
  { what: 'refuses another limit', before: rows, command: remove({ limit: 2 }), reply: 9 },
  { what: 'refuses an unknown hint', before: rows, command: remove({ hint: 'nope' }), reply: 2 },
  { what: 'refuses a sort', before: rows, command: remove({ limit: 1, sort: { a: 1 } }), reply: 40415 },
  { what: 'refuses an empty list', before: rows, command: { delete: 'rows', deletes: [] }, reply: 16 },
];

export const findCases: readonly CommandCase[] = [
  {
    what: 'sorts, skips and limits',
    before: rows,
    command: find({ sort: { a: -1 }, skip: 1, limit: 1 }),
    reply: first(rows.slice(1, 2)),
  },
  {
    what: 'follows let',
    before: rows,
    command: find({ filter: { $expr: { $eq: ['$a', '$$x'] } }, let: { x: { $add: [1, 1] } } }),
    reply: first(rows.slice(1, 2)),
  },
  {
    what: 'closes the cursor after a single batch',
    before: rows,
    command: find({ batchSize: 2, singleBatch: true }),
    reply: first(rows.slice(0, 2)),
  },
  {
    what: 'finds nothing in a collection that does not exist',
    command: { find: 'nowhere', filter: { a: 1 } },
    reply: {},
    after: [],
  },
  {
    what: 'does not follow a dotted name into one name',
    before: [{ _id: 1, 'a.b': 1 }],
    command: find({ filter: { 'a.b': 1 } }),
    reply: first([]),
  },
  {
    what: 'follows a hint by name',
    before: rows,
    command: find({ hint: '_id_', filter: { a: 2 } }),
    reply: first(rows.slice(1, 2)),
  },
  {
    what: 'follows a hint by key',
    before: rows,
    command: find({ hint: { _id: 1 }, filter: { a: 2 } }),
    reply: first(rows.slice(1, 2)),
  },
  {
    what: 'reads backwards by its natural order',
    before: rows,
    command: find({ hint: { $natural: -1 } }),
    reply: first([...rows].reverse()),
  },
  { what: 'refuses an unknown hint', before: rows, command: find({ hint: 'nope' }), reply: 2 },
  { what: 'refuses a hint that is none', before: rows, command: find({ hint: 1 }), reply: 9 },
  { what: 'refuses a negative limit', before: rows, command: find({ limit: -1 }), reply: 51024 },
  { what: 'refuses a negative skip', before: rows, command: find({ skip: -1 }), reply: 51024 },
  { what: 'refuses a negative batch', before: rows, command: find({ batchSize: -1 }), reply: 51024 },
  { what: 'refuses a negative time', before: rows, command: find({ maxTimeMS: -1 }), reply: 2 },
  { what: 'refuses a time that is none', before: rows, command: find({ maxTimeMS: 'soon' }), reply: 2 },
  { what: 'has all the time without a limit', before: rows, command: find({ maxTimeMS: 0 }), reply: first(rows) },
  { what: 'refuses a filter that is none', before: rows, command: find({ filter: 1 }), reply: 14 },
  {
    what: 'takes null for an absent argument',
    before: rows,
    command: find({
      ...Object.fromEntries(
        [
          'filter',
          'sort',
          'projection',
          'limit',
          'skip',
          'batchSize',
          'singleBatch',
          'comment',
          'maxTimeMS',
          'let',
        ].map((name) => [name, null]),
      ),
      ...{ collation: null, readConcern: null, returnKey: null, min: null, tailable: null },
    }),
    reply: first(rows),
  },
  { what: 'refuses null for a hint, which has no type', before: rows, command: find({ hint: null }), reply: 9 },
  { what: 'refuses a let that is none', before: rows, command: find({ let: 1 }), reply: 14 },
  ...['$x', '$$ROOT', '$$CURRENT.x', { $add: [1, '$x'] }].map((x) => ({
    what: `refuses a let of ${JSON.stringify(x)}, which is no constant`,
    before: rows,
    command: find({ let: { x } }),
    reply: 4890500,
  })),
  {
    what: 'takes a let of a text with a dollar, of an own variable and of the time',
    before: rows,
    command: find({ let: { x: { $literal: '$x' }, y: { $map: { input: [1], in: '$$this' } }, z: '$$NOW' }, limit: 1 }),
    reply: first(rows.slice(0, 1)),
  },
  { what: 'refuses the name of a variable', before: rows, command: find({ let: { Big: 1 } }), reply: 9 },
  { what: 'takes any comment', before: rows, command: find({ comment: { any: ['thing'] } }), reply: first(rows) },
  { what: 'has no tail to wait at', before: rows, command: find({ tailable: true }), reply: 2 },
  { what: 'refuses to wait without a tail', before: rows, command: find({ awaitData: true }), reply: 9 },
  {
    what: 'counts with a limit of either sign',
    before: rows,
    command: { count: 'rows', query: { a: { $gt: 1 } }, limit: -1 },
    reply: { n: 1 },
  },
  { what: 'counts after a skip', before: rows, command: { count: 'rows', skip: 2 }, reply: { n: 1 } },
  { what: 'refuses to count after a negative skip', before: rows, command: { count: 'rows', skip: -1 }, reply: 51024 },
  { what: 'refuses to count by an unknown hint', before: rows, command: { count: 'rows', hint: 'nope' }, reply: 2 },
  {
    what: 'tells values apart, with a hint',
    before: rows,
    command: { distinct: 'rows', key: 'a', hint: '_id_' },
    reply: { values: [1, 2, 3] },
  },
  {
    what: 'refuses values by an unknown hint',
    before: rows,
    command: { distinct: 'rows', key: 'a', hint: 'nope' },
    reply: 2,
  },
  { what: 'refuses values of no key', before: rows, command: { distinct: 'rows' }, reply: 40414 },
  { what: 'refuses values of a key that is none', before: rows, command: { distinct: 'rows', key: 1 }, reply: 14 },
];
