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
