/**
 * The key space all data of a store share:
 *   00                      → format version
 *   01 namespace            → catalogue entry
 *   02 collection  record   → checksum and document
 *   03 index  components…   → record; the key ends with the record too, unless the index is unique
 *   04 prefix               → a range whose removal is still under way
 */
export const keySpaces = { format: 0, catalogue: 1, records: 2, indexes: 3, pendingRemovals: 4 } as const;

/** Longer keys do not fit lmdb's pages. */
export const maxKeyBytes = 1978;

export interface KeyRange {
  /** Inclusive. */
  readonly low: Buffer;
  /** Exclusive. */
  readonly high: Buffer;
}

/** The first key that sorts after everything which begins with the prefix. */
export function after(prefix: Uint8Array): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  const next = Buffer.from(prefix.subarray(0, end));
  if (end > 0) next[end - 1] = (next[end - 1] as number) + 1;
  return next;
}

export function wholeRange(prefix: Buffer): KeyRange {
  return { low: prefix, high: after(prefix) };
}

export function prefixKey(space: number, id: number): Buffer {
  const prefix = Buffer.allocUnsafe(5);
  prefix[0] = space;
  prefix.writeUInt32BE(id, 1);
  return prefix;
}
