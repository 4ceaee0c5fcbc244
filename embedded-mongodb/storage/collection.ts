/**
 * One collection's records and their index entries. Everything that changes data runs inside `Environment.write` and
 * checks before it writes, so a refused document leaves no trace.
 */
import type { Document } from 'bson';
import { decode, encodeForStorage } from '../bson/codec.js';
import { encodeKey } from '../bson/key-encoding.js';
import { bsonTypes, isDocument, typeOf } from '../bson/values.js';
import { fail, StoreError } from '../errors.js';
import { renderKeyValue } from './render-key.js';
import { wholeRange, type Catalogue, type CollectionEntry, type IndexEntry } from './catalogue.js';
import { maxKeyBytes, openRecord, sealRecord, type Environment } from './environment.js';
import { extractIndexKeys, type IndexKey } from './index-keys.js';

export interface StoredRecord {
  readonly idKey: Buffer;
  readonly bytes: Buffer;
}

interface PlannedEntry {
  readonly key: Buffer;
  readonly value: Buffer;
}

export class Collection {
  readonly entry: CollectionEntry;
  readonly #environment: Environment;
  readonly #catalogue: Catalogue;

  constructor(environment: Environment, catalogue: Catalogue, entry: CollectionEntry) {
    this.#environment = environment;
    this.#catalogue = catalogue;
    this.entry = entry;
  }

  recordKey(idKey: Buffer): Buffer {
    return Buffer.concat([this.entry.prefix, idKey]);
  }

  read(idKey: Buffer): Buffer | undefined {
    const sealed = this.#environment.get(this.recordKey(idKey));
    return sealed && openRecord(sealed, this.#environment);
  }

  /** Every record, in `_id` order. */
  *records(): Generator<StoredRecord> {
    const sliceSize = 512;
    const { low: first, high } = wholeRange(this.entry.prefix);
    let low = first;
    for (;;) {
      const entries = this.#environment.slice({ low, high }, sliceSize);
      for (const { key, value } of entries)
        yield { idKey: key.subarray(this.entry.prefix.length), bytes: openRecord(value, this.#environment) };
      const last = entries.at(-1);
      if (!last || entries.length < sliceSize) return;
      low = Buffer.concat([last.key, Buffer.of(0)]);
    }
  }

  insert(document: Document): Buffer {
    const idKey = idKeyOf(document);
    const recordKey = this.recordKey(idKey);
    assertKeyLength(recordKey, '_id_', this.entry.ns);
    const bytes = encodeForStorage(document);
    if (this.#environment.get(recordKey)) throw duplicateKey(this.entry.ns, '_id_', { _id: 1 }, [document._id]);
    const entries = this.entry.indexes.flatMap((index) => this.#plan(index, document, idKey));
    this.#environment.put(recordKey, sealRecord(bytes));
    for (const { key, value } of entries) this.#environment.put(key, value);
    return bytes;
  }

  /** The new document has the same `_id`. Returns false when nothing changed. */
  replaceIfChanged(
    { idKey, bytes: oldBytes, document: before }: StoredRecord & { document: Document },
    after: Document,
  ): boolean {
    const bytes = encodeForStorage(after);
    if (bytes.equals(oldBytes)) return false;
    const added: PlannedEntry[] = [];
    const removed: Buffer[] = [];
    for (const index of this.entry.indexes) {
      const old = new Map(this.entriesOf(index, before, idKey).map((entry) => [entry.key.toString('latin1'), entry]));
      for (const entry of this.#plan(index, after, idKey)) {
        if (!old.delete(entry.key.toString('latin1'))) added.push(entry);
      }
      for (const { key } of old.values()) removed.push(key);
    }
    for (const key of removed) this.#environment.remove(key);
    for (const { key, value } of added) this.#environment.put(key, value);
    this.#environment.put(this.recordKey(idKey), sealRecord(bytes));
    return true;
  }

  remove(idKey: Buffer, document: Document): void {
    for (const index of this.entry.indexes) {
      for (const { key } of this.entriesOf(index, document, idKey)) this.#environment.remove(key);
    }
    this.#environment.remove(this.recordKey(idKey));
  }

  /** Adds one existing record to a new index. */
  addToIndex(index: IndexEntry, record: StoredRecord): void {
    for (const { key, value } of this.#plan(index, decode(record.bytes), record.idKey))
      this.#environment.put(key, value);
  }

  #isIndexed(index: IndexEntry, document: Document, isPresent: boolean): boolean {
    if (index.sparse && !isPresent) return false;
    return !index.matchesPartial || index.matchesPartial(document);
  }

  /** The entries the index holds for a document. */
  entriesOf(index: IndexEntry, document: Document, idKey: Buffer): PlannedEntry[] {
    const { keys, isPresent } = extractIndexKeys(document, index.fields);
    if (!this.#isIndexed(index, document, isPresent)) return [];
    return keys.map((key) => toEntry(index, key, idKey));
  }

  /** The entries to write, after the checks that can refuse them. */
  #plan(index: IndexEntry, document: Document, idKey: Buffer): PlannedEntry[] {
    const { keys, multikey, isPresent } = extractIndexKeys(document, index.fields);
    if (!this.#isIndexed(index, document, isPresent)) return [];
    const entries = keys.map((key) => {
      const entry = toEntry(index, key, idKey);
      assertKeyLength(entry.key, index.name, this.entry.ns);
      if (index.unique) {
        const holder = this.#environment.get(entry.key);
        if (holder && !holder.equals(idKey)) throw duplicateKey(this.entry.ns, index.name, index.key, key.values);
      }
      return entry;
    });
    this.#noteMultikey(index, multikey);
    return entries;
  }

  #noteMultikey(index: IndexEntry, multikey: readonly boolean[]): void {
    if (!multikey.some((flag, at) => flag && !index.multikey[at])) return;
    index.multikey = index.multikey.map((flag, at) => flag || multikey[at] === true);
    this.#catalogue.save(this.entry);
  }
}

function toEntry(index: IndexEntry, key: IndexKey, idKey: Buffer): PlannedEntry {
  return index.unique
    ? { key: Buffer.concat([index.prefix, key.bytes]), value: idKey }
    : { key: Buffer.concat([index.prefix, key.bytes, idKey]), value: idKey };
}

export function idKeyOf(document: Document): Buffer {
  const id: unknown = document._id;
  const type = typeOf(id);
  if (type === bsonTypes.array) fail('InvalidIdField', "The '_id' value cannot be of type array");
  if (type === bsonTypes.regex) fail('InvalidIdField', "The '_id' value cannot be of type regex");
  if (type === bsonTypes.undefined || type === bsonTypes.missing)
    fail('InvalidIdField', "The '_id' value cannot be of type undefined");
  if (isDocument(id)) {
    const dollar = Object.keys(id).find((name) => name.startsWith('$'));
    if (dollar !== undefined)
      fail(
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
      );
  }
  return encodeKey(id);
}

function assertKeyLength(key: Buffer, index: string, ns: string): void {
  if (key.length > maxKeyBytes) {
    fail(
      'KeyTooLong',
      `key too large to index, failing ${ns} index ${index}: ${key.length} bytes, at most ${maxKeyBytes}`,
    );
  }
}

export function duplicateKey(ns: string, index: string, keyPattern: Document, values: readonly unknown[]): StoreError {
  const keyValue: Document = {};
  Object.keys(keyPattern).forEach((field, at) => {
    const value = values[at];
    keyValue[field] = value === undefined || typeof value === 'symbol' ? null : value;
  });
  const message = `E11000 duplicate key error collection: ${ns} index: ${index} dup key: ${renderKeyValue(keyValue)}`;
  return new StoreError('DuplicateKey', message, { keyPattern, keyValue });
}
