import { encode } from '../bson/codec.js';
import { isNumeric } from '../bson/values.js';
import { fail } from '../errors.js';
import { compilePipeline, runPipeline } from '../aggregation/pipeline.js';
import { Arguments, argumentsOf, namespaceOf, refuseCollation, type Command } from './command.js';
import { ListSource, QuerySource } from './cursors.js';
import { emptyHint } from './find.js';

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
    const { engine, interrupt, body, name } = context;
    const args = argumentsOf(context);
    if (isNumeric(body[name]))
      fail('NotImplemented', 'a pipeline on the whole database is not supported by this store');
    const ns = namespaceOf(context);
    refuseCollation(args.raw('collation'));
    if (args.boolean('explain', false))
      fail('NotImplemented', 'explain of aggregate is not supported by this store; explain the find instead');
    if (args.has('let') && Object.keys(args.document('let') ?? {}).length > 0)
      fail('NotImplemented', 'aggregate: let is not supported by this store');
    if (!args.has('cursor'))
      fail('FailedToParse', "The 'cursor' option is required, except for aggregate with the explain argument");
    const specification =
      args.array('pipeline') ??
      fail('Location40414', "BSON field 'aggregate.pipeline' is missing but a required field");
    const pipeline = compilePipeline(specification, emptyHint(args.raw('hint')));
    const batchSize = new Arguments(args.document('cursor') ?? {}, 'aggregate.cursor').nonNegative('batchSize');
    const collection = engine.collection(ns);
    const query = collection && engine.query(collection, pipeline.query);
    const source =
      query && pipeline.stages.length === 0
        ? new QuerySource(query, undefined)
        : new ListSource((await runPipeline(query, pipeline, interrupt)).map(encode));
    return engine.cursors.openReply(ns, source, interrupt, { batchSize });
  },
};
