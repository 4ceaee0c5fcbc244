/**
 * What the maintenance commands need of a server: the product's own store while it runs, or the MongoDB that data move
 * to. The official driver stands behind it; it is handed in, because this package does not depend on it.
 */
import type { Document } from 'bson';

export interface Deployment {
  /** @throws what the server answers, with its `code`. */
  command(database: string, command: Document): Promise<Document>;
  insert(database: string, collection: string, documents: readonly Document[]): Promise<void>;
  /** Every document as BSON, in any order. */
  documents(database: string, collection: string): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Rejects within seconds when nobody answers. */
export type Connect = (uri: string) => Promise<Deployment>;
