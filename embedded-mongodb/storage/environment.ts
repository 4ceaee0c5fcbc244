/**
 * The only file that talks to lmdb. All data of a store live in one key space (keys.ts) of one file.
 *
 * Writes are queued and run synchronously inside one lmdb transaction per event-loop turn; the promise resolves only
 * after the commit, and a commit includes the flush (`overlappingSync` is off). Concurrent writers therefore share a flush.
 * Reads never keep an iterator over an await: each slice of a range is opened, read and closed in one synchronous call.
 *
 * When a commit fails or damage is noticed, reading goes on where it can and nothing is written any more: a second flush
 * can succeed without having stored what the first one lost, and writing on damaged pages spreads the damage.
 */
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { fail, messageOf, StoreError } from '../errors.js';
import { placeCopy } from './backup.js';
import { dataFileName } from './files.js';
import { assertFormat } from './format.js';
import type { KeyRange } from './keys.js';
import { openDatabase } from './open-database.js';

/** The system's numbers for no room: ENOSPC, EFBIG, and EDQUOT on Linux and macOS. */
const noRoomCodes = [28, 27, 122, 69];
/** EIO, which lmdb also reports when only a part of a page could be written. */
const inputOutputError = 5;

/** lmdb's numbers for pages that do not hold what they should: page not found, corrupted, panic, invalid. */
const damageCodes = [-30797, -30796, -30795, -30793];

export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

export interface EnvironmentOptions {
  readonly dir: string;
  /** False trades durability for speed; for data that nobody needs after the process. */
  readonly durable: boolean;
  /** Called once, with a sentence for the operator, when the store goes read-only. */
  readonly onFailure?: (message: string) => void;
  /** Called when a commit failed, and what is held in memory of its changes is not true. */
  readonly onLostCommit?: () => void;
}

export class Environment {
  readonly #database: RootDatabase<Buffer, Buffer>;
  readonly #onFailure: EnvironmentOptions['onFailure'];
  readonly #onLostCommit: EnvironmentOptions['onLostCommit'];
  readonly file: string;
  #failure: StoreError | undefined;
  #isClosed = false;
  readonly #underWay = new Set<Promise<unknown>>();

  /** @throws when the data cannot be opened; the message names the folder or file and what to do. */
  constructor(options: EnvironmentOptions) {
    this.file = join(options.dir, dataFileName);
    this.#onFailure = options.onFailure;
    this.#onLostCommit = options.onLostCommit;
    this.#database = openDatabase(options.dir, options.durable);
    try {
      assertFormat(
        {
          get: (key) => this.get(key),
          slice: (range, limit) => this.slice(range, limit),
          putSync: (key, value) => this.#database.putSync(key, value),
        },
        options.dir,
      );
    } catch (error) {
      void this.#database.close();
      throw error;
    }
  }

  /** Runs the action in the next write transaction; resolves when its effects are on disk. */
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
      const failure = this.#stopWriting(await describeCommitFailure(error, this.file));
      this.#onLostCommit?.();
      throw failure;
    }
    if (!result) throw thrown;
    return result.value;
  }

  get(key: Buffer): Buffer | undefined {
    return this.#read(() => this.#database.getBinary(key));
  }

  /** Only inside `write`. */
  put(key: Buffer, value: Buffer): void {
    this.#change(() => this.#database.put(key, value));
  }

  /** Only inside `write`. */
  remove(key: Buffer): void {
    this.#change(() => this.#database.remove(key));
  }

  /** Up to `limit` entries of the range, in the direction given. */
  slice(range: KeyRange, limit: number, reverse = false): Entry[] {
    if (Buffer.compare(range.low, range.high) >= 0) return [];
    const options = reverse
      ? { start: range.high, exclusiveStart: true, end: range.low, inclusiveEnd: true, reverse: true, limit }
      : { start: range.low, end: range.high, limit };
    return this.#read(() => {
      const entries: Entry[] = [];
      for (const { key, value } of this.#database.getRange(options)) entries.push({ key, value });
      return entries;
    });
  }

  /** Every entry of the range, read in slices: nothing is held open in between. */
  *entries({ low: first, high }: KeyRange): Generator<Entry> {
    const sliceSize = 512;
    for (let low = first; ;) {
      const entries = this.slice({ low, high }, sliceSize);
      yield* entries;
      const last = entries.at(-1);
      if (!last || entries.length < sliceSize) return;
      low = Buffer.concat([last.key, Buffer.of(0)]);
    }
  }

  /**
   * Copies the data file while reading and writing go on: all of one moment, flushed to disk. The folder must exist.
   * @throws when the target exists already or cannot be written; the message names it.
   */
  async backup(targetFile: string): Promise<void> {
    this.#assertOpen();
    await this.#track(placeCopy(targetFile, (path) => this.#database.backup(path, false)));
  }

  /** For what is found wrong in the stored bytes. */
  reportDamage(what: string): never {
    const message = `${this.file} is damaged (${what}), so nothing is written to it any more; restore the folder from a backup`;
    const error = new StoreError('FileStreamFailed', message);
    this.#stopWriting(error);
    throw error;
  }

  #stopWriting(error: StoreError): StoreError {
    if (!this.#failure) {
      this.#failure = error;
      this.#onFailure?.(error.message);
    }
    return this.#failure;
  }

  #read<T>(action: () => T): T {
    this.#assertOpen();
    try {
      return action();
    } catch (error) {
      if (damageCodes.includes(codeOf(error))) this.reportDamage(messageOf(error));
      throw error;
    }
  }

  /** A change that fails in part spoils the transaction for all who share it; its commit fails and says so. */
  #change(action: () => Promise<boolean>): void {
    this.#read(() => {
      // The transaction's own promise tells whether it was committed.
      action().catch(() => undefined);
    });
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

function codeOf(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'number' ? code : 0;
}

async function describeCommitFailure(error: unknown, file: string): Promise<StoreError> {
  let cause = error;
  try {
    await (error as { commitError?: Promise<unknown> }).commitError;
  } catch (reason) {
    cause = reason;
  }
  const hint = codeOf(cause) === inputOutputError ? '; the disk is full or failing' : '';
  return new StoreError(
    noRoomCodes.includes(codeOf(cause)) ? 'OutOfDiskSpace' : 'FileStreamFailed',
    `cannot write to ${file}, so the store is read-only until it is restarted: ${messageOf(cause)}${hint}`,
  );
}
