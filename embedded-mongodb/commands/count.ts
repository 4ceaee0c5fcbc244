import { fail } from '../errors.js';
import type { QueryOptions } from '../planner/query.js';
import { argumentsOf, namespaceOf, type Arguments, type Command } from './command.js';
import { checkQuery, emptyHint } from './find.js';
import { readScope } from './scope.js';

export function readCount(args: Arguments): QueryOptions {
  return {
    filter: args.document('query') ?? {},
    skip: args.nonNegative('skip') ?? 0,
    limit: Math.abs(args.integer('limit') ?? 0),
    hint: emptyHint(args.raw('hint')),
    scope: readScope(args),
  };
}

export const countCommand: Command = {
  names: ['count'],
  // `fields` is accepted for old shells and without meaning, on a server too.
  fields: ['count', 'query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  handle: async (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    const options = readCount(argumentsOf(context));
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
