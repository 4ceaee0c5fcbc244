/** Projections and sorts, and what MongoDB documents about them. */
import { Decimal128, Long, MinKey, ObjectId, type Document } from 'bson';

const row = { _id: 1, a: 1, b: { c: 2, d: 3 }, l: [1, 2, 3, 4], rows: [{ k: 'x', v: 1 }, { k: 'y', v: 2 }, 5] };

/** The document, the projection, the result (or the error code), and a filter when it matters. */
export type ProjectionCase = readonly [
  document: Document,
  projection: Document,
  expected: Document | number,
  filter?: Document,
];

export const projectionCases: readonly ProjectionCase[] = [
  [row, {}, row],
  [row, { a: 1 }, { _id: 1, a: 1 }],
  [row, { a: true }, { _id: 1, a: 1 }],
  [row, { a: 1, _id: 0 }, { a: 1 }],
  [row, { _id: 1 }, { _id: 1 }],
  [row, { _id: 0 }, { a: 1, b: row.b, l: row.l, rows: row.rows }],
  [row, { a: 0, l: 0, rows: 0 }, { _id: 1, b: row.b }],
  [row, { b: 0, rows: 0, _id: 0 }, { a: 1, l: row.l }],
  [row, { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
  [row, { 'b.c': 0, l: 0, rows: 0 }, { _id: 1, a: 1, b: { d: 3 } }],
  [row, { 'rows.k': 1 }, { _id: 1, rows: [{ k: 'x' }, { k: 'y' }] }],
  [row, { 'rows.k': 0, a: 0, b: 0, l: 0 }, { _id: 1, rows: [{ v: 1 }, { v: 2 }, 5] }],
  [row, { missing: 1 }, { _id: 1 }],
  [row, { 'a.x': 1 }, { _id: 1 }],
  [row, { 'b.x': 1 }, { _id: 1, b: {} }],
  [row, { l: { $slice: 2 }, a: 1 }, { _id: 1, a: 1, l: [1, 2] }],
  [row, { l: { $slice: -1 }, a: 1 }, { _id: 1, a: 1, l: [4] }],
  [row, { l: { $slice: [1, 2] }, a: 1 }, { _id: 1, a: 1, l: [2, 3] }],
  [row, { l: { $slice: [-3, 2] }, a: 1 }, { _id: 1, a: 1, l: [2, 3] }],
  [row, { l: { $slice: 2 } }, { ...row, l: [1, 2] }],
  [row, { rows: { $elemMatch: { k: 'y' } } }, { _id: 1, rows: [{ k: 'y', v: 2 }] }],
  [row, { rows: { $elemMatch: { k: 'z' } }, a: 1 }, { _id: 1, a: 1 }],
  [row, { l: { $elemMatch: { $gt: 2 } } }, { _id: 1, l: [3] }],
  [row, { 'rows.$': 1 }, { _id: 1, rows: [{ k: 'y', v: 2 }] }, { 'rows.v': 2 }],
  [row, { 'l.$': 1, a: 1 }, { _id: 1, a: 1, l: [3] }, { l: { $gt: 2 } }],
  [row, { b: 1, a: 1 }, { _id: 1, a: 1, b: row.b }],
  [row, { a: 1, b: 0 }, 31254],
  [row, { a: 0, b: 1 }, 31253],
  [row, { b: 1, 'b.c': 1 }, 31249],
  [row, { 'b.c': 1, b: 1 }, 31250],
  [row, { $a: 1 }, 16410],
  [row, { l: { $elemMatch: { $gt: 2 } }, rows: 1 }, { _id: 1, rows: row.rows, l: [3] }],
  [row, { l: { $elemMatch: { $gt: 9 } }, a: 0, rows: 0 }, { _id: 1, b: row.b }],
  [row, { a: { $slice: 1 }, _id: 1 }, { _id: 1, a: 1 }],
  [row, { 'b.c': { $slice: 1 }, l: 0, rows: 0 }, { _id: 1, a: 1, b: row.b }],
];

const dotted = { _id: 1, p: [{ q: 1, s: [1, 2] }, 5, { q: 2, s: [3, 4] }], x: 'x' };

/** Projections that compute, by find and findAndModify alike. */
export const computedCases: readonly ProjectionCase[] = [
  [row, { x: '$b.c' }, { _id: 1, x: 2 }],
  [row, { x: '$b.c', a: 1, _id: 0 }, { a: 1, x: 2 }],
  [row, { n: { $size: '$l' }, a: 1 }, { _id: 1, a: 1, n: 4 }],
  [row, { a: '$b.d', l: { $literal: 1 } }, { _id: 1, a: 3, l: 1 }],
  [row, { a: 'text' }, { _id: 1, a: 'text' }],
  [row, { a: null }, { _id: 1, a: null }],
  [row, { a: ['$a', '$none'] }, { _id: 1, a: [1, null] }],
  [row, { x: '$none', a: 1 }, { _id: 1, a: 1 }],
  [row, { x: '$$ROOT.a' }, { _id: 1, x: 1 }],
  [row, { _id: '$a' }, { _id: 1 }],
  [row, { _id: { $add: ['$a', 1] }, x: '$a' }, { _id: 2, x: 1 }],
  [row, { _id: 0, x: { $literal: 1 } }, { x: 1 }],
  [row, { b: { c: 1 } }, { _id: 1, b: { c: 2 } }],
  [row, { b: { c: 1, z: '$a' } }, { _id: 1, b: { c: 2, z: 1 } }],
  [row, { b: { c: 0 }, rows: 0, l: 0 }, { _id: 1, a: 1, b: { d: 3 } }],
  [row, { 'b.z': '$a', a: 1 }, { _id: 1, a: 1, b: { z: 1 } }],
  [row, { 'a.z': '$b.c' }, { _id: 1, a: { z: 2 } }],
  [dotted, { 'p.q': '$x' }, { _id: 1, p: [{ q: 'x' }, { q: 'x' }, { q: 'x' }] }],
  [dotted, { 'p.s': { $slice: 1 } }, { ...dotted, p: [{ q: 1, s: [1] }, 5, { q: 2, s: [3] }] }],
  [dotted, { 'p.q.$': 1 }, { _id: 1, p: [{ q: 2 }] }, { 'p.q': 2 }],
  [row, { l: { $slice: ['$l', 2] } }, { _id: 1, l: [1, 2] }],
  [row, { l: { $filter: { input: '$l', cond: { $gt: ['$$this', 2] } } } }, { _id: 1, l: [3, 4] }],
  [row, { x: '$b.c', a: 0 }, 31254],
  [row, { a: 0, x: '$b.c' }, 31310],
  [row, { a: 0, x: { $add: [1, 2] } }, 31252],
  [row, { b: {} }, 51270],
  [row, { 'l.$': '$a' }, 31308],
  [row, { 'l.$': { $add: [1] } }, 31271],
  [row, { 'rows.$.v': 1 }, 31394, { 'rows.v': 1 }],
  [row, { 'l.$': 0 }, 31395, { l: 1 }],
  [row, { 'l.$': 1, 'rows.$': 1 }, 31276],
  [row, { 'l.$': 1, 'rows.$': 1 }, 31276, { l: 1, 'rows.v': 1 }],
  [row, { 'l.$': 1, rows: { $elemMatch: { v: 1 } } }, 31255, { l: 1 }],
  [row, { rows: { $elemMatch: { v: 1 } }, 'l.$': 1 }, 31256, { l: 1 }],
  [row, { 'l.$': 1 }, 31277, { a: 1 }],
  [row, { 'rows.v': { $elemMatch: { x: 1 } } }, 31275],
  [row, { rows: { $elemMatch: 1 } }, 31274],
  [row, { a: { $nonsense: 1 } }, 31325],
  [row, { a: { $meta: 'textScore' } }, 31325],
  [row, { a: '$$nothing' }, 17276],
  [row, { a: '$' }, 16872],
  [row, { 'a..b': 1 }, 15998],
  [row, { a: { $size: '$a' } }, 17124],
];

/** Values in the order an ascending sort gives them. */
export const ascending: readonly unknown[] = [
  new MinKey(),
  [],
  null,
  Number.NaN,
  -5,
  Decimal128.fromString('-0.5'),
  0,
  1,
  Long.fromNumber(2),
  2.5,
  '',
  'A',
  'a',
  'b',
  { x: 1 },
  { x: 2 },
  new ObjectId('000000000000000000000001'),
  false,
  true,
  new Date(0),
  new Date(1),
];

/** The documents, the sort, and the ids in the order they come. */
export type SortCase = readonly [documents: readonly Document[], sort: Document, expected: readonly number[]];

export const sortCases: readonly SortCase[] = [
  [
    [
      { _id: 1, a: 3 },
      { _id: 2, a: 1 },
      { _id: 3, a: 2 },
    ],
    { a: 1 },
    [2, 3, 1],
  ],
  [
    [
      { _id: 1, a: 3 },
      { _id: 2, a: 1 },
      { _id: 3, a: 2 },
    ],
    { a: -1 },
    [1, 3, 2],
  ],
  [
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
      { _id: 3, a: 0, b: 3 },
    ],
    { a: 1, b: -1 },
    [3, 2, 1],
  ],
  [
    [
      { _id: 1, a: 1, b: 1 },
      { _id: 2, a: 1, b: 2 },
      { _id: 3, a: 0, b: 3 },
    ],
    { b: -1, a: 1 },
    [3, 2, 1],
  ],
  [
    [
      { _id: 1, a: [5, 1] },
      { _id: 2, a: [2, 3] },
    ],
    { a: 1 },
    [1, 2],
  ],
  [
    [
      { _id: 1, a: [5, 1] },
      { _id: 2, a: [2, 3] },
    ],
    { a: -1 },
    [1, 2],
  ],
  [
    [
      { _id: 1, a: [2, 3] },
      { _id: 2, a: [9, 0] },
      { _id: 3, a: 5 },
    ],
    { a: -1 },
    [2, 3, 1],
  ],
  [
    [
      { _id: 1, a: [{ b: 3 }, { b: 1 }] },
      { _id: 2, a: [{ b: 2 }] },
    ],
    { 'a.b': 1 },
    [1, 2],
  ],
  [
    [
      { _id: 1, a: [{ b: 3 }, { b: 1 }] },
      { _id: 2, a: [{ b: 2 }] },
    ],
    { 'a.b': -1 },
    [1, 2],
  ],
  [[{ _id: 1, a: { b: 2 } }, { _id: 2, a: { b: 1 } }, { _id: 3 }], { 'a.b': 1 }, [3, 2, 1]],
  [[{ _id: 1, a: 1 }, { _id: 2 }, { _id: 3, a: [] }], { a: 1 }, [3, 2, 1]],
  [[{ _id: 3 }, { _id: 1 }, { _id: 2 }], { _id: -1 }, [3, 2, 1]],
];
