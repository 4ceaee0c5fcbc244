/**
 * What a decoded value is. Documents are decoded with every BSON type kept (Int32, Double, Long …), so that a document
 * written again has the same types. Types are told apart by prototype, never by a property of the value, because a
 * client can send an object with any field name, `_bsontype` and `constructor` included.
 */
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
  type Document,
} from 'bson';

/** Numbers of the BSON types as `$type` spells them; `missing` marks a field that does not exist. */
export const bsonTypes = {
  minKey: -1,
  missing: 0,
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  maxKey: 127,
} as const;

export type BsonTypeName = keyof typeof bsonTypes;
export type BsonType = (typeof bsonTypes)[BsonTypeName];

const typeByPrototype = new Map<unknown, BsonType>([
  [Object.prototype, bsonTypes.object],
  [null, bsonTypes.object],
  [Array.prototype, bsonTypes.array],
  [Int32.prototype, bsonTypes.int],
  [Double.prototype, bsonTypes.double],
  [Long.prototype, bsonTypes.long],
  [Decimal128.prototype, bsonTypes.decimal],
  [Date.prototype, bsonTypes.date],
  [ObjectId.prototype, bsonTypes.objectId],
  [Binary.prototype, bsonTypes.binData],
  [UUID.prototype, bsonTypes.binData],
  [Buffer.prototype, bsonTypes.binData],
  [Uint8Array.prototype, bsonTypes.binData],
  [BSONRegExp.prototype, bsonTypes.regex],
  [RegExp.prototype, bsonTypes.regex],
  [BSONSymbol.prototype, bsonTypes.symbol],
  [Timestamp.prototype, bsonTypes.timestamp],
  [MinKey.prototype, bsonTypes.minKey],
  [MaxKey.prototype, bsonTypes.maxKey],
  // What the decoder makes of a DBPointer, which no one writes any more.
  [DBRef.prototype, bsonTypes.object],
]);

export function typeOf(value: unknown): BsonType {
  switch (typeof value) {
    case 'string':
      return bsonTypes.string;
    case 'number':
      return Number.isInteger(value) && value >= -2147483648 && value <= 2147483647 && !Object.is(value, -0)
        ? bsonTypes.int
        : bsonTypes.double;
    case 'boolean':
      return bsonTypes.bool;
    case 'bigint':
      return bsonTypes.long;
    case 'undefined':
      return bsonTypes.missing;
    default:
  }
  if (value === null) return bsonTypes.null;
  const prototype: unknown = Object.getPrototypeOf(value);
  const known = typeByPrototype.get(prototype);
  if (known !== undefined) return known;
  if (prototype === Code.prototype) {
    return (value as Code).scope ? bsonTypes.javascriptWithScope : bsonTypes.javascript;
  }
  return bsonTypes.object;
}

export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && typeOf(value) === bsonTypes.object;
}

function isNumericType(type: BsonType): boolean {
  return type === bsonTypes.int || type === bsonTypes.double || type === bsonTypes.long || type === bsonTypes.decimal;
}

export function isNumeric(value: unknown): boolean {
  return isNumericType(typeOf(value));
}

export function isNullish(value: unknown): boolean {
  return value === null || value === undefined;
}

/** The nearest JavaScript number; callers that need exactness compare encoded keys instead. */
export function toNumber(value: unknown): number {
  switch (typeOf(value)) {
    case bsonTypes.int:
    case bsonTypes.double:
      return typeof value === 'number' ? value : (value as Int32 | Double).value;
    case bsonTypes.long:
      return typeof value === 'bigint' ? Number(value) : (value as Long).toNumber();
    case bsonTypes.decimal:
      return Number((value as Decimal128).toString());
    default:
      return Number.NaN;
  }
}

/** MongoDB's truth: everything but false, zero, null and missing. */
export function isTruthy(value: unknown): boolean {
  if (isNullish(value) || value === false) return false;
  return isNumeric(value) ? toNumber(value) !== 0 : true;
}

/** Own properties only: a path such as `constructor.name` must not reach what objects inherit. */
export function ownField(document: Document, field: string): unknown {
  return Object.hasOwn(document, field) ? document[field] : undefined;
}

/** Plain assignment to `__proto__` would change the prototype instead of adding a field. */
export function setField(document: Document, field: string, value: unknown): void {
  if (field === '__proto__') {
    Object.defineProperty(document, field, { value, enumerable: true, configurable: true, writable: true });
  } else {
    document[field] = value;
  }
}

export function typeName(value: unknown): BsonTypeName {
  const type = typeOf(value);
  for (const [name, number] of Object.entries(bsonTypes)) if (number === type) return name as BsonTypeName;
  return 'object';
}
