/** The arguments that every command may carry: what they ask for is done here, refused, or without meaning on one node. */
import type { Document } from 'bson';
import { isDocument, isNullish, isNumeric, toNumber, typeName } from '../bson/values.js';
import { fail } from '../errors.js';
import type { Interrupt } from '../planner/query.js';
import type { Command } from './command.js';
import { transactionRefusal } from './refused.js';

const genericFields = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  '$configTime',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'txnNumber',
  'autocommit',
  'startTransaction',
  '$audit',
  'stmtId',
  'stmtIds',
]);

export function assertKnownFields(command: Command, body: Document, name: string): void {
  if (command.fields.includes('*')) return;
  for (const field of Object.keys(body)) {
    if (genericFields.has(field) || command.fields.includes(field)) continue;
    fail('Location40415', `BSON field '${name}.${field}' is an unknown field.`);
  }
}

export function checkGeneric(body: Document, name: string): void {
  if (body.txnNumber !== undefined || body.startTransaction !== undefined || body.autocommit !== undefined) {
    fail('IllegalOperation', transactionRefusal);
  }
  checkReadConcern(body.readConcern);
  checkWriteConcern(body.writeConcern);
  checkApi(body, name);
}

/** What a client that asks for the stable API strictly may use, as far as this store has it. */
const stableCommands = new Set(
  (
    'aggregate bulkWrite collMod count create createIndexes delete drop dropDatabase dropIndexes endSessions explain find ' +
    'findAndModify getMore hello insert killCursors listCollections listDatabases listIndexes ping refreshSessions update'
  ).split(' '),
);

function checkApi({ apiVersion, apiStrict, apiDeprecationErrors }: Document, name: string): void {
  if (apiVersion === undefined) {
    if (apiStrict !== undefined || apiDeprecationErrors !== undefined)
      fail('Location4886600', 'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion');
    return;
  }
  if (apiVersion !== '1') fail('APIVersionError', 'API version must be "1"');
  if (apiStrict === true && !stableCommands.has(name))
    fail('APIStrictError', `Provided apiStrict:true, but the command ${name} is not in API Version 1`);
}

/** A standalone has one copy of the data, which local, available and majority all mean. */
function checkReadConcern(concern: unknown): void {
  if (isNullish(concern)) return;
  if (!isDocument(concern))
    return fail('TypeMismatch', "BSON field 'readConcern' is the wrong type, expected 'object'");
  for (const field of Object.keys(concern)) {
    if (['afterClusterTime', 'atClusterTime', 'afterOpTime'].includes(field))
      fail('NotAReplicaSet', 'node needs to be a replica set member to use read concern');
    if (field !== 'level' && field !== 'provenance')
      fail('Location40415', `BSON field 'readConcern.${field}' is an unknown field.`);
  }
  const level: unknown = concern.level;
  if (level === 'snapshot' || level === 'linearizable')
    fail('NotAReplicaSet', 'node needs to be a replica set member to use read concern');
  if (level !== undefined && level !== 'local' && level !== 'available' && level !== 'majority')
    fail('BadValue', `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`);
}

function checkWriteConcern(concern: unknown): void {
  if (isNullish(concern)) return;
  if (!isDocument(concern))
    return fail('TypeMismatch', "BSON field 'writeConcern' is the wrong type, expected 'object'");
  const stranger = Object.keys(concern).find((key) => !['w', 'j', 'wtimeout', 'fsync', 'provenance'].includes(key));
  if (stranger !== undefined) fail('Location40415', `BSON field 'writeConcern.${stranger}' is an unknown field.`);
  for (const flag of ['j', 'fsync']) {
    const value: unknown = concern[flag];
    if (value !== undefined && typeof value !== 'boolean' && !isNumeric(value))
      fail('TypeMismatch', `BSON field 'writeConcern.${flag}' is the wrong type '${typeName(value)}', expected 'bool'`);
  }
  const { w } = concern;
  if (w === undefined || w === 'majority') return;
  if (typeof w === 'string')
    fail('BadValue', `cannot use non-majority 'w' mode "${w}" when a host is not a member of a replica set`);
  if (!isNumeric(w)) fail('FailedToParse', 'w has to be a number, string, or object');
  const nodes = toNumber(w);
  if (!(nodes >= 0 && nodes <= 50))
    fail('FailedToParse', `w has to be a non-negative number and not greater than 50; found: ${nodes}`);
  if (nodes > 1) fail('BadValue', "cannot use 'w' > 1 when a host is not replicated");
}

export function createInterrupt(maxTimeMs: unknown, isClosed: () => boolean): Interrupt {
  const limit = readTimeLimit(maxTimeMs);
  const deadline = limit > 0 ? performance.now() + limit : Number.POSITIVE_INFINITY;
  return () => {
    if (isClosed()) fail('Interrupted', 'the client disconnected');
    if (performance.now() >= deadline) fail('MaxTimeMSExpired', 'operation exceeded time limit');
  };
}

/** Milliseconds; zero means no limit. */
function readTimeLimit(maxTimeMs: unknown): number {
  if (maxTimeMs === undefined || maxTimeMs === null) return 0;
  if (!isNumeric(maxTimeMs)) fail('BadValue', 'maxTimeMS must be a number');
  const limit = toNumber(maxTimeMs);
  if (!Number.isInteger(limit)) fail('BadValue', 'maxTimeMS has non-integral value');
  if (limit < 0 || limit > 0x7fffffff) fail('BadValue', `${limit} value for maxTimeMS is out of range [0, 2147483647]`);
  return limit;
}
