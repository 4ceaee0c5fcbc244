/** The shared work of insert, update, delete and findAndModify. */
import { BSON, type Document } from 'bson';
import { decode, maxDocumentBytes } from '../bson/codec.js';
import type { Engine } from '../engine.js';
import { describeError, fail, StoreError, type ErrorName } from '../errors.js';
import type { Interrupt, QueryOptions } from '../planner/query.js';
import type { FilterNode, Predicate } from '../query/matcher.js';
import type { Match } from '../planner/scanner.js';
import { assertStands } from '../storage/catalogue.js';
import type { Collection } from '../storage/collection.js';
import type { CompiledUpdate } from '../update/update.js';
import { buildUpsert } from '../update/upsert.js';

const maxWriteBatch = 100_000;
/** One transaction keeps the thread no longer than this; the rest of a batch goes into the next. */
const writeTurnMs = 15;

/** What ends the whole command, not only its statement. */
const fatal: ReadonlySet<string> = new Set(['MaxTimeMSExpired', 'Interrupted', 'InterruptedAtShutdown']);

export interface WriteError {
  readonly index: number;
  readonly error: unknown;
}

export interface ChangedDocument {
  readonly after: Document;
  readonly isModified: boolean;
}

/** Inside a write. Applies an update to one record that the filter matched. */
export function changeRecord(collection: Collection, match: Match, update: CompiledUpdate): ChangedDocument {
  const after = update.apply(decode(match.bytes), false);
  const tooLarge = `Resulting document after update is larger than ${maxDocumentBytes}`;
  return {
    after,
    isModified: sayingWhatIsTooLarge('Location17419', tooLarge, () => collection.replaceIfChanged(match, after)),
  };
}

/** A server's codes for a document that is too large differ by what has made it. */
function sayingWhatIsTooLarge<T>(codeName: ErrorName, message: string, store: () => T): T {
  try {
    return store();
  } catch (error) {
    if (error instanceof StoreError && error.codeName === 'BSONObjectTooLarge') fail(codeName, message);
    throw error;
  }
}

/** Inside a write. */
export function findOneNow(
  engine: Engine,
  collection: Collection,
  options: QueryOptions,
  interrupt: Interrupt,
): Match | undefined {
  return engine.query(collection, { ...options, limit: 1 }).takeNow(1, interrupt)[0];
}

/** Inside a write. */
export function insertUpsert(engine: Engine, ns: string, filter: FilterNode, update: CompiledUpdate): Document {
  const document = buildUpsert(filter, update);
  sayingWhatIsTooLarge('Location17420', `Document to upsert is larger than ${maxDocumentBytes}`, () =>
    engine.ensureCollection(ns).insert(document),
  );
  return document;
}

export interface StatementHandlers<T> {
  readonly isOrdered: boolean;
  /** Statements over many documents are not run inside one transaction. */
  readonly isLong?: (statement: T) => boolean;
  readonly runLong?: (statement: T, index: number) => Promise<void>;
  /** Inside a write. */
  readonly runNow: (statement: T, index: number) => void;
}

/** Runs statements in order, many to a transaction; an ordered batch stops at the first failure. Returns the failures. */
export async function runStatements<T>(
  engine: Engine,
  statements: readonly T[],
  { isOrdered, isLong, runLong, runNow }: StatementHandlers<T>,
): Promise<WriteError[]> {
  const count = statements.length;
  if (count < 1 || count > maxWriteBatch)
    fail('InvalidLength', `Write batch sizes must be between 1 and ${maxWriteBatch}. Got ${count} operations.`);
  const errors: WriteError[] = [];
  let index = 0;
  const isLongAt = (at: number): boolean => at < count && isLong?.(statements[at] as T) === true;
  const isStopped = (): boolean => index >= count || (isOrdered && errors.length > 0);
  const note = (error: unknown): void => {
    if (error instanceof StoreError && fatal.has(error.codeName)) throw error;
    errors.push({ index, error });
  };
  while (!isStopped()) {
    if (runLong && isLongAt(index)) {
      await runLong(statements[index] as T, index).catch(note);
      index++;
      continue;
    }
    await engine.environment.write(() => {
      const start = performance.now();
      do {
        try {
          runNow(statements[index] as T, index);
        } catch (error) {
          note(error);
        }
        index++;
      } while (!isStopped() && !isLongAt(index) && performance.now() - start < writeTurnMs);
    });
  }
  return errors;
}

/**
 * Changes every document of a query: the matches are collected while other commands run, then each is read and matched
 * again inside the transaction that changes it.
 */
export async function changeMany(
  engine: Engine,
  collection: Collection,
  options: QueryOptions,
  interrupt: Interrupt,
  change: (match: Match) => void,
): Promise<void> {
  const query = engine.query(collection, options);
  const keys: Buffer[] = [];
  while (!query.isDone) for (const match of await query.take(1024, interrupt)) keys.push(match.recordId);
  const matches: Predicate = query.filter.matches;
  let at = 0;
  while (at < keys.length) {
    await engine.environment.write(() => {
      const start = performance.now();
      assertStands(collection.entry);
      for (; at < keys.length && performance.now() - start < writeTurnMs; at++) {
        interrupt();
        const recordId = keys[at] as Buffer;
        const bytes = collection.read(recordId);
        const document = bytes && decode(bytes);
        if (bytes && document && matches(document)) change({ recordId, bytes, document });
      }
    });
  }
}

/** An entry of `writeErrors` has no code name. */
export function describeWriteError({ index, error }: WriteError): Document {
  const { code, codeName: _omitted, errmsg, ...details } = describeError(error);
  return { index, code: code as unknown, ...details, errmsg: errmsg as unknown };
}

/** A reply has to fit into a document, however many errors it tells of. */
const maxMessageBytes = 1024 * 1024;
const maxDetailBytes = 10 * 1024 * 1024;

/** Adds the errors. When they get too long the later ones have no message, as on a server, and then no details. */
export function withErrors(reply: Document, errors: readonly WriteError[]): Document {
  if (errors.length === 0) return reply;
  let messageBytes = 0;
  let detailBytes = 0;
  const writeErrors = errors.map((error): Document => {
    const { index, code, errmsg: text, ...details } = describeWriteError(error);
    const errmsg = messageBytes > maxMessageBytes ? '' : String(text);
    messageBytes += Buffer.byteLength(errmsg);
    detailBytes += BSON.calculateObjectSize(details);
    const place = { index: index as unknown, code: code as unknown };
    return detailBytes > maxDetailBytes ? { ...place, errmsg } : { ...place, ...details, errmsg };
  });
  return { ...reply, writeErrors };
}
