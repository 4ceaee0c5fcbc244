/** Inserts, updates and deletions of several collections in one command, answered with a cursor over their results. */
import type { Document } from 'bson';
import type { Scope } from '../aggregation/expressions/scope.js';
import { encode } from '../bson/codec.js';
import { assertNamespace } from '../engine.js';
import { fail } from '../errors.js';
import { Arguments, argumentsOf, assertFields, readBatchSize, type Command, type CommandContext } from './command.js';
import { ListSource } from './cursors.js';
import { deleteMany, deleteOneNow, readDelete, type DeleteRequest } from './delete-statement.js';
import { prepareInsert } from './insert.js';
import { readScope } from './scope.js';
import {
  readUpdate,
  updateFields,
  updateMany,
  updateOneNow,
  type UpdateRequest,
  type UpdateResult,
} from './update-statement.js';
import { describeWriteError, runStatements, type WriteError } from './write.js';

type Operation = { readonly ns: string } & (
  | { readonly kind: 'insert'; readonly document: Document }
  | { readonly kind: 'update'; readonly request: UpdateRequest }
  | { readonly kind: 'delete'; readonly request: DeleteRequest }
);

const updateNames = { filter: 'filter', update: 'updateMods', constants: 'constants' } as const;

function readNamespaces(args: Arguments): string[] {
  return args.documents('nsInfo').map((entry) => {
    assertFields(entry, ['ns'], 'bulkWrite.nsInfo');
    const own = new Arguments(entry, 'bulkWrite.nsInfo');
    const ns = own.required('ns', own.has('ns') ? own.text('ns') : undefined);
    return ns.includes('.') ? ns : fail('InvalidNamespace', `Invalid namespace specified for bulkWrite: '${ns}'`);
  });
}

function readOperation(source: Document, namespaces: readonly string[], scope: Scope): Operation {
  const kind = Object.keys(source)[0];
  if (kind !== 'insert' && kind !== 'update' && kind !== 'delete')
    return fail('Location40415', `BSON field 'bulkWrite.ops.${String(kind)}' is an unknown field.`);
  const args = new Arguments(source, `bulkWrite.ops.${kind}`);
  const ns =
    namespaces[args.nonNegative(kind) ?? namespaces.length] ??
    fail('BadValue', 'BulkWrite ops entry has an invalid nsInfo index.');
  assertNamespace(ns);
  const where = 'bulkWrite.ops';
  switch (kind) {
    case 'insert':
      assertFields(source, ['insert', 'document'], where);
      return { kind, ns, document: args.required('document', args.document('document')) };
    case 'update':
      assertFields(source, ['update', ...Object.values(updateNames), ...updateFields], where);
      return { kind, ns, request: readUpdate(args, updateNames, scope) };
    case 'delete': {
      assertFields(source, ['delete', 'filter', 'multi', 'hint', 'collation'], where);
      return { kind, ns, request: readDelete(args, 'filter', args.boolean('multi', false), scope) };
    }
  }
}

/** The counts of the reply, and one result for each operation that ran. */
class Results {
  nErrors = 0;
  nInserted = 0;
  nMatched = 0;
  nModified = 0;
  nUpserted = 0;
  nDeleted = 0;
  readonly items: Document[] = [];

  inserted(idx: number): void {
    this.nInserted++;
    this.items[idx] = { ok: 1, idx, n: 1 };
  }

  updated(idx: number, { matched, modified, upserted }: UpdateResult): void {
    this.nMatched += matched;
    this.nModified += modified;
    if (upserted) this.nUpserted++;
    this.items[idx] = {
      ok: 1,
      idx,
      n: matched + (upserted ? 1 : 0),
      nModified: modified,
      ...(upserted ? { upserted: { _id: upserted._id } } : {}),
    };
  }

  deleted(idx: number, n: number): void {
    this.nDeleted += n;
    this.items[idx] = { ok: 1, idx, n };
  }

  failed({ index, error }: WriteError, { kind }: Operation): void {
    this.nErrors++;
    const { index: idx, ...described } = describeWriteError({ index, error });
    this.items[index] = {
      ok: 0,
      idx: idx as unknown,
      ...described,
      n: 0,
      ...(kind === 'update' ? { nModified: 0 } : {}),
    };
  }
}

async function runLong(context: CommandContext, operation: Operation, idx: number, results: Results): Promise<void> {
  const target = { ...context, ns: operation.ns };
  if (operation.kind === 'update') results.updated(idx, await updateMany(target, operation.request));
  else if (operation.kind === 'delete') results.deleted(idx, await deleteMany(target, operation.request));
}

/** Inside a write. */
function runNow(context: CommandContext, operation: Operation, idx: number, results: Results): void {
  const target = { ...context, ns: operation.ns };
  switch (operation.kind) {
    case 'insert':
      context.engine.ensureCollection(operation.ns).insert(prepareInsert(operation.document));
      return results.inserted(idx);
    case 'update':
      return results.updated(idx, updateOneNow(target, operation.request));
    case 'delete':
      return results.deleted(idx, deleteOneNow(target, operation.request));
  }
}

export const bulkWriteCommand: Command = {
  names: ['bulkWrite'],
  adminOnly: true,
  fields: ['bulkWrite', 'ops', 'nsInfo', 'ordered', 'errorsOnly', 'bypassDocumentValidation', 'let', 'cursor'],
  handle: async (context) => {
    const args = argumentsOf(context);
    const scope = readScope(args);
    const namespaces = readNamespaces(args);
    const operations = args.documents('ops').map((source) => readOperation(source, namespaces, scope));
    const errorsOnly = args.boolean('errorsOnly', false);
    const batchSize = readBatchSize(args, 'bulkWrite');
    const results = new Results();
    const errors = await runStatements(context.engine, operations, {
      isOrdered: args.boolean('ordered', true),
      isLong: (operation) => operation.kind !== 'insert' && operation.request.isMulti,
      runLong: (operation, idx) => runLong(context, operation, idx, results),
      runNow: (operation, idx) => runNow(context, operation, idx, results),
    });
    for (const error of errors) results.failed(error, operations[error.index] as Operation);
    const { items, ...summary } = results;
    const documents = items.filter((item) => !errorsOnly || item.ok === 0).map(encode);
    const source = new ListSource(documents);
    return context.engine.cursors.openReply('admin.$cmd.bulkWrite', source, context.interrupt, { batchSize, summary });
  },
};
