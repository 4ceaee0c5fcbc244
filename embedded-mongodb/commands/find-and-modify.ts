import type { Document } from 'bson';
import { assertNamespace } from '../engine.js';
import { fail } from '../errors.js';
import type { QueryOptions } from '../planner/query.js';
import { compileProjection } from '../projection/projection.js';
import { compileFilter } from '../query/matcher.js';
import { compileUpdate } from '../update/update.js';
import { argumentsOf, namespaceOf, type Arguments, type Command } from './command.js';
import { checkQuery, emptyHint } from './find.js';
import { readScope } from './scope.js';
import { changeRecord, findOneNow, insertUpsert } from './write.js';

interface Intent {
  readonly isRemove: boolean;
  readonly isNew: boolean;
  readonly isUpsert: boolean;
}

function readIntent(args: Arguments): Intent {
  const isRemove = args.boolean('remove', false);
  const isNew = args.boolean('new', false);
  const isUpsert = args.boolean('upsert', false);
  if (!isRemove && !args.has('update')) fail('FailedToParse', 'Either an update or remove=true must be specified');
  if (!isRemove) return { isRemove, isNew, isUpsert };
  if (args.has('update')) fail('FailedToParse', 'Cannot specify both an update and remove=true');
  if (isUpsert) fail('FailedToParse', 'Cannot specify both upsert=true and remove=true ');
  if (isNew)
    fail('FailedToParse', "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document");
  if (args.has('arrayFilters')) fail('FailedToParse', 'Cannot specify arrayFilters and remove=true');
  return { isRemove, isNew, isUpsert };
}

/** Which document is meant. */
export function readFindAndModify(args: Arguments): QueryOptions {
  const options = {
    filter: args.document('query') ?? {},
    sort: args.document('sort'),
    hint: emptyHint(args.raw('hint')),
    scope: readScope(args),
  };
  checkQuery(options);
  return options;
}

export const findAndModifyCommand: Command = {
  names: ['findAndModify', 'findandmodify'],
  fields: [
    'findAndModify',
    'findandmodify',
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'arrayFilters',
    'hint',
    'collation',
    'bypassDocumentValidation',
    'let',
  ],
  handle: async (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    assertNamespace(ns);
    const args = argumentsOf(context);
    const { isRemove, isNew, isUpsert } = readIntent(args);
    const options = readFindAndModify(args);
    const filter = compileFilter(options.filter, {
      scope: options.scope,
      expressions: isUpsert ? 'upsert' : undefined,
    }).root;
    const project =
      compileProjection(args.document('fields'), filter, { scope: options.scope }) ??
      ((document: Document) => document);
    const update = isRemove
      ? undefined
      : compileUpdate({
          update: args.raw('update'),
          arrayFilters: args.array('arrayFilters'),
          filter,
          scope: options.scope,
        });

    return engine.environment.write((): Document => {
      const collection = engine.collection(ns);
      const match = collection && findOneNow(engine, collection, options, interrupt);
      if (collection && match) {
        if (!update) {
          collection.remove(match.recordId, match.document);
          return { lastErrorObject: { n: 1 }, value: project(match.document) };
        }
        const { after } = changeRecord(collection, match, update);
        return { lastErrorObject: { n: 1, updatedExisting: true }, value: project(isNew ? after : match.document) };
      }
      if (!update) return { lastErrorObject: { n: 0 }, value: null };
      if (!isUpsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
      const inserted = insertUpsert(engine, ns, filter, update);
      const lastErrorObject = { n: 1, updatedExisting: false, upserted: inserted._id as unknown };
      return { lastErrorObject, value: isNew ? project(inserted) : null };
    });
  },
};
