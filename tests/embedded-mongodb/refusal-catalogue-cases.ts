/** What this store's collections and indexes cannot be. */
import type { Document } from 'bson';
import type { Refusal } from './refusal-cases.js';

const index = (key: unknown, extra: Document = {}): Document => ({
  createIndexes: 'things',
  indexes: [{ key, name: 'refused', ...extra }],
});

const indexOptions =
  'nonsense weights default_language language_override textIndexVersion 2dsphereIndexVersion bits min max ' +
  'wildcardProjection storageEngine clustered prepareUnique bucketSize dropDups';

export const indexRefusals: readonly Refusal[] = [
  ...indexOptions
    .split(' ')
    .map((name): Refusal => [`the index option ${name}`, index({ z: 1 }, { [name]: true }), 197]),
  ...['text', '2d', '2dsphere', 'hashed', 'geoHaystack', 'columnstore', 'nonsense'].flatMap((kind): Refusal[] => [
    [`an index of the kind ${kind}`, index({ z: kind }), 67],
    [`an index of the kind ${kind} beside others`, index({ a: 1, z: kind }, { weights: {} }), 67],
  ]),
  ['a wildcard index', index({ '$**': 1 }), 67],
  ['a wildcard index below a field', index({ 'a.$**': 1 }), 67],
  ['an index on an array position', index({ 'list.0': 1 }), 67],
  ['a collation on an index', index({ z: 1 }, { collation: { locale: 'en' } }), 67],
  ['an index of version 1', index({ z: 1 }, { v: 1 }), 67],
  ['an empty index key', index({}), 67],
  ['an index without a key', { createIndexes: 'things', indexes: [{ name: 'x' }] }, 9],
  ['an index without a name', { createIndexes: 'things', indexes: [{ key: { z: 1 } }] }, 9],
  ['an index with an empty name', index({ z: 1 }, { name: '' }), 67],
  ['an index called *', index({ z: 1 }, { name: '*' }), 2],
  ['an index key that is none', index('z'), 14],
  ['an index direction of zero', index({ z: 0 }), 67],
  ['an index direction that is a truth', index({ z: true }), 67],
  ['unique that is no truth', index({ z: 1 }, { unique: 'yes' }), 14],
  ['an option on the index on _id', index({ _id: 1 }, { unique: true }), 197],
  ['an index on _id backwards', index({ _id: -1 }), 2],
  ['a sparse partial index', index({ z: 1 }, { sparse: true, partialFilterExpression: { a: 1 } }), 67],
  ...['$ne', '$nin', '$regex', '$not', '$elemMatch'].map((name): Refusal => [
    `a partial index with ${name}`,
    index({ z: 1 }, { partialFilterExpression: { a: { [name]: 1 } } }),
    67,
  ]),
  ['a partial index with $nor', index({ z: 1 }, { partialFilterExpression: { $nor: [{ a: 1 }] } }), 67],
  ['a partial index with $expr', index({ z: 1 }, { partialFilterExpression: { $expr: true } }), 67],
  ['a partial index with $and of no list', index({ z: 1 }, { partialFilterExpression: { $and: 5 } }), 2],
  ['a partial index with $or of null', index({ z: 1 }, { partialFilterExpression: { $or: [null] } }), 2],
  ['a TTL that is NaN', index({ z: 1 }, { expireAfterSeconds: Number.NaN }), 67],
  ['a TTL that is no number', index({ z: 1 }, { expireAfterSeconds: 'soon' }), 67],
  ['a TTL before the present', index({ z: 1 }, { expireAfterSeconds: -1 }), 67],
  ['a compound TTL index', index({ a: 1, b: 1 }, { expireAfterSeconds: 1 }), 67],
  ['a quorum', { ...index({ z: 1 }), commitQuorum: 'majority' }, 2],
  ['no indexes', { createIndexes: 'things', indexes: [] }, 2],
  ['an index of a name that means another', index({ z: 1 }, { name: 'a_1' }), 86],
  ['an index that exists under another name', index({ a: 1 }), 85],
  ['dropping an index that does not exist', { dropIndexes: 'things', index: 'nope' }, 27],
  ['dropping the _id index', { dropIndexes: 'things', index: '_id_' }, 72],
  ['dropping no index', { dropIndexes: 'things' }, 40414],
  ['indexes of a collection that does not exist', { listIndexes: 'nowhere' }, 26],
];

const createOptions: Document = {
  capped: true,
  size: 1000,
  max: 10,
  timeseries: { timeField: 't' },
  expireAfterSeconds: 5,
  viewOn: 'things',
  pipeline: [],
  validator: { a: 1 },
  validationLevel: 'moderate',
  validationAction: 'warn',
  collation: { locale: 'en' },
  clusteredIndex: { key: { _id: 1 }, unique: true },
  encryptedFields: {},
  changeStreamPreAndPostImages: { enabled: true },
  storageEngine: { wiredTiger: {} },
  indexOptionDefaults: { storageEngine: {} },
  autoIndexId: false,
};

export const collectionRefusals: readonly Refusal[] = [
  ...Object.entries(createOptions).map(([name, value]): Refusal => [
    `a collection with ${name}`,
    { create: 'new', [name]: value as unknown },
    72,
  ]),
  ['a collection with flags', { create: 'new', flags: 1 }, 40415],
  ['an invalid collection name', { create: 'a$b' }, 73],
  ['an empty collection name', { create: '' }, 73],
  ['a collection name that is none', { create: 1 }, 73],
  ['a system collection', { insert: 'system.users', documents: [{}] }, 73],
  ['an array as _id', { insert: 'things', documents: [{ _id: [1] }] }, 53],
  ['a key that is too long', { insert: 'things', documents: [{ _id: 2, a: 'x'.repeat(3000) }] }, 17280],
];
