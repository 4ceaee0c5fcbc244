/** Pipelines that meet other collections or branch, and what MongoDB documents about them. */
import { ObjectId, type Document } from 'bson';
import { numbers, type AggregationCase } from './aggregation-cases.js';

const orders: readonly Document[] = [
  { _id: 1, item: 'almonds', quantity: 2 },
  { _id: 2, item: 'pecans', quantity: 70 },
  { _id: 3 },
];
const stock: Readonly<Record<string, readonly Document[]>> = {
  stock: [
    { _id: 1, sku: 'almonds', instock: 120 },
    { _id: 2, sku: 'bread', instock: 80 },
    { _id: 3, sku: null },
    { _id: 4 },
    { _id: 5, sku: 'pecans', instock: 60 },
  ],
};
const joinStock = { from: 'stock', localField: 'item', foreignField: 'sku', as: 'found' };
/** A join in the pipeline of a join, and so on. */
const nestLookups = (depth: number): Document[] =>
  Array.from({ length: depth }).reduce<Document[]>(
    (pipeline) => [{ $lookup: { from: 'nobody', as: 'x', pipeline } }],
    [],
  );
const idsOf = { $project: { ids: '$found._id' } };

export const joinCases: Readonly<Record<string, readonly AggregationCase[]>> = {
  $lookup: [
    [
      orders,
      [{ $lookup: joinStock }, idsOf],
      [
        { _id: 1, ids: [1] },
        { _id: 2, ids: [5] },
        { _id: 3, ids: [3, 4] },
      ],
      stock,
    ],
    [
      orders,
      [{ $match: { _id: 1 } }, { $lookup: joinStock }],
      [{ _id: 1, item: 'almonds', quantity: 2, found: [{ _id: 1, sku: 'almonds', instock: 120 }] }],
      stock,
    ],
    [
      orders,
      [{ $lookup: { ...joinStock, from: 'nowhere' } }, { $project: { found: 1 } }],
      [
        { _id: 1, found: [] },
        { _id: 2, found: [] },
        { _id: 3, found: [] },
      ],
    ],
    [
      [
        { _id: 1, members: ['a', 'c'] },
        { _id: 2, members: [] },
        { _id: 3, members: null },
      ],
      [{ $lookup: { from: 'members', localField: 'members', foreignField: 'name', as: 'found' } }, idsOf],
      [
        { _id: 1, ids: [1, 3] },
        { _id: 2, ids: [4] },
        { _id: 3, ids: [4] },
      ],
      { members: [{ _id: 1, name: 'a' }, { _id: 2, name: 'b' }, { _id: 3, name: ['c', 'd'] }, { _id: 4 }] },
    ],
    [
      [{ _id: 1, lines: [{ sku: 'a' }, { sku: 'b' }, {}] }],
      [
        { $lookup: { from: 'goods', localField: 'lines.sku', foreignField: '_id', as: 'o.goods' } },
        { $project: { o: 1 } },
      ],
      [{ _id: 1, o: { goods: [{ _id: 'a' }, { _id: 'b' }] } }],
      { goods: [{ _id: 'a' }, { _id: 'b' }, { _id: 'c' }] },
    ],
    [
      [{ _id: 1, v: [{ x: 1 }, 7] }],
      [{ $lookup: { from: 'other', localField: 'v', foreignField: 'w.0', as: 'found' } }, idsOf],
      [{ _id: 1, ids: [2] }],
      {
        other: [
          { _id: 1, w: [8, 7] },
          { _id: 2, w: [7, 8] },
        ],
      },
    ],
    [
      [{ _id: 1, v: [/^a/, 'zoo'] }],
      [{ $lookup: { from: 'other', localField: 'v', foreignField: 'w', as: 'found' } }, idsOf],
      [{ _id: 1, ids: [2, 3] }],
      {
        other: [
          { _id: 1, w: 'abc' },
          { _id: 2, w: /^a/ },
          { _id: 3, w: 'zoo' },
        ],
      },
    ],
    [
      [{ _id: 1, v: /^a/ }],
      [{ $lookup: { from: 'other', localField: 'v', foreignField: 'w', as: 'found' } }, idsOf],
      [{ _id: 1, ids: [2] }],
      {
        other: [
          { _id: 1, w: 'abc' },
          { _id: 2, w: /^a/ },
        ],
      },
    ],
    [
      orders,
      [
        {
          $lookup: {
            from: 'stock',
            let: { item: '$item', wanted: '$quantity' },
            pipeline: [
              { $match: { $expr: { $and: [{ $eq: ['$sku', '$$item'] }, { $gte: ['$instock', '$$wanted'] }] } } },
              { $project: { instock: 1, _id: 0 } },
            ],
            as: 'found',
          },
        },
        { $project: { found: 1 } },
      ],
      [
        { _id: 1, found: [{ instock: 120 }] },
        { _id: 2, found: [] },
        { _id: 3, found: [{}] },
      ],
      { stock: [{ _id: 1, sku: 'almonds', instock: 120 }, { _id: 4 }, { _id: 5, sku: 'pecans', instock: 60 }] },
    ],
    [
      orders,
      [
        {
          $lookup: {
            ...joinStock,
            let: { wanted: '$quantity' },
            pipeline: [{ $match: { $expr: { $gte: ['$instock', '$$wanted'] } } }],
          },
        },
        idsOf,
      ],
      [
        { _id: 1, ids: [1] },
        { _id: 2, ids: [] },
        { _id: 3, ids: [3, 4] },
      ],
      stock,
    ],
    [
      [{ _id: 1 }, { _id: 2 }],
      [{ $lookup: { from: 'days', pipeline: [{ $sort: { _id: -1 } }, { $limit: 1 }], as: 'found' } }],
      [
        { _id: 1, found: [{ _id: 9 }] },
        { _id: 2, found: [{ _id: 9 }] },
      ],
      { days: [{ _id: 8 }, { _id: 9 }] },
    ],
    [
      [{ _id: 1, a: 1 }],
      [
        {
          $lookup: {
            from: 'b',
            let: { a: '$a' },
            pipeline: [
              {
                $lookup: {
                  from: 'c',
                  let: { b: '$b' },
                  pipeline: [{ $match: { $expr: { $eq: ['$sum', { $add: ['$$a', '$$b'] }] } } }],
                  as: 'cs',
                },
              },
            ],
            as: 'bs',
          },
        },
      ],
      [{ _id: 1, a: 1, bs: [{ _id: 1, b: 2, cs: [{ _id: 1, sum: 3 }] }] }],
      {
        b: [{ _id: 1, b: 2 }],
        c: [
          { _id: 1, sum: 3 },
          { _id: 2, sum: 4 },
        ],
      },
    ],
    [
      orders,
      [{ $lookup: joinStock }, { $unwind: '$found' }, { $match: { 'found.instock': 60 } }, { $project: { item: 1 } }],
      [{ _id: 2, item: 'pecans' }],
      stock,
    ],
    [orders, [{ $lookup: 5 }], 9],
    [orders, [{ $lookup: { from: 'stock', as: 'found' } }], 9],
    [orders, [{ $lookup: { from: 'stock', localField: 'a', as: 'found' } }], 9],
    [orders, [{ $lookup: { from: 'stock', localField: 'a', pipeline: [], as: 'found' } }], 9],
    [orders, [{ $lookup: { from: 'stock', localField: 'a', foreignField: 'b' } }], 9],
    [orders, [{ $lookup: { ...joinStock, from: { db: 'elsewhere', coll: 'stock' } } }], 9],
    [orders, [{ $lookup: { ...joinStock, let: { a: 1 } } }], 9],
    [orders, [{ $lookup: { ...joinStock, nonsense: 'a' } }], 9],
    [orders, [{ $lookup: { ...joinStock, as: '$found' } }], 16410],
    [orders, [{ $lookup: { ...joinStock, let: { Item: '$a' }, pipeline: [] } }], 9],
    [orders, [{ $lookup: { ...joinStock, let: { CURRENT: '$a' }, pipeline: [] } }], 9],
    [orders, [{ $lookup: { ...joinStock, pipeline: [{ $match: { $expr: '$$nobody' } }] } }], 17276],
    [orders, [{ $lookup: { ...joinStock, pipeline: [{ $merge: 'x' }] } }], 51047],
    [orders, nestLookups(21), 232],
    [orders, [...nestLookups(20), { $limit: 1 }, { $project: { _id: 1 } }], [{ _id: 1 }]],
    [orders, [{ $lookup: { ...joinStock, pipeline: [{ $frobnicate: 1 }] } }], 40324],
    [
      // An expression compares a whole array, a filter its elements: no index may be asked in its place.
      [{ _id: 1, w: 5 }, { _id: 2, w: [5] }, { _id: 3, w: null }, { _id: 4, w: { x: 5 } }, { _id: 5 }],
      [
        {
          $lookup: {
            from: 'other',
            let: { w: '$w' },
            pipeline: [{ $match: { $expr: { $eq: ['$v', '$$w'] } } }],
            as: 'found',
          },
        },
        idsOf,
      ],
      [
        { _id: 1, ids: [1] },
        { _id: 2, ids: [2] },
        { _id: 3, ids: [3] },
        { _id: 4, ids: [4] },
        { _id: 5, ids: [5] },
      ],
      { other: [{ _id: 1, v: 5 }, { _id: 2, v: [5] }, { _id: 3, v: null }, { _id: 4, v: { x: 5 } }, { _id: 5 }] },
    ],
    [
      [{ _id: 1, w: [5] }],
      [
        {
          $lookup: {
            from: 'other',
            let: { w: '$w' },
            pipeline: [{ $match: { $expr: { $eq: ['$v.x', '$$w'] } } }],
            as: 'found',
          },
        },
        idsOf,
      ],
      [{ _id: 1, ids: [1, 2] }],
      {
        other: [
          { _id: 1, v: [{ x: 5 }] },
          { _id: 2, v: { x: [5] } },
          { _id: 3, v: { x: 5 } },
        ],
      },
    ],
  ],
  $unionWith: [
    [
      numbers,
      [{ $project: { _id: 1 } }, { $unionWith: 'more' }],
      [{ _id: 1 }, { _id: 2 }, { _id: 3 }, { _id: 9 }],
      { more: [{ _id: 9 }] },
    ],
    [
      numbers,
      [{ $limit: 1 }, { $unionWith: { coll: 'more', pipeline: [{ $match: { _id: 8 } }] } }],
      [numbers[0] ?? {}, { _id: 8 }],
      { more: [{ _id: 8 }, { _id: 9 }] },
    ],
    [numbers, [{ $match: { _id: 0 } }, { $unionWith: { coll: 'nowhere' } }], []],
    [numbers, [{ $unionWith: 5 }], 9],
    [numbers, [{ $unionWith: { pipeline: [] } }], 9],
    [numbers, [{ $unionWith: { coll: 'more', nonsense: 1 } }], 40415],
    [numbers, [{ $unionWith: { coll: 'more', pipeline: [{ $merge: 'x' }] } }], 31441],
  ],
  $facet: [
    [
      numbers,
      [
        {
          $facet: {
            total: [{ $count: 'n' }],
            top: [{ $sort: { a: -1 } }, { $limit: 1 }, { $project: { _id: 1 } }],
            none: [{ $match: { a: 99 } }],
          },
        },
      ],
      [{ total: [{ n: 3 }], top: [{ _id: 1 }], none: [] }],
    ],
    [[], [{ $facet: { all: [] } }], [{ all: [] }]],
    [
      numbers,
      [{ $match: { g: 'x' } }, { $facet: { all: [{ $project: { _id: 1 } }], by: [{ $sortByCount: '$g' }] } }],
      [{ all: [{ _id: 1 }, { _id: 3 }], by: [{ _id: 'x', count: 2 }] }],
    ],
    [numbers, [{ $facet: {} }], 40169],
    [numbers, [{ $facet: 5 }], 40169],
    [numbers, [{ $facet: { a: 5 } }], 40170],
    [numbers, [{ $facet: { a: [5] } }], 40171],
    [numbers, [{ $facet: { a: [{ $facet: { b: [] } }] } }], 40600],
    [numbers, [{ $facet: { a: [{ $merge: 'x' }] } }], 40600],
    [numbers, [{ $facet: { 'a.b': [] } }], 16412],
    [numbers, [{ $facet: { a: [{ $replaceRoot: { newRoot: '$a' } }], b: [] } }], 40228],
  ],
};

const source: readonly Document[] = [
  { _id: 1, b: 'new', n: { z: 1 } },
  { _id: 2, a: 2 },
];
const target: readonly Document[] = [{ _id: 1, a: 'old', b: 'old', n: { y: 1 } }];

/** The target before, the `$merge` beside its `into`, and the target afterwards or the error code. */
export type MergeCase = readonly [
  before: readonly Document[],
  merge: Document,
  after: readonly Document[] | number,
  options?: { readonly source?: readonly Document[]; readonly uniqueIndex?: Document; readonly variables?: Document },
];

const id = new ObjectId('0123456789abcdef01234567');
const byName = { source: [{ _id: id, name: 'a', v: 1 }], uniqueIndex: { name: 1 } };

export const mergeCases: readonly MergeCase[] = [
  [
    target,
    {},
    [
      { _id: 1, a: 'old', b: 'new', n: { z: 1 } },
      { _id: 2, a: 2 },
    ],
  ],
  [[], {}, source],
  [target, { whenMatched: 'replace' }, source],
  [target, { whenMatched: 'keepExisting' }, [...target, { _id: 2, a: 2 }]],
  [target, { whenMatched: 'fail' }, 11000],
  [target, { whenNotMatched: 'discard' }, [{ _id: 1, a: 'old', b: 'new', n: { z: 1 } }]],
  [target, { whenMatched: 'replace', whenNotMatched: 'discard' }, [{ _id: 1, b: 'new', n: { z: 1 } }]],
  [target, { whenNotMatched: 'fail' }, 13113],
  [
    target,
    { whenMatched: [{ $set: { was: '$b', is: '$$new.b' } }, { $unset: ['a', 'n'] }] },
    [
      { _id: 1, b: 'old', was: 'old', is: 'new' },
      { _id: 2, a: 2 },
    ],
  ],
  [
    target,
    { whenMatched: [{ $set: { x: '$$x' } }, { $unset: ['n'] }], let: { x: '$b' }, whenNotMatched: 'discard' },
    [{ _id: 1, a: 'old', b: 'old', x: 'new' }],
  ],
  [
    target,
    { whenMatched: [{ $set: { x: '$$outer' } }, { $unset: 'n' }], whenNotMatched: 'discard' },
    [{ _id: 1, a: 'old', b: 'old', x: 7 }],
    { variables: { outer: 7 } },
  ],
  [target, { whenMatched: [{ $set: { _id: 9 } }] }, 66],
  [target, { whenMatched: [{ $match: {} }] }, 72],
  [target, { whenMatched: 'sometimes' }, 2],
  [target, { whenNotMatched: 'sometimes' }, 2],
  [target, { whenMatched: 5 }, 51191],
  [target, { whenMatched: 'keepExisting', whenNotMatched: 'discard' }, 51181],
  [target, { whenMatched: 'merge', let: { x: 1 } }, 51199],
  [target, { whenMatched: [], let: { new: 5 } }, 51273],
  [
    [{ _id: 7, name: 'a', v: 0, w: 0 }],
    { on: 'name', whenMatched: [{ $set: { v: '$$new.v' } }] },
    [{ _id: 7, name: 'a', v: 1, w: 0 }],
    byName,
  ],
  [[{ _id: 7, name: 'a', v: 0, w: 0 }], { on: ['name'] }, 66, byName],
  [
    [{ _id: 7, name: 'b' }],
    { on: 'name' },
    [
      { _id: 7, name: 'b' },
      { _id: id, name: 'a', v: 1 },
    ],
    byName,
  ],
  [target, { on: 'b' }, 51183],
  [target, { on: 'name' }, 51132, { source: [{ _id: 1 }], uniqueIndex: { name: 1 } }],
  [target, { on: 'name' }, 51185, { source: [{ _id: 1, name: [1] }], uniqueIndex: { name: 1 } }],
  [target, { on: 5 }, 51186],
  [target, { on: [] }, 51187],
  [target, { on: [5] }, 51134],
  [target, { on: ['_id', '_id'] }, 31465],
  [target, { nonsense: 1 }, 40415],
  [target, { into: 5 }, 51178],
  [target, { into: { db: 'x' } }, 5786801],
  [target, { into: 'a$b' }, 73],
];
