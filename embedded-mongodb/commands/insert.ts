import { ObjectId, type Document } from 'bson';
import { setField } from '../bson/values.js';
import { assertNamespace } from '../engine.js';
import { assertStorableName } from '../update/update.js';
import { argumentsOf, namespaceOf, type Command } from './command.js';
import { runStatements, withErrors } from './write.js';

/** `_id` first, made here when the client left it out. */
function prepare(document: Document): Document {
  for (const key of Object.keys(document)) assertStorableName(key);
  if (Object.keys(document)[0] === '_id') return document;
  const ordered: Document = { _id: Object.hasOwn(document, '_id') ? document._id : new ObjectId() };
  for (const key of Object.keys(document)) if (key !== '_id') setField(ordered, key, document[key]);
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
    const documents = args.documents('documents');
    let inserted = 0;
    const errors = await runStatements(engine, {
      count: documents.length,
      isOrdered: args.boolean('ordered', true),
      runNow: (index) => {
        engine.ensureCollection(ns).insert(prepare(documents[index] as Document));
        inserted++;
      },
    });
    return withErrors({ n: inserted }, errors);
  },
};
