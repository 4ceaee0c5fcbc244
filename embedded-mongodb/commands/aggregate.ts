import type { Document } from 'bson';
import { Execution } from '../aggregation/execution.js';
import { compilePipeline, runPipeline, type Pipeline } from '../aggregation/pipeline.js';
import { PipelineSource } from '../aggregation/source.js';
import { isNumeric } from '../bson/values.js';
import { fail } from '../errors.js';
import {
  argumentsOf,
  namespaceOf,
  readBatchSize,
  type Arguments,
  type Command,
  type CommandContext,
} from './command.js';
import { QuerySource } from './cursors.js';
import { checkQuery, emptyHint } from './find.js';
import { explainQuery, type Verbosity } from './plan-report.js';
import { readScope } from './scope.js';

function readPipeline(args: Arguments, { body, name, database }: CommandContext): Pipeline {
  const specification = args.required('pipeline', args.array('pipeline'));
  const pipeline = compilePipeline(specification, {
    scope: readScope(args),
    databaseName: database,
    hint: emptyHint(args.raw('hint')),
  });
  if (isNumeric(body[name])) {
    const first = Object.keys((specification[0] as Document | undefined) ?? {})[0] ?? 'an empty pipeline';
    fail('InvalidNamespace', `{aggregate: 1} is not valid for '${first}'; a collection is required.`);
  }
  checkQuery(pipeline.query);
  return pipeline;
}

/** The plan of the part that a query answers, and the stages that follow it. */
export async function explainAggregate(context: CommandContext, verbosity: Verbosity): Promise<Document> {
  const { query, steps } = readPipeline(argumentsOf(context), context);
  const report = await explainQuery(context, namespaceOf(context), query, verbosity);
  if (steps.length === 0) return report;
  return { stages: [{ $cursor: report }, ...steps.map(({ name, operand }) => ({ [name]: operand }))] };
}

export const aggregateCommand: Command = {
  names: ['aggregate'],
  fields: [
    'aggregate',
    'pipeline',
    'cursor',
    'allowDiskUse',
    'hint',
    'collation',
    'bypassDocumentValidation',
    'let',
    'explain',
  ],
  handle: async (context) => {
    const { engine, interrupt, body } = context;
    const args = argumentsOf(context);
    if (args.boolean('explain', false))
      return { explainVersion: '1', ...(await explainAggregate(context, 'queryPlanner')), command: body };
    if (!args.has('cursor'))
      fail('FailedToParse', "The 'cursor' option is required, except for aggregate with the explain argument");
    const batchSize = readBatchSize(args, 'aggregate');
    const pipeline = readPipeline(args, context);
    const ns = namespaceOf(context);
    const collection = engine.collection(ns);
    const query = collection && engine.query(collection, pipeline.query);
    const execution = new Execution(engine, interrupt);
    const source =
      query && pipeline.steps.length === 0
        ? new QuerySource(query, undefined)
        : new PipelineSource(runPipeline(query, pipeline, execution), execution);
    return engine.cursors.openReply(ns, source, interrupt, { batchSize });
  },
};
