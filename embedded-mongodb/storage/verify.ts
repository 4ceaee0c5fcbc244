/** Checks that records and index entries agree in both directions. For tests and for repair tools; it reads everything. */
import { decode } from '../bson/codec.js';
import { allIndexes } from './catalogue.js';
import type { Collection } from './collection.js';
import type { Environment } from './environment.js';
import { wholeRange } from './keys.js';

export function verifyCollection(environment: Environment, collection: Collection): string[] {
  const problems: string[] = [];
  const indexes = allIndexes(collection.entry);
  const expected = new Map<string, Map<string, string>>(indexes.map((index) => [index.name, new Map()]));
  for (const { recordId, bytes } of collection.records()) {
    const document = decode(bytes);
    for (const index of indexes) {
      for (const { key, value } of collection.entriesOf(index, document, recordId)) {
        expected.get(index.name)?.set(key.toString('hex'), value.toString('hex'));
      }
    }
  }
  for (const index of indexes) {
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
