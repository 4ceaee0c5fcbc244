/** The results of a pipeline as a cursor's documents: computed as they are fetched. */
import type { Document } from 'bson';
import { encodeResult } from '../bson/codec.js';
import type { DocumentSource } from '../commands/cursors.js';
import type { Interrupt } from '../planner/query.js';
import type { Execution } from './execution.js';
import type { Batches } from './stage.js';

export class PipelineSource implements DocumentSource {
  readonly #batches: AsyncIterator<Document[]>;
  readonly #execution: Execution;
  #ready: Document[] = [];
  #at = 0;
  /** A document that did not fit the last batch. */
  #held: Buffer | undefined;
  #isExhausted = false;

  constructor(batches: Batches, execution: Execution) {
    this.#batches = batches[Symbol.asyncIterator]();
    this.#execution = execution;
  }

  get isDone(): boolean {
    return this.#isExhausted && !this.#held && this.#at >= this.#ready.length;
  }

  async take(count: number, maxBytes: number, interrupt: Interrupt): Promise<Buffer[]> {
    this.#execution.resume(interrupt);
    const out: Buffer[] = [];
    let bytes = 0;
    while (out.length < count) {
      const next = this.#held ?? (await this.#next());
      if (!next) break;
      bytes += next.length;
      this.#held = out.length > 0 && bytes > maxBytes ? next : undefined;
      if (this.#held) break;
      out.push(next);
      if (this.#execution.isDue) await this.#execution.rest();
    }
    return out;
  }

  async #next(): Promise<Buffer | undefined> {
    while (this.#at >= this.#ready.length) {
      if (this.#isExhausted) return undefined;
      const { done, value } = await this.#batches.next();
      this.#isExhausted = done === true;
      this.#ready = done ? [] : value;
      this.#at = 0;
    }
    return encodeResult(this.#ready[this.#at++] as Document);
  }
}
