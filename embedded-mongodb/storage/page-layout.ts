/**
 * Where lmdb keeps what in its file, as far as checking it needs to know: 64-bit, little-endian, data version 2
 * (`MDB_page_header`, `MDB_meta`, `MDB_db` and `MDB_node` in lmdb's mdb.c).
 */
export const pageHeaderBytes = 24;
const nodeHeaderBytes = 8;
/** What a node holds in place of a value that has pages of its own: first page, transaction, number of pages. */
export const overflowReferenceBytes = 24;

export const pageFlags = { branch: 0x01, leaf: 0x02, overflow: 0x04, meta: 0x08 } as const;
export const isBigData = 0x01;

const magic = 0xbeefc0de;
const dataVersion = 2;
/** `MDB_INTEGERKEY`: the list of free pages is ordered by transaction number. */
export const integerKeys = 0x08;
/** The root of a tree that is empty. */
const noPage = 0xffffffffffffffffn;

export interface Tree {
  /** How keys are ordered and whether they repeat. */
  readonly flags: number;
  readonly depth: number;
  readonly entries: number;
  readonly root: number | undefined;
}

export interface Meta {
  readonly pageBytes: number;
  readonly free: Tree;
  readonly main: Tree;
  readonly lastPage: number;
  readonly transaction: number;
}

const number64 = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

function readTree(bytes: Buffer, at: number): Tree {
  const root = bytes.readBigUInt64LE(at + 40);
  return {
    // The upper byte of the first tree's flags is about the file.
    flags: bytes.readUInt8(at + 4),
    depth: bytes.readUInt16LE(at + 6),
    entries: number64(bytes, at + 32),
    root: root === noPage ? undefined : Number(root),
  };
}

export const metaBytes = pageHeaderBytes + 144;

/** The meta page in these bytes, or nothing when they are no meta page. */
export function readMeta(bytes: Buffer): Meta | undefined {
  const at = pageHeaderBytes;
  if (bytes.length < metaBytes || (bytes.readUInt16LE(18) & pageFlags.meta) === 0) return undefined;
  if (bytes.readUInt32LE(at) !== magic || (bytes.readUInt32LE(at + 4) & 0xffff) !== dataVersion) return undefined;
  const pageBytes = bytes.readUInt32LE(at + 24);
  const isPageSize = pageBytes >= 256 && pageBytes <= 65536 && (pageBytes & (pageBytes - 1)) === 0;
  if (!isPageSize) return undefined;
  return {
    pageBytes,
    free: readTree(bytes, at + 24),
    main: readTree(bytes, at + 72),
    lastPage: number64(bytes, at + 120),
    transaction: number64(bytes, at + 128),
  };
}

export interface PageHeader {
  readonly number: number;
  readonly transaction: number;
  readonly flags: number;
  /** Bytes of the page that its list of nodes takes, and where its nodes begin, both after the header. */
  readonly lower: number;
  readonly upper: number;
  /** Of an overflow page: how many pages belong together. */
  readonly pages: number;
}

export function readHeader(page: Buffer): PageHeader {
  return {
    number: number64(page, 0),
    transaction: number64(page, 8),
    flags: page.readUInt16LE(18),
    lower: page.readUInt16LE(20),
    upper: page.readUInt16LE(22),
    pages: page.readUInt32LE(20),
  };
}

export interface Node {
  readonly keyAt: number;
  readonly keyBytes: number;
  readonly flags: number;
  /** Of a leaf: the length of the value. */
  readonly valueBytes: number;
  /** Of a branch: the page below. */
  readonly child: number;
}

/** The node at this place of the list, or nothing when it does not lie within the page. */
export function readNode(page: Buffer, index: number): Node | undefined {
  const at = page.readUInt16LE(pageHeaderBytes + index * 2) + pageHeaderBytes;
  if (at + nodeHeaderBytes > page.length) return undefined;
  const low = page.readUInt16LE(at) + page.readUInt16LE(at + 2) * 0x10000;
  const flags = page.readUInt16LE(at + 4);
  const keyBytes = page.readUInt16LE(at + 6);
  const keyAt = at + nodeHeaderBytes;
  if (keyAt + keyBytes > page.length) return undefined;
  return { keyAt, keyBytes, flags, valueBytes: low, child: low + flags * 0x100000000 };
}
