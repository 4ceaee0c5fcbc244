/** Which meaning the stored bytes have, so that a folder of another release is refused instead of misread. */
import { keySpaces, wholeRange, type KeyRange } from './keys.js';

/** Raised when that meaning changes. 1 had no mark and kept records in the order of `_id`. */
export const formatVersion = 2;

const markKey = Buffer.of(keySpaces.format);

export interface MarkedStore {
  get(key: Buffer): Buffer | undefined;
  slice(range: KeyRange, limit: number): readonly unknown[];
  putSync(key: Buffer, value: Buffer): void;
}

/**
 * Marks a new store, and checks the mark of one that exists.
 * @throws when the data have another format; the message names the folder, both versions and what to do.
 */
export function assertFormat(store: MarkedStore, dir: string): void {
  const mark = store.get(markKey);
  if (!mark && store.slice(wholeRange(Buffer.of(keySpaces.catalogue)), 1).length === 0) {
    store.putSync(markKey, Buffer.of(formatVersion));
    return;
  }
  const found = mark?.[0] ?? 1;
  if (found === formatVersion) return;
  throw new Error(
    found < formatVersion
      ? `The data folder ${dir} has format ${found}, this release reads format ${formatVersion}. ` +
          'Export the data with the release that wrote them, and import them into a new folder.'
      : `The data folder ${dir} has format ${found}, this release reads format ${formatVersion}. ` +
          'A newer release wrote it; start that one, or name another folder.',
  );
}
