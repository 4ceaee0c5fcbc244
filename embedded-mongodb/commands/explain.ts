import type { Document } from 'bson';
import { isDocument } from '../bson/values.js';
import { fail } from '../errors.js';
import { compileFilter } from '../query/matcher.js';
import type { Plan, ScanPlan } from '../planner/plan.js';
import type { QueryOptions } from '../planner/query.js';
import { argumentsOf, namespaceOf, type Command, type CommandContext } from './command.js';
import { checkQuery, findFields, readFind } from './find.js';
import { Arguments } from './command.js';

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

function describePlan(plan: Plan, hasSort: boolean): Document {
  const stage =
    plan.kind === 'union'
      ? { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.plans.map(describeScan) } }
      : describeScan(plan);
  return hasSort && !plan.coversSort ? { stage: 'SORT', inputStage: stage } : stage;
}

/** The filter and options of the command that is explained, as a find. */
function toQuery(inner: Document, context: CommandContext): { options: QueryOptions; name: string } {
  const name = Object.keys(inner)[0] ?? '';
  const own = { ...context, body: inner, name };
  const args = new Arguments(inner, name);
  switch (name) {
    case 'find': {
      const stranger = Object.keys(inner).find(
        (field) =>
          !findFields.includes(field) &&
          !field.startsWith('$') &&
          !['lsid', 'readConcern', 'maxTimeMS', 'comment'].includes(field),
      );
      if (stranger !== undefined) fail('Location40415', `BSON field 'find.${stranger}' is an unknown field.`);
      return { options: readFind(own).options, name };
    }
    case 'count':
    case 'distinct':
      return { options: { filter: args.document('query') ?? {}, hint: args.raw('hint') }, name };
    default:
      return fail('NotImplemented', `explain of ${name} is not supported by this store; explain the find instead`);
  }
}

export const explainCommand: Command = {
  names: ['explain'],
  fields: ['explain', 'verbosity'],
  handle: async (context) => {
    const args = argumentsOf(context);
    const inner = args.raw('explain');
    if (!isDocument(inner)) return fail('FailedToParse', 'explain needs a command');
    const verbosity = args.has('verbosity') ? args.text('verbosity') : 'allPlansExecution';
    if (!['queryPlanner', 'executionStats', 'allPlansExecution'].includes(verbosity)) {
      fail('FailedToParse', `verbosity string must be one of {'queryPlanner', 'executionStats', 'allPlansExecution'}`);
    }
    const { options, name } = toQuery(inner, context);
    const namespace = namespaceOf({ ...context, body: inner, name });
    checkQuery(options);
    compileFilter(options.filter);
    const collection = context.engine.collection(namespace);
    const base = { explainVersion: '1', command: inner };
    if (!collection) return { ...base, queryPlanner: { namespace, winningPlan: { stage: 'EOF' }, rejectedPlans: [] } };
    const query = context.engine.query(collection, options);
    const winningPlan = describePlan(
      query.plan,
      options.sort !== undefined && Object.keys(options.sort as Document).length > 0,
    );
    const reply = { ...base, queryPlanner: { namespace, parsedQuery: options.filter, winningPlan, rejectedPlans: [] } };
    if (verbosity === 'queryPlanner') return reply;
    const start = performance.now();
    let nReturned = 0;
    while (!query.isDone) nReturned += (await query.take(1024, context.interrupt)).length;
    const { keysExamined, docsExamined } = query.statistics;
    const isScan = query.plan.kind === 'scan' && !query.plan.index;
    return {
      ...reply,
      executionStats: {
        executionSuccess: true,
        nReturned,
        executionTimeMillis: Math.round(performance.now() - start),
        totalKeysExamined: isScan ? 0 : keysExamined,
        totalDocsExamined: docsExamined,
      },
    };
  },
};
