/** How a query would be carried out, in the shape of a server's `explain`. */
import type { Document } from 'bson';
import type { Plan, ScanPlan } from '../planner/plan.js';
import type { Query, QueryOptions } from '../planner/query.js';
import type { CommandContext } from './command.js';
import { checkQuery } from './find.js';

export type Verbosity = 'queryPlanner' | 'executionStats' | 'allPlansExecution';

function describeScan(plan: ScanPlan): Document {
  const direction = plan.reverse ? 'backward' : 'forward';
  const { index } = plan;
  if (!index) return { stage: 'COLLSCAN', direction };
  if (index.name === '_id_' && plan.points?.length === 1) return { stage: 'IDHACK' };
  const scan = {
    stage: 'IXSCAN',
    keyPattern: index.key,
    indexName: index.name,
    isMultiKey: index.multikey.includes(true),
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partialFilter !== undefined,
    direction,
    ranges: plan.points?.length ?? plan.ranges.length,
    boundedFields: plan.constrainedFields,
  };
  return { stage: 'FETCH', inputStage: scan };
}

function describePlan(plan: Plan, sort: unknown): Document {
  const stage =
    plan.kind === 'union'
      ? { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(describeScan) } }
      : describeScan(plan);
  const isSorted = typeof sort === 'object' && sort !== null && Object.keys(sort).length > 0;
  return isSorted && !plan.coversSort ? { stage: 'SORT', sortPattern: sort, inputStage: stage } : stage;
}

/** Runs the reading part only: nothing is written, whatever the command that is explained would do. */
async function measure(query: Query, { interrupt }: CommandContext): Promise<Document> {
  const start = performance.now();
  let nReturned = 0;
  while (!query.isDone) nReturned += (await query.take(1024, interrupt)).length;
  const { keysExamined, docsExamined } = query.statistics;
  const isScan = query.plan.kind === 'scan' && !query.plan.index;
  return {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: Math.round(performance.now() - start),
    totalKeysExamined: isScan ? 0 : keysExamined,
    totalDocsExamined: docsExamined,
  };
}

/**
 * The plan of a query, and unless the verbosity is `queryPlanner` what carrying it out took.
 * @param outerStage what the command does with the documents, such as `UPDATE`
 */
export async function explainQuery(
  context: CommandContext,
  namespace: string,
  options: QueryOptions,
  verbosity: Verbosity,
  outerStage?: string,
): Promise<Document> {
  checkQuery(options);
  const wrap = (plan: Document): Document => (outerStage ? { stage: outerStage, inputStage: plan } : plan);
  const collection = context.engine.collection(namespace);
  if (!collection) return { queryPlanner: { namespace, winningPlan: wrap({ stage: 'EOF' }), rejectedPlans: [] } };
  const query = context.engine.query(collection, options);
  const winningPlan = wrap(describePlan(query.plan, options.sort));
  const queryPlanner = { namespace, parsedQuery: options.filter, winningPlan, rejectedPlans: [] };
  if (verbosity === 'queryPlanner') return { queryPlanner };
  return { queryPlanner, executionStats: await measure(query, context) };
}
