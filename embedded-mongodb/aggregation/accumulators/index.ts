/** The table of `$group` accumulators. */
import type { Document } from 'bson';
import { binaryOrder, type Order } from '../../bson/compare.js';
import { Summation } from '../../bson/summation.js';
import { isDocument, isNullish, setField, typeName } from '../../bson/values.js';
import { fail } from '../../errors.js';

export interface Accumulator {
  /** Of one whose state grows: whether this value takes room, which an equal one that is held already does not. */
  add(value: unknown): boolean | void;
  result(): unknown;
}

export interface AccumulatorDefinition {
  readonly create: (order?: Order) => Accumulator;
  /** `$count` takes an empty object instead of an expression. */
  readonly takesNothing?: boolean;
}

function createSum(): Accumulator {
  const summation = new Summation();
  return { add: (value) => summation.add(value), result: () => summation.total() };
}

function createAverage(): Accumulator {
  const summation = new Summation();
  return { add: (value) => summation.add(value), result: () => summation.average() };
}

/** Later fields win. Null and missing add nothing. */
function createMergedObject(): Accumulator {
  const merged: Document = {};
  return {
    add: (value) => {
      if (isNullish(value)) return false;
      if (!isDocument(value))
        return fail('Location40400', `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`);
      const isKnown = Object.keys(value).every((key) => Object.hasOwn(merged, key));
      for (const key of Object.keys(value)) setField(merged, key, value[key]);
      return !isKnown;
    },
    result: () => merged,
  };
}

function createExtreme({ compare }: Order, isBetter: (order: number) => boolean): Accumulator {
  let best: unknown;
  return {
    add: (value) => {
      if (!isNullish(value) && (best === undefined || isBetter(compare(value, best)))) best = value;
    },
    result: () => best ?? null,
  };
}

function createEdge(isFirst: boolean): Accumulator {
  let found: unknown;
  let isSet = false;
  return {
    add: (value) => {
      if (isFirst && isSet) return;
      found = value;
      isSet = true;
    },
    result: () => found ?? null,
  };
}

function createPush(): Accumulator {
  const values: unknown[] = [];
  return {
    add: (value) => {
      if (value !== undefined) values.push(value);
    },
    result: () => values,
  };
}

function createSet({ identify }: Order): Accumulator {
  const values = new Map<string, unknown>();
  return {
    add: (value) => {
      if (value === undefined) return false;
      const identity = identify(value);
      const isNew = !values.has(identity);
      if (isNew) values.set(identity, value);
      return isNew;
    },
    result: () => [...values.values()],
  };
}

function createCount(): Accumulator {
  let count = 0;
  return { add: () => void count++, result: () => count };
}

const accumulators: ReadonlyMap<string, AccumulatorDefinition> = new Map(
  Object.entries<AccumulatorDefinition>({
    $sum: { create: createSum },
    $avg: { create: createAverage },
    $min: { create: (order = binaryOrder) => createExtreme(order, (verdict) => verdict < 0) },
    $max: { create: (order = binaryOrder) => createExtreme(order, (verdict) => verdict > 0) },
    $first: { create: () => createEdge(true) },
    $last: { create: () => createEdge(false) },
    $push: { create: createPush },
    $mergeObjects: { create: createMergedObject },
    $addToSet: { create: (order = binaryOrder) => createSet(order) },
    $count: { create: createCount, takesNothing: true },
  }),
);

export function accumulatorOf(name: string): AccumulatorDefinition {
  return accumulators.get(name) ?? fail('Location15952', `unknown group operator '${name}'`);
}

export function findAccumulator(name: string, operand: unknown): AccumulatorDefinition {
  const found = accumulatorOf(name);
  if (found.takesNothing && !(isDocument(operand) && Object.keys(operand).length === 0))
    fail('TypeMismatch', `${name} takes no arguments, i.e. ${name}:{}`);
  if (Array.isArray(operand)) fail('Location40237', `The ${name} accumulator is a unary operator`);
  return found;
}
