import type { Document } from 'bson';
import { fail } from '../errors.js';
import { compileFilter } from '../query/matcher.js';
import { isNaturalSort, type QueryOptions } from '../planner/query.js';
import { compileSort } from '../planner/sort.js';
import { compileProjection } from '../projection/projection.js';
import { argumentsOf, namespaceOf, refuseCollation, type Command, type CommandContext } from './command.js';
import { ListSource, QuerySource, type DocumentSource } from './cursors.js';

const flagsThatChangeNothing = ['allowDiskUse', 'allowPartialResults', 'oplogReplay'];
const unsupported = ['tailable', 'noCursorTimeout', 'awaitData', 'returnKey', 'showRecordId', 'min', 'max', 'let'];

export const findFields = [
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
  ...flagsThatChangeNothing,
  ...unsupported,
];

/** The query of a find command, and its collection if there is one. */
export function readFind(context: CommandContext): {
  options: QueryOptions;
  batchSize: number | undefined;
  singleBatch: boolean;
} {
  const args = argumentsOf(context);
  for (const name of unsupported) {
    const value = args.raw(name);
    if (value !== undefined && value !== false) fail('NotImplemented', `find: ${name} is not supported by this store`);
  }
  refuseCollation(args.raw('collation'));
  const limit = args.integer('limit') ?? 0;
  return {
    options: {
      filter: args.document('filter') ?? {},
      sort: args.document('sort'),
      skip: args.nonNegative('skip') ?? 0,
      limit: Math.abs(limit),
      hint: emptyHint(args.raw('hint')),
    },
    batchSize: args.nonNegative('batchSize'),
    singleBatch: args.boolean('singleBatch', false) || limit < 0,
  };
}

export function emptyHint(hint: unknown): unknown {
  return typeof hint === 'object' && hint !== null && Object.keys(hint).length === 0 ? undefined : hint;
}

/** A query against a collection that does not exist finds nothing, but its parts are still checked. */
export function checkQuery(options: QueryOptions): void {
  compileFilter(options.filter);
  if (!isNaturalSort(options.sort)) compileSort(options.sort);
}

export const findCommand: Command = {
  names: ['find'],
  fields: findFields,
  handle: (context) => {
    const ns = namespaceOf(context);
    const { options, batchSize, singleBatch } = readFind(context);
    const projection = compileProjection(
      argumentsOf(context).document('projection'),
      compileFilter(options.filter).root,
    );
    const { engine, interrupt } = context;
    const collection = engine.collection(ns);
    let source: DocumentSource;
    if (collection) {
      source = new QuerySource(engine.query(collection, options), projection);
    } else {
      checkQuery(options);
      source = new ListSource([]);
    }
    return engine.cursors.openReply(ns, source, batchSize, singleBatch, interrupt);
  },
};

export const getMoreCommand: Command = {
  names: ['getMore'],
  fields: ['getMore', 'collection', 'batchSize'],
  handle: (context) => {
    const args = argumentsOf(context);
    const batchSize = args.nonNegative('batchSize');
    return context.engine.cursors.nextReply(
      `${context.database}.${args.text('collection')}`,
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
    const ids =
      argumentsOf(context).array('cursors') ??
      fail('Location40414', "BSON field 'killCursors.cursors' is missing but a required field");
    const killed: unknown[] = [];
    const missing: unknown[] = [];
    for (const id of ids) (context.engine.cursors.kill(BigInt(String(id))) ? killed : missing).push(id);
    return { cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] };
  },
};
