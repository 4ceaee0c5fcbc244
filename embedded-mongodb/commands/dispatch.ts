/** From a command's body to its answer: checks what all commands share, then runs the one in the table. */
import type { Document } from 'bson';
import { RawReply } from '../bson/codec.js';
import { typeOf, bsonTypes } from '../bson/values.js';
import type { Engine } from '../engine.js';
import { describeError, fail } from '../errors.js';
import { assertKnownFields, checkGeneric, createInterrupt } from './generic-arguments.js';
import { commandTable } from './registry.js';

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
    checkGeneric(body, name);
    assertKnownFields(command, body, name);
    if (typeOf(database) !== bsonTypes.string || database === '')
      fail('InvalidNamespace', 'a command needs a database name in $db');
    if (command.adminOnly && database !== 'admin')
      fail('Unauthorized', `${name} may only be run against the admin database.`);
    const interrupt = createInterrupt(body.maxTimeMS, connection.isClosed);
    const reply = await command.handle({ engine, database, name, body, interrupt, connectionId: connection.id });
    return reply instanceof RawReply ? reply : { ...reply, ok: 1 };
  } catch (error) {
    const described = describeError(error);
    if (described.codeName === 'InternalError')
      engine.log('error', `command failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return { ok: 0, ...described };
  }
}
