import { assertNamespace } from '../engine.js';
import { fail } from '../errors.js';
import { Arguments, argumentsOf, assertFields, namespaceOf, type Command } from './command.js';
import { deleteMany, deleteOneNow, readDelete, type DeleteRequest } from './delete-statement.js';
import { readScope } from './scope.js';
import { runStatements, withErrors } from './write.js';

const statement = 'delete.deletes';

/** Zero removes all matches, one the first. */
function readLimit(args: Arguments): number {
  const limit = args.required('limit', args.integer('limit'));
  if (limit !== 0 && limit !== 1)
    fail('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
  return limit;
}

export function readDeletes(args: Arguments): DeleteRequest[] {
  const scope = readScope(args);
  return args.documents('deletes').map((document) => {
    assertFields(document, ['q', 'limit', 'hint', 'collation'], statement);
    const own = new Arguments(document, statement);
    return readDelete(own, 'q', readLimit(own) === 0, scope);
  });
}

export const deleteCommand: Command = {
  names: ['delete'],
  fields: ['delete', 'deletes', 'ordered', 'let'],
  handle: async (context) => {
    const ns = namespaceOf(context);
    assertNamespace(ns);
    const args = argumentsOf(context);
    const requests = readDeletes(args);
    const target = { ...context, ns };
    let n = 0;
    const note = (removed: number): void => {
      n += removed;
    };
    const errors = await runStatements(context.engine, requests, {
      isOrdered: args.boolean('ordered', true),
      isLong: ({ isMulti }) => isMulti,
      runLong: async (request) => note(await deleteMany(target, request)),
      runNow: (request) => note(deleteOneNow(target, request)),
    });
    return withErrors({ n }, errors);
  },
};
