/** Pipelines and what MongoDB documents about them: the collections, the pipeline on the first of them, and the results or the error code. */
import { Double, Long, ObjectId, type Document } from 'bson';

/** Expected when the result has no documented order. */
export interface Unordered {
  readonly unordered: readonly Document[];
}

export type AggregationCase = readonly [
  documents: readonly Document[],
  pipeline: readonly Document[],
  expected: readonly Document[] | Unordered | number,
  others?: Readonly<Record<string, readonly Document[]>>,
];

const numbers: readonly Document[] = [
  { _id: 1, a: 5, g: 'x' },
  { _id: 2, a: 1, g: 'y' },
  { _id: 3, a: 3, g: 'x' },
];

const clothes: readonly Document[] = [
  { _id: 1, item: 'shirt', sizes: ['S', 'M'] },
  { _id: 2, item: 'hat', sizes: [] },
  { _id: 3, item: 'belt', sizes: 'M' },
  { _id: 4, item: 'sock' },
  { _id: 5, item: 'glove', sizes: null },
];

const artists: readonly Document[] = [
  { _id: 1, name: 'Bernard', born: 1868 },
  { _id: 2, name: 'Rippl-Ronai', born: 1861 },
  { _id: 3, name: 'Ostroumova', born: 1871 },
  { _id: 4, name: 'Van Gogh', born: 1853 },
  { _id: 5, name: 'Maurer', born: 1868 },
];
const decades = { groupBy: '$born', boundaries: [1850, 1860, 1870] };

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
const idsOf = { $project: { ids: '$found._id' } };

export const aggregationCases: Readonly<Record<string, readonly AggregationCase[]>> = {
  'match, sort, skip, limit, count': [
    [numbers, [], numbers],
    [numbers, [{ $match: { a: { $gt: 2 } } }, { $sort: { a: 1 } }], [numbers[2] ?? {}, numbers[0] ?? {}]],
    [numbers, [{ $sort: { a: 1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { a: 1, _id: 0 } }], [{ a: 3 }]],
    [numbers, [{ $limit: 2 }, { $sort: { a: 1 } }, { $project: { _id: 1 } }], [{ _id: 2 }, { _id: 1 }]],
    [
      numbers,
      [{ $addFields: { b: 1 } }, { $sort: { a: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { a: 1 } }],
      [{ _id: 3, a: 3 }],
    ],
    [numbers, [{ $addFields: { b: '$a' } }, { $match: { b: 3 } }, { $project: { b: 1 } }], [{ _id: 3, b: 3 }]],
    [numbers, [{ $match: { $expr: { $gt: ['$a', '$_id'] } } }, { $project: { _id: 1 } }], [{ _id: 1 }]],
    [numbers, [{ $match: { a: { $gt: 1 } } }, { $count: 'n' }], [{ n: 2 }]],
    [numbers, [{ $match: { a: 99 } }, { $count: 'n' }], []],
    [numbers, [{ $skip: 5 }], []],
    [numbers, [{ $match: 5 }] as never, 15959],
    [numbers, [{ $sort: {} }], 15976],
    [numbers, [{ $sort: { a: 2 } }], 15975],
    [numbers, [{ $sort: 'a' }], 15973],
    [numbers, [{ $limit: 0 }], 15958],
    [numbers, [{ $limit: -1 }], 15958],
    [numbers, [{ $skip: -1 }], 5107200],
    [numbers, [{ $count: '' }], 40157],
    [numbers, [{ $count: 5 }], 40156],
    [numbers, [{ $count: '$a' }], 40158],
    [numbers, [{ $count: 'a.b' }], 40160],
  ],
  $group: [
    [
      numbers,
      [{ $group: { _id: '$g', n: { $sum: '$a' } } }, { $sort: { _id: 1 } }],
      [
        { _id: 'x', n: 8 },
        { _id: 'y', n: 1 },
      ],
    ],
    [
      numbers,
      [{ $group: { _id: null, n: { $sum: 1 }, least: { $min: '$a' }, all: { $push: '$a' } } }],
      [{ _id: null, n: 3, least: 1, all: [5, 1, 3] }],
    ],
    [
      numbers,
      [{ $group: { _id: { g: '$g', big: { $gt: ['$a', 2] } }, n: { $sum: 1 } } }, { $sort: { n: -1 } }],
      [
        { _id: { g: 'x', big: true }, n: 2 },
        { _id: { g: 'y', big: false }, n: 1 },
      ],
    ],
    [[{ _id: 1 }, { _id: 2, a: null }], [{ $group: { _id: '$a', n: { $sum: 1 } } }], [{ _id: null, n: 2 }]],
    [
      [
        { _id: 1, a: 1 },
        { _id: 2, a: new Double(1) },
        { _id: 3, a: Long.ONE },
      ],
      [{ $group: { _id: '$a', n: { $sum: 1 } } }],
      [{ _id: 1, n: 3 }],
    ],
    [
      numbers,
      [{ $sort: { a: 1 } }, { $group: { _id: null, first: { $first: '$a' }, last: { $last: '$a' } } }],
      [{ _id: null, first: 1, last: 5 }],
    ],
    [[], [{ $group: { _id: null, n: { $sum: 1 } } }], []],
    [numbers, [{ $group: 5 }], 15947],
    [numbers, [{ $group: { n: { $sum: 1 } } }], 15955],
    [numbers, [{ $group: { _id: 1, n: 5 } }], 40234],
    [numbers, [{ $group: { _id: 1, 'a.b': { $sum: 1 } } }], 40235],
    [numbers, [{ $group: { _id: 1, $a: { $sum: 1 } } }], 40236],
    [numbers, [{ $group: { _id: 1, a: { $sum: ['$a', '$b'] } } }], 40237],
    [numbers, [{ $group: { _id: 1, a: { $sum: 1, $min: 1 } } }], 40238],
    [numbers, [{ $group: { _id: 1, a: { $frobnicate: 1 } } }], 15952],
  ],
  $project: [
    [[{ _id: 1, a: 1, b: 2, c: 3 }], [{ $project: { c: 1, a: 1 } }], [{ _id: 1, a: 1, c: 3 }]],
    [[{ _id: 1, a: 1, b: 2 }], [{ $project: { a: 0 } }], [{ _id: 1, b: 2 }]],
    [[{ _id: 1, a: 1, b: 2 }], [{ $project: { b: 1, d: '$a', _id: 0 } }], [{ b: 2, d: 1 }]],
    [[{ _id: 1, a: 1, b: 2 }], [{ $project: { a: '$b', b: '$a' } }], [{ _id: 1, a: 2, b: 1 }]],
    [[{ _id: 1, o: { x: 1, y: 2 } }], [{ $project: { 'o.x': 1 } }], [{ _id: 1, o: { x: 1 } }]],
    [
      [{ _id: 1, o: { x: 1, y: 2 } }],
      [{ $project: { o: { y: 1, z: { $add: ['$o.x', 1] } } } }],
      [{ _id: 1, o: { y: 2, z: 2 } }],
    ],
    [[{ _id: 1, l: [{ x: 1, y: 2 }, 5, { y: 3 }] }], [{ $project: { 'l.x': 1 } }], [{ _id: 1, l: [{ x: 1 }, {}] }]],
    [[{ _id: 1, l: [{ x: 1, y: 2 }, 5] }], [{ $project: { 'l.x': 0 } }], [{ _id: 1, l: [{ y: 2 }, 5] }]],
    [[{ _id: 1, l: [{ x: 1 }, 5] }], [{ $project: { 'l.z': 'new' } }], [{ _id: 1, l: [{ z: 'new' }, { z: 'new' }] }]],
    [[{ _id: 1, a: 5 }], [{ $project: { 'a.b': 'new' } }], [{ _id: 1, a: { b: 'new' } }]],
    [[{ _id: 1, a: 5 }], [{ $project: { b: '$missing', c: ['$a', '$missing'] } }], [{ _id: 1, c: [5, null] }]],
    [[{ _id: 1, a: 5 }], [{ $project: { a: { $literal: 1 } } }], [{ _id: 1, a: 1 }]],
    [[{ _id: 1, a: 5 }], [{ $project: { _id: '$a' } }], [{ _id: 5 }]],
    [[{ _id: 1, a: 5, b: 1 }], [{ $project: { a: { $cond: [{ $eq: ['$b', 1] }, '$$REMOVE', '$a'] } } }], [{ _id: 1 }]],
    [[{ _id: 1 }], [{ $project: {} }], 51272],
    [[{ _id: 1 }], [{ $project: 5 }], 15969],
    [[{ _id: 1 }], [{ $project: { a: 1, b: 0 } }], 31254],
    [[{ _id: 1 }], [{ $project: { a: 0, b: 1 } }], 31253],
    [[{ _id: 1 }], [{ $project: { a: 0, b: '$a' } }], 31252],
    [[{ _id: 1 }], [{ $project: { a: {} } }], 51270],
    [[{ _id: 1 }], [{ $project: { a: 1, 'a.b': 1 } }], 31249],
    [[{ _id: 1 }], [{ $project: { 'a.b': 1, a: 1 } }], 31250],
    [[{ _id: 1 }], [{ $project: { $a: 1 } }], 16410],
  ],
  '$addFields, $set and $unset': [
    [[{ _id: 1, a: 1 }], [{ $addFields: { b: { $add: ['$a', 1] } } }], [{ _id: 1, a: 1, b: 2 }]],
    [[{ _id: 1, a: 1, z: 9 }], [{ $set: { a: 'new', b: '$a' } }], [{ _id: 1, a: 'new', z: 9, b: 1 }]],
    [[{ _id: 1, o: { x: 1 } }], [{ $addFields: { 'o.y': 2 } }], [{ _id: 1, o: { x: 1, y: 2 } }]],
    [[{ _id: 1, o: { x: 1 } }], [{ $addFields: { o: { y: 2 } } }], [{ _id: 1, o: { x: 1, y: 2 } }]],
    [
      [{ _id: 1, l: [{ x: 1 }, 5, [{ x: 2 }]] }],
      [{ $addFields: { 'l.y': 2 } }],
      [{ _id: 1, l: [{ x: 1, y: 2 }, { y: 2 }, [{ x: 2, y: 2 }]] }],
    ],
    [[{ _id: 1, a: 1 }], [{ $addFields: { 'n.m': '$a' } }], [{ _id: 1, a: 1, n: { m: 1 } }]],
    [[{ _id: 1, a: 1 }], [{ $addFields: { a: '$$REMOVE' } }], [{ _id: 1 }]],
    [[{ _id: 1, a: 1 }], [{ $addFields: { _id: '$a', all: '$$ROOT' } }], [{ _id: 1, a: 1, all: { _id: 1, a: 1 } }]],
    [[{ _id: 1, a: 1 }], [{ $addFields: {} }], 40177],
    [[{ _id: 1, a: 1 }], [{ $addFields: 5 }], 40272],
    [[{ _id: 1, a: 1 }], [{ $addFields: { b: 1, 'b.c': 1 } }], 40176],
    [[{ _id: 1, a: 1, o: { x: 1, y: 2 } }], [{ $unset: ['a', 'o.x'] }], [{ _id: 1, o: { y: 2 } }]],
    [[{ _id: 1, a: 1 }], [{ $unset: 'a' }], [{ _id: 1 }]],
    [[{ _id: 1, l: [{ x: 1, y: 2 }, 3] }], [{ $unset: 'l.x' }], [{ _id: 1, l: [{ y: 2 }, 3] }]],
    [[{ _id: 1 }], [{ $unset: [] }], 31119],
    [[{ _id: 1 }], [{ $unset: [1] }], 31120],
    [[{ _id: 1 }], [{ $unset: 1 }], 31002],
  ],
  '$replaceRoot and $replaceWith': [
    [[{ _id: 1, pets: { dogs: 2 } }], [{ $replaceRoot: { newRoot: '$pets' } }], [{ dogs: 2 }]],
    [[{ _id: 1, a: 2 }], [{ $replaceRoot: { newRoot: { b: '$a', c: '$missing' } } }], [{ b: 2 }]],
    [[{ _id: 1, a: 2 }], [{ $replaceWith: { id: '$_id' } }], [{ id: 1 }]],
    [[{ _id: 1, pets: 5 }], [{ $replaceRoot: { newRoot: '$pets' } }], 40228],
    [[{ _id: 1 }], [{ $replaceWith: '$pets' }], 40228],
    [[{ _id: 1 }], [{ $replaceRoot: '$pets' }], 40229],
    [[{ _id: 1 }], [{ $replaceRoot: {} }], 40414],
    [[{ _id: 1 }], [{ $replaceRoot: { newRoot: '$a', other: 1 } }], 40415],
  ],
  $unwind: [
    [
      clothes,
      [{ $unwind: '$sizes' }, { $project: { item: 0 } }],
      [
        { _id: 1, sizes: 'S' },
        { _id: 1, sizes: 'M' },
        { _id: 3, sizes: 'M' },
      ],
    ],
    [clothes, [{ $unwind: { path: '$sizes' } }, { $count: 'n' }], [{ n: 3 }]],
    [
      clothes,
      [{ $unwind: { path: '$sizes', includeArrayIndex: 'at' } }, { $project: { item: 0 } }],
      [
        { _id: 1, sizes: 'S', at: Long.ZERO },
        { _id: 1, sizes: 'M', at: Long.ONE },
        { _id: 3, sizes: 'M', at: null },
      ],
    ],
    [
      clothes,
      [
        { $unwind: { path: '$sizes', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } },
        { $project: { item: 0 } },
      ],
      [
        { _id: 1, sizes: 'S', at: Long.ZERO },
        { _id: 1, sizes: 'M', at: Long.ONE },
        { _id: 2, at: null },
        { _id: 3, sizes: 'M', at: null },
        { _id: 4, at: null },
        { _id: 5, sizes: null, at: null },
      ],
    ],
    [
      [{ _id: 1, o: { l: [1, 2], z: 0 } }],
      [{ $unwind: '$o.l' }],
      [
        { _id: 1, o: { l: 1, z: 0 } },
        { _id: 1, o: { l: 2, z: 0 } },
      ],
    ],
    [[{ _id: 1, o: [{ l: [1, 2] }] }], [{ $unwind: '$o.l' }], []],
    [
      [{ _id: 1, l: [[1], [2, 3]] }],
      [{ $unwind: '$l' }],
      [
        { _id: 1, l: [1] },
        { _id: 1, l: [2, 3] },
      ],
    ],
    [[{ _id: 1, l: [null] }], [{ $unwind: '$l' }], [{ _id: 1, l: null }]],
    [
      [{ _id: 1, l: ['a'] }],
      [{ $unwind: { path: '$l', includeArrayIndex: 'at.n' } }],
      [{ _id: 1, l: 'a', at: { n: Long.ZERO } }],
    ],
    [clothes, [{ $unwind: 5 }], 15981],
    [clothes, [{ $unwind: 'sizes' }], 28818],
    [clothes, [{ $unwind: { path: 5 } }], 28808],
    [clothes, [{ $unwind: {} }], 28812],
    [clothes, [{ $unwind: { path: '$sizes', preserveNullAndEmptyArrays: 1 } }], 28809],
    [clothes, [{ $unwind: { path: '$sizes', includeArrayIndex: '' } }], 28810],
    [clothes, [{ $unwind: { path: '$sizes', includeArrayIndex: '$at' } }], 28822],
    [clothes, [{ $unwind: { path: '$sizes', nonsense: 1 } }], 28811],
  ],
  '$sortByCount and $bucket': [
    [
      numbers,
      [{ $sortByCount: '$g' }],
      [
        { _id: 'x', count: 2 },
        { _id: 'y', count: 1 },
      ],
    ],
    [
      numbers,
      [{ $sortByCount: { $gt: ['$a', 2] } }],
      [
        { _id: true, count: 2 },
        { _id: false, count: 1 },
      ],
    ],
    [numbers, [{ $sortByCount: 'g' }], 40148],
    [numbers, [{ $sortByCount: { g: 1 } }], 40147],
    [numbers, [{ $sortByCount: 5 }], 40149],
    [
      artists,
      [{ $bucket: { ...decades, default: 'Other' } }],
      [
        { _id: 1850, count: 1 },
        { _id: 1860, count: 3 },
        { _id: 'Other', count: 1 },
      ],
    ],
    [
      artists,
      [
        {
          $bucket: {
            ...decades,
            boundaries: [1850, 1870, 1880],
            output: { n: { $sum: 1 }, names: { $push: '$name' } },
          },
        },
      ],
      [
        { _id: 1850, n: 4, names: ['Bernard', 'Rippl-Ronai', 'Van Gogh', 'Maurer'] },
        { _id: 1870, n: 1, names: ['Ostroumova'] },
      ],
    ],
    [artists, [{ $bucket: decades }], 40066],
    [artists, [{ $bucket: 5 }], 40201],
    [artists, [{ $bucket: { groupBy: 'born', boundaries: [1, 2] } }], 40202],
    [artists, [{ $bucket: { groupBy: '$born' } }], 40198],
    [artists, [{ $bucket: { ...decades, boundaries: 5 } }], 40200],
    [artists, [{ $bucket: { ...decades, boundaries: ['$a', 1] } }], 40191],
    [artists, [{ $bucket: { ...decades, boundaries: [1] } }], 40192],
    [artists, [{ $bucket: { ...decades, boundaries: [1, 'a'] } }], 40193],
    [artists, [{ $bucket: { ...decades, boundaries: [2, 1] } }], 40194],
    [artists, [{ $bucket: { ...decades, default: '$a' } }], 40195],
    [artists, [{ $bucket: { ...decades, default: 1860 } }], 40199],
    [artists, [{ $bucket: { ...decades, output: 5 } }], 40196],
    [artists, [{ $bucket: { ...decades, nonsense: 5 } }], 40197],
  ],
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
    [orders, [{ $lookup: { ...joinStock, pipeline: [{ $match: { $expr: '$$nobody' } }] } }], 17276],
    [orders, [{ $lookup: { ...joinStock, pipeline: [{ $merge: 'x' }] } }], 51047],
    [orders, [{ $lookup: { ...joinStock, pipeline: [{ $frobnicate: 1 }] } }], 40324],
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
  $sample: [
    [numbers, [{ $sample: { size: 10 } }], { unordered: numbers }],
    [numbers, [{ $sample: { size: 2 } }, { $count: 'n' }], [{ n: 2 }]],
    [numbers, [{ $sample: 5 }], 28745],
    [numbers, [{ $sample: { size: 'a' } }], 28746],
    [numbers, [{ $sample: { size: -1 } }], 28747],
    [numbers, [{ $sample: { size: 1, seed: 1 } }], 28748],
    [numbers, [{ $sample: {} }], 28749],
  ],
  'stages that are refused': [
    [numbers, [{ $frobnicate: 1 }], 40324],
    [numbers, [{ $out: 'x' }], 238],
    [numbers, [{ $graphLookup: {} }], 238],
    [numbers, [{ $setWindowFields: {} }], 238],
    [numbers, [{ $geoNear: {} }], 238],
    [numbers, [{ $changeStream: {} }], 40573],
    [numbers, [{}], 40323],
    [numbers, [{ $match: {}, $limit: 1 }], 40323],
    [numbers, ['$match'] as never, 14],
    [numbers, [{ $merge: 'x' }, { $limit: 1 }], 40601],
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
