/** The table of `$group` accumulators. */
import { Double } from 'bson';
import { calculate } from '../../bson/arithmetic.js';
import { binaryOrder, type Order } from '../../bson/compare.js';
import { bsonTypes, isDocument, isNullish, isNumeric, toNumber, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';

export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

export interface AccumulatorDefinition {
  readonly create: (order?: Order) => Accumulator;
  /** `$count` takes an empty object instead of an expression. */
  readonly takesNothing?: boolean;
}

function createSum(): Accumulator {
  let total: unknown = 0;
  return {
    add: (value) => {
      if (isNumeric(value)) total = calculate('add', total, value) ?? new Double(toNumber(total) + toNumber(value));
    },
    result: () => total,
  };
}

function createAverage(): Accumulator {
  let total = 0;
  let count = 0;
  return {
    add: (value) => {
      if (!isNumeric(value)) return;
      if (typeOf(value) === bsonTypes.decimal)
        fail('NotImplemented', '$avg of decimal values is not supported by this store');
      total += toNumber(value);
      count++;
    },
    result: () => (count === 0 ? null : new Double(total / count)),
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
      if (value === undefined) return;
      const identity = identify(value);
      if (!values.has(identity)) values.set(identity, value);
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
    $addToSet: { create: (order = binaryOrder) => createSet(order) },
    $count: { create: createCount, takesNothing: true },
  }),
);

export function findAccumulator(name: string, operand: unknown): AccumulatorDefinition {
  const found = accumulators.get(name) ?? fail('Location15952', `unknown group operator '${name}'`);
  if (found.takesNothing && !(isDocument(operand) && Object.keys(operand).length === 0))
    fail('TypeMismatch', `${name} takes no arguments, i.e. ${name}:{}`);
  return found;
}
