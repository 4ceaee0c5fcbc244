import type { Document } from 'bson';
import { assertNamespace } from '../engine.js';
import { fail } from '../errors.js';
import { compileProjection } from '../projection/projection.js';
import { compileFilter } from '../query/matcher.js';
import { compileUpdate } from '../update/update.js';
import { argumentsOf, namespaceOf, refuseCollation, type Command } from './command.js';
import { checkQuery, emptyHint } from './find.js';
import { changeRecord, findOneNow, insertUpsert } from './write.js';

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
  ],
  handle: async (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    assertNamespace(ns);
    const args = argumentsOf(context);
    refuseCollation(args.raw('collation'));
    const isRemove = args.boolean('remove', false);
    const isNew = args.boolean('new', false);
    const isUpsert = args.boolean('upsert', false);
    if (isRemove && args.has('update')) fail('FailedToParse', "Cannot specify both an 'update' and 'remove'=true");
    if (isRemove && isNew)
      fail(
        'FailedToParse',
        "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
      );
    if (isRemove && isUpsert) fail('FailedToParse', "Cannot specify both 'upsert'=true and 'remove'=true");
    if (!isRemove && !args.has('update')) fail('FailedToParse', 'Either an update or remove=true must be specified');
    const options = {
      filter: args.document('query') ?? {},
      sort: args.document('sort'),
      hint: emptyHint(args.raw('hint')),
    };
    checkQuery(options);
    const filter = compileFilter(options.filter).root;
    const project = compileProjection(args.document('fields'), filter) ?? ((document: Document) => document);
    const update = isRemove
      ? undefined
      : compileUpdate({ update: args.raw('update'), arrayFilters: args.array('arrayFilters'), filter });

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
