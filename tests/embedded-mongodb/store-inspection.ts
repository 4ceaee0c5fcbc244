/** Looks into a data folder that no process has open. */
import type { Document } from 'bson';
import { decode } from '@frontdesk/embedded-mongodb/bson/codec';
import { Engine } from '@frontdesk/embedded-mongodb/engine';
import { verifyCollection } from '@frontdesk/embedded-mongodb/storage/verify';

/** The documents of a collection by `_id`, and what is wrong between its records and its indexes. */
export async function inspectStore(
  dir: string,
  namespace: string,
): Promise<{ stored: Map<string, Document>; problems: string[] }> {
  const engine = new Engine({ dir, durable: true, ttlSweepMs: 3_600_000, log: () => undefined });
  try {
    const collection = engine.collection(namespace);
    if (!collection) return { stored: new Map(), problems: [] };
    const documents = [...collection.records()].map(({ bytes }) => decode(bytes));
    return {
      stored: new Map(documents.map((document) => [String(document._id), document])),
      problems: verifyCollection(engine.environment, collection),
    };
  } finally {
    await engine.close();
  }
}

/** The message a promise is rejected with, or nothing when it is fulfilled. */
export async function failureOf(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
