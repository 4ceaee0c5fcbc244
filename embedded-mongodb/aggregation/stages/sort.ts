import type { Document } from 'bson';
import { isDocument } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { compileSort, createSorter, type Sorter } from '../../planner/sort.js';
import type { Execution } from '../execution.js';
import { MemoryBound, sizeOf } from '../memory.js';
import { inBatches, type Batches, type Stage, type StageContext } from '../stage.js';

interface Keyed {
  readonly key: unknown;
  readonly document: Document;
}

interface Plan {
  readonly sorter: Sorter;
  /** How many documents the stages after the sort take, if they say. */
  readonly bound: number;
}

/** Sorted at once; longer runs come from merging, which can rest in between. */
const runLength = 1024;
const checkEvery = 128;

/** The first `bound` documents of both. */
async function mergePair(a: readonly Keyed[], b: readonly Keyed[], plan: Plan, execution: Execution): Promise<Keyed[]> {
  const { bound, sorter } = plan;
  const merged: Keyed[] = [];
  const length = Math.min(a.length + b.length, bound);
  let left = 0;
  let right = 0;
  while (merged.length < length) {
    const x = a[left];
    const y = b[right];
    // On a tie the earlier one goes first: the sort is stable.
    if (x && (!y || sorter.compare(x.key, y.key) <= 0)) {
      merged.push(x);
      left++;
    } else if (y) {
      merged.push(y);
      right++;
    }
    if (merged.length % checkEvery === 0 && execution.isDue) await execution.rest();
  }
  return merged;
}

async function mergeRuns(runs: Keyed[][], plan: Plan, execution: Execution): Promise<Keyed[]> {
  let level = runs;
  while (level.length > 1) {
    const next: Keyed[][] = [];
    for (let at = 0; at < level.length; at += 2) {
      next.push(await mergePair(level[at] ?? [], level[at + 1] ?? [], plan, execution));
    }
    level = next;
  }
  return level[0] ?? [];
}

class SortBuffer {
  readonly #plan: Plan;
  #memory = new MemoryBound('$sort');
  #runs: Keyed[][] = [];
  #run: Keyed[] = [];

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  add(document: Document): void {
    this.#memory.add(sizeOf(document));
    this.#run.push({ key: this.#plan.sorter.keyOf(document), document });
    if (this.#run.length >= runLength) this.#closeRun();
  }

  #closeRun(): void {
    if (this.#run.length > 0) this.#runs.push(this.#run.sort((a, b) => this.#plan.sorter.compare(a.key, b.key)));
    this.#run = [];
  }

  get isCrowded(): boolean {
    return this.#runs.length * runLength > 2 * this.#plan.bound + 8 * runLength;
  }

  /** Lets go of what is beyond the bound. */
  async settle(execution: Execution): Promise<Keyed[]> {
    this.#closeRun();
    const merged = (await mergeRuns(this.#runs, this.#plan, execution)).slice(0, this.#plan.bound);
    this.#runs = [merged];
    this.#memory = new MemoryBound('$sort');
    for (const { document } of merged) this.#memory.add(sizeOf(document));
    return merged;
  }
}

function* documentsOf(sorted: readonly Keyed[]): Generator<Document> {
  for (const { document } of sorted) yield document;
}

export function sortStage(
  specification: unknown,
  { scope }: StageContext,
  bound: number = Number.POSITIVE_INFINITY,
): Stage {
  if (!isDocument(specification)) return fail('Location15973', 'the $sort key specification must be an object');
  const fields = compileSort(specification);
  if (fields.length === 0) fail('Location15976', '$sort stage must have at least one sort key');
  const sorter = createSorter(fields, scope.order);
  return async function* sort(input: Batches, execution: Execution) {
    const buffer = new SortBuffer({ sorter, bound });
    for await (const batch of input) {
      for (const document of batch) {
        buffer.add(document);
        if (execution.isDue) await execution.rest();
      }
      if (buffer.isCrowded) await buffer.settle(execution);
    }
    yield* inBatches(documentsOf(await buffer.settle(execution)), execution);
  };
}
