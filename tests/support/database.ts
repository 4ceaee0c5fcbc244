/** Every test gets its database here: an ephemeral embedded store, or a fresh database on the server that MONGODB_URI names. */
import { randomUUID } from 'node:crypto';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import mongoose from 'mongoose';

export interface TestDatabase {
  readonly uri: string;
  readonly kind: 'embedded' | 'mongodb';
  close(): Promise<void>;
}

let hasAnnounced = false;

function announce(text: string): void {
  if (hasAnnounced) return;
  hasAnnounced = true;
  console.log(`      database of these tests: ${text}`);
}

export async function startTestDatabase(): Promise<TestDatabase> {
  const external = process.env.MONGODB_URI;
  if (!external) {
    announce('embedded store');
    const store = await startEmbeddedMongo({ ephemeral: true });
    return { uri: store.uri, kind: 'embedded', close: () => store.close() };
  }
  announce('server named by MONGODB_URI');
  const uri = withDatabase(external, `frontdesk_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`);
  return { uri, kind: 'mongodb', close: () => dropDatabase(uri) };
}

/** Each caller works in a database of its own, so that suites can run against one server at the same time. */
function withDatabase(uri: string, name: string): string {
  const match = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri);
  if (!match) throw new Error('MONGODB_URI is not a MongoDB connection string');
  return `${match[1]}/${name}${match[2] ?? ''}`;
}

async function dropDatabase(uri: string): Promise<void> {
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    await connection.dropDatabase();
  } finally {
    await connection.close();
  }
}
