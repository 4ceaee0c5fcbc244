/** From a command's body to its answer: checks what all commands share, then runs the one in the table. */
import type { Document } from 'bson';
import { RawReply } from '../bson/codec.js';
import { isDocument, isNumeric, toNumber, typeOf, bsonTypes } from '../bson/values.js';
import type { Engine } from '../engine.js';
import { describeError, fail } from '../errors.js';
import type { Interrupt } from '../planner/query.js';
import type { Command } from './command.js';
import { transactionRefusal } from './refused.js';
import { commandTable } from './registry.js';

/** Arguments any command may carry. Those that ask for something else than this store does are checked below. */
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

const readConcernLevels = ['local', 'majority', 'available', 'linearizable'];

function checkGeneric(body: Document): void {
  if (body.txnNumber !== undefined || body.startTransaction !== undefined || body.autocommit !== undefined) {
    fail('IllegalOperation', transactionRefusal);
  }
  const readConcern: unknown = body.readConcern;
  if (readConcern !== undefined) {
    if (!isDocument(readConcern)) return fail('TypeMismatch', 'readConcern must be an object');
    const level: unknown = readConcern.level;
    if (level === 'snapshot')
      fail('InvalidOptions', 'readConcern level snapshot is only valid on a replica set or sharded cluster');
    if (level !== undefined && !readConcernLevels.includes(String(level)))
      fail('FailedToParse', `Enumeration value '${String(level)}' for field 'level' is not a valid value.`);
  }
  checkWriteConcern(body.writeConcern);
  if (body.apiVersion !== undefined && body.apiVersion !== '1') fail('APIVersionError', 'API version must be "1"');
}

function checkWriteConcern(concern: unknown): void {
  if (concern === undefined) return;
  if (!isDocument(concern)) return fail('TypeMismatch', 'writeConcern must be an object');
  const stranger = Object.keys(concern).find((key) => !['w', 'j', 'wtimeout', 'fsync', 'provenance'].includes(key));
  if (stranger !== undefined) fail('FailedToParse', `unrecognized write concern field: ${stranger}`);
  const { w } = concern;
  if (w === undefined || w === 'majority') return;
  if (!isNumeric(w))
    fail('UnknownReplWriteConcern', `No write concern mode named '${String(w)}' found in replica set configuration`);
  if (toNumber(w) > 1) fail('BadValue', "cannot use 'w' > 1 when a host is not replicated");
}

function checkFields(command: Command, body: Document, name: string): void {
  if (command.fields.includes('*')) return;
  for (const field of Object.keys(body)) {
    if (genericFields.has(field) || command.fields.includes(field)) continue;
    fail('Location40415', `BSON field '${name}.${field}' is an unknown field.`);
  }
}

function createInterrupt(maxTimeMs: unknown, isClosed: () => boolean): Interrupt {
  if (maxTimeMs !== undefined && maxTimeMs !== null) {
    if (!isNumeric(maxTimeMs)) fail('BadValue', 'maxTimeMS must be a number');
    const limit = toNumber(maxTimeMs);
    if (limit < 0 || limit > 0x7fffffff || !Number.isInteger(limit))
      fail('BadValue', `${limit} value for maxTimeMS is out of range [0, 2147483647]`);
    if (limit > 0) {
      const deadline = performance.now() + limit;
      return () => {
        if (isClosed()) fail('Interrupted', 'the client disconnected');
        if (performance.now() >= deadline) fail('MaxTimeMSExpired', 'operation exceeded time limit');
      };
    }
  }
  return () => {
    if (isClosed()) fail('Interrupted', 'the client disconnected');
  };
}

export interface Connection {
  readonly id: number;
  readonly isClosed: () => boolean;
}

export async function dispatch(
  engine: Engine,
  connection: Connection,
  body: Document,
  database: string,
): Promise<Document | RawReply> {
  try {
    const name = Object.keys(body)[0];
    if (name === undefined) return fail('CommandNotFound', "no such command: ''");
    const command = commandTable.get(name) ?? fail('CommandNotFound', `no such command: '${name}'`);
    checkGeneric(body);
    checkFields(command, body, name);
    if (typeOf(database) !== bsonTypes.string || database === '')
      fail('InvalidNamespace', 'a command needs a database name in $db');
    const interrupt = createInterrupt(name === 'getMore' ? undefined : body.maxTimeMS, connection.isClosed);
    const reply = await command.handle({ engine, database, name, body, interrupt, connectionId: connection.id });
    return reply instanceof RawReply ? reply : { ...reply, ok: 1 };
  } catch (error) {
    const described = describeError(error);
    if (described.codeName === 'InternalError')
      engine.log('error', `command failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return { ok: 0, ...described };
  }
}
