/** What lies outside the scope, and the code it is refused with: by what was asked, the command, the code. */
import { Long, type Document } from 'bson';

export type Refusal = readonly [what: string, command: Document, code: number];

const find = (extra: Document): Document => ({ find: 'things', ...extra });
const filter = (value: Document): Document => find({ filter: value });
const update = (u: unknown, extra: Document = {}): Document => ({
  update: 'things',
  updates: [{ q: { _id: 1 }, u, ...extra }],
});
const aggregate = (...pipeline: unknown[]): Document => ({ aggregate: 'things', pipeline, cursor: {} });
const insert = (extra: Document = {}): Document => ({ insert: 'things', documents: [{ a: 1 }], ...extra });

/** Each with an argument that nobody knows is refused with 40415; the database is `admin` where it has to be. */
export const commands: Readonly<Record<string, readonly [body: Document, database?: 'admin']>> = {
  hello: [{ hello: 1 }],
  isMaster: [{ isMaster: 1 }],
  ping: [{ ping: 1 }],
  buildInfo: [{ buildInfo: 1 }],
  serverStatus: [{ serverStatus: 1 }],
  connectionStatus: [{ connectionStatus: 1 }],
  endSessions: [{ endSessions: [] }],
  refreshSessions: [{ refreshSessions: [] }],
  killSessions: [{ killSessions: [] }],
  killAllSessions: [{ killAllSessions: [] }],
  find: [find({})],
  getMore: [{ getMore: Long.ONE, collection: 'things' }],
  killCursors: [{ killCursors: 'things', cursors: [] }],
  insert: [insert()],
  update: [update({ $set: { a: 2 } })],
  delete: [{ delete: 'things', deletes: [{ q: {}, limit: 0 }] }],
  findAndModify: [{ findAndModify: 'things', remove: true }],
  bulkWrite: [{ bulkWrite: 1, ops: [{ delete: 0, filter: {} }], nsInfo: [{ ns: 'frontdesk.things' }] }, 'admin'],
  aggregate: [aggregate()],
  count: [{ count: 'things' }],
  distinct: [{ distinct: 'things', key: 'a' }],
  explain: [{ explain: find({}) }],
  create: [{ create: 'new' }],
  drop: [{ drop: 'things' }],
  dropDatabase: [{ dropDatabase: 1 }],
  createIndexes: [{ createIndexes: 'things', indexes: [{ key: { b: 1 }, name: 'b_1' }] }],
  listIndexes: [{ listIndexes: 'things' }],
  dropIndexes: [{ dropIndexes: 'things', index: '*' }],
  collMod: [{ collMod: 'things' }],
  dbStats: [{ dbStats: 1 }],
  listCollections: [{ listCollections: 1 }],
  listDatabases: [{ listDatabases: 1 }, 'admin'],
};

const unknownCommands =
  'frobnicate collStats validate renameCollection whatsmyip getParameter setParameter getLog hostInfo connPoolStats top ' +
  'currentOp killOp fsync compact reIndex convertToCapped cloneCollectionAsCapped dataSize profile features listCommands ' +
  'logRotate shutdown createUser createRole usersInfo rolesInfo shardCollection enableSharding replSetInitiate geoSearch ' +
  'planCacheClear planCacheSetFilter setQuerySettings getClusterParameter lockInfo netstat _isSelf constructor __proto__';

export const commandRefusals: readonly Refusal[] = [
  ...unknownCommands.split(' ').map((name): Refusal => [`the command ${name}`, Object.fromEntries([[name, 1]]), 59]),
  ...['createSearchIndexes', 'updateSearchIndex', 'dropSearchIndex'].map((name): Refusal => [
    name,
    { [name]: 'things', indexes: [] },
    31082,
  ]),
  ['mapReduce', { mapReduce: 'things', map: 'x', reduce: 'y', out: 'z' }, 238],
  ['replSetGetStatus', { replSetGetStatus: 1 }, 76],
  ['a login', { saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: '' }, 18],
  ['a transaction', insert({ txnNumber: Long.ONE, startTransaction: true, autocommit: false }), 20],
  ['a retryable write', insert({ txnNumber: Long.ONE }), 20],
  ['commitTransaction', { commitTransaction: 1 }, 20],
  ['abortTransaction', { abortTransaction: 1 }, 20],
  ['a snapshot read', find({ readConcern: { level: 'snapshot' } }), 123],
  ['a linearizable read', find({ readConcern: { level: 'linearizable' } }), 123],
  ['a causal read', find({ readConcern: { afterClusterTime: 1 } }), 123],
  ['an unknown read concern', find({ readConcern: { level: 'psychic' } }), 2],
  ['an unknown part of a read concern', find({ readConcern: { nonsense: 1 } }), 40415],
  ['a read concern that is none', find({ readConcern: 'local' }), 14],
  ['a write concern of two nodes', insert({ writeConcern: { w: 2 } }), 2],
  ['a write concern of too many nodes', insert({ writeConcern: { w: 51 } }), 9],
  ['a write concern of fewer than no nodes', insert({ writeConcern: { w: -1 } }), 9],
  ['a named write concern', insert({ writeConcern: { w: 'everywhere' } }), 2],
  ['a write concern of tags', insert({ writeConcern: { w: { east: 1 } } }), 9],
  ['an unknown part of a write concern', insert({ writeConcern: { nonsense: 1 } }), 40415],
  ['a journal that is no truth', insert({ writeConcern: { j: 'yes' } }), 14],
  ['a write concern that is none', insert({ writeConcern: 1 }), 14],
  ['another version of the API', find({ apiVersion: '2' }), 322],
  ['what the stable API has not', { distinct: 'things', key: 'a', apiVersion: '1', apiStrict: true }, 323],
  ['a strict API of no version', find({ apiStrict: true }), 4886600],
  ['a time limit that is none', find({ maxTimeMS: -1 }), 2],
  ['a time limit with a fraction', find({ maxTimeMS: 1.5 }), 2],
  ['a tailable cursor', find({ tailable: true }), 2],
  ['only the keys', find({ returnKey: true }), 238],
  ['record numbers', find({ showRecordId: true }), 238],
  ['a lower bound', find({ min: { a: 1 }, hint: { a: 1 } }), 238],
  ['an upper bound', find({ max: { a: 1 }, hint: { a: 1 } }), 238],
  ['an unknown part of an update statement', update({ $set: { a: 1 } }, { nonsense: 1 }), 40415],
  ['a supplied upsert', update({ $set: { a: 1 } }, { upsert: true, upsertSupplied: true }), 238],
  ['an unknown part of a deletion', { delete: 'things', deletes: [{ q: {}, limit: 1, nonsense: 1 }] }, 40415],
  ['an unknown part of a cursor', { aggregate: 'things', pipeline: [], cursor: { nonsense: 1 } }, 40415],
  ['aggregate without a cursor', { aggregate: 'things', pipeline: [] }, 9],
  ['a pipeline on the database', { aggregate: 1, pipeline: [{ $match: {} }], cursor: {} }, 73],
  ['an unknown part of a listing’s cursor', { listCollections: 1, cursor: { nonsense: 1 } }, 40415],
  ['a collation of nowhere', find({ collation: { locale: 'klingon' } }), 2],
  ['an unknown part of a collation', find({ collation: { locale: 'en', nonsense: 1 } }), 40415],
];

/** Conditions on a field, wherever a filter can stand. */
const fieldConditions: readonly (readonly [string, unknown, number])[] = [
  ...'$frobnicate $near $nearSphere $geoWithin $geoIntersects $within $maxDistance $expr $text $jsonSchema $comment2'
    .split(' ')
    .map((name) => [name, { [name]: 1 }, 2] as const),
  ['an invalid regular expression', { $regex: '(' }, 51091],
  ['an invalid regex option', { $regex: 'a', $options: 'q' }, 51108],
];

const places: Readonly<Record<string, (condition: unknown) => Document>> = {
  'a filter': (condition) => ({ a: condition }),
  $not: (condition) => ({ a: { $not: condition } }),
  $elemMatch: (condition) => ({ list: { $elemMatch: { a: condition } } }),
  '$elemMatch on values': (condition) => ({ list: { $elemMatch: condition } }),
  '$or in $and': (condition) => ({ $and: [{ $or: [{ b: 1 }, { a: condition }] }] }),
};

/** Top-level operators, wherever a filter can stand. */
const topLevel: readonly (readonly [string, Document, number])[] = [
  ['$where', { $where: 'true' }, 238],
  ['$text', { $text: { $search: 'x' } }, 238],
  ['$jsonSchema', { $jsonSchema: {} }, 238],
  ['$frobnicate', { $frobnicate: [] }, 2],
  ['an unknown expression', { $expr: { $frobnicate: 1 } }, 168],
  ['$function', { $expr: { $function: { body: 'x', args: [], lang: 'js' } } }, 168],
  ['$accumulator in a filter', { $expr: { $accumulator: {} } }, 168],
  ['an undefined variable', { $expr: '$$nobody' }, 17276],
];

/** The commands that take a filter. */
const filtered: Readonly<Record<string, (value: Document) => Document>> = {
  find: filter,
  count: (query) => ({ count: 'things', query }),
  distinct: (query) => ({ distinct: 'things', key: 'a', query }),
  update: (q) => ({ update: 'things', updates: [{ q, u: { $set: { a: 9 } } }] }),
  updateMany: (q) => ({ update: 'things', updates: [{ q, u: { $set: { a: 9 } }, multi: true }] }),
  delete: (q) => ({ delete: 'things', deletes: [{ q, limit: 1 }] }),
  deleteMany: (q) => ({ delete: 'things', deletes: [{ q, limit: 0 }] }),
  findAndModify: (query) => ({ findAndModify: 'things', query, remove: true }),
  $match: ($match) => aggregate({ $match }),
  '$match in $facet': ($match) => aggregate({ $facet: { x: [{ $match }] } }),
  '$match in $lookup': ($match) => aggregate({ $lookup: { from: 'things', as: 'x', pipeline: [{ $match }] } }),
  '$match in $unionWith': ($match) => aggregate({ $unionWith: { coll: 'things', pipeline: [{ $match }] } }),
  explain: (value) => ({ explain: filter(value) }),
};

export const filterRefusals: readonly Refusal[] = [
  ...fieldConditions.flatMap(([what, condition, code]) =>
    Object.entries(places).map(([place, build]): Refusal => [`${what} in ${place}`, filter(build(condition)), code]),
  ),
  ...Object.entries(filtered).flatMap(([command, build]) =>
    topLevel.map(([what, value, code]): Refusal => [`${what} in ${command}`, build(value), code]),
  ),
  ...Object.entries(filtered).map(([command, build]): Refusal => [
    `$near in ${command}`,
    build({ a: { $near: [1, 2] } }),
    2,
  ]),
  ['$expr within $elemMatch', filter({ list: { $elemMatch: { $expr: true } } }), 2],
  ['$expr in an array filter', update({ $set: { 'list.$[x]': 1 } }, { arrayFilters: [{ x: 1, $expr: true }] }), 224],
  ['$where in an array filter', update({ $set: { 'list.$[x]': 1 } }, { arrayFilters: [{ x: 1, $where: '1' }] }), 238],
  ['$near in an array filter', update({ $set: { 'list.$[x]': 1 } }, { arrayFilters: [{ x: { $near: 1 } }] }), 2],
  ['$near in $pull', update({ $pull: { list: { $near: 1 } } }), 2],
  ['a hint without an index', find({ hint: 'no_such_index' }), 2],
  ['a mixed projection', find({ projection: { a: 1, b: 0 } }), 31254],
  ['a sort by text score', find({ sort: { a: { $meta: 'textScore' } } }), 238],
  ['a sort direction that is none', find({ sort: { a: 2 } }), 15975],
];

const updateOperators: readonly (readonly [string, Document, number])[] = [
  ['$frobnicate', { $frobnicate: { a: 1 } }, 9],
  ['$bit', { $bit: { a: { and: 1 } } }, 9],
  ['$pushAll', { $pushAll: { list: [1] } }, 9],
  ['$isolated', { $isolated: 1 }, 9],
  ['an unknown part of $push', { $push: { list: { $each: [1], $frobnicate: 1 } } }, 2],
  ['an unknown type of $currentDate', { $currentDate: { a: { $type: 'year' } } }, 2],
  ['an update of _id', { $set: { _id: 2 } }, 66],
  ['a path with __proto__', { $set: { '__proto__.polluted': true } }, 2],
  ['a rename to __proto__', { $rename: { a: '__proto__.polluted' } }, 2],
  ['two operators on one path', { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ['a path without its array filter', { $set: { 'list.$[x]': 1 } }, 2],
];

export const updateRefusals: readonly Refusal[] = [
  ...updateOperators.flatMap(([what, u, code]): Refusal[] => [
    [`${what} in update`, update(u), code],
    [`${what} in update of many`, update(u, { multi: true }), code],
    [`${what} in findAndModify`, { findAndModify: 'things', query: { _id: 1 }, update: u }, code],
  ]),
  ['a stage that may not update', update([{ $match: {} }]), 72],
  ['an unknown stage of an update', update([{ $frobnicate: {} }]), 40324],
  ['an unknown expression of an update', update([{ $set: { a: { $frobnicate: 1 } } }]), 168],
  ['a replacement of many', update({ a: 1 }, { multi: true }), 9],
];

const outOfScopeStages =
  '$out $geoNear $graphLookup $redact $setWindowFields $fill $densify $bucketAuto $indexStats $collStats $planCacheStats ' +
  '$listSessions $changeStreamSplitLargeEvent $queryStats $rankFusion $scoreFusion';

export const stageRefusals: readonly Refusal[] = [
  ...outOfScopeStages.split(' ').flatMap((name): Refusal[] => [
    [`the stage ${name}`, aggregate({ [name]: {} }), 238],
    [`the stage ${name} in $unionWith`, aggregate({ $unionWith: { coll: 'things', pipeline: [{ [name]: {} }] } }), 238],
  ]),
  ...['$search', '$searchMeta', '$vectorSearch', '$listSearchIndexes'].map((name): Refusal => [
    `the stage ${name}`,
    aggregate({ [name]: {} }),
    31082,
  ]),
  ['a change stream', aggregate({ $changeStream: {} }), 40573],
  ['an unknown stage', aggregate({ $frobnicate: {} }), 40324],
  ['an unknown stage in $facet', aggregate({ $facet: { x: [{ $frobnicate: {} }] } }), 40324],
  [
    'an unknown stage in $lookup',
    aggregate({ $lookup: { from: 'b', as: 'x', pipeline: [{ $frobnicate: {} }] } }),
    40324,
  ],
  ['two stages in one object', aggregate({ $match: {}, $limit: 1 }), 40323],
  ['a stage that is none', aggregate(1), 14],
  ['an unknown expression', aggregate({ $project: { a: { $frobnicate: {} } } }), 31325],
  ['$function', aggregate({ $project: { a: { $function: {} } } }), 31325],
  ['an unknown accumulator', aggregate({ $group: { _id: null, a: { $frobnicate: 1 } } }), 15952],
  ['$accumulator', aggregate({ $group: { _id: null, a: { $accumulator: {} } } }), 15952],
  ['a group without _id', aggregate({ $group: { n: { $sum: 1 } } }), 15955],
  ['a limit of zero', aggregate({ $limit: 0 }), 15958],
];
