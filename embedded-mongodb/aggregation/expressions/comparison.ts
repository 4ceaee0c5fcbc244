/** Comparison, logic and choice. */
import { bsonTypes, isDocument, isNullish, isTruthy, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import {
  compileFixed,
  compileNamed,
  compileOperands,
  isArray,
  readNamed,
  unary,
  type ExpressionFactory,
} from './operator.js';
import type { Expression, Order } from './scope.js';

/** Here, unlike in filters, a missing value is not null: it stands right after MinKey. */
export function compareValues(order: Order, left: unknown, right: unknown): number {
  if (left !== undefined && right !== undefined) return order.compare(left, right);
  if (left === right) return 0;
  if (left === undefined) return typeOf(right) === bsonTypes.minKey ? 1 : -1;
  return typeOf(left) === bsonTypes.minKey ? -1 : 1;
}

function comparison(verdict: (order: number) => unknown): ExpressionFactory {
  return (operand, context) => {
    const [left, right] = compileFixed(operand, context, 2) as [Expression, Expression];
    const { order } = context.scope;
    return (frame) => verdict(compareValues(order, left(frame), right(frame)));
  };
}

// As pairs: an object with a field `then` would pass for a promise.
const conditionParts = Object.fromEntries([
  ['if', 'Location17080'],
  ['then', 'Location17081'],
  ['else', 'Location17082'],
] as const);

const condition: ExpressionFactory = (operand, context) => {
  let parts: readonly (Expression | undefined)[];
  if (isDocument(operand)) {
    const named = compileNamed(operand, context, {
      notAnObject: 'Location17083',
      unknown: 'Location17083',
      required: conditionParts,
    });
    parts = [named.get('if'), named.get('then'), named.get('else')];
  } else {
    parts = compileFixed(operand, context, 3);
  }
  const [test, whenTrue, whenFalse] = parts as [Expression, Expression, Expression];
  return (frame) => (isTruthy(test(frame)) ? whenTrue(frame) : whenFalse(frame));
};

const ifNull: ExpressionFactory = (operand, context) => {
  const members = compileOperands(operand, context);
  if (members.length < 2) fail('Location1257300', `$ifNull needs at least two arguments, had: ${members.length}`);
  return (frame) => {
    let value: unknown;
    for (const member of members) {
      value = member(frame);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

const branchRules = {
  notAnObject: 'Location40062',
  unknown: 'Location40063',
  required: Object.fromEntries([
    ['case', 'Location40064'],
    ['then', 'Location40065'],
  ] as const),
} as const;

const choice: ExpressionFactory = (operand, context) => {
  const named = readNamed(operand, '$switch', {
    notAnObject: 'Location40060',
    unknown: 'Location40067',
    required: {},
    optional: ['branches', 'default'],
  });
  const listed = named.get('branches') ?? [];
  if (!isArray(listed))
    return fail('Location40061', `$switch expected an array for 'branches', found: ${typeName(listed)}`);
  const branches = listed.map((branch) => {
    const parts = compileNamed(branch, context, branchRules);
    return [parts.get('case'), parts.get('then')] as [Expression, Expression];
  });
  if (branches.length === 0) fail('Location40068', '$switch requires at least one branch.');
  const otherwise = named.has('default') ? context.compile(named.get('default'), context.scope) : undefined;
  return (frame) => {
    for (const [test, result] of branches) if (isTruthy(test(frame))) return result(frame);
    if (otherwise) return otherwise(frame);
    return fail(
      'Location40066',
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

export const comparisonExpressions: Record<string, ExpressionFactory> = {
  $cmp: comparison(Math.sign),
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $and: (operand, context) => {
    const members = compileOperands(operand, context);
    return (frame) => members.every((member) => isTruthy(member(frame)));
  },
  $or: (operand, context) => {
    const members = compileOperands(operand, context);
    return (frame) => members.some((member) => isTruthy(member(frame)));
  },
  $not: unary((value) => !isTruthy(value)),
  $cond: condition,
  $ifNull: ifNull,
  $switch: choice,
};
