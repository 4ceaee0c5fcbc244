/** The checked reading of a `$merge` specification. */
import type { Document } from 'bson';
import { bsonTypes, isDocument, typeName, typeOf } from '../../bson/values.js';
import { assertNamespace } from '../../engine.js';
import { fail } from '../../errors.js';
import { fieldPath } from '../documents.js';

export type WhenMatched = 'merge' | 'replace' | 'keepExisting' | 'fail' | 'pipeline';
export type WhenNotMatched = 'insert' | 'discard' | 'fail';

export interface MergeOptions {
  readonly ns: string;
  /** Undefined: `_id`. */
  readonly on: readonly string[] | undefined;
  readonly whenMatched: WhenMatched;
  readonly pipeline: readonly unknown[];
  readonly variables: Document;
  readonly whenNotMatched: WhenNotMatched;
}

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;
const fields = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];
const matchedModes: readonly string[] = ['merge', 'replace', 'keepExisting', 'fail'];
const notMatchedModes: readonly string[] = ['insert', 'discard', 'fail'];

function readTarget(into: unknown, databaseName: string): string {
  if (typeof into === 'string') return `${databaseName}.${into}`;
  if (into === undefined) return fail('Location40414', "BSON field '$merge.into' is missing but a required field");
  if (!isDocument(into))
    return fail(
      'Location51178',
      `$merge 'into' field must be either a string or an object, but found ${typeName(into)}`,
    );
  const { db = databaseName, coll } = into as Record<string, unknown>;
  const stranger = Object.keys(into).find((name) => name !== 'db' && name !== 'coll');
  if (stranger !== undefined) fail('Location40415', `BSON field '$merge.into.${stranger}' is an unknown field.`);
  if (coll === undefined || coll === null || coll === '')
    fail('Location5786801', "$merge 'into' field must specify a 'coll' that is not empty, null or undefined");
  if (typeof db !== 'string' || typeof coll !== 'string')
    return fail('TypeMismatch', "the fields 'db' and 'coll' of $merge 'into' must be strings");
  return `${db}.${coll}`;
}

function readOn(on: unknown): string[] | undefined {
  if (on === undefined) return undefined;
  if (typeof on !== 'string' && !isArray(on))
    return fail(
      'Location51186',
      `$merge 'on' field must be either a string or an array of strings, but found ${typeName(on)}`,
    );
  const names: unknown[] = typeof on === 'string' ? [on] : on;
  if (names.length === 0)
    fail('Location51187', "If explicitly specifying $merge 'on', must include at least one field");
  return names.map((name, at) => {
    if (typeof name !== 'string')
      return fail('Location51134', `$merge 'on' array elements must be strings, but found ${typeName(name)}`);
    fieldPath(name);
    if (names.indexOf(name) !== at) fail('Location31465', `Found a duplicate field '${name}'`);
    return name;
  });
}

function assertMode(value: unknown, modes: readonly string[], field: string): void {
  if (typeof value === 'string' && !modes.includes(value))
    fail('BadValue', `Enumeration value '${value}' for field '$merge.${field}' is not a valid value.`);
}

function readModes({
  whenMatched = 'merge',
  whenNotMatched = 'insert',
}: Record<string, unknown>): Pick<MergeOptions, 'whenMatched' | 'whenNotMatched' | 'pipeline'> {
  if (typeof whenMatched !== 'string' && !isArray(whenMatched))
    return fail(
      'Location51191',
      `$merge 'whenMatched' field must be either a string or an array, but found ${typeName(whenMatched)}`,
    );
  if (typeof whenNotMatched !== 'string')
    return fail('TypeMismatch', `$merge 'whenNotMatched' must be a string, but found ${typeName(whenNotMatched)}`);
  assertMode(whenMatched, matchedModes, 'whenMatched');
  assertMode(whenNotMatched, notMatchedModes, 'whenNotMatched');
  if ((whenMatched === 'keepExisting' || whenMatched === 'fail') && whenNotMatched !== 'insert')
    fail(
      'Location51181',
      `Combination of $merge modes 'whenMatched: ${whenMatched}' and 'whenNotMatched: ${whenNotMatched}' is not supported`,
    );
  return {
    whenMatched: isArray(whenMatched) ? 'pipeline' : (whenMatched as WhenMatched),
    pipeline: isArray(whenMatched) ? whenMatched : [],
    whenNotMatched: whenNotMatched as WhenNotMatched,
  };
}

function readVariables(variables: unknown, modes: Pick<MergeOptions, 'whenMatched' | 'whenNotMatched'>): Document {
  if (variables !== undefined && !isDocument(variables))
    return fail('TypeMismatch', `$merge 'let' must be an object, but found ${typeName(variables)}`);
  if (variables && modes.whenMatched !== 'pipeline')
    fail('Location51199', `Cannot use 'let' variables with 'whenMatched: ${modes.whenMatched}' mode`);
  if (!variables) return { new: '$$ROOT' };
  if (Object.hasOwn(variables, 'new')) {
    if (variables.new !== '$$ROOT')
      fail('Location51273', "'let' may not define a value for the reserved 'new' variable other than '$$ROOT'");
    return variables;
  }
  return modes.whenNotMatched === 'insert' ? { ...variables, new: '$$ROOT' } : variables;
}

export function readMerge(specification: unknown, databaseName: string): MergeOptions {
  if (typeof specification !== 'string' && !isDocument(specification))
    return fail('TypeMismatch', `$merge requires a string or object argument, but found ${typeName(specification)}`);
  const options: Record<string, unknown> = typeof specification === 'string' ? { into: specification } : specification;
  const stranger = Object.keys(options).find((name) => !fields.includes(name));
  if (stranger !== undefined) fail('Location40415', `BSON field '$merge.${stranger}' is an unknown field.`);
  const ns = readTarget(options.into, databaseName);
  assertNamespace(ns);
  const modes = readModes(options);
  return { ns, on: readOn(options.on), ...modes, variables: readVariables(options.let, modes) };
}
