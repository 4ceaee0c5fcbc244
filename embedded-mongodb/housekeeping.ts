/** Work beside the commands: expired documents and the data of dropped collections and indexes, in small pieces. */
import type { Engine } from './engine.js';
import { decode } from './bson/codec.js';
import { bsonTypes, typeOf } from './bson/values.js';
import { typeInterval } from './query/bounds.js';
import { typeBytes, encodeKey } from './bson/key-encoding.js';
import { componentRange } from './planner/intervals.js';
import type { CollectionEntry, IndexEntry } from './storage/catalogue.js';
import { after } from './storage/keys.js';
import { visitPath } from './query/paths.js';

const sliceSize = 500;

export class Housekeeping {
  readonly #engine: Engine;
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;
  #running: Promise<void> = Promise.resolve();

  constructor(engine: Engine, ttlSweepMs: number) {
    this.#engine = engine;
    this.#timer = setInterval(() => this.#enqueue(() => this.#removeExpired()), ttlSweepMs);
    this.#timer.unref();
    this.scheduleRemovals();
  }

  scheduleRemovals(): void {
    this.#enqueue(() => this.#finishRemovals());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  #enqueue(job: () => Promise<void>): void {
    this.#running = this.#running.then(job).catch((error: unknown) => {
      if (!this.#isClosed)
        this.#engine.log('error', `housekeeping failed: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  async #finishRemovals(): Promise<void> {
    const { environment, catalogue } = this.#engine;
    for (const { key, prefix } of catalogue.pendingRemovals()) {
      for (let isEmpty = false; !isEmpty && !this.#isClosed;) {
        isEmpty = await environment.write(() => {
          const entries = environment.slice({ low: prefix, high: after(prefix) }, sliceSize);
          for (const entry of entries) environment.remove(entry.key);
          if (entries.length > 0) return false;
          environment.remove(key);
          return true;
        });
      }
    }
  }

  async #removeExpired(): Promise<void> {
    for (const entry of this.#engine.catalogue.list()) {
      for (const index of entry.indexes) {
        if (index.expireAfterSeconds !== undefined) await this.#removeExpiredBy(entry, index, index.expireAfterSeconds);
      }
    }
  }

  async #removeExpiredBy(entry: CollectionEntry, index: IndexEntry, seconds: number): Promise<void> {
    const { environment } = this.#engine;
    const collection = this.#engine.open(entry);
    const field = index.fields[0];
    if (!field) return;
    const limit = new Date(Date.now() - seconds * 1000);
    const interval = { ...typeInterval(typeBytes.date), high: encodeKey(limit), highAfter: true };
    const { low, high } = componentRange(interval, field.descending);
    const range = { low: Buffer.concat([index.prefix, low]), high: Buffer.concat([index.prefix, high]) };
    if (environment.slice(range, 1).length === 0) return;
    for (let isDone = false; !isDone && !this.#isClosed;) {
      isDone = await environment.write(() => {
        // The index may have been dropped since the sweep began.
        if (!entry.indexes.includes(index) || this.#engine.catalogue.find(entry.ns) !== entry) return true;
        const entries = environment.slice(range, sliceSize);
        let removed = 0;
        for (const { value: recordId } of entries) {
          const bytes = collection.read(recordId);
          const document = bytes && decode(bytes);
          if (!document || !visitPath(document, field.parts, true, (value) => isDue(value, limit))) continue;
          collection.remove(recordId, document);
          removed++;
        }
        return removed === 0 || entries.length < sliceSize;
      });
    }
  }
}

function isDue(value: unknown, limit: Date): boolean {
  return typeOf(value) === bsonTypes.date && (value as Date).getTime() <= limit.getTime();
}
