/** What a pipeline stage is: it reads batches of documents and gives batches. Documents are shared, so no stage changes one. */
import type { Document } from 'bson';
import type { Scope } from './expressions/scope.js';
import type { Execution } from './execution.js';

export type Batches = AsyncIterable<Document[]>;

export type Stage = (input: Batches, execution: Execution) => Batches;

/** What a stage makes of one document. */
export type Transformation = (document: Document) => Document;

/** A pipeline as `$lookup` and `$unionWith` run it: on a collection of the same database. */
export interface SubPipeline {
  /** `filter` narrows what the pipeline reads. */
  readonly open: (execution: Execution, filter?: Document) => Batches;
}

/** Where a stage stands. */
export interface StageContext {
  readonly scope: Scope;
  readonly databaseName: string;
  /** The stages around it, outermost first: some stages have no place in others. */
  readonly within: readonly string[];
  readonly compileStages: (specification: unknown, context: StageContext) => Stage[];
  readonly compileSubPipeline: (collectionName: string, specification: unknown, context: StageContext) => SubPipeline;
}

export type StageFactory = (specification: unknown, context: StageContext) => Stage;

/** As many documents as go from stage to stage at once. */
const batchSize = 256;

/** A stage that turns each document into one, or into none. */
export function mapStage(transform: (document: Document) => Document | undefined): Stage {
  return async function* map(input, execution) {
    for await (const batch of input) {
      const out: Document[] = [];
      for (const document of batch) {
        const result = transform(document);
        if (result) out.push(result);
        if (execution.isDue) await execution.rest();
      }
      if (out.length > 0) yield out;
    }
  };
}

/** The stages one after the other. */
export function chain(stages: readonly Stage[]): Stage {
  return (input, execution) => stages.reduce((batches, stage) => stage(batches, execution), input);
}

export async function* inBatches(documents: Iterable<Document>, execution: Execution): AsyncGenerator<Document[]> {
  let batch: Document[] = [];
  for (const document of documents) {
    batch.push(document);
    if (execution.isDue) await execution.rest();
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Every document of the batches; other commands have their turn meanwhile. */
export async function forEach(
  input: Batches,
  execution: Execution,
  visit: (document: Document) => void,
): Promise<void> {
  for await (const batch of input) {
    for (const document of batch) {
      visit(document);
      if (execution.isDue) await execution.rest();
    }
  }
}
