/** Renders a key the way the shell does, for the text of duplicate-key errors. */
import type { Binary, Document, ObjectId } from 'bson';
import { bsonTypes, isDocument, isNumeric, toNumber, typeOf } from '../bson/values.js';

export function renderKeyValue(value: Document): string {
  const members = Object.entries(value).map(([name, member]) => `${name}: ${renderValue(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function renderValue(value: unknown): string {
  const type = typeOf(value);
  if (type === bsonTypes.string) return JSON.stringify(value);
  if (type === bsonTypes.objectId) return `ObjectId('${(value as ObjectId).toHexString()}')`;
  if (type === bsonTypes.date) return `new Date(${(value as Date).getTime()})`;
  if (type === bsonTypes.bool) return String(value);
  if (type === bsonTypes.double && Number.isInteger(toNumber(value))) return `${toNumber(value)}.0`;
  if (isNumeric(value)) return String(type === bsonTypes.long || type === bsonTypes.decimal ? value : toNumber(value));
  if (type === bsonTypes.binData && 'sub_type' in (value as Binary)) {
    return `BinData(${(value as Binary).sub_type}, ${Buffer.from((value as Binary).value())
      .toString('hex')
      .toUpperCase()})`;
  }
  if (type === bsonTypes.array) return `[ ${(value as unknown[]).map(renderValue).join(', ')} ]`;
  if (isDocument(value)) return renderKeyValue(value);
  return value === null || value === undefined ? 'null' : String(value);
}
