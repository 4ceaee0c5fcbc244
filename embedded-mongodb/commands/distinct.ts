import { encodeKey } from '../bson/key-encoding.js';
import { fail } from '../errors.js';
import { splitPath, visitPath } from '../query/paths.js';
import { argumentsOf, namespaceOf, refuseCollation, type Command } from './command.js';
import { checkQuery, emptyHint } from './find.js';

const maxReplyBytes = 16 * 1024 * 1024 - 1024;

export const distinctCommand: Command = {
  names: ['distinct'],
  fields: ['distinct', 'key', 'query', 'hint', 'collation'],
  handle: async (context) => {
    const { engine, interrupt } = context;
    const ns = namespaceOf(context);
    const args = argumentsOf(context);
    refuseCollation(args.raw('collation'));
    const path = args.text('key');
    const options = { filter: args.document('query') ?? {}, hint: emptyHint(args.raw('hint')) };
    checkQuery(options);
    const collection = engine.collection(ns);
    if (!collection) return { values: [] };
    const query = engine.query(collection, options);
    const parts = splitPath(path);
    const values = new Map<string, unknown>();
    let bytes = 0;
    const note = (value: unknown): boolean => {
      if (value === undefined) return false;
      const key = encodeKey(value);
      const identity = key.toString('latin1');
      if (values.has(identity)) return false;
      values.set(identity, value);
      bytes += key.length;
      if (bytes > maxReplyBytes) fail('BsonObjectTooLarge', 'distinct too big, 16mb cap');
      return false;
    };
    // An array counts by its elements; arrays inside it are values.
    const noteEach = (value: unknown): boolean => {
      if (Array.isArray(value)) value.forEach(note);
      else note(value);
      return false;
    };
    while (!query.isDone) {
      for (const { document } of await query.take(1024, interrupt)) visitPath(document, parts, false, noteEach);
    }
    return { values: [...values.keys()].sort().map((key) => values.get(key)) };
  },
};
