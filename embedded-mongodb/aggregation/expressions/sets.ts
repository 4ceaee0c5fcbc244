/** Arrays taken as sets. What comes out is in order and holds each value once. */
import { isNullish, isTruthy, typeName } from '../../bson/values.js';
import { fail, type ErrorName } from '../../errors.js';
import { compareValues } from './comparison.js';
import { compileFixed, compileOperands, isArray, unary, type ExpressionFactory } from './operator.js';
import type { Expression, Order } from './scope.js';

type ValueSet = Map<string, unknown>;

function setOf(order: Order, array: readonly unknown[]): ValueSet {
  const values: ValueSet = new Map();
  for (const value of array) {
    const identity = order.identify(value);
    if (!values.has(identity)) values.set(identity, value);
  }
  return values;
}

const inOrder = (order: Order, values: ValueSet): unknown[] =>
  [...values.values()].sort((a, b) => compareValues(order, a, b));

function arrayOf(name: string, value: unknown, error: ErrorName): unknown[] {
  return isArray(value)
    ? value
    : fail(error, `All operands of ${name} must be arrays. One is of type: ${typeName(value)}`);
}

/** Null when one operand is. */
function combine(notAnArray: ErrorName, merge: (all: ValueSet, next: ValueSet) => ValueSet): ExpressionFactory {
  return (operand, context) => {
    const members = compileOperands(operand, context);
    const { order } = context.scope;
    return (frame) => {
      let all: ValueSet | undefined;
      for (const member of members) {
        const value = member(frame);
        if (isNullish(value)) return null;
        const next = setOf(order, arrayOf(context.name, value, notAnArray));
        all = all ? merge(all, next) : next;
      }
      return inOrder(order, all ?? new Map());
    };
  };
}

const difference: ExpressionFactory = (operand, context) => {
  const [left, right] = compileFixed(operand, context, 2) as [Expression, Expression];
  const { order } = context.scope;
  return (frame) => {
    const [from, without] = [left(frame), right(frame)];
    if (isNullish(from) || isNullish(without)) return null;
    const array = arrayOf('$setDifference', from, 'Location17048');
    const excluded = setOf(order, arrayOf('$setDifference', without, 'Location17049'));
    return [...setOf(order, array)].filter(([identity]) => !excluded.has(identity)).map(([, value]) => value);
  };
};

const equals: ExpressionFactory = (operand, context) => {
  const members = compileOperands(operand, context);
  if (members.length < 2) fail('Location17045', `$setEquals needs at least two arguments had: ${members.length}`);
  const { order } = context.scope;
  return (frame) => {
    const [first, ...others] = members.map((member) =>
      setOf(order, arrayOf('$setEquals', member(frame), 'Location17044')),
    );
    return others.every((other) => other.size === first?.size && [...other.keys()].every((key) => first.has(key)));
  };
};

const isSubset: ExpressionFactory = (operand, context) => {
  const [left, right] = compileFixed(operand, context, 2) as [Expression, Expression];
  const { order } = context.scope;
  return (frame) => {
    const part = arrayOf('$setIsSubset', left(frame), 'Location17046');
    const whole = setOf(order, arrayOf('$setIsSubset', right(frame), 'Location17042'));
    return part.every((value) => whole.has(order.identify(value)));
  };
};

export const setExpressions: Record<string, ExpressionFactory> = {
  $setUnion: combine('Location17043', (all, next) => new Map([...next, ...all])),
  $setIntersection: combine(
    'Location17047',
    (all, next) => new Map([...all].filter(([identity]) => next.has(identity))),
  ),
  $setDifference: difference,
  $setEquals: equals,
  $setIsSubset: isSubset,
  $anyElementTrue: unary((value) => arrayOf('$anyElementTrue', value, 'Location17041').some(isTruthy)),
  $allElementsTrue: unary((value) => arrayOf('$allElementsTrue', value, 'Location17040').every(isTruthy)),
};
