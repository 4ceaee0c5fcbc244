/** Splits a pipeline into the part a query can answer (with its indexes) and the stages that run on its documents. */
import type { Document } from 'bson';
import { isDocument } from '../bson/values.js';
import { fail } from '../errors.js';
import { giveWay, type Interrupt, type Query, type QueryOptions } from '../planner/query.js';
import { readCount } from './stages/flow.js';
import type { Stage } from './stage.js';
import { stages } from './stages/index.js';

export interface Pipeline {
  readonly query: QueryOptions;
  readonly stages: readonly Stage[];
}

function nameOf(stage: unknown): string {
  if (!isDocument(stage)) return fail('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  const [name, ...more] = Object.keys(stage);
  if (name === undefined || more.length > 0)
    fail('Location40323', 'A pipeline stage specification object must contain exactly one field.');
  return name;
}

export function compilePipeline(specification: readonly unknown[], hint: unknown): Pipeline {
  // Every stage is compiled, also those the query takes over, so that each is checked.
  const compiled = specification.map((stage) => {
    const name = nameOf(stage);
    const factory = stages.get(name) ?? fail('Location40324', `Unrecognized pipeline stage name: '${name}'`);
    return { name, operand: (stage as Document)[name] as unknown, stage: factory((stage as Document)[name]) };
  });
  let at = 0;
  const filters: Document[] = [];
  while (compiled[at]?.name === '$match') filters.push(compiled[at++]?.operand as Document);
  let sort: unknown;
  if (compiled[at]?.name === '$sort') sort = compiled[at++]?.operand;
  let skip = 0;
  let limit = 0;
  if (compiled[at]?.name === '$skip') skip = readCount('$skip', compiled[at++]?.operand, 0);
  if (compiled[at]?.name === '$limit') limit = readCount('$limit', compiled[at++]?.operand, 1);
  const filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
  return { query: { filter, sort, skip, limit, hint }, stages: compiled.slice(at).map(({ stage }) => stage) };
}

const batchSize = 256;

/** Runs the documents of the query, or none, through the stages. */
export async function runPipeline(
  query: Query | undefined,
  pipeline: Pipeline,
  interrupt: Interrupt,
): Promise<Document[]> {
  const out: Document[] = [];
  let turnStart = performance.now();
  while (query && !query.isDone && !pipeline.stages.some((stage) => stage.isSatisfied?.())) {
    const matches = await query.take(batchSize, interrupt);
    out.push(
      ...flow(
        pipeline.stages,
        0,
        matches.map(({ document }) => document),
      ),
    );
    if (performance.now() - turnStart > 4) {
      await giveWay();
      turnStart = performance.now();
    }
  }
  for (const [at, stage] of pipeline.stages.entries()) {
    if (stage.finish) for (const document of flow(pipeline.stages, at + 1, stage.finish())) out.push(document);
  }
  return out;
}

function flow(all: readonly Stage[], from: number, batch: Document[]): Document[] {
  let current = batch;
  for (let at = from; at < all.length && current.length > 0; at++) current = (all[at] as Stage).process(current);
  return current;
}
