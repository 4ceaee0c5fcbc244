import { Long } from 'bson';
import { fail } from '../errors.js';
import { giveWay } from '../planner/query.js';
import { allIndexes } from '../storage/catalogue.js';
import { wholeRange } from '../storage/keys.js';
import { argumentsOf, type Command, type CommandContext } from './command.js';

const sliceSize = 512;

interface Measure {
  count: number;
  bytes: number;
}

/** Reads the range from end to end; other commands have their turn meanwhile. */
async function measure({ engine, interrupt }: CommandContext, prefix: Buffer, sum: Measure): Promise<void> {
  const { low: first, high } = wholeRange(prefix);
  let low: Buffer | undefined = first;
  while (low) {
    interrupt();
    const entries = engine.environment.slice({ low, high }, sliceSize);
    for (const { key, value } of entries) {
      sum.count++;
      sum.bytes += key.length + value.length;
    }
    const last = entries.at(-1);
    low = last && entries.length === sliceSize ? Buffer.concat([last.key, Buffer.of(0)]) : undefined;
    await giveWay();
  }
}

/** Counts what is stored, keys included; one file holds all databases, so that there is no size of one on disk. */
export const dbStatsCommand: Command = {
  names: ['dbStats', 'dbstats'],
  fields: ['dbStats', 'dbstats', 'scale', 'freeStorage'],
  handle: async (context) => {
    const { engine, database } = context;
    const args = argumentsOf(context);
    const scale = args.integer('scale') ?? 1;
    if (scale < 1) fail('Location51024', `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
    const collections = engine.catalogue.list(database);
    const records: Measure = { count: 0, bytes: 0 };
    const indexes: Measure = { count: 0, bytes: 0 };
    for (const entry of collections) {
      await measure(context, entry.prefix, records);
      for (const { prefix } of allIndexes(entry)) await measure(context, prefix, indexes);
    }
    return {
      db: database,
      collections: Long.fromNumber(collections.length),
      views: Long.ZERO,
      objects: Long.fromNumber(records.count),
      avgObjSize: records.count > 0 ? records.bytes / records.count : 0,
      dataSize: records.bytes / scale,
      storageSize: records.bytes / scale,
      indexes: Long.fromNumber(collections.reduce((sum, entry) => sum + allIndexes(entry).length, 0)),
      indexSize: indexes.bytes / scale,
      totalSize: (records.bytes + indexes.bytes) / scale,
      scaleFactor: Long.fromNumber(scale),
    };
  },
};
