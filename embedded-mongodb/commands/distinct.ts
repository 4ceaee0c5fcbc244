import type { Scope } from '../aggregation/expressions/scope.js';
import { fail } from '../errors.js';
import type { QueryOptions } from '../planner/query.js';
import { splitPath, visitPath } from '../query/paths.js';
import { argumentsOf, namespaceOf, type Arguments, type Command } from './command.js';
import { checkQuery, emptyHint } from './find.js';
import { readScope } from './scope.js';

const maxReplyBytes = 16 * 1024 * 1024 - 1024;

export function readDistinct(args: Arguments): QueryOptions & { readonly scope: Scope } {
  return { filter: args.document('query') ?? {}, hint: emptyHint(args.raw('hint')), scope: readScope(args) };
}

export const distinctCommand: Command = {
  names: ['distinct'],
  fields: ['distinct', 'key', 'query', 'hint', 'collation'],
  handle: async (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    const args = argumentsOf(context);
    const path = args.required('key', args.has('key') ? args.text('key') : undefined);
    const options = readDistinct(args);
    checkQuery(options);
    const collection = engine.collection(ns);
    if (!collection) return { values: [] };
    const query = engine.query(collection, options);
    const parts = splitPath(path);
    const { compare, identify } = options.scope.order;
    const values = new Map<string, unknown>();
    let bytes = 0;
    const note = (value: unknown): boolean => {
      if (value === undefined) return false;
      const identity = identify(value);
      if (values.has(identity)) return false;
      values.set(identity, value);
      bytes += identity.length;
      if (bytes > maxReplyBytes) fail('BSONObjectTooLarge', 'distinct too big, 16mb cap');
      return false;
    };
    // An array counts by its elements; arrays inside it are values.
    const noteEach = (value: unknown): boolean => {
      if (Array.isArray(value)) value.forEach(note);
      else note(value);
      return false;
    };
    while (!query.isDone) {
      for (const { document } of await query.take(1024, interrupt)) visitPath(document, parts, false, noteEach);
    }
    return { values: [...values.values()].sort(compare) };
  },
};
