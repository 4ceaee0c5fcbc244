import type { Document } from 'bson';
import type { Scope } from '../../aggregation/expressions/scope.js';
import { bsonTypes, isDocument, isNumeric, toNumber, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { compileElementCondition } from '../../query/element-condition.js';
import { splitPath } from '../../query/paths.js';
import { readTarget } from '../target.js';
import { keep, type UpdateAction, type UpdateOperatorFactory } from '../operator.js';

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

function requireInteger(value: unknown, what: string): number {
  const number = isNumeric(value) ? toNumber(value) : Number.NaN;
  return Number.isInteger(number)
    ? number
    : fail('BadValue', `The value for ${what} must be an integer value but was given type: ${typeName(value)}`);
}

interface PushModifiers {
  readonly items: readonly unknown[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly order: ((items: unknown[]) => unknown[]) | undefined;
}

/** The fields of a `$sort` in a `$push`, each with its direction; no field stands for the whole element. */
function parseSortFields(specification: unknown): { parts: readonly string[]; direction: number }[] {
  if (!isNumeric(specification) && !isDocument(specification))
    fail(
      'BadValue',
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  const fields = isDocument(specification) ? Object.entries(specification) : [['', specification] as const];
  if (fields.length === 0) fail('BadValue', 'The $sort pattern is empty when it should be a set of fields.');
  return fields.map(([path, value]: readonly [string, unknown]) => {
    const direction = isNumeric(value) ? toNumber(value) : 0;
    if (Math.abs(direction) !== 1) fail('BadValue', 'The $sort element value must be either 1 or -1');
    const parts = isDocument(specification) ? splitPath(path) : [];
    if (parts.includes('')) fail('BadValue', `The $sort field is a dotted field but has an empty part: ${path}`);
    return { parts, direction };
  });
}

/** Elements that are no objects have none of the fields; arrays compare as wholes. */
function parseElementSort(specification: unknown, { order }: Scope): (items: unknown[]) => unknown[] {
  const fields = parseSortFields(specification);
  const keyOf = (item: unknown, parts: readonly string[]): unknown =>
    parts.length === 0 ? item : isDocument(item) ? (readTarget(item, parts) ?? null) : null;
  const compareItems = (a: unknown, b: unknown): number => {
    for (const { parts, direction } of fields) {
      const verdict = order.compare(keyOf(a, parts), keyOf(b, parts));
      if (verdict !== 0) return verdict * direction;
    }
    return 0;
  };
  return (items) => [...items].sort(compareItems);
}

function parsePush(operand: unknown, scope: Scope): PushModifiers {
  if (!isDocument(operand) || !Object.hasOwn(operand, '$each')) {
    if (isDocument(operand)) refuseModifiersWithoutEach(operand);
    return { items: [operand], position: undefined, slice: undefined, order: undefined };
  }
  for (const name of Object.keys(operand)) {
    if (!['$each', '$slice', '$sort', '$position'].includes(name))
      fail('BadValue', `Unrecognized clause in $push: ${name}`);
  }
  if (!isArray(operand.$each))
    fail('BadValue', `The argument to $each in $push must be an array but it was of type: ${typeName(operand.$each)}`);
  return {
    items: operand.$each,
    position: operand.$position === undefined ? undefined : requireInteger(operand.$position, '$position'),
    slice: operand.$slice === undefined ? undefined : requireInteger(operand.$slice, '$slice'),
    order: operand.$sort === undefined ? undefined : parseElementSort(operand.$sort, scope),
  };
}

function refuseModifiersWithoutEach(operand: Document): void {
  const first = Object.keys(operand)[0];
  if (first === '$slice' || first === '$sort' || first === '$position') {
    fail('DollarPrefixedFieldName', `The dollar ($) prefixed field '${first}' in '${first}' is not valid for storage.`);
  }
}

function push(operand: unknown, path: string, scope: Scope): UpdateAction {
  const { items, position, slice, order } = parsePush(operand, scope);
  return {
    createsPath: true,
    apply: (current, { document }) => {
      if (current !== undefined && !isArray(current)) {
        fail(
          'BadValue',
          `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${String(document._id)}}`,
        );
      }
      let next = [...(current ?? [])];
      if (position === undefined || position >= next.length) next.push(...items);
      else next.splice(position < 0 ? Math.max(0, next.length + position) : position, 0, ...items);
      if (order) next = order(next);
      if (slice !== undefined) next = slice === 0 ? [] : slice > 0 ? next.slice(0, slice) : next.slice(slice);
      return { set: next };
    },
  };
}

function addToSet(operand: unknown, path: string, { order }: Scope): UpdateAction {
  let items: readonly unknown[] = [operand];
  if (isDocument(operand) && Object.keys(operand)[0] === '$each') {
    if (!isArray(operand.$each))
      fail(
        'TypeMismatch',
        `The argument to $each in $addToSet must be an array but it was of type ${typeName(operand.$each)}`,
      );
    const stranger = Object.keys(operand).find((name) => name !== '$each');
    if (stranger !== undefined) fail('BadValue', `Found unexpected fields after $each in $addToSet: ${stranger}`);
    items = operand.$each;
  }
  return {
    createsPath: true,
    apply: (current) => {
      if (current !== undefined && !isArray(current)) {
        fail(
          'BadValue',
          `Cannot apply $addToSet to non-array field. Field named '${path.split('.').at(-1) ?? path}' has non-array type ${typeName(current)}`,
        );
      }
      const next = [...(current ?? [])];
      for (const item of items) if (!next.some((present) => order.compare(present, item) === 0)) next.push(item);
      return current !== undefined && next.length === current.length ? keep : { set: next };
    },
  };
}

function pop(operand: unknown, path: string): UpdateAction {
  const end = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  if (!isNumeric(operand)) fail('FailedToParse', `Expected a number in: ${path}: ${String(operand)}`);
  if (end !== 1 && end !== -1) fail('FailedToParse', `$pop expects 1 or -1, found: ${end}`);
  return {
    createsPath: false,
    apply: (current) => {
      if (current === undefined) return keep;
      if (!isArray(current))
        return fail('TypeMismatch', `Path '${path}' contains an element of non-array type '${typeName(current)}'`);
      if (current.length === 0) return keep;
      return { set: end === 1 ? current.slice(0, -1) : current.slice(1) };
    },
  };
}

function removeWhere(name: string, isRemoved: (element: unknown) => boolean): UpdateAction {
  return {
    createsPath: false,
    apply: (current) => {
      if (current === undefined) return keep;
      if (!isArray(current)) return fail('BadValue', `Cannot apply ${name} to a non-array value`);
      const next = current.filter((element) => !isRemoved(element));
      return next.length === current.length ? keep : { set: next };
    },
  };
}

export const arrayUpdateOperators: Record<string, UpdateOperatorFactory> = {
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: (operand, _path, scope) =>
    removeWhere('$pull', compileElementCondition(operand, { scope, expressions: 'banned' })),
  $pullAll: (operand, _path, { order }) => {
    if (!isArray(operand))
      return fail('BadValue', `$pullAll requires an array argument but was given a ${typeName(operand)}`);
    return removeWhere('$pullAll', (element) => operand.some((unwanted) => order.compare(unwanted, element) === 0));
  },
};
