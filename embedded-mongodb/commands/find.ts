import type { Document } from 'bson';
import { bsonTypes, typeName, typeOf } from '../bson/values.js';
import { fail } from '../errors.js';
import { compileFilter } from '../query/matcher.js';
import { isNaturalSort, type QueryOptions } from '../planner/query.js';
import { compileSort } from '../planner/sort.js';
import { compileProjection } from '../projection/projection.js';
import { argumentsOf, namespaceOf, type Arguments, type Command } from './command.js';
import { ListSource, QuerySource, type DocumentSource } from './cursors.js';
import { readScope } from './scope.js';

const flagsThatChangeNothing = ['allowDiskUse', 'allowPartialResults', 'oplogReplay'];
const unsupported = ['returnKey', 'showRecordId', 'min', 'max'];

/** The query of a find command. */
export function readFind(args: Arguments): QueryOptions {
  for (const name of unsupported) {
    if (args.has(name) && args.raw(name) !== false)
      fail('NotImplemented', `find: ${name} is not supported by this store`);
  }
  for (const name of flagsThatChangeNothing) args.boolean(name, false);
  const isTailable = args.boolean('tailable', false);
  if (args.boolean('awaitData', false) && !isTailable)
    fail('FailedToParse', "Cannot set 'awaitData' without also setting 'tailable'");
  // There are no capped collections here, and no other collection has a tail.
  if (isTailable) fail('BadValue', 'error processing query: tailable cursor requested on non capped collection');
  return {
    filter: args.document('filter') ?? {},
    sort: args.document('sort'),
    skip: args.nonNegative('skip') ?? 0,
    limit: args.nonNegative('limit') ?? 0,
    hint: emptyHint(args.raw('hint')),
    scope: readScope(args),
  };
}

export function emptyHint(hint: unknown): unknown {
  return typeof hint === 'object' && hint !== null && Object.keys(hint).length === 0 ? undefined : hint;
}

/** A query against a collection that does not exist finds nothing, but its parts are still checked. */
export function checkQuery({ filter, scope, sort, hint }: QueryOptions): void {
  compileFilter(filter, { scope });
  if (!isNaturalSort(sort)) compileSort(sort);
  const hintType = typeOf(hint);
  if (hint !== undefined && hintType !== bsonTypes.string && hintType !== bsonTypes.object)
    fail('FailedToParse', 'Hint must be a string or an object');
}

export const findCommand: Command = {
  names: ['find'],
  fields: [
    'find',
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'collation',
    'let',
    'tailable',
    'awaitData',
    'noCursorTimeout',
    ...flagsThatChangeNothing,
    ...unsupported,
  ],
  handle: (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    const args = argumentsOf(context);
    const options = readFind(args);
    checkQuery(options);
    const { root } = compileFilter(options.filter, { scope: options.scope });
    const projection = compileProjection(args.document('projection'), root, { scope: options.scope });
    const collection = engine.collection(ns);
    const source: DocumentSource = collection
      ? new QuerySource(engine.query(collection, options), projection)
      : new ListSource([]);
    return engine.cursors.openReply(ns, source, interrupt, {
      batchSize: args.nonNegative('batchSize'),
      singleBatch: args.boolean('singleBatch', false),
      noTimeout: args.boolean('noCursorTimeout', false),
    });
  },
};

export const getMoreCommand: Command = {
  names: ['getMore'],
  fields: ['getMore', 'collection', 'batchSize'],
  handle: (context) => {
    const args = argumentsOf(context);
    const collection = args.required('collection', args.has('collection') ? args.text('collection') : undefined);
    if (collection === '') fail('InvalidNamespace', 'Collection names cannot be empty');
    const batchSize = args.nonNegative('batchSize');
    if (args.has('maxTimeMS')) fail('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
    return context.engine.cursors.nextReply(
      `${context.database}.${collection}`,
      args.long('getMore'),
      batchSize === 0 ? undefined : batchSize,
      context.interrupt,
    );
  },
};

export const killCursorsCommand: Command = {
  names: ['killCursors'],
  fields: ['killCursors', 'cursors'],
  handle: (context): Document => {
    const args = argumentsOf(context);
    const killed: unknown[] = [];
    const missing: unknown[] = [];
    namespaceOf(context);
    for (const id of args.required('cursors', args.array('cursors'))) {
      if (typeOf(id) !== bsonTypes.long)
        fail(
          'TypeMismatch',
          `BSON field 'killCursors.cursors' is the wrong type '${typeName(id)}', expected type 'long'`,
        );
      (context.engine.cursors.kill(BigInt(String(id))) ? killed : missing).push(id);
    }
    return { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] };
  },
};
