/** One update of the `update` or the `bulkWrite` command. */
import type { Document } from 'bson';
import type { Scope } from '../aggregation/expressions/scope.js';
import { fail } from '../errors.js';
import type { QueryOptions } from '../planner/query.js';
import { compileFilter, type FilterNode } from '../query/matcher.js';
import { compileUpdate, type CompiledUpdate } from '../update/update.js';
import type { Arguments, CommandContext } from './command.js';
import { checkQuery, emptyHint } from './find.js';
import { withCollation } from './scope.js';
import { changeMany, changeRecord, findOneNow, insertUpsert } from './write.js';

/** What a statement asks for, checked for its types only. */
export interface UpdateRequest {
  readonly query: QueryOptions;
  readonly update: unknown;
  readonly arrayFilters: readonly unknown[] | undefined;
  /** Variables of a pipeline update. */
  readonly constants: Document | undefined;
  readonly isMulti: boolean;
  readonly isUpsert: boolean;
}

/** The two commands call these arguments differently. */
export interface UpdateNames {
  readonly filter: string;
  readonly update: string;
  readonly constants: string;
}

export const updateFields = ['multi', 'upsert', 'upsertSupplied', 'arrayFilters', 'hint', 'collation', 'sort'];

export function readUpdate(args: Arguments, names: UpdateNames, scope: Scope): UpdateRequest {
  if (args.boolean('upsertSupplied', false)) fail('NotImplemented', 'upsertSupplied is not supported by this store');
  return {
    query: {
      filter: args.required(names.filter, args.document(names.filter)),
      sort: args.document('sort'),
      hint: emptyHint(args.raw('hint')),
      scope: withCollation(scope, args),
    },
    update: args.required(names.update, args.raw(names.update)),
    arrayFilters: args.array('arrayFilters'),
    constants: args.document(names.constants),
    isMulti: args.boolean('multi', false),
    isUpsert: args.boolean('upsert', false),
  };
}

interface UpdateStatement {
  readonly query: QueryOptions;
  readonly filter: FilterNode;
  readonly update: CompiledUpdate;
}

export interface UpdateResult {
  readonly matched: number;
  readonly modified: number;
  readonly upserted?: { readonly _id: unknown };
}

function compileStatement(request: UpdateRequest): UpdateStatement {
  const { query, update, arrayFilters, constants, isMulti } = request;
  checkQuery(query);
  if (constants && !Array.isArray(update))
    fail('Location51198', 'Constant values may only be specified for pipeline updates');
  const filter = compileFilter(query.filter, {
    scope: query.scope,
    expressions: request.isUpsert ? 'upsert' : undefined,
  }).root;
  const compiled = compileUpdate({ update, arrayFilters, filter, scope: query.scope, constants });
  if (isMulti && compiled.isReplacement)
    fail('FailedToParse', 'multi update is not supported for replacement-style update');
  if (isMulti && query.sort !== undefined) fail('FailedToParse', 'Cannot specify sort with multi=true');
  return { query, filter, update: compiled };
}

type Target = Pick<CommandContext, 'engine' | 'interrupt'> & { readonly ns: string };

/** Inside a write. */
export function updateOneNow(target: Target, request: UpdateRequest): UpdateResult {
  return applyToOne(target, compileStatement(request), request.isUpsert);
}

function applyToOne({ engine, ns, interrupt }: Target, statement: UpdateStatement, isUpsert: boolean): UpdateResult {
  const collection = engine.collection(ns);
  const match = collection && findOneNow(engine, collection, statement.query, interrupt);
  if (collection && match) {
    const { isModified } = changeRecord(collection, match, statement.update);
    return { matched: 1, modified: isModified ? 1 : 0 };
  }
  if (!isUpsert) return { matched: 0, modified: 0 };
  const { _id } = insertUpsert(engine, ns, statement.filter, statement.update);
  return { matched: 0, modified: 0, upserted: { _id } };
}

/** What an update that fails had changed is not counted, as on a server. */
export async function updateMany(target: Target, request: UpdateRequest): Promise<UpdateResult> {
  const { engine, ns, interrupt } = target;
  const statement = compileStatement(request);
  const collection = engine.collection(ns);
  let matched = 0;
  let modified = 0;
  if (collection) {
    await changeMany(engine, collection, statement.query, interrupt, (match) => {
      const { isModified } = changeRecord(collection, match, statement.update);
      matched++;
      if (isModified) modified++;
    });
  }
  if (!request.isUpsert || matched > 0) return { matched, modified };
  return engine.environment.write(() => applyToOne(target, statement, true));
}
