/** Checks that records and index entries agree in both directions. For tests and for repair tools; it reads everything. */
import { decode } from '../bson/codec.js';
import { wholeRange } from './catalogue.js';
import type { Collection } from './collection.js';
import type { Environment } from './environment.js';

export function verifyCollection(environment: Environment, collection: Collection): string[] {
  const problems: string[] = [];
  const expected = new Map<string, Map<string, string>>(
    collection.entry.indexes.map((index) => [index.name, new Map()]),
  );
  for (const { idKey, bytes } of collection.records()) {
    const document = decode(bytes);
    for (const index of collection.entry.indexes) {
      for (const { key, value } of collection.entriesOf(index, document, idKey)) {
        expected.get(index.name)?.set(key.toString('hex'), value.toString('hex'));
      }
    }
  }
  for (const index of collection.entry.indexes) {
    const wanted = expected.get(index.name) ?? new Map<string, string>();
    for (const { key, value } of environment.slice(wholeRange(index.prefix), Number.MAX_SAFE_INTEGER)) {
      const identity = key.toString('hex');
      if (wanted.get(identity) !== value.toString('hex'))
        problems.push(`${index.name}: entry ${identity} has no record`);
      wanted.delete(identity);
    }
    for (const identity of wanted.keys()) problems.push(`${index.name}: entry ${identity} is missing`);
  }
  return problems;
}
