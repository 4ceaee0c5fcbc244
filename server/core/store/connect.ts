/** Opens the data layer: the embedded store unless an operator names a MongoDB. */
import { Mongoose, type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@frontdesk/embedded-mongodb';
import type { Logger } from '../logger.js';

export interface StoreOptions {
  /** A real MongoDB; null starts the embedded store in `dataDir`. */
  readonly uri: string | null;
  readonly dataDir: string;
  readonly log: Logger;
}

export interface Store {
  readonly connection: Connection;
  readonly kind: 'embedded' | 'mongodb';
  close(): Promise<void>;
}

/** Pool of 32: group commit of the embedded store and a replica set both want many writes in flight. */
const POOL_SIZE = 32;

const EMBEDDED_IS_OPEN =
  'the embedded store is open; "npm run store" backs it up, and moves it to a MongoDB that MONGODB_URI then names';

function startEmbedded({ dataDir, log }: StoreOptions): Promise<EmbeddedMongo> {
  return startEmbeddedMongo({ dir: dataDir, onLog: (level, message) => log[level]({ store: 'embedded' }, message) });
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const embedded = options.uri === null ? await startEmbedded(options) : null;
  const uri = options.uri ?? embedded!.uri;
  // An instance of our own: its settings must not leak into, or come from, another copy in the same process.
  const mongoose = new Mongoose();
  mongoose.set('strictQuery', 'throw');
  mongoose.set('sanitizeFilter', true);
  mongoose.set('autoIndex', false);
  mongoose.set('autoCreate', false);
  try {
    const connection = await mongoose
      .createConnection(uri, {
        maxPoolSize: POOL_SIZE,
        serverSelectionTimeoutMS: 5_000,
        ...(embedded ? { dbName: 'frontdesk' } : { writeConcern: { w: 'majority', j: true, wtimeoutMS: 5_000 } }),
      })
      .asPromise();
    if (embedded) options.log.info({ store: 'embedded', folder: options.dataDir }, EMBEDDED_IS_OPEN);
    else options.log.info({ store: 'mongodb' }, 'the store is open');
    return {
      connection,
      kind: embedded ? 'embedded' : 'mongodb',
      async close() {
        await connection.close();
        await embedded?.close();
      },
    };
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

/** Builds what every registered model declares. Runs before the server listens, so that no unique index is ever missing. */
export async function buildIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection().catch((error: unknown) => {
      // 48 is NamespaceExists: the collection was made by an earlier start.
      if ((error as { code?: unknown }).code !== 48) throw error;
    });
    await model.createIndexes();
  }
}
