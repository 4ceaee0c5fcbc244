/** Checks that every record is sound, and that records and index entries agree in both directions. It reads everything. */
import { decode } from '../bson/codec.js';
import { messageOf } from '../errors.js';
import { allIndexes, type IndexEntry } from './catalogue.js';
import type { Collection } from './collection.js';
import type { Environment } from './environment.js';
import { wholeRange } from './keys.js';

/** One sentence for each thing that is wrong. */
export function verifyCollection(environment: Environment, collection: Collection): string[] {
  const problems: string[] = [];
  const indexes = allIndexes(collection.entry);
  const wanted = new Map(indexes.map((index) => [index, 0]));
  const { prefix } = collection.entry;
  for (const { key: recordKey } of environment.entries(wholeRange(prefix))) {
    const recordId = recordKey.subarray(prefix.length);
    try {
      const document = decode(collection.read(recordId) ?? Buffer.alloc(0));
      for (const index of indexes) {
        const entries = collection.entriesOf(index, document, recordId);
        wanted.set(index, (wanted.get(index) ?? 0) + entries.length);
        const missing = entries.filter(({ key, value }) => !environment.get(key)?.equals(value));
        problems.push(...missing.map(({ key }) => describe(index, key, 'is missing')));
      }
    } catch (error) {
      problems.push(`record ${recordId.toString('hex')}: ${messageOf(error)}`);
    }
  }
  for (const index of indexes) {
    const strays = findStrays(environment, collection, index, wanted.get(index) ?? 0);
    problems.push(...strays.map((key) => describe(index, key, 'has no record')));
  }
  return problems;
}

/** When every record has its entries, there is a stray one only if there are more than those. */
function findStrays(environment: Environment, collection: Collection, index: IndexEntry, wanted: number): Buffer[] {
  const range = wholeRange(index.prefix);
  let count = 0;
  for (const _entry of environment.entries(range)) count++;
  if (count === wanted) return [];
  const strays: Buffer[] = [];
  for (const { key, value } of environment.entries(range)) {
    const bytes = readIfSound(collection, value);
    const own = bytes ? collection.entriesOf(index, decode(bytes), value) : [];
    if (!own.some((entry) => entry.key.equals(key))) strays.push(key);
  }
  return strays;
}

/** Damaged records have been reported by then. */
function readIfSound(collection: Collection, recordId: Buffer): Buffer | undefined {
  try {
    return collection.read(recordId);
  } catch {
    return undefined;
  }
}

function describe(index: IndexEntry, key: Buffer, problem: string): string {
  return `${index.name}: entry ${key.toString('hex')} ${problem}`;
}
