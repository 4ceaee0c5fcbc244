/** Copies a store into a MongoDB: databases, collections, documents with their types, indexes; then compares both. */
import { EJSON, type Document } from 'bson';
import { decode } from '../bson/codec.js';
import { messageOf } from '../errors.js';
import type { Collection } from '../storage/collection.js';
import type { Connect, Deployment } from './deployment.js';
import { Fingerprint } from './fingerprint.js';
import { withSource } from './source.js';
import { indexesOf, summarise, type CollectionSummary, type StoreData } from './store-data.js';

/** The server refuses more than 48 MB in one message; smaller batches also keep memory low. */
const maxBatchBytes = 8_000_000;
const maxBatchDocuments = 1_000;

export interface ExportResult {
  readonly collections: readonly CollectionSummary[];
  /** The databases that hold the data now. */
  readonly databases: readonly string[];
  /** Whether the product was running, so that what it writes later is not in the target. */
  readonly isSnapshot: boolean;
}

/**
 * Copies everything in the store of `dir` to the server at `uri`. A database keeps its name, unless there is one only and
 * the URI names another.
 * @throws before anything is written when the target cannot be reached or holds documents in a collection of the same
 *   name; a sentence when what arrived differs from what was sent.
 */
export function exportTo(dir: string, uri: string, connect: Connect): Promise<ExportResult> {
  return withSource(dir, connect, async ({ data, isSnapshot }) => {
    const target = await connect(uri).catch((error: unknown) => {
      throw new Error(`The target cannot be reached: ${messageOf(error)}`, { cause: error });
    });
    try {
      const databaseOf = chooseDatabases(data, databaseNameIn(uri));
      const isPresent = new Map<Collection, boolean>();
      for (const collection of data.collections)
        isPresent.set(collection, await isEmptyThere(target, databaseOf(collection), collection.entry.name));
      const collections: CollectionSummary[] = [];
      for (const collection of data.collections) {
        const database = databaseOf(collection);
        if (!isPresent.get(collection)) await target.command(database, { create: collection.entry.name });
        collections.push(await exportCollection(collection, target, database));
      }
      // Last, because a TTL index makes the server remove expired documents, which were to be compared.
      for (const collection of data.collections) await exportIndexes(collection, target, databaseOf(collection));
      return { collections, databases: [...new Set(data.collections.map(databaseOf))], isSnapshot };
    } finally {
      await target.close();
    }
  });
}

function chooseDatabases({ collections }: StoreData, named: string | undefined): (collection: Collection) => string {
  const names = new Set(collections.map(({ entry }) => entry.databaseName));
  return ({ entry }) => (names.size === 1 && named !== undefined ? named : entry.databaseName);
}

function databaseNameIn(uri: string): string | undefined {
  const [, name] = /^[^/]+\/\/[^/?]+\/([^?]+)/.exec(uri) ?? [];
  return name === undefined ? undefined : decodeURIComponent(name);
}

/** True for a collection that exists and is empty, false for one that does not exist. */
async function isEmptyThere(target: Deployment, database: string, name: string): Promise<boolean> {
  const [existing] = batchOf(await target.command(database, { listCollections: 1, filter: { name } }));
  if (!existing) return false;
  const isEmpty =
    existing.type === 'collection' &&
    batchOf(await target.command(database, { find: name, limit: 1, projection: { _id: 1 } })).length === 0;
  if (!isEmpty)
    throw new Error(`The target has a collection ${database}.${name} that is not empty. Nothing was copied.`);
  return true;
}

async function exportCollection(
  collection: Collection,
  target: Deployment,
  database: string,
): Promise<CollectionSummary> {
  const { name, ns } = collection.entry;
  let batch: Document[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await target.insert(database, name, batch);
    batch = [];
    bytes = 0;
  };
  for (const record of collection.records()) {
    if (batch.length >= maxBatchDocuments || bytes + record.bytes.length > maxBatchBytes) await flush();
    batch.push(decode(record.bytes));
    bytes += record.bytes.length;
  }
  await flush();
  const summary = await summarise(collection);
  const arrived = new Fingerprint();
  for await (const document of target.documents(database, name)) arrived.add(document);
  if (arrived.count !== summary.count || arrived.hash !== summary.hash)
    throw new Error(
      `What arrived in ${database}.${name} differs from ${ns}: ${arrived.count} documents of ${summary.count}, ` +
        `hash ${arrived.hash.slice(0, 12)} instead of ${summary.hash.slice(0, 12)}. Drop it there, and try again.`,
    );
  return summary;
}

async function exportIndexes(collection: Collection, target: Deployment, database: string): Promise<void> {
  const { name } = collection.entry;
  const indexes = indexesOf(collection);
  if (indexes.length > 0) await target.command(database, { createIndexes: name, indexes });
  const there = batchOf(await target.command(database, { listIndexes: name })).filter((index) => index.name !== '_id_');
  const wanted = indexes.map(describeIndex).sort();
  const found = there.map(describeIndex).sort();
  if (wanted.join('\n') !== found.join('\n'))
    throw new Error(`The indexes of ${database}.${name} differ: ${found.join(', ')} instead of ${wanted.join(', ')}.`);
}

/** What an index is, without what the server adds (`v`, `ns`) and without the kinds of numbers, which it may change. */
function describeIndex({ key, name, unique, sparse, hidden, partialFilterExpression, expireAfterSeconds }: Document) {
  const index = { key, name, unique, sparse, hidden, partialFilterExpression, expireAfterSeconds };
  return EJSON.stringify(index, { relaxed: true });
}

function batchOf(reply: Document): Document[] {
  return (reply.cursor as { firstBatch: Document[] }).firstBatch;
}
