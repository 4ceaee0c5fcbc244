/**
 * One collection's records and their index entries. A record is stored under a number that grows with each insert, so
 * records lie in insertion order and stay where they are when they change; every index, `_id_` too, leads to the number.
 * Everything that changes data runs inside `Environment.write` and checks before it writes, so a refused document leaves no trace.
 */
import type { Document } from 'bson';
import { decode, encodeForStorage } from '../bson/codec.js';
import { bsonTypes, isDocument, typeOf } from '../bson/values.js';
import { fail, StoreError } from '../errors.js';
import { renderKeyValue } from './render-key.js';
import { allIndexes, type Catalogue, type CollectionEntry, type IndexEntry } from './catalogue.js';
import type { Environment } from './environment.js';
import { extractIndexKeys, type IndexKey } from './index-keys.js';
import { maxKeyBytes, wholeRange } from './keys.js';
import { openRecord, sealRecord } from './record.js';

/** The record's number in big-endian order: 2⁴⁸ inserts are nine years at a million a second. */
const recordIdBytes = 6;

export interface StoredRecord {
  readonly recordId: Buffer;
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
  #lastRecordNumber: number | undefined;

  constructor(environment: Environment, catalogue: Catalogue, entry: CollectionEntry) {
    this.#environment = environment;
    this.#catalogue = catalogue;
    this.entry = entry;
  }

  recordKey(recordId: Buffer): Buffer {
    return Buffer.concat([this.entry.prefix, recordId]);
  }

  read(recordId: Buffer): Buffer | undefined {
    const sealed = this.#environment.get(this.recordKey(recordId));
    return sealed && openRecord(sealed, this.#environment);
  }

  /** The record whose `_id` has this key. */
  recordIdOf(idKey: Buffer): Buffer | undefined {
    return this.#environment.get(Buffer.concat([this.entry.idIndex.prefix, idKey]));
  }

  /** Inside a write. A number is never given twice while the store is open, because a cursor may still point to it. */
  #nextRecordId(): Buffer {
    this.#lastRecordNumber ??= this.#readLastRecordNumber();
    const recordId = Buffer.allocUnsafe(recordIdBytes);
    recordId.writeUIntBE(++this.#lastRecordNumber, 0, recordIdBytes);
    return recordId;
  }

  #readLastRecordNumber(): number {
    const [last] = this.#environment.slice(wholeRange(this.entry.prefix), 1, true);
    return last ? last.key.readUIntBE(this.entry.prefix.length, recordIdBytes) : 0;
  }

  /** Every record, in insertion order. */
  *records(): Generator<StoredRecord> {
    const { prefix } = this.entry;
    for (const { key, value } of this.#environment.entries(wholeRange(prefix)))
      yield { recordId: key.subarray(prefix.length), bytes: openRecord(value, this.#environment) };
  }

  insert(document: Document): Buffer {
    assertId(document);
    const bytes = encodeForStorage(document);
    const recordId = this.#nextRecordId();
    const entries = allIndexes(this.entry).flatMap((index) => this.#plan(index, document, recordId));
    this.#environment.put(this.recordKey(recordId), sealRecord(bytes));
    for (const { key, value } of entries) this.#environment.put(key, value);
    return bytes;
  }

  /** The new document has the same `_id`. Returns false when nothing changed. */
  replaceIfChanged(
    { recordId, bytes: oldBytes, document: before }: StoredRecord & { document: Document },
    after: Document,
  ): boolean {
    const bytes = encodeForStorage(after);
    if (bytes.equals(oldBytes)) return false;
    const added: PlannedEntry[] = [];
    const removed: Buffer[] = [];
    for (const index of this.entry.indexes) {
      const old = new Map(
        this.entriesOf(index, before, recordId).map((entry) => [entry.key.toString('latin1'), entry]),
      );
      for (const entry of this.#plan(index, after, recordId)) {
        if (!old.delete(entry.key.toString('latin1'))) added.push(entry);
      }
      for (const { key } of old.values()) removed.push(key);
    }
    for (const key of removed) this.#environment.remove(key);
    for (const { key, value } of added) this.#environment.put(key, value);
    this.#environment.put(this.recordKey(recordId), sealRecord(bytes));
    return true;
  }

  remove(recordId: Buffer, document: Document): void {
    for (const index of allIndexes(this.entry)) {
      for (const { key } of this.entriesOf(index, document, recordId)) this.#environment.remove(key);
    }
    this.#environment.remove(this.recordKey(recordId));
  }

  /** Adds one existing record to a new index. */
  addToIndex(index: IndexEntry, record: StoredRecord): void {
    for (const { key, value } of this.#plan(index, decode(record.bytes), record.recordId))
      this.#environment.put(key, value);
  }

  #isIndexed(index: IndexEntry, document: Document, isPresent: boolean): boolean {
    if (index.sparse && !isPresent) return false;
    return !index.matchesPartial || index.matchesPartial(document);
  }

  /** The entries the index holds for a document. */
  entriesOf(index: IndexEntry, document: Document, recordId: Buffer): PlannedEntry[] {
    const { keys, isPresent } = extractIndexKeys(document, index.fields);
    if (!this.#isIndexed(index, document, isPresent)) return [];
    return keys.map((key) => toEntry(index, key, recordId));
  }

  /** The entries to write, after the checks that can refuse them. */
  #plan(index: IndexEntry, document: Document, recordId: Buffer): PlannedEntry[] {
    const { keys, multikey, isPresent } = extractIndexKeys(document, index.fields);
    if (!this.#isIndexed(index, document, isPresent)) return [];
    const entries = keys.map((key) => {
      const entry = toEntry(index, key, recordId);
      assertKeyLength(entry.key, index.name, this.entry.ns);
      if (index.unique) {
        const holder = this.#environment.get(entry.key);
        if (holder && !holder.equals(recordId)) throw duplicateKey(this.entry.ns, index.name, index.key, key.values);
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

function toEntry(index: IndexEntry, key: IndexKey, recordId: Buffer): PlannedEntry {
  return index.unique
    ? { key: Buffer.concat([index.prefix, key.bytes]), value: recordId }
    : { key: Buffer.concat([index.prefix, key.bytes, recordId]), value: recordId };
}

function assertId(document: Document): void {
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
}

function assertKeyLength(key: Buffer, index: string, ns: string): void {
  if (key.length > maxKeyBytes) {
    fail(
      'KeyTooLong',
      `key too large to index, failing ${ns} index ${index}: ${key.length} bytes, at most ${maxKeyBytes}`,
    );
  }
}

function duplicateKey(ns: string, index: string, keyPattern: Document, values: readonly unknown[]): StoreError {
  const keyValue: Document = {};
  Object.keys(keyPattern).forEach((field, at) => {
    const value = values[at];
    keyValue[field] = value === undefined || typeof value === 'symbol' ? null : value;
  });
  const message = `E11000 duplicate key error collection: ${ns} index: ${index} dup key: ${renderKeyValue(keyValue)}`;
  return new StoreError('DuplicateKey', message, { keyPattern, keyValue });
}
