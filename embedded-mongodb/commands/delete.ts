import type { Document } from 'bson';
import { toNumber } from '../bson/values.js';
import { fail } from '../errors.js';
import type { QueryOptions } from '../planner/query.js';
import { Arguments, argumentsOf, namespaceOf, refuseCollation, type Command } from './command.js';
import { checkQuery, emptyHint } from './find.js';
import { assertStatementFields } from './update.js';
import { changeMany, findOneNow, runStatements, withErrors } from './write.js';

function parseStatement(statement: Document): QueryOptions {
  assertStatementFields(statement, ['q', 'limit', 'hint', 'collation'], 'delete.deletes');
  const args = new Arguments(statement, 'delete.deletes');
  refuseCollation(args.raw('collation'));
  const limit = args.integer('limit');
  if (limit === undefined) fail('Location40414', "BSON field 'delete.deletes.limit' is missing but a required field");
  if (limit !== 0 && limit !== 1)
    fail('FailedToParse', 'The limit field in delete objects must be 0 or 1. Got ' + String(limit));
  const options = { filter: args.document('q') ?? {}, hint: emptyHint(args.raw('hint')) };
  checkQuery(options);
  return options;
}

export const deleteCommand: Command = {
  names: ['delete'],
  fields: ['delete', 'deletes', 'ordered'],
  handle: async (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    const args = argumentsOf(context);
    const deletes = args.documents('deletes');
    let removed = 0;
    const errors = await runStatements(engine, {
      count: deletes.length,
      isOrdered: args.boolean('ordered', true),
      isLong: (index) => toNumber(deletes[index]?.limit) === 0,
      runLong: async (index) => {
        const options = parseStatement(deletes[index] as Document);
        const collection = engine.collection(ns);
        if (!collection) return;
        await changeMany(engine, collection, options, interrupt, ({ recordId, document }) => {
          collection.remove(recordId, document);
          removed++;
        });
      },
      runNow: (index) => {
        const options = parseStatement(deletes[index] as Document);
        const collection = engine.collection(ns);
        const match = collection && findOneNow(engine, collection, options, interrupt);
        if (!collection || !match) return;
        collection.remove(match.recordId, match.document);
        removed++;
      },
    });
    return withErrors({ n: removed }, errors);
  },
};
