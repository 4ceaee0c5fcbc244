/**
 * The only file that talks to lmdb. All data of a store live in one key space of one file:
 *   01 namespace            → catalogue entry
 *   02 collection  id-key   → checksum and document
 *   03 index  components…   → id-key
 *   04 prefix               → a range whose removal is still under way
 *
 * Writes are queued and run synchronously inside one lmdb transaction per event-loop turn; the promise resolves only
 * after the commit, and a commit includes the flush (`overlappingSync` is off). Concurrent writers therefore share a flush.
 * Reads never keep an iterator over an await: each slice of a range is opened, read and closed in one synchronous call.
 */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { RootDatabase } from 'lmdb';
import { fail, StoreError } from '../errors.js';
import { placeCopy } from './backup.js';
import { dataFileName } from './files.js';

/** The package's type declarations describe a CommonJS module, so it is loaded as one. */
const lmdb = createRequire(import.meta.url)('lmdb') as typeof import('lmdb');

export const keySpaces = { catalogue: 1, records: 2, indexes: 3, pendingRemovals: 4 } as const;

/** The system's number for a full disk (ENOSPC). */
const noSpaceLeft = 28;

/** Longer keys do not fit lmdb's pages. */
export const maxKeyBytes = 1978;

/** The first key that sorts after everything which begins with the prefix. */
export function after(prefix: Uint8Array): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  const next = Buffer.from(prefix.subarray(0, end));
  if (end > 0) next[end - 1] = (next[end - 1] as number) + 1;
  return next;
}

export function prefixKey(space: number, id: number): Buffer {
  const prefix = Buffer.allocUnsafe(5);
  prefix[0] = space;
  prefix.writeUInt32BE(id, 1);
  return prefix;
}

export interface KeyRange {
  /** Inclusive. */
  readonly low: Buffer;
  /** Exclusive. */
  readonly high: Buffer;
}

export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

export interface EnvironmentOptions {
  readonly dir: string;
  /** False trades durability for speed; for data that nobody needs after the process. */
  readonly durable: boolean;
}

export class Environment {
  readonly #database: RootDatabase<Buffer, Buffer>;
  readonly dir: string;
  #failure: StoreError | undefined;
  #isClosed = false;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(options: EnvironmentOptions) {
    this.dir = options.dir;
    mkdirSync(options.dir, { recursive: true, mode: 0o700 });
    this.#database = lmdb.open<Buffer, Buffer>({
      path: join(options.dir, dataFileName),
      noSubdir: true,
      keyEncoding: 'binary',
      encoding: 'binary',
      overlappingSync: false,
      noSync: !options.durable,
      maxReaders: 512,
    });
  }

  /**
   * Runs the action in the next write transaction; resolves when its effects are on disk. After a commit that failed
   * nothing is written any more: a second flush can succeed without having stored what the first one lost.
   */
  write<T>(action: () => T): Promise<T> {
    return this.#track(this.#write(action));
  }

  /** Closing waits for it. */
  #track<T>(outcome: Promise<T>): Promise<T> {
    this.#underWay.add(outcome);
    const forget = (): void => void this.#underWay.delete(outcome);
    outcome.then(forget, forget);
    return outcome;
  }

  async #write<T>(action: () => T): Promise<T> {
    this.#assertOpen();
    if (this.#failure) throw this.#failure;
    let result: { readonly value: T } | undefined;
    let thrown: unknown;
    try {
      await this.#database.transaction(() => {
        // What the action throws stays out of lmdb: other writers share its transaction.
        try {
          if (this.#failure) throw this.#failure;
          result = { value: action() };
        } catch (error) {
          thrown = error;
        }
      });
    } catch (error) {
      this.#failure ??= await this.#describeFailure(error);
      throw this.#failure;
    }
    if (!result) throw thrown;
    return result.value;
  }

  async #describeFailure(error: unknown): Promise<StoreError> {
    let cause = error;
    try {
      await (error as { commitError?: Promise<unknown> }).commitError;
    } catch (reason) {
      cause = reason;
    }
    const isFull = (cause as { code?: unknown }).code === noSpaceLeft;
    const message = cause instanceof Error ? cause.message : String(cause);
    return new StoreError(
      isFull ? 'OutOfDiskSpace' : 'FileStreamFailed',
      `cannot write to ${this.dir}/data.mdb, so the store is read-only until it is restarted: ${message}`,
    );
  }

  get(key: Buffer): Buffer | undefined {
    this.#assertOpen();
    return this.#database.getBinary(key);
  }

  /** Only inside `write`. */
  put(key: Buffer, value: Buffer): void {
    ignoreOutcome(this.#database.put(key, value));
  }

  /** Only inside `write`. */
  remove(key: Buffer): void {
    ignoreOutcome(this.#database.remove(key));
  }

  /** Up to `limit` entries of the range, in the direction given. */
  slice(range: KeyRange, limit: number, reverse = false): Entry[] {
    this.#assertOpen();
    if (Buffer.compare(range.low, range.high) >= 0) return [];
    const entries: Entry[] = [];
    const options = reverse
      ? { start: range.high, exclusiveStart: true, end: range.low, inclusiveEnd: true, reverse: true, limit }
      : { start: range.low, end: range.high, limit };
    for (const { key, value } of this.#database.getRange(options)) entries.push({ key, value });
    return entries;
  }

  /**
   * Copies the data file while reading and writing go on: all of one moment, flushed to disk. The folder must exist.
   * @throws when the target exists already or cannot be written; the message names it.
   */
  async backup(targetFile: string): Promise<void> {
    this.#assertOpen();
    const outcome = placeCopy(targetFile, (path) => this.#database.backup(path, false));
    await this.#track(outcome);
  }

  /** Commands that still run get an error at their next step; touching a closed database would end the process. */
  #assertOpen(): void {
    if (this.#isClosed) fail('InterruptedAtShutdown', 'the store is closing');
  }

  async close(): Promise<void> {
    const running = [...this.#underWay];
    await Promise.allSettled(running);
    this.#isClosed = true;
    await Promise.allSettled(this.#underWay);
    await this.#database.close();
  }
}

/** The transaction's own promise tells whether these writes were committed. */
function ignoreOutcome(outcome: Promise<boolean>): void {
  outcome.catch(() => undefined);
}

const checksumBytes = 4;

/** A stored document is preceded by its CRC-32, so that damage is reported instead of returned. */
export function sealRecord(document: Buffer): Buffer {
  const sealed = Buffer.allocUnsafe(checksumBytes + document.length);
  sealed.writeUInt32LE(crc32(document), 0);
  document.copy(sealed, checksumBytes);
  return sealed;
}

export function openRecord(sealed: Buffer, environment: Environment): Buffer {
  const document = sealed.subarray(checksumBytes);
  if (sealed.length <= checksumBytes || sealed.readUInt32LE(0) !== crc32(document)) {
    fail(
      'InternalError',
      `a stored document is damaged in ${environment.dir}/data.mdb; restore the folder from a backup`,
    );
  }
  return document;
}
