import type { Document } from 'bson';
import { bsonTypes, isDocument, setField, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { fieldPath } from '../documents.js';
import type { Execution } from '../execution.js';
import { maxStageBytes, MemoryBound, sizeOf } from '../memory.js';
import { chain, forEach, type Batches, type Stage, type StageFactory } from '../stage.js';

/** Hands each batch of one input to several readers; the next one is fetched when all that still read have come for it. */
class Tee {
  readonly #input: AsyncIterator<Document[]>;
  #readers: number;
  #isStopped = false;
  #waiting: { resolve: (batch: Document[] | undefined) => void; reject: (reason: unknown) => void }[] = [];

  constructor(input: Batches, readers: number) {
    this.#input = input[Symbol.asyncIterator]();
    this.#readers = readers;
  }

  async *branch(): AsyncGenerator<Document[]> {
    try {
      for (;;) {
        const batch = await this.#next();
        if (!batch) return;
        yield batch;
      }
    } finally {
      this.#readers--;
      this.#advance();
    }
  }

  /** When one reader fails, the others need not go on. */
  stop(): void {
    this.#isStopped = true;
  }

  #next(): Promise<Document[] | undefined> {
    if (this.#isStopped) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#advance();
    });
  }

  #advance(): void {
    if (this.#waiting.length === 0 || this.#waiting.length < this.#readers) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#input.next().then(
      ({ done, value }) => waiting.forEach(({ resolve }) => resolve(done ? undefined : value)),
      (error: unknown) => waiting.forEach(({ reject }) => reject(error)),
    );
  }
}

async function collect(input: Batches, execution: Execution, memory: MemoryBound): Promise<Document[]> {
  const out: Document[] = [];
  await forEach(input, execution, (document) => {
    memory.add(sizeOf(document));
    out.push(document);
  });
  return out;
}

export const facetStage: StageFactory = (specification, context) => {
  if (!isDocument(specification) || Object.keys(specification).length === 0)
    return fail('Location40169', 'the $facet specification must be a non-empty object');
  const within = [...context.within, '$facet'];
  const facets = Object.keys(specification).map((name): [string, Stage] => {
    if (name.includes('.')) fail('Location16412', "FieldPath field names may not contain '.'.");
    fieldPath(name);
    const stages: unknown = specification[name];
    if (typeOf(stages) !== bsonTypes.array)
      return fail('Location40170', `arguments to $facet must be arrays, ${name} is type ${typeName(stages)}`);
    const stranger = (stages as unknown[]).find((stage) => !isDocument(stage));
    if (stranger !== undefined)
      fail(
        'Location40171',
        `elements of arrays in $facet spec must be non-empty objects, ${name} argument contained an element of type ${typeName(stranger)}`,
      );
    return [name, chain(context.compileStages(stages, { ...context, within }))];
  });
  return async function* facet(input, execution) {
    const tee = new Tee(input, facets.length);
    const memory = new MemoryBound(
      '$facet',
      'Location4031700',
      `document constructed by $facet exceeds the limit of ${maxStageBytes} bytes`,
    );
    const results = await Promise.all(
      facets.map(([, stage]) => collect(stage(tee.branch(), execution), execution, memory)),
    ).catch((error: unknown) => {
      tee.stop();
      throw error;
    });
    const out: Document = {};
    facets.forEach(([name], at) => setField(out, name, results[at]));
    yield [out];
  };
};
