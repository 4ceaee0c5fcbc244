/**
 * Decoding of documents that look like a DBRef. To a server `{$ref, $id, …}` is a document like any other; the decoder makes an
 * object of a class of it, without the order of its fields, and has no option against that. So these are taken apart here.
 */
import { onDemand, type Document } from 'bson';
import { bsonTypes, setField } from './values.js';

/** A text field with the name `$ref`, which every DBRef has. */
const marker = Buffer.from('\u0002$ref\0', 'latin1');

const dollar = 0x24;

/** Whether the bytes could hold a DBRef: never false when they do. */
export function mayHoldReference(bytes: Uint8Array): boolean {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  // Most documents have no dollar at all, and a single byte is looked for much faster.
  return buffer.includes(dollar) && buffer.includes(marker);
}

export type Deserialize = (bytes: Uint8Array) => Document;

/** Decodes a document field by field, in the order of the bytes; whatever holds no DBRef is left to `deserialize`. */
export function decodeReferences(bytes: Uint8Array, deserialize: Deserialize): Document {
  const out: Document = {};
  for (const [name, value] of decodeFields(bytes, deserialize)) setField(out, name, value);
  return out;
}

function* decodeFields(bytes: Uint8Array, deserialize: Deserialize): Generator<readonly [string, unknown]> {
  for (const [type, nameOffset, nameLength, offset, length] of onDemand.parseToElements(bytes)) {
    const name = onDemand.ByteUtils.toUTF8(bytes, nameOffset, nameOffset + nameLength, true);
    yield [name, decodeValue(type, bytes.subarray(offset, offset + length), deserialize)];
  }
}

function decodeValue(type: number, bytes: Uint8Array, deserialize: Deserialize): unknown {
  const isContainer = type === bsonTypes.object || type === bsonTypes.array;
  if (!isContainer || !mayHoldReference(bytes)) return deserialize(documentOf(type, bytes)).v;
  if (type === bsonTypes.object) return decodeReferences(bytes, deserialize);
  return Array.from(decodeFields(bytes, deserialize), ([, value]) => value);
}

/** `{v: value}` */
function documentOf(type: number, value: Uint8Array): Buffer {
  const document = Buffer.alloc(4 + 3 + value.length + 1);
  document.writeInt32LE(document.length);
  document.writeUInt8(type, 4);
  document.write('v\0', 5, 'latin1');
  document.set(value, 7);
  return document;
}
