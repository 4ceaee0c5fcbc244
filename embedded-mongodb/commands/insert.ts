import { ObjectId, Timestamp, type Document } from 'bson';
import { setField } from '../bson/values.js';
import { assertNamespace } from '../engine.js';
import { timestampNow } from '../update/operators/fields.js';
import { argumentsOf, namespaceOf, type Command } from './command.js';
import { runStatements, withErrors } from './write.js';

/**
 * `_id` first, made here when the client left it out; an empty timestamp becomes the current one, as on a server. Names
 * with dots and dollars are stored as they are (Field Names with Periods and Dollar Signs, since 5.0).
 */
export function prepareInsert(document: Document): Document {
  const keys = Object.keys(document);
  const isEmptyTimestamp = (key: string): boolean => {
    const value: unknown = document[key];
    return key !== '_id' && value instanceof Timestamp && value.isZero();
  };
  if (keys[0] === '_id' && !keys.some(isEmptyTimestamp)) return document;
  const ordered: Document = { _id: Object.hasOwn(document, '_id') ? document._id : new ObjectId() };
  for (const key of keys)
    if (key !== '_id') setField(ordered, key, isEmptyTimestamp(key) ? timestampNow() : document[key]);
  return ordered;
}

export const insertCommand: Command = {
  names: ['insert'],
  fields: ['insert', 'documents', 'ordered', 'bypassDocumentValidation'],
  handle: async (context) => {
    const { engine } = context;
    const ns = namespaceOf(context);
    assertNamespace(ns);
    const args = argumentsOf(context);
    let n = 0;
    const errors = await runStatements(engine, args.documents('documents'), {
      isOrdered: args.boolean('ordered', true),
      runNow: (document) => {
        engine.ensureCollection(ns).insert(prepareInsert(document));
        n++;
      },
    });
    return withErrors({ n }, errors);
  },
};
