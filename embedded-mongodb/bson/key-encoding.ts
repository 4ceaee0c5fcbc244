/**
 * The one source of truth for order. Every BSON value becomes bytes whose memcmp order is MongoDB's order: a type byte
 * first, then a self-delimiting payload, so that components can be joined and none is a prefix of another.
 * Indexes, sorting, `$min`/`$max`, distinct and grouping all use it (directly, or through `compare`, which agrees with it).
 */
import type { Binary, BSONRegExp, Code, Decimal128, Document, Double, Int32, Long, ObjectId, Timestamp } from 'bson';
import { exactFromDouble, exactOf, subtractExact, type Exact } from './decimal.js';
import { KeyWriter } from './key-writer.js';
import { bsonTypes, isDocument, typeOf, type BsonType } from './values.js';

/** Type bytes in MongoDB's order, with gaps so that "type byte + 1" is a bound. None is 00, which ends an array or object. */
export const typeBytes = {
  minKey: 0x04,
  emptyArray: 0x08,
  null: 0x10,
  number: 0x18,
  string: 0x20,
  object: 0x28,
  array: 0x30,
  binData: 0x38,
  objectId: 0x40,
  bool: 0x48,
  date: 0x50,
  timestamp: 0x58,
  regex: 0x60,
  code: 0x70,
  codeWithScope: 0x78,
  maxKey: 0xf8,
} as const;

const typeByteOf: Record<BsonType, number> = {
  [bsonTypes.minKey]: typeBytes.minKey,
  [bsonTypes.missing]: typeBytes.null,
  [bsonTypes.undefined]: typeBytes.null,
  [bsonTypes.null]: typeBytes.null,
  [bsonTypes.int]: typeBytes.number,
  [bsonTypes.double]: typeBytes.number,
  [bsonTypes.long]: typeBytes.number,
  [bsonTypes.decimal]: typeBytes.number,
  [bsonTypes.string]: typeBytes.string,
  [bsonTypes.symbol]: typeBytes.string,
  [bsonTypes.object]: typeBytes.object,
  [bsonTypes.dbPointer]: typeBytes.object,
  [bsonTypes.array]: typeBytes.array,
  [bsonTypes.binData]: typeBytes.binData,
  [bsonTypes.objectId]: typeBytes.objectId,
  [bsonTypes.bool]: typeBytes.bool,
  [bsonTypes.date]: typeBytes.date,
  [bsonTypes.timestamp]: typeBytes.timestamp,
  [bsonTypes.regex]: typeBytes.regex,
  [bsonTypes.javascript]: typeBytes.code,
  [bsonTypes.javascriptWithScope]: typeBytes.codeWithScope,
  [bsonTypes.maxKey]: typeBytes.maxKey,
};

/** Stands for `[]` as an index or sort key, which MongoDB places before null. Never stored in a document. */
export const emptyArrayKey = Symbol('empty array');

export function orderTypeOf(value: unknown): number {
  return value === emptyArrayKey ? typeBytes.emptyArray : typeByteOf[typeOf(value)];
}

const scratch = new KeyWriter();

export function encodeKey(value: unknown, descending = false): Buffer {
  scratch.reset();
  writeComponent(scratch, value, descending);
  return scratch.take();
}

export function writeComponent(out: KeyWriter, value: unknown, descending: boolean): void {
  const start = out.length;
  writeValue(out, value);
  if (descending) out.invert(start, out.length);
}

function writeValue(out: KeyWriter, value: unknown): void {
  const typeByte = orderTypeOf(value);
  out.byte(typeByte);
  writePayload(out, typeByte, value);
}

function writePayload(out: KeyWriter, typeByte: number, value: unknown): void {
  switch (typeByte) {
    case typeBytes.number:
      return writeNumber(out, value);
    case typeBytes.string:
      return out.text(typeof value === 'string' ? value : String((value as { value: string }).value));
    case typeBytes.object:
      return writeObject(out, value as Document);
    case typeBytes.array:
      for (const element of value as unknown[]) writeValue(out, element);
      return out.byte(0);
    case typeBytes.binData:
      return writeBinary(out, value as Binary | Uint8Array);
    case typeBytes.objectId:
      return out.raw((value as ObjectId).id);
    case typeBytes.bool:
      return out.byte(value ? 1 : 0);
    case typeBytes.date:
      return out.uint64(BigInt.asUintN(64, BigInt((value as Date).getTime() || 0)) ^ 0x8000000000000000n);
    case typeBytes.timestamp:
      return out.uint64(BigInt.asUintN(64, (value as Timestamp).toBigInt()));
    case typeBytes.regex:
      return writeRegex(out, value as BSONRegExp | RegExp);
    case typeBytes.code:
      return out.text(String((value as Code).code));
    case typeBytes.codeWithScope:
      out.text(String((value as Code).code));
      return writeObject(out, (value as Code).scope ?? {});
    default:
  }
}

/** The fields of an object in their order; what the decoder makes of a DBPointer is one. */
export function fieldsOf(value: Document): Document {
  return isDocument(value) && '_bsontype' in value && typeof value.toJSON === 'function'
    ? (value.toJSON() as Document)
    : value;
}

/** MongoDB compares objects field by field: type first, then name, then value. */
function writeObject(out: KeyWriter, value: Document): void {
  const fields = fieldsOf(value);
  for (const name of Object.keys(fields)) {
    const member: unknown = fields[name];
    const typeByte = orderTypeOf(member);
    out.byte(typeByte);
    out.text(name);
    writePayload(out, typeByte, member);
  }
  out.byte(0);
}

/** Length first, then subtype, then bytes. */
function writeBinary(out: KeyWriter, value: Binary | Uint8Array): void {
  const plain = value instanceof Uint8Array;
  const bytes = plain ? value : value.value();
  out.uint32(bytes.length);
  out.byte(plain ? 0 : value.sub_type);
  out.raw(bytes);
}

function writeRegex(out: KeyWriter, value: BSONRegExp | RegExp): void {
  out.text(value instanceof RegExp ? value.source : value.pattern);
  out.text(value instanceof RegExp ? value.flags : value.options);
}

const exactTie = 0x80;

/** The nearest double, then a tie-break byte; only numbers a double cannot hold have more after it. */
function writeNumber(out: KeyWriter, value: unknown): void {
  if (typeof value === 'number') return writeDouble(out, value);
  const type = typeOf(value);
  if (type === bsonTypes.int || type === bsonTypes.double) return writeDouble(out, (value as Int32 | Double).value);
  const exact = exactOf(value);
  if (!exact) return writeDouble(out, Number((value as Decimal128).toString()));
  let nearest =
    type === bsonTypes.long
      ? typeof value === 'bigint'
        ? Number(value)
        : (value as Long).toNumber()
      : Number((value as Decimal128).toString());
  if (!Number.isFinite(nearest)) nearest = nearest > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE;
  const remainder = subtractExact(exact, exactFromDouble(nearest));
  if (remainder.coefficient === 0n) return writeDouble(out, nearest);
  out.double(nearest === 0 ? 0 : nearest);
  writeRemainder(out, remainder);
}

function writeDouble(out: KeyWriter, value: number): void {
  if (Number.isNaN(value)) {
    out.uint64(0n);
  } else {
    out.double(value === 0 ? 0 : value);
  }
  out.byte(exactTie);
}

/** Enough digits to tell apart any two Decimal128 values that share a nearest double. */
const remainderDigits = 60;

function writeRemainder(out: KeyWriter, remainder: Exact): void {
  const negative = remainder.coefficient < 0n;
  const digits = (negative ? -remainder.coefficient : remainder.coefficient).toString();
  // The position of the first digit decides first, so it comes before the digits.
  const magnitude = digits.length + remainder.exponent;
  out.byte(negative ? exactTie - 1 : exactTie + 1);
  const start = out.length;
  out.uint16(magnitude + 0x8000);
  out.text(digits.slice(0, remainderDigits).replace(/0+$/, ''));
  if (negative) out.invert(start, out.length);
}
