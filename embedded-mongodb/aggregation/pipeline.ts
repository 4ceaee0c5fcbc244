/** Splits a pipeline into the part a query can answer (with its indexes) and the stages that run on its documents. */
import type { Document } from 'bson';
import { bsonTypes, typeOf } from '../bson/values.js';
import { assertNamespace } from '../engine.js';
import { fail, type ErrorName } from '../errors.js';
import type { Query, QueryOptions } from '../planner/query.js';
import { withEqualities } from './equalities.js';
import type { Scope } from './expressions/scope.js';
import type { Execution } from './execution.js';
import { chain, type Batches, type Stage, type StageContext, type SubPipeline } from './stage.js';
import { nameOfStage } from './stage-name.js';
import { readCount } from './stages/flow.js';
import { findStage } from './stages/index.js';
import { sortStage } from './stages/sort.js';

export interface Pipeline {
  readonly query: QueryOptions;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly name: string;
  readonly operand: unknown;
  readonly stage: Stage;
}

/** Stages that have no place inside the one named, with the code that says so. */
const banned: Readonly<Record<string, { readonly stages: readonly string[]; readonly code: ErrorName }>> = {
  $facet: { stages: ['$merge', '$facet'], code: 'Location40600' },
  $lookup: { stages: ['$merge'], code: 'Location51047' },
  $unionWith: { stages: ['$merge'], code: 'Location31441' },
};

function assertPlace(name: string, isLast: boolean, within: readonly string[]): void {
  for (const host of [...within].reverse()) {
    const rule = banned[host];
    if (rule?.stages.includes(name)) fail(rule.code, `${name} is not allowed to be used within a ${host} stage`);
  }
  if (name === '$merge' && !isLast) fail('Location40601', '$merge can only be the final stage in the pipeline');
}

/** A server's limit. */
const maxSubPipelineDepth = 20;

function compileSteps(specification: unknown, context: StageContext): Step[] {
  if (context.within.length > maxSubPipelineDepth)
    fail(
      'MaxSubPipelineDepthExceeded',
      `Maximum number of nested sub-pipelines exceeded. Limit is ${maxSubPipelineDepth}`,
    );
  if (typeOf(specification) !== bsonTypes.array)
    fail('TypeMismatch', "'pipeline' option must be specified as an array");
  const named = (specification as unknown[]).map(nameOfStage);
  return named.map(({ name, operand }, at) => {
    const factory = findStage(name);
    assertPlace(name, at === named.length - 1, context.within);
    if (name === '$sort') return { name, operand, stage: sortStage(operand, context, boundAfter(named, at)) };
    return { name, operand, stage: factory(operand, context) };
  });
}

/** How many documents of a sort the next stages take: only so many are kept. */
function boundAfter(named: readonly { name: string; operand: unknown }[], at: number): number {
  const next = named[at + 1];
  const skip = next?.name === '$skip' ? readCount('$skip', next.operand, 0) : undefined;
  const limit = skip === undefined ? next : named[at + 2];
  return limit?.name === '$limit' ? (skip ?? 0) + readCount('$limit', limit.operand, 1) : Number.POSITIVE_INFINITY;
}

const compileStages = (specification: unknown, context: StageContext): Stage[] =>
  compileSteps(specification, context).map(({ stage }) => stage);

function compileSubPipeline(collectionName: string, specification: unknown, context: StageContext): SubPipeline {
  const ns = `${context.databaseName}.${collectionName}`;
  assertNamespace(ns);
  const pipeline = split(compileSteps(specification, context), context.scope, undefined);
  return {
    open: (execution, filter) => {
      const { query } = pipeline;
      const narrowed = filter ? { ...query, filter: { $and: [filter, query.filter] } } : query;
      const collection = execution.engine.collection(ns);
      return runPipeline(collection && execution.engine.query(collection, narrowed), pipeline, execution);
    },
  };
}

export function compilePipeline(
  specification: readonly unknown[],
  { scope, databaseName, hint }: { scope: Scope; databaseName: string; hint?: unknown },
): Pipeline {
  const context: StageContext = { scope, databaseName, within: [], compileStages, compileSubPipeline };
  return split(compileSteps(specification, context), scope, hint);
}

/** Every stage was compiled, also those the query takes over, so each has been checked. */
function split(steps: readonly Step[], scope: Scope, hint: unknown): Pipeline {
  let at = 0;
  const filters: Document[] = [];
  while (steps[at]?.name === '$match') filters.push(withEqualities(steps[at++]?.operand as Document, scope));
  let sort: unknown;
  if (steps[at]?.name === '$sort') sort = steps[at++]?.operand;
  let skip = 0;
  let limit = 0;
  if (steps[at]?.name === '$skip') skip = readCount('$skip', steps[at++]?.operand, 0);
  if (steps[at]?.name === '$limit') limit = readCount('$limit', steps[at++]?.operand, 1);
  const filter = filters.length > 1 ? { $and: filters } : (filters[0] ?? {});
  return { query: { filter, sort, skip, limit, hint, scope }, steps: steps.slice(at) };
}

const firstBatch = 32;
const largestBatch = 256;

async function* readQuery(query: Query | undefined, execution: Execution): Batches & AsyncGenerator<Document[]> {
  let size = firstBatch;
  while (query && !query.isDone) {
    const matches = await query.take(size, execution.interrupt);
    size = Math.min(largestBatch, size * 2);
    if (matches.length > 0) yield matches.map(({ document }) => document);
    // Batches that are quick to read add up.
    if (execution.isDue) await execution.rest();
  }
}

/** The documents of the query, or none, through the stages. Nothing runs before the first batch is asked for. */
export function runPipeline(query: Query | undefined, pipeline: Pipeline, execution: Execution): Batches {
  return chain(pipeline.steps.map(({ stage }) => stage))(readQuery(query, execution), execution);
}
