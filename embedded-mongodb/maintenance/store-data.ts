/** The data of a folder, opened to be read. Nothing runs beside it: no listener, no removal of expired documents. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { EJSON, type Document } from 'bson';
import { messageOf } from '../errors.js';
import { Catalogue, indexOptions } from '../storage/catalogue.js';
import { Collection } from '../storage/collection.js';
import { Environment } from '../storage/environment.js';
import { dataFileName } from '../storage/files.js';
import { verifyCollection } from '../storage/verify.js';
import { Fingerprint } from './fingerprint.js';

/** What two copies of a collection have in common. Plain JSON: values of indexes are written as canonical extended JSON. */
export interface CollectionSummary {
  readonly database: string;
  readonly name: string;
  readonly count: number;
  /** See `Fingerprint`. */
  readonly hash: string;
  /** As `listIndexes` has them, without the one on `_id`; sorted by name. */
  readonly indexes: readonly Document[];
}

export interface StoreData {
  /** Sorted by name. */
  readonly collections: readonly Collection[];
  /** One sentence for each thing that is wrong: damaged documents, index entries without a record and the reverse. */
  verify(): string[];
  /** @throws when the file exists or cannot be written. */
  copy(file: string): Promise<void>;
  close(): Promise<void>;
}

export function indexesOf(collection: Collection): Document[] {
  return collection.entry.indexes
    .map((index): Document => ({ key: index.key, name: index.name, ...indexOptions(index) }))
    .sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
}

/** @throws a sentence when the folder holds no store, or one that cannot be opened. */
export function openStoreData(dir: string): StoreData {
  const environment = openEnvironment(dir);
  const catalogue = new Catalogue(environment);
  const collections = catalogue
    .list()
    .map((entry) => new Collection(environment, catalogue, entry))
    .sort((a, b) => (a.entry.ns < b.entry.ns ? -1 : 1));
  return {
    collections,
    verify: () => collections.flatMap((collection) => verifySafely(environment, collection)),
    copy: (file) => environment.backup(file),
    close: () => environment.close(),
  };
}

function openEnvironment(dir: string): Environment {
  const file = join(dir, dataFileName);
  // lmdb would make a new store where there is none, or an empty one.
  if (!((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0))
    throw new Error(`The folder ${dir} holds no store: ${dataFileName} is missing or empty.`);
  return new Environment({ dir, durable: true });
}

function verifySafely(environment: Environment, collection: Collection): string[] {
  const { ns } = collection.entry;
  try {
    return verifyCollection(environment, collection).map((problem) => `${ns}: ${problem}`);
  } catch (error) {
    return [`${ns}: ${messageOf(error)}`];
  }
}

/** Reads every document, and lets timers run in between: the lock of a folder is kept fresh by one. */
export async function summarise(collection: Collection): Promise<CollectionSummary> {
  const documentsPerTurn = 5_000;
  const fingerprint = new Fingerprint();
  for (const { bytes } of collection.records()) {
    fingerprint.add(bytes);
    if (fingerprint.count % documentsPerTurn === 0) await new Promise((resume) => setImmediate(resume));
  }
  return {
    database: collection.entry.databaseName,
    name: collection.entry.name,
    count: fingerprint.count,
    hash: fingerprint.hash,
    indexes: indexesOf(collection).map((index) => EJSON.serialize(index, { relaxed: false })),
  };
}

export async function summariseAll(data: StoreData): Promise<CollectionSummary[]> {
  const summaries: CollectionSummary[] = [];
  for (const collection of data.collections) summaries.push(await summarise(collection));
  return summaries;
}
