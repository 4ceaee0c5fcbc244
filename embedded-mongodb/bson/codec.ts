/** Decoding and encoding of BSON with every type preserved, and the raw assembly of replies that carry many documents. */
import { BSON, type Document } from 'bson';
import { fail, StoreError } from '../errors.js';
import { decodeReferences, mayHoldReference } from './references.js';
import { isDocument, typeOf, bsonTypes } from './values.js';

export const maxDocumentBytes = 16 * 1024 * 1024;
/** Replies and internal envelopes may exceed the document limit by the size of their wrapping. It is the encoder's default. */
const encoderBytes = 17 * 1024 * 1024;
BSON.setInternalBufferSize(encoderBytes);
/** Of a stored document; MongoDB's own tools stop there, too. */
const maxNestingDepth = 180;

const deserialize = (bytes: Uint8Array): Document =>
  BSON.deserialize(bytes, { promoteValues: false, promoteLongs: false, bsonRegExp: true });

export function decode(bytes: Uint8Array): Document {
  try {
    return mayHoldReference(bytes) ? decodeReferences(bytes, deserialize) : deserialize(bytes);
  } catch (error) {
    if (error instanceof RangeError && /call stack/i.test(error.message)) fail('Overflow', 'BSON nesting is too deep');
    const message = error instanceof Error ? error.message : String(error);
    return fail('InvalidBSON', `invalid BSON: ${message}`);
  }
}

export function encode(document: Document): Buffer {
  return encodeUpTo(encoderBytes, document, tooLarge);
}

/** Encodes a document that a command computed. */
export function encodeResult(document: Document): Buffer {
  return encodeUpTo(maxDocumentBytes, document, tooLarge);
}

function tooLarge(bytes: number): never {
  return fail(
    'BSONObjectTooLarge',
    `BSONObj size: ${bytes} is invalid. Size must be between 0 and ${maxDocumentBytes}`,
  );
}

/** Beyond the end of its buffer the encoder throws, or counts on without writing. */
function encodeUpTo(maxBytes: number, document: Document, refuse: (bytes: number) => never): Buffer {
  const options = { ignoreUndefined: false };
  let bytes: Uint8Array;
  try {
    bytes = BSON.serialize(document, options);
  } catch (error) {
    const size = BSON.calculateObjectSize(document, options);
    if (size <= maxBytes) throw error;
    return refuse(size);
  }
  return bytes.length > maxBytes ? refuse(bytes.length) : Buffer.from(bytes);
}

/** Encodes a document that is about to be stored, with the limits a stored document has. */
export function encodeForStorage(document: Document): Buffer {
  assertDepth(document, 0);
  try {
    return encodeUpTo(maxDocumentBytes, document, (bytes) =>
      fail('BSONObjectTooLarge', `object to insert too large. size in bytes: ${bytes}, max size: ${maxDocumentBytes}`),
    );
  } catch (error) {
    if (error instanceof StoreError) throw error;
    return fail('BadValue', `cannot store the document: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function assertDepth(value: unknown, depth: number): void {
  if (depth > maxNestingDepth)
    fail('Overflow', `cannot insert document because it exceeds ${maxNestingDepth} levels of nesting`);
  if (isDocument(value)) {
    for (const key of Object.keys(value)) assertDepth(value[key], depth + 1);
  } else if (typeOf(value) === bsonTypes.array) {
    for (const element of value as unknown[]) assertDepth(element, depth + 1);
  }
}

/** A command's answer that is already encoded. */
export class RawReply {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/**
 * `{cursor: {<field>: [documents], id, ns}, …summary, ok: 1}` from documents that are already BSON. Stored documents go to the
 * wire as they are, which saves decoding and encoding each of them.
 */
export function encodeCursorReply(
  field: 'firstBatch' | 'nextBatch',
  batch: readonly Buffer[],
  id: bigint,
  ns: string,
  summary: Document = {},
): RawReply {
  const replyTail = encode({ ...summary, ok: 1 }).subarray(4);
  let arrayLength = 5;
  const names = batch.map((document, index) => {
    const name = Buffer.from(`\u0003${index}\0`, 'latin1');
    arrayLength += name.length + document.length;
    return name;
  });
  const nsLength = Buffer.byteLength(ns);
  const cursorLength = 4 + (1 + field.length + 1 + arrayLength) + (1 + 3 + 8) + (1 + 3 + 4 + nsLength + 1) + 1;
  const total = 4 + (1 + 7 + cursorLength) + replyTail.length;
  const out = Buffer.allocUnsafe(total);
  let at = out.writeInt32LE(total, 0);
  at += out.write('\u0003cursor\0', at, 'latin1');
  at = out.writeInt32LE(cursorLength, at);
  at += out.write(`\u0004${field}\0`, at, 'latin1');
  at = out.writeInt32LE(arrayLength, at);
  batch.forEach((document, index) => {
    at += (names[index] as Buffer).copy(out, at);
    at += document.copy(out, at);
  });
  at = out.writeUInt8(0, at);
  at += out.write('\u0012id\0', at, 'latin1');
  at = out.writeBigInt64LE(id, at);
  at += out.write('\u0002ns\0', at, 'latin1');
  at = out.writeInt32LE(nsLength + 1, at);
  at += out.write(ns, at, 'utf8');
  at = out.writeUInt8(0, at);
  at = out.writeUInt8(0, at);
  replyTail.copy(out, at);
  return new RawReply(out);
}
