/** Updates, alone and of the document that is found. */
import type { Document } from 'bson';
import { rows, type CommandCase } from './command-cases.js';

const update = (statement: Document): Document => ({ update: 'rows', updates: [{ q: {}, ...statement }] });
const modify = (extra: Document): Document => ({ findAndModify: 'rows', query: { _id: 1 }, ...extra });

export const updateCases: readonly CommandCase[] = [
  {
    what: 'counts what matched and what changed',
    before: rows,
    command: update({ u: { $max: { a: 2 } }, multi: true }),
    reply: { n: 3, nModified: 1 },
    after: [{ _id: 1, a: 2 }, ...rows.slice(1)],
  },
  {
    what: 'changes nothing when the values are there',
    before: rows,
    command: update({ u: { $set: { a: 1 } } }),
    reply: { n: 1, nModified: 0 },
  },
  {
    what: 'takes the first by a sort',
    before: rows,
    command: update({ u: { $set: { b: 1 } }, sort: { a: -1 } }),
    reply: { n: 1, nModified: 1 },
    after: [...rows.slice(0, 2), { _id: 3, a: 3, b: 1 }],
  },
  {
    what: 'replaces the first by a sort',
    before: rows,
    command: update({ u: { b: 1 }, sort: { a: -1 } }),
    reply: { n: 1, nModified: 1 },
    after: [...rows.slice(0, 2), { _id: 3, b: 1 }],
  },
  {
    what: 'refuses a sort for many',
    before: rows,
    command: update({ u: { $set: { a: 1 } }, sort: { a: 1 }, multi: true }),
    reply: 9,
  },
  {
    what: 'refuses a sort that is none',
    before: rows,
    command: update({ u: { $set: { a: 1 } }, sort: 'a' }),
    reply: 14,
  },
  { what: 'refuses a replacement of many', before: rows, command: update({ u: { a: 1 }, multi: true }), reply: 9 },
  {
    what: 'refuses constants without a pipeline',
    before: rows,
    command: update({ u: { $set: { a: 1 } }, c: { x: 1 } }),
    reply: 51198,
  },
  {
    what: 'refuses a supplied upsert',
    before: rows,
    command: update({ u: { $set: { a: 1 } }, upsertSupplied: true }),
    reply: 238,
  },
  {
    what: 'upserts by operators, with what the filter equals',
    command: update({ q: { _id: 5, 'b.c': 2, d: { $gt: 1 } }, u: { $set: { e: 3 } }, upsert: true }),
    reply: { n: 1, nModified: 0, upserted: [{ index: 0, _id: 5 }] },
    after: [{ _id: 5, b: { c: 2 }, e: 3 }],
  },
  {
    what: 'upserts a replacement with the _id of the filter',
    command: update({ q: { _id: 5, b: 1 }, u: { a: 1 }, upsert: true }),
    reply: { n: 1, nModified: 0, upserted: [{ index: 0, _id: 5 }] },
    after: [{ _id: 5, a: 1 }],
  },
  {
    what: 'upserts null as _id',
    command: update({ q: { _id: null }, u: { $set: { a: 1 } }, upsert: true }),
    reply: { n: 1, nModified: 0, upserted: [{ index: 0, _id: null }] },
    after: [{ _id: null, a: 1 }],
  },
  {
    what: 'upserts one when many are meant',
    command: update({ q: { _id: 5 }, u: { $set: { a: 1 } }, upsert: true, multi: true }),
    reply: { n: 1, nModified: 0, upserted: [{ index: 0, _id: 5 }] },
    after: [{ _id: 5, a: 1 }],
  },
  { what: 'refuses to replace _id', before: rows, command: update({ q: { _id: 1 }, u: { _id: 9 } }), reply: 66 },
  {
    what: 'refuses a replacement with a dollar at the top',
    before: rows,
    command: update({ u: { a: 1, $b: 1 } }),
    reply: 52,
  },
  {
    what: 'refuses a replacement that begins with a dollar',
    before: rows,
    command: update({ u: { $b: 1 } }),
    reply: 9,
  },
  {
    what: 'refuses operators mixed with fields',
    before: rows,
    command: update({ u: { $set: { a: 1 }, b: 1 } }),
    reply: 9,
  },
  {
    what: 'replaces with dollars below the top',
    before: [{ _id: 1 }],
    command: update({ u: { a: { $b: 1, 'c.d': 1 } } }),
    reply: { n: 1, nModified: 1 },
    after: [{ _id: 1, a: { $b: 1, 'c.d': 1 } }],
  },
  {
    what: 'runs a pipeline',
    before: rows,
    command: update({ u: [{ $set: { b: { $add: ['$a', 1] } } }], multi: true }),
    reply: { n: 3, nModified: 3 },
    after: rows.map((row) => ({ ...row, b: row.a + 1 })),
  },
  {
    what: 'follows let in a filter',
    before: rows,
    command: {
      ...update({ q: { $expr: { $eq: ['$a', '$$two'] } }, u: { $set: { b: 1 } }, multi: true }),
      let: { two: 2 },
    },
    reply: { n: 1, nModified: 1 },
    after: [rows[0] ?? {}, { _id: 2, a: 2, b: 1 }, rows[2] ?? {}],
  },
  {
    what: 'refuses a variable that is not defined',
    before: rows,
    command: update({ q: { $expr: '$$x' }, u: { $set: { a: 1 } } }),
    reply: 17276,
  },
  { what: 'refuses a change that is none', before: rows, command: update({ u: 1 }), reply: 9 },
  { what: 'refuses a missing change', before: rows, command: update({}), reply: 40414 },
  {
    what: 'refuses a missing filter',
    before: rows,
    command: { update: 'rows', updates: [{ u: { a: 1 } }] },
    reply: 40414,
  },
  {
    what: 'refuses an unused array filter',
    before: rows,
    command: update({ u: { $set: { a: 1 } }, arrayFilters: [{ x: 1 }] }),
    reply: 9,
  },
  {
    what: 'refuses a position without its filter',
    before: rows,
    command: update({ u: { $set: { 'a.$[x]': 1 } } }),
    reply: 2,
  },
  {
    what: 'refuses two filters of one name',
    before: rows,
    command: update({ u: { $set: { 'a.$[x]': 1 } }, arrayFilters: [{ x: 1 }, { x: 2 }] }),
    reply: 9,
  },
  {
    what: 'refuses array filters of a replacement',
    before: rows,
    command: update({ u: { a: 1 }, arrayFilters: [{ x: 1 }] }),
    reply: 9,
  },
  {
    what: 'refuses array filters of a pipeline',
    before: rows,
    command: update({ u: [{ $set: { a: 1 } }], arrayFilters: [{ x: 1 }] }),
    reply: 9,
  },
  { what: 'refuses an unknown hint', before: rows, command: update({ u: { $set: { a: 9 } }, hint: 'nope' }), reply: 2 },
  {
    what: 'refuses an unknown hint by its key',
    before: rows,
    command: update({ u: { $set: { a: 9 } }, hint: { z: 1 } }),
    reply: 2,
  },
  { what: 'refuses a hint that is none', before: rows, command: update({ u: { $set: { a: 9 } }, hint: 5 }), reply: 9 },
  {
    what: 'writes nothing of a batch when one statement is malformed',
    before: rows,
    command: {
      update: 'rows',
      updates: [
        { q: {}, u: { $set: { a: 9 } } },
        { q: {}, u: {}, nonsense: 1 },
      ],
    },
    reply: 40415,
  },
];

export const modifyCases: readonly CommandCase[] = [
  {
    what: 'returns the document before the change',
    before: rows,
    command: modify({ update: { $inc: { a: 1 } }, fields: { _id: 0 } }),
    reply: { value: { a: 1 }, lastErrorObject: { n: 1, updatedExisting: true } },
    after: [{ _id: 1, a: 2 }, ...rows.slice(1)],
  },
  {
    what: 'returns the document after the change',
    before: rows,
    command: modify({ update: { $inc: { a: 1 } }, new: true }),
    reply: { value: { _id: 1, a: 2 } },
    after: [{ _id: 1, a: 2 }, ...rows.slice(1)],
  },
  {
    what: 'takes the first by a sort, and follows let',
    before: rows,
    command: modify({ query: { $expr: { $lt: ['$a', '$$three'] } }, sort: { a: -1 }, remove: true, let: { three: 3 } }),
    reply: { value: { _id: 2, a: 2 }, lastErrorObject: { n: 1 } },
    after: [rows[0] ?? {}, rows[2] ?? {}],
  },
  {
    what: 'upserts, and returns null or the new document',
    command: modify({ query: { _id: 7 }, sort: { a: 1 }, update: { $set: { a: 1 } }, upsert: true, new: true }),
    reply: { value: { _id: 7, a: 1 }, lastErrorObject: { n: 1, updatedExisting: false, upserted: 7 } },
    after: [{ _id: 7, a: 1 }],
  },
  {
    what: 'returns null when nothing matches',
    command: modify({ update: { a: 1 } }),
    reply: { value: null, lastErrorObject: { n: 0, updatedExisting: false } },
    after: [],
  },
  {
    what: 'returns null when nothing is removed',
    command: modify({ remove: true }),
    reply: { value: null, lastErrorObject: { n: 0 } },
    after: [],
  },
  {
    what: 'runs a pipeline',
    before: rows,
    command: modify({ update: [{ $replaceWith: { _id: '$_id', b: '$a' } }], new: true }),
    reply: { value: { _id: 1, b: 1 } },
    after: [{ _id: 1, b: 1 }, ...rows.slice(1)],
  },
  { what: 'refuses neither an update nor a removal', before: rows, command: modify({}), reply: 9 },
  {
    what: 'refuses an update and a removal',
    before: rows,
    command: modify({ update: { a: 1 }, remove: true }),
    reply: 9,
  },
  { what: 'refuses the new one of a removal', before: rows, command: modify({ remove: true, new: true }), reply: 9 },
  { what: 'refuses an upsert of a removal', before: rows, command: modify({ remove: true, upsert: true }), reply: 9 },
  {
    what: 'refuses array filters of a removal',
    before: rows,
    command: modify({ remove: true, arrayFilters: [] }),
    reply: 9,
  },
  { what: 'refuses an unknown hint', before: rows, command: modify({ remove: true, hint: 'nope' }), reply: 2 },
  { what: 'refuses a sort that is none', before: rows, command: modify({ remove: true, sort: 1 }), reply: 14 },
  {
    what: 'fails as a command, not as a statement',
    before: rows,
    command: modify({ update: { $set: { _id: 2 } } }),
    reply: 66,
  },
];
