import type { Document } from 'bson';
import { assertNamespace } from '../engine.js';
import { Arguments, argumentsOf, assertFields, namespaceOf, type Command } from './command.js';
import {
  readUpdate,
  updateFields,
  updateMany,
  updateOneNow,
  type UpdateRequest,
  type UpdateResult,
} from './update-statement.js';
import { readScope } from './scope.js';
import { runStatements, withErrors } from './write.js';

const statement = 'update.updates';
const names = { filter: 'q', update: 'u', constants: 'c' } as const;

export function readUpdates(args: Arguments): UpdateRequest[] {
  const scope = readScope(args);
  return args.documents('updates').map((document) => {
    assertFields(document, [...Object.values(names), ...updateFields], statement);
    return readUpdate(new Arguments(document, statement), names, scope);
  });
}

export const updateCommand: Command = {
  names: ['update'],
  fields: ['update', 'updates', 'ordered', 'bypassDocumentValidation', 'let'],
  handle: async (context) => {
    const ns = namespaceOf(context);
    assertNamespace(ns);
    const args = argumentsOf(context);
    const requests = readUpdates(args);
    const target = { ...context, ns };
    const upserted: Document[] = [];
    let matched = 0;
    let modified = 0;
    const note = (index: number, result: UpdateResult): void => {
      matched += result.matched;
      modified += result.modified;
      if (result.upserted) upserted.push({ index, ...result.upserted });
    };
    const errors = await runStatements(context.engine, requests, {
      isOrdered: args.boolean('ordered', true),
      isLong: ({ isMulti }) => isMulti,
      runLong: async (request, index) => note(index, await updateMany(target, request)),
      runNow: (request, index) => note(index, updateOneNow(target, request)),
    });
    const reply: Document = { n: matched + upserted.length, nModified: modified };
    return withErrors(upserted.length > 0 ? { ...reply, upserted } : reply, errors);
  },
};
