/** What a command is, and the checked reading of its arguments. Unknown arguments are refused, never ignored. */
import type { Document, Long } from 'bson';
import type { RawReply } from '../bson/codec.js';
import { bsonTypes, isDocument, isNumeric, isTruthy, ownField, toNumber, typeName, typeOf } from '../bson/values.js';
import type { Engine } from '../engine.js';
import { fail } from '../errors.js';
import type { Interrupt } from '../planner/query.js';

export interface CommandContext {
  readonly engine: Engine;
  readonly database: string;
  readonly name: string;
  readonly body: Document;
  readonly interrupt: Interrupt;
  readonly connectionId: number;
}

export interface Command {
  readonly names: readonly string[];
  /** Arguments beside the generic ones. */
  readonly fields: readonly string[];
  /** Refused on any other database than `admin`. */
  readonly adminOnly?: boolean;
  readonly handle: (context: CommandContext) => Promise<Document | RawReply> | Document | RawReply;
}

export class Arguments {
  readonly #body: Document;
  readonly #command: string;

  constructor(body: Document, command: string) {
    this.#body = body;
    this.#command = command;
  }

  /** Where a type is expected null stands for an absent argument, as for a server's own parser (idl_parser.cpp). */
  #get(name: string): unknown {
    return this.raw(name) ?? undefined;
  }

  #mismatch(name: string, expected: string): never {
    return fail(
      'TypeMismatch',
      `BSON field '${this.#command}.${name}' is the wrong type '${typeName(this.#get(name))}', expected type '${expected}'`,
    );
  }

  has(name: string): boolean {
    return this.#get(name) !== undefined;
  }

  /** Of any type, null included. */
  raw(name: string): unknown {
    return ownField(this.#body, name);
  }

  text(name: string): string {
    const value = this.#get(name);
    return typeof value === 'string' ? value : this.#mismatch(name, 'string');
  }

  document(name: string): Document | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    return isDocument(value) ? value : this.#mismatch(name, 'object');
  }

  array(name: string): unknown[] | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    return typeOf(value) === bsonTypes.array ? (value as unknown[]) : this.#mismatch(name, 'array');
  }

  documents(name: string): Document[] {
    return this.required(name, this.array(name)).map((item) =>
      isDocument(item) ? item : this.#mismatch(name, 'object'),
    );
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = this.#get(name);
    if (value === undefined) return fallback;
    if (typeof value === 'boolean' || isNumeric(value)) return isTruthy(value);
    return this.#mismatch(name, 'bool');
  }

  integer(name: string): number | undefined {
    const value = this.#get(name);
    if (value === undefined) return undefined;
    if (!isNumeric(value)) this.#mismatch(name, 'long');
    return Math.trunc(toNumber(value));
  }

  required<T>(name: string, value: T | undefined): T {
    if (value !== undefined) return value;
    return fail('Location40414', `BSON field '${this.#command}.${name}' is missing but a required field`);
  }

  nonNegative(name: string): number | undefined {
    const value = this.integer(name);
    if (value !== undefined && value < 0)
      fail('Location51024', `BSON field '${name}' value must be >= 0, actual value '${value}'`);
    return value;
  }

  long(name: string): bigint {
    const value = this.#get(name);
    if (typeOf(value) === bsonTypes.long) return (value as Long).toBigInt();
    return isNumeric(value) ? BigInt(Math.trunc(toNumber(value))) : this.#mismatch(name, 'long');
  }
}

export function assertFields(document: Document, fields: readonly string[], where: string): void {
  const stranger = Object.keys(document).find((key) => !fields.includes(key));
  if (stranger !== undefined) fail('Location40415', `BSON field '${where}.${stranger}' is an unknown field.`);
}

export function argumentsOf({ body, name }: CommandContext): Arguments {
  return new Arguments(body, name);
}

/** The documents a reply's first batch may hold. */
export function readBatchSize(args: Arguments, command: string): number | undefined {
  const cursor = args.document('cursor') ?? {};
  assertFields(cursor, ['batchSize'], `${command}.cursor`);
  return new Arguments(cursor, `${command}.cursor`).nonNegative('batchSize');
}

/** `db.collection` from the command's first field. */
export function namespaceOf({ body, name, database }: CommandContext): string {
  const collection: unknown = body[name];
  if (typeof collection !== 'string')
    return fail('InvalidNamespace', `collection name has invalid type ${typeName(collection)}`);
  if (collection === '') fail('InvalidNamespace', `Invalid namespace specified '${database}.'`);
  if (collection.includes('\0')) fail('InvalidNamespace', 'namespaces cannot have embedded null characters');
  return `${database}.${collection}`;
}
