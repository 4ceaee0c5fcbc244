/** One deletion of the `delete` or the `bulkWrite` command. */
import type { Scope } from '../aggregation/expressions/scope.js';
import type { QueryOptions } from '../planner/query.js';
import type { Arguments, CommandContext } from './command.js';
import { checkQuery, emptyHint } from './find.js';
import { withCollation } from './scope.js';
import { changeMany, findOneNow } from './write.js';

export interface DeleteRequest {
  readonly query: QueryOptions;
  readonly isMulti: boolean;
}

/** The two commands call the filter differently, and say differently how many documents are meant. */
export function readDelete(args: Arguments, filter: string, isMulti: boolean, scope: Scope): DeleteRequest {
  return {
    query: {
      filter: args.required(filter, args.document(filter)),
      hint: emptyHint(args.raw('hint')),
      scope: withCollation(scope, args),
    },
    isMulti,
  };
}

type Target = Pick<CommandContext, 'engine' | 'interrupt'> & { readonly ns: string };

/** Inside a write. Returns how many documents it removed. */
export function deleteOneNow({ engine, ns, interrupt }: Target, request: DeleteRequest): number {
  checkQuery(request.query);
  const collection = engine.collection(ns);
  const match = collection && findOneNow(engine, collection, request.query, interrupt);
  if (!collection || !match) return 0;
  collection.remove(match.recordId, match.document);
  return 1;
}

/** Returns how many documents it removed. What a deletion that fails had removed is not counted, as on a server. */
export async function deleteMany({ engine, ns, interrupt }: Target, request: DeleteRequest): Promise<number> {
  checkQuery(request.query);
  const collection = engine.collection(ns);
  let removed = 0;
  if (!collection) return removed;
  await changeMany(engine, collection, request.query, interrupt, ({ recordId, document }) => {
    collection.remove(recordId, document);
    removed++;
  });
  return removed;
}
