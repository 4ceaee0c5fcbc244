/** What collections and indexes exist. Held in memory, written through to the store inside the same transactions. */
import type { Document } from 'bson';
import { decode, encode } from '../bson/codec.js';
import { isDocument, toNumber } from '../bson/values.js';
import { fail } from '../errors.js';
import { compileFilter, type Predicate } from '../query/matcher.js';
import { splitPath } from '../query/paths.js';
import type { Environment } from './environment.js';
import type { IndexField } from './index-keys.js';
import { keySpaces, prefixKey, wholeRange } from './keys.js';

export interface IndexEntry {
  readonly id: number;
  readonly prefix: Buffer;
  readonly name: string;
  readonly key: Document;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  hidden: boolean;
  readonly partialFilter: Document | undefined;
  readonly matchesPartial: Predicate | undefined;
  expireAfterSeconds: number | undefined;
  /** Per field: whether any document had an array on its path. Only ever turns true. */
  multikey: boolean[];
  /** Until the transaction that built it is committed, readers do not see its entries and must not use it. */
  isBuilding: boolean;
}

export interface CollectionEntry {
  readonly ns: string;
  readonly databaseName: string;
  readonly name: string;
  readonly id: number;
  readonly uuid: Buffer;
  readonly prefix: Buffer;
  /** The index on `_id`, which every collection has. */
  readonly idIndex: IndexEntry;
  /** The other indexes. */
  readonly indexes: IndexEntry[];
  isDropped: boolean;
}

/** What is stored; the rest of an entry is derived. */
interface StoredIndex {
  id: number;
  name: string;
  key: Document;
  options: Document;
  multikey: boolean[];
}

export function allIndexes(entry: CollectionEntry): IndexEntry[] {
  return [entry.idIndex, ...entry.indexes];
}

/** What was dropped is removed piecemeal, so work that began before must not go on with a part as if it were the whole. */
export function assertStands(entry: CollectionEntry): void {
  if (entry.isDropped) fail('QueryPlanKilled', `collection dropped. UUID ${entry.uuid.toString('hex')}`);
}

export function indexOptions(index: IndexEntry): Document {
  return {
    ...(index.unique ? { unique: true } : {}),
    ...(index.sparse ? { sparse: true } : {}),
    ...(index.hidden ? { hidden: true } : {}),
    ...(index.partialFilter ? { partialFilterExpression: index.partialFilter } : {}),
    ...(index.expireAfterSeconds === undefined ? {} : { expireAfterSeconds: index.expireAfterSeconds }),
  };
}

export function buildIndexEntry(stored: StoredIndex): IndexEntry {
  const partial = isDocument(stored.options.partialFilterExpression)
    ? stored.options.partialFilterExpression
    : undefined;
  const seconds: unknown = stored.options.expireAfterSeconds;
  return {
    id: stored.id,
    prefix: prefixKey(keySpaces.indexes, stored.id),
    name: stored.name,
    key: stored.key,
    fields: Object.entries(stored.key).map(([path, direction]) => ({
      path,
      parts: splitPath(path),
      descending: toNumber(direction) < 0,
    })),
    unique: stored.options.unique === true,
    sparse: stored.options.sparse === true,
    hidden: stored.options.hidden === true,
    partialFilter: partial,
    matchesPartial: partial ? compileFilter(partial).matches : undefined,
    expireAfterSeconds: seconds === undefined ? undefined : toNumber(seconds),
    multikey: stored.multikey,
    isBuilding: false,
  };
}

const catalogueKey = (ns: string): Buffer => Buffer.concat([Buffer.of(keySpaces.catalogue), Buffer.from(ns)]);

export class Catalogue {
  readonly #environment: Environment;
  readonly #collections = new Map<string, CollectionEntry>();
  #nextId = 1;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.reload();
  }

  /** Goes back to what is stored, after changes that could not be. */
  reload(): void {
    this.#collections.clear();
    for (const { key, value } of this.#environment.entries(wholeRange(Buffer.of(keySpaces.catalogue))))
      this.#load(key.subarray(1).toString(), decode(value));
    for (const { key } of this.pendingRemovals()) {
      if (key.length >= 6) this.#nextId = Math.max(this.#nextId, key.readUInt32BE(2) + 1);
    }
  }

  #load(ns: string, stored: Document): void {
    const id = toNumber(stored.id);
    const indexes = (stored.indexes as Document[]).map((index) =>
      buildIndexEntry({
        id: toNumber(index.id),
        name: String(index.name),
        key: index.key as Document,
        options: index.options as Document,
        multikey: index.multikey as boolean[],
      }),
    );
    this.#collections.set(ns, this.#entry(ns, id, Buffer.from(String(stored.uuid), 'hex'), indexes));
    this.#nextId = Math.max(this.#nextId, id + 1, ...indexes.map((index) => index.id + 1));
  }

  #entry(ns: string, id: number, uuid: Buffer, indexes: IndexEntry[]): CollectionEntry {
    const dot = ns.indexOf('.');
    return {
      ns,
      databaseName: ns.slice(0, dot),
      name: ns.slice(dot + 1),
      id,
      uuid,
      prefix: prefixKey(keySpaces.records, id),
      // Collections and indexes are numbered together, so the collection's own number is free among the indexes.
      idIndex: buildIndexEntry({ id, name: '_id_', key: { _id: 1 }, options: { unique: true }, multikey: [false] }),
      indexes,
      isDropped: false,
    };
  }

  find(ns: string): CollectionEntry | undefined {
    return this.#collections.get(ns);
  }

  list(databaseName?: string): CollectionEntry[] {
    const all = [...this.#collections.values()];
    return databaseName === undefined ? all : all.filter((entry) => entry.databaseName === databaseName);
  }

  allocateId(): number {
    return this.#nextId++;
  }

  /** Inside a write. Creates the collection when it does not exist. */
  ensure(ns: string): CollectionEntry {
    const existing = this.#collections.get(ns);
    if (existing) return existing;
    const entry = this.#entry(ns, this.allocateId(), Buffer.from(crypto.getRandomValues(new Uint8Array(16))), []);
    this.#collections.set(ns, entry);
    this.save(entry);
    return entry;
  }

  /** Inside a write. */
  save(entry: CollectionEntry): void {
    const indexes = entry.indexes.map((index) => ({
      id: index.id,
      name: index.name,
      key: index.key,
      options: indexOptions(index),
      multikey: index.multikey,
    }));
    this.#environment.put(catalogueKey(entry.ns), encode({ id: entry.id, uuid: entry.uuid.toString('hex'), indexes }));
  }

  /** Inside a write. The data are removed piecemeal afterwards. */
  drop(entry: CollectionEntry): void {
    entry.isDropped = true;
    this.#collections.delete(entry.ns);
    this.#environment.remove(catalogueKey(entry.ns));
    this.scheduleRemoval(entry.prefix);
    for (const index of allIndexes(entry)) this.scheduleRemoval(index.prefix);
  }

  /** Inside a write. */
  dropIndex(entry: CollectionEntry, index: IndexEntry): void {
    const at = entry.indexes.indexOf(index);
    if (at < 0) fail('IndexNotFound', `index not found with name [${index.name}]`);
    entry.indexes.splice(at, 1);
    this.save(entry);
    this.scheduleRemoval(index.prefix);
  }

  scheduleRemoval(prefix: Buffer): void {
    this.#environment.put(Buffer.concat([Buffer.of(keySpaces.pendingRemovals), prefix]), Buffer.of(1));
  }

  /** All of them: a number that one of them holds must not be given again. */
  pendingRemovals(): { key: Buffer; prefix: Buffer }[] {
    const entries = this.#environment.entries(wholeRange(Buffer.of(keySpaces.pendingRemovals)));
    return Array.from(entries, ({ key }) => ({ key, prefix: key.subarray(1) }));
  }
}
