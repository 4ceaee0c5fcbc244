import type { Document } from 'bson';
import { assertNamespace, type Engine } from '../engine.js';
import { fail } from '../errors.js';
import type { Interrupt, QueryOptions } from '../planner/query.js';
import { compileFilter, type FilterNode } from '../query/matcher.js';
import { compileUpdate, type CompiledUpdate } from '../update/update.js';
import { Arguments, argumentsOf, namespaceOf, refuseCollation, type Command } from './command.js';
import { emptyHint } from './find.js';
import { changeMany, changeRecord, findOneNow, insertUpsert, runStatements, withErrors } from './write.js';

interface UpdateStatement {
  readonly options: QueryOptions;
  readonly filter: FilterNode;
  readonly update: CompiledUpdate;
  readonly isMulti: boolean;
  readonly isUpsert: boolean;
}

const statementFields = ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'sort'];

export function assertStatementFields(statement: Document, fields: readonly string[], where: string): void {
  const stranger = Object.keys(statement).find((key) => !fields.includes(key));
  if (stranger !== undefined) fail('Location40415', `BSON field '${where}.${stranger}' is an unknown field.`);
}

function parseStatement(statement: Document): UpdateStatement {
  assertStatementFields(statement, statementFields, 'update.updates');
  const args = new Arguments(statement, 'update.updates');
  refuseCollation(args.raw('collation'));
  if (!args.has('q')) fail('Location40414', "BSON field 'update.updates.q' is missing but a required field");
  if (!args.has('u')) fail('Location40414', "BSON field 'update.updates.u' is missing but a required field");
  const options = { filter: args.document('q') ?? {}, hint: emptyHint(args.raw('hint')), sort: args.document('sort') };
  const filter = compileFilter(options.filter).root;
  const update = compileUpdate({ update: args.raw('u'), arrayFilters: args.array('arrayFilters'), filter });
  const isMulti = args.boolean('multi', false);
  if (isMulti && update.isReplacement)
    fail('FailedToParse', 'multi update is not supported for replacement-style update');
  if (isMulti && options.sort) fail('FailedToParse', 'Cannot specify sort with multi=true');
  return { options, filter, update, isMulti, isUpsert: args.boolean('upsert', false) };
}

interface Tally {
  matched: number;
  modified: number;
  readonly upserted: Document[];
}

function updateOneNow(
  engine: Engine,
  ns: string,
  index: number,
  statement: UpdateStatement,
  tally: Tally,
  interrupt: Interrupt,
): void {
  const collection = engine.collection(ns);
  const match = collection && findOneNow(engine, collection, statement.options, interrupt);
  if (collection && match) {
    const { isModified } = changeRecord(collection, match, statement.update);
    tally.matched++;
    if (isModified) tally.modified++;
  } else if (statement.isUpsert) {
    tally.upserted.push({ index, _id: insertUpsert(engine, ns, statement.filter, statement.update)._id });
  }
}

async function updateMany(
  engine: Engine,
  ns: string,
  index: number,
  statement: UpdateStatement,
  tally: Tally,
  interrupt: Interrupt,
): Promise<void> {
  const collection = engine.collection(ns);
  const before = tally.matched;
  if (collection) {
    await changeMany(engine, collection, statement.options, interrupt, (match) => {
      const { isModified } = changeRecord(collection, match, statement.update);
      tally.matched++;
      if (isModified) tally.modified++;
    });
  }
  if (statement.isUpsert && tally.matched === before) {
    await engine.environment.write(() => updateOneNow(engine, ns, index, statement, tally, interrupt));
  }
}

export const updateCommand: Command = {
  names: ['update'],
  fields: ['update', 'updates', 'ordered', 'bypassDocumentValidation'],
  handle: async (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    assertNamespace(ns);
    const args = argumentsOf(context);
    const updates = args.documents('updates');
    const tally: Tally = { matched: 0, modified: 0, upserted: [] };
    const errors = await runStatements(engine, {
      count: updates.length,
      isOrdered: args.boolean('ordered', true),
      isLong: (index) => updates[index]?.multi === true,
      runLong: (index) =>
        Promise.resolve().then(() =>
          updateMany(engine, ns, index, parseStatement(updates[index] as Document), tally, interrupt),
        ),
      runNow: (index) => updateOneNow(engine, ns, index, parseStatement(updates[index] as Document), tally, interrupt),
    });
    const { matched, modified, upserted } = tally;
    const reply: Document = { n: matched + upserted.length, nModified: modified };
    return withErrors(upserted.length > 0 ? { ...reply, upserted } : reply, errors);
  },
};
