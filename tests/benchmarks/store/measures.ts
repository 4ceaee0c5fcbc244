/** The measured work. Every call does one slice of it, so that the subjects take turns and noise hits all of them. */
import type { Subject } from './subjects.js';

export const inFlight = 32;

/** Per slice. */
const slice = { reads: 1_000, concurrentInserts: 1_600, sequentialInserts: 100 } as const;

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

async function time(action: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

export class Measurement {
  readonly #subject: Subject;
  readonly #filled: number;
  #next: number;
  readonly #readMs: number[] = [];
  readonly #insertMs: number[] = [];
  readonly #perSecond: number[] = [];

  /** @param filled how many documents the subject holds, numbered from 0 */
  constructor(subject: Subject, filled: number) {
    this.#subject = subject;
    this.#filled = filled;
    this.#next = filled;
  }

  /** Reads keys that lie far apart, so that neighbours do not warm each other. */
  async read(): Promise<void> {
    const step = 7_919;
    const from = this.#readMs.length;
    for (let n = from; n < from + slice.reads; n++)
      this.#readMs.push(await time(() => this.#subject.read((n * step) % this.#filled)));
  }

  async insertConcurrently(): Promise<void> {
    const end = this.#next + slice.concurrentInserts;
    const work = async (): Promise<void> => {
      while (this.#next < end) await this.#subject.insert(this.#next++);
    };
    const ms = await time(async () => void (await Promise.all(Array.from({ length: inFlight }, work))));
    this.#perSecond.push((slice.concurrentInserts * 1_000) / ms);
  }

  async insertOneByOne(): Promise<void> {
    for (let n = 0; n < slice.sequentialInserts; n++)
      this.#insertMs.push(await time(() => this.#subject.insert(this.#next++)));
  }

  /** Drops what was measured so far: the first slices measure the compiler. */
  forget(): void {
    for (const samples of [this.#readMs, this.#insertMs, this.#perSecond]) samples.length = 0;
  }

  get medians(): { readonly readMs: number; readonly insertMs: number; readonly insertsPerSecond: number } {
    return {
      readMs: median(this.#readMs),
      insertMs: median(this.#insertMs),
      insertsPerSecond: median(this.#perSecond),
    };
  }
}
