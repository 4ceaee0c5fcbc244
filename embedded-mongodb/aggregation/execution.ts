/** One pipeline that runs: what it reads from, what ends it, and when it has kept the thread long enough. */
import type { Engine } from '../engine.js';
import { giveWay, type Interrupt } from '../planner/query.js';

/** How long a pipeline may keep its thread before it lets other commands run. */
const turnMs = 4;

export class Execution {
  readonly engine: Engine;
  #interrupt: Interrupt;
  #turnStart = performance.now();

  constructor(engine: Engine, interrupt: Interrupt) {
    this.engine = engine;
    this.#interrupt = interrupt;
  }

  /** Checked wherever the pipeline rests; each batch of a cursor is asked for by a command with an interrupt of its own. */
  readonly interrupt: Interrupt = () => this.#interrupt();

  resume(interrupt: Interrupt): void {
    this.#interrupt = interrupt;
    this.#turnStart = performance.now();
  }

  get isDue(): boolean {
    return performance.now() - this.#turnStart > turnMs;
  }

  async rest(): Promise<void> {
    this.#interrupt();
    await giveWay();
    this.#interrupt();
    this.#turnStart = performance.now();
  }
}
