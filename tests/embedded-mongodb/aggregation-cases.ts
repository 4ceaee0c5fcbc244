/** Pipelines and what MongoDB documents about them: the collections, the pipeline on the first of them, and the results or the error code. */
import { Double, Long, type Document } from 'bson';

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

export const numbers: readonly Document[] = [
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

export const stageCases: Readonly<Record<string, readonly AggregationCase[]>> = {
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
    [
      [{ _id: 1 }],
      [{ $group: { _id: '$missing' } }, { $project: { type: { $type: '$_id' } } }],
      [{ _id: null, type: 'null' }],
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
    [
      artists,
      [{ $bucket: { ...decades, boundaries: [1853, 1868, 1872] } }],
      [
        { _id: 1853, count: 2 },
        { _id: 1868, count: 3 },
      ],
    ],
    [artists, [{ $bucket: decades }], 40066],
    [artists, [{ $bucket: { ...decades, output: { _id: { $sum: 1 } } } }], 15948],
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
