import type { Document } from 'bson';
import { isEqual } from '../bson/compare.js';
import { encode } from '../bson/codec.js';
import { bsonTypes, isDocument, isNumeric, isTruthy, toNumber, typeName, typeOf } from '../bson/values.js';
import { assertNamespace, type Engine } from '../engine.js';
import { fail } from '../errors.js';
import { compileFilter } from '../query/matcher.js';
import { isReferenceField } from '../query/operator.js';
import { isIndexComponent, splitPath } from '../query/paths.js';
import {
  allIndexes,
  buildIndexEntry,
  indexOptions,
  type CollectionEntry,
  type IndexEntry,
} from '../storage/catalogue.js';
import { Arguments, argumentsOf, namespaceOf, readBatchSize, type Command } from './command.js';
import { ListSource } from './cursors.js';

const knownOptions = [
  'key',
  'name',
  'ns',
  'v',
  'unique',
  'sparse',
  'hidden',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
];
const partialOperators = ['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in'];
const maxIndexFields = 32;
/** The greatest time to live, in seconds, on a server. */
export const maxExpireAfterSeconds = 0x7fffffff;
/** As on a server, with the one on `_id`. */
const maxIndexes = 64;

function readKey(key: unknown): Document {
  if (key === undefined)
    return fail('FailedToParse', "The 'key' field is a required property of an index specification");
  if (!isDocument(key)) return fail('TypeMismatch', "The field 'key' must be an object");
  if (Object.keys(key).length === 0) return fail('CannotCreateIndex', 'Index keys cannot be an empty object');
  const entries = Object.entries(key);
  if (entries.length > maxIndexFields) fail('CannotCreateIndex', `too many compound keys, at most ${maxIndexFields}`);
  for (const [path, direction] of entries) {
    if (typeof direction === 'string')
      fail(
        'CannotCreateIndex',
        `Unknown index plugin '${direction}': this store has ascending and descending indexes only`,
      );
    if (!isNumeric(direction) || toNumber(direction) === 0 || Number.isNaN(toNumber(direction))) {
      fail(
        'CannotCreateIndex',
        `Values in v:2 index key pattern cannot be of type ${typeName(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    }
    const parts = splitPath(path);
    if (parts.includes('')) fail('CannotCreateIndex', 'Index keys cannot contain an empty field.');
    if (parts.some((part, at) => part.startsWith('$') && (at === 0 || !isReferenceField(part))))
      fail('CannotCreateIndex', `Index key contains an illegal field name: field name starts with '$': ${path}`);
    if (parts.some(isIndexComponent))
      fail('CannotCreateIndex', `an index on an array position (${path}) is not supported by this store`);
  }
  return key;
}

function assertPartial(expression: Document): void {
  for (const [key, condition] of Object.entries(expression)) {
    if (key === '$and' || key === '$or') {
      // What is no list of filters is refused when it is compiled.
      if (Array.isArray(condition)) condition.filter(isDocument).forEach(assertPartial);
    } else if (key.startsWith('$')) {
      fail('CannotCreateIndex', `unsupported expression in partial index: ${key}`);
    } else if (isDocument(condition) && Object.keys(condition)[0]?.startsWith('$')) {
      for (const [operator, operand] of Object.entries(condition)) {
        if (!partialOperators.includes(operator) || (operator === '$exists' && !isTruthy(operand))) {
          fail('CannotCreateIndex', `Expression not supported in partial index: ${operator} on ${key}`);
        }
      }
    }
  }
}

interface IndexRequest {
  readonly name: string;
  readonly key: Document;
  readonly options: Document;
}

function parseRequest(specification: Document): IndexRequest {
  const args = new Arguments(specification, 'createIndexes.indexes');
  const key = readKey(args.raw('key'));
  const stranger = Object.keys(specification).find((option) => !knownOptions.includes(option));
  if (stranger !== undefined)
    fail('InvalidIndexSpecificationOption', `The field '${stranger}' is not valid for an index specification.`);
  assertIdKey(key, specification);
  if (args.has('v') && args.integer('v') !== 2)
    fail('CannotCreateIndex', `this store has indexes of version 2 only, not v: ${String(args.integer('v'))}`);
  const collation = args.document('collation');
  if (collation && collation.locale !== 'simple')
    fail('CannotCreateIndex', 'collation on an index is not supported by this store');
  const options: Document = {};
  for (const flag of ['unique', 'sparse', 'hidden']) if (args.boolean(flag, false)) options[flag] = true;
  const partial = args.document('partialFilterExpression');
  if (partial) {
    if (options.sparse) fail('CannotCreateIndex', "cannot mix 'partialFilterExpression' and 'sparse' options");
    assertPartial(partial);
    compileFilter(partial);
    options.partialFilterExpression = partial;
  }
  const seconds: unknown = args.raw('expireAfterSeconds');
  if (seconds !== undefined) {
    if (!isNumeric(seconds))
      fail(
        'CannotCreateIndex',
        `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${typeName(seconds)}'`,
      );
    if (!(toNumber(seconds) >= 0 && toNumber(seconds) <= maxExpireAfterSeconds))
      fail('CannotCreateIndex', "TTL index 'expireAfterSeconds' option must be within an acceptable range");
    if (Object.keys(key).length > 1)
      fail('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL');
    options.expireAfterSeconds = seconds;
  }
  return { key, options, name: readName(args) };
}

function readName(args: Arguments): string {
  if (!args.has('name'))
    return fail('FailedToParse', "The 'name' field is a required property of an index specification");
  const name = args.text('name');
  if (name === '') fail('CannotCreateIndex', 'index name cannot be empty');
  if (name === '*' || name.includes('\0')) fail('BadValue', `The index name '${name}' is not valid.`);
  return name;
}

/** The index on `_id` exists in every collection and has no options. */
function assertIdKey(key: Document, specification: Document): void {
  if (Object.keys(key).length !== 1 || !Object.hasOwn(key, '_id')) return;
  if (toNumber(key._id) !== 1) fail('BadValue', `The field 'key' for an _id index must be {_id: 1}`);
  const option = Object.keys(specification).find((name) => !['key', 'name', 'ns', 'v', 'collation'].includes(name));
  if (option !== undefined)
    fail('InvalidIndexSpecificationOption', `The field '${option}' is not valid for an _id index specification.`);
}

/** What tells indexes apart, as a server has it since 5.0. The other options belong to one and the same index. */
function signatureOf(key: Document, { unique, sparse, partialFilterExpression }: Document): Document {
  return {
    key,
    unique: unique === true,
    sparse: sparse === true,
    partial: (partialFilterExpression ?? null) as unknown,
  };
}

/** Whether the index exists, with the same options; another one under its name, or it under another, is an error. */
function isExisting(entry: CollectionEntry, request: IndexRequest): boolean {
  if (isIdKey(request.key)) return true;
  const signature = signatureOf(request.key, request.options);
  for (const index of entry.indexes) {
    const options = indexOptions(index);
    const isSame = isEqual(signatureOf(index.key, options), signature);
    if (index.name === request.name) {
      if (!isSame)
        fail(
          'IndexKeySpecsConflict',
          `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${request.name}`,
        );
      if (isEqual(normalise(options), normalise(request.options))) return true;
      fail(
        'IndexOptionsConflict',
        `An equivalent index already exists with the same name but different options. Requested index: ${request.name}`,
      );
    }
    if (isSame) fail('IndexOptionsConflict', `Index already exists with a different name: ${index.name}`);
  }
  return false;
}

const isIdKey = (key: Document): boolean =>
  Object.keys(key).length === 1 && Object.hasOwn(key, '_id') && toNumber(key._id) === 1;

function normalise(options: Document): Document {
  const sorted: Document = {};
  for (const name of Object.keys(options).sort()) sorted[name] = options[name];
  return sorted;
}

/** Inside a write. Building reads the whole collection, so that the index and the records agree from the first moment. */
function buildIndex(engine: Engine, entry: CollectionEntry, request: IndexRequest): IndexEntry {
  const index: IndexEntry = buildIndexEntry({
    id: engine.catalogue.allocateId(),
    name: request.name,
    key: request.key,
    options: request.options,
    multikey: Object.keys(request.key).map(() => false),
  });
  if (allIndexes(entry).length >= maxIndexes)
    fail('CannotCreateIndex', `add index fails, too many indexes for ${entry.ns}, at most ${maxIndexes}`);
  const collection = engine.open(entry);
  try {
    for (const record of collection.records()) collection.addToIndex(index, record);
  } catch (error) {
    engine.catalogue.scheduleRemoval(index.prefix);
    throw error;
  }
  index.isBuilding = true;
  entry.indexes.push(index);
  engine.catalogue.save(entry);
  return index;
}

export const createIndexesCommand: Command = {
  names: ['createIndexes'],
  fields: ['createIndexes', 'indexes', 'commitQuorum'],
  handle: async (context) => {
    const { engine } = context;
    const ns = namespaceOf(context);
    assertNamespace(ns);
    const specifications = argumentsOf(context).documents('indexes');
    if (specifications.length === 0) fail('BadValue', 'Must specify at least one index to create');
    if (argumentsOf(context).has('commitQuorum')) fail('BadValue', "Standalones can't specify commitQuorum");
    const requests = specifications.map(parseRequest);
    const built: IndexEntry[] = [];
    const reply = await engine.environment.write((): Document => {
      const createdCollectionAutomatically = !engine.catalogue.find(ns);
      const { entry } = engine.ensureCollection(ns);
      const numIndexesBefore = entry.indexes.length + 1;
      const missing = requests.filter((request) => !isExisting(entry, request));
      try {
        for (const request of missing) if (!isExisting(entry, request)) built.push(buildIndex(engine, entry, request));
      } catch (error) {
        // All or none, as on a server.
        for (const index of built) engine.catalogue.dropIndex(entry, index);
        engine.scheduleRemovals();
        throw error;
      }
      const numIndexesAfter = entry.indexes.length + 1;
      const note = missing.length === 0 ? { note: 'all indexes already exist' } : {};
      return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ...note };
    });
    for (const index of built) index.isBuilding = false;
    return reply;
  },
};

export const listIndexesCommand: Command = {
  names: ['listIndexes'],
  fields: ['listIndexes', 'cursor'],
  handle: (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    const entry = engine.catalogue.find(ns) ?? fail('NamespaceNotFound', `ns does not exist: ${ns}`);
    const documents = [
      { v: 2, key: { _id: 1 }, name: '_id_' },
      ...entry.indexes.map((index) => ({ v: 2, key: index.key, name: index.name, ...indexOptions(index) })),
    ];
    const batchSize = readBatchSize(argumentsOf(context), 'listIndexes');
    return engine.cursors.openReply(ns, new ListSource(documents.map(encode)), interrupt, { batchSize });
  },
};

function selectIndexes(entry: CollectionEntry, wanted: unknown): IndexEntry[] {
  if (wanted === '*') return [...entry.indexes];
  if (typeOf(wanted) === bsonTypes.array) return (wanted as unknown[]).flatMap((name) => selectIndexes(entry, name));
  if (wanted === '_id_' || (isDocument(wanted) && isIdKey(wanted))) fail('InvalidOptions', 'cannot drop _id index');
  const found = entry.indexes.find((index) =>
    typeof wanted === 'string' ? index.name === wanted : isEqual(index.key, wanted),
  );
  return [found ?? fail('IndexNotFound', `index not found with name [${String(wanted)}]`)];
}

export const dropIndexesCommand: Command = {
  names: ['dropIndexes', 'deleteIndexes'],
  fields: ['dropIndexes', 'deleteIndexes', 'index'],
  handle: async (context) => {
    const { engine } = context;
    const ns = namespaceOf(context);
    const args = argumentsOf(context);
    const wanted = args.required('index', args.raw('index'));
    const before = await engine.environment.write(() => {
      const entry = engine.catalogue.find(ns) ?? fail('NamespaceNotFound', `ns not found ${ns}`);
      const count = entry.indexes.length + 1;
      for (const index of selectIndexes(entry, wanted)) engine.catalogue.dropIndex(entry, index);
      return count;
    });
    engine.scheduleRemovals();
    return wanted === '*'
      ? { nIndexesWas: before, msg: 'non-_id indexes dropped for collection' }
      : { nIndexesWas: before };
  },
};
