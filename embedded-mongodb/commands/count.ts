import { fail } from '../errors.js';
import { argumentsOf, namespaceOf, refuseCollation, type Command } from './command.js';
import { checkQuery, emptyHint } from './find.js';

export const countCommand: Command = {
  names: ['count'],
  fields: ['count', 'query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  handle: async (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    const args = argumentsOf(context);
    refuseCollation(args.raw('collation'));
    const skip = args.nonNegative('skip') ?? 0;
    const limit = Math.abs(args.integer('limit') ?? 0);
    const options = { filter: args.document('query') ?? {}, skip, limit, hint: emptyHint(args.raw('hint')) };
    checkQuery(options);
    const collection = engine.collection(ns);
    if (!collection) return { n: 0 };
    const query = engine.query(collection, options);
    let n = 0;
    while (!query.isDone) n += (await query.take(1024, interrupt)).length;
    if (n > 0x7fffffff) fail('Overflow', 'count does not fit an integer');
    return { n };
  },
};
