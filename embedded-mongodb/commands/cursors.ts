/** Open cursors. A cursor holds no resource of the store, only the place where its scan stands. */
import { randomBytes } from 'node:crypto';
import type { Document } from 'bson';
import { encodeCursorReply, encodeResult, type RawReply } from '../bson/codec.js';
import { fail, StoreError } from '../errors.js';
import type { Interrupt, Query } from '../planner/query.js';
import type { Projector } from '../projection/projection.js';

/** Produces the documents of a cursor, already encoded. */
export interface DocumentSource {
  readonly isDone: boolean;
  take(count: number, maxBytes: number, interrupt: Interrupt): Promise<Buffer[]>;
}

const firstBatchSize = 101;
/** A batch stays below one document's maximal size, so that a reply fits a message. */
const maxBatchBytes = 16 * 1024 * 1024 - 16 * 1024;
const idleMs = 10 * 60_000;

export interface CursorOptions {
  readonly batchSize?: number | undefined;
  /** The first batch is the last. */
  readonly singleBatch?: boolean;
  /** Also a cursor that nobody reads stays open. */
  readonly noTimeout?: boolean;
  /** What the first reply says beside its documents. */
  readonly summary?: Document;
}

interface OpenCursor {
  readonly ns: string;
  readonly source: DocumentSource;
  readonly noTimeout: boolean;
  lastUsed: number;
  isInUse: boolean;
  isKilled: boolean;
}

export class CursorTable {
  readonly #cursors = new Map<bigint, OpenCursor>();

  get size(): number {
    return this.#cursors.size;
  }

  async openReply(
    ns: string,
    source: DocumentSource,
    interrupt: Interrupt,
    { batchSize, singleBatch = false, noTimeout = false, summary }: CursorOptions = {},
  ): Promise<RawReply> {
    const batch = batchSize === 0 ? [] : await source.take(batchSize ?? firstBatchSize, maxBatchBytes, interrupt);
    if (singleBatch || source.isDone) return encodeCursorReply('firstBatch', batch, 0n, ns, summary);
    this.#closeIdle();
    const id = randomBytes(8).readBigInt64BE() & 0x7fffffffffffffffn || 1n;
    this.#cursors.set(id, { ns, source, noTimeout, lastUsed: Date.now(), isInUse: false, isKilled: false });
    return encodeCursorReply('firstBatch', batch, id, ns, summary);
  }

  async nextReply(ns: string, id: bigint, batchSize: number | undefined, interrupt: Interrupt): Promise<RawReply> {
    const cursor = this.#cursors.get(id);
    if (!cursor) return fail('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.ns !== ns)
      fail(
        'Unauthorized',
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`,
      );
    if (cursor.isInUse) fail('CursorInUse', `cursor id ${id} is already in use`);
    cursor.isInUse = true;
    const interruptOrKilled = (): void => {
      if (cursor.isKilled) throw new StoreError('CursorKilled', `cursor id ${id} was killed`);
      interrupt();
    };
    try {
      const batch = await cursor.source.take(batchSize ?? Number.MAX_SAFE_INTEGER, maxBatchBytes, interruptOrKilled);
      if (cursor.source.isDone) this.#cursors.delete(id);
      return encodeCursorReply('nextBatch', batch, cursor.source.isDone ? 0n : id, ns);
    } catch (error) {
      this.#cursors.delete(id);
      throw error;
    } finally {
      cursor.isInUse = false;
      cursor.lastUsed = Date.now();
    }
  }

  kill(id: bigint): boolean {
    const cursor = this.#cursors.get(id);
    if (!cursor) return false;
    cursor.isKilled = true;
    return this.#cursors.delete(id);
  }

  closeAll(): void {
    for (const id of [...this.#cursors.keys()]) this.kill(id);
  }

  #closeIdle(): void {
    const limit = Date.now() - idleMs;
    for (const [id, cursor] of this.#cursors)
      if (!cursor.isInUse && !cursor.noTimeout && cursor.lastUsed < limit) this.kill(id);
  }
}

/** The documents of a query. Without a projection they leave as they are stored. */
export class QuerySource implements DocumentSource {
  readonly #query: Query;
  readonly #project: Projector | undefined;

  constructor(query: Query, project: Projector | undefined) {
    this.#query = query;
    this.#project = project;
  }

  get isDone(): boolean {
    return this.#query.isDone;
  }

  async take(count: number, maxBytes: number, interrupt: Interrupt): Promise<Buffer[]> {
    let bytes = 0;
    const matches = await this.#query.take(count, interrupt, (match) => (bytes += match.bytes.length) > maxBytes / 2);
    const project = this.#project;
    return matches.map((match) => (project ? encodeResult(project(match.document)) : match.bytes));
  }
}

/** Documents that are in memory already. */
export class ListSource implements DocumentSource {
  readonly #documents: readonly Buffer[];
  #at = 0;

  constructor(documents: readonly Buffer[]) {
    this.#documents = documents;
  }

  get isDone(): boolean {
    return this.#at >= this.#documents.length;
  }

  take(count: number, maxBytes: number): Promise<Buffer[]> {
    const out: Buffer[] = [];
    let bytes = 0;
    while (!this.isDone && out.length < count) {
      const next = this.#documents[this.#at] as Buffer;
      bytes += next.length;
      if (out.length > 0 && bytes > maxBytes) break;
      out.push(next);
      this.#at++;
    }
    return Promise.resolve(out);
  }
}
