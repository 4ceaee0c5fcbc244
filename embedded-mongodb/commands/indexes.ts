import type { Document } from 'bson';
import { isEqual } from '../bson/compare.js';
import { encode } from '../bson/codec.js';
import { bsonTypes, isDocument, typeOf } from '../bson/values.js';
import { assertNamespace, type Engine } from '../engine.js';
import { fail } from '../errors.js';
import {
  allIndexes,
  buildIndexEntry,
  indexOptions,
  type CollectionEntry,
  type IndexEntry,
} from '../storage/catalogue.js';
import { argumentsOf, namespaceOf, readBatchSize, type Command } from './command.js';
import { ListSource } from './cursors.js';
import { isIdKey, parseRequest, type IndexRequest } from './index-request.js';

/** As on a server, with the one on `_id`. */
const maxIndexes = 64;

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
