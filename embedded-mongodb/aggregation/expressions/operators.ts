/** The table of expression operators. A new family adds its file here; what is not here is refused with code 168. */
import { compare } from '../../bson/compare.js';
import { calculate } from '../../bson/arithmetic.js';
import { bsonTypes, isNullish, isNumeric, isTruthy, isDocument, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import type { Expression } from './expression.js';

export type ExpressionFactory = (operand: unknown, compile: (source: unknown) => Expression) => Expression;

function operands(name: string, operand: unknown, count?: number): unknown[] {
  const list = typeOf(operand) === bsonTypes.array ? (operand as unknown[]) : [operand];
  if (count !== undefined && list.length !== count) {
    fail('Location16020', `Expression ${name} takes exactly ${count} arguments. ${list.length} were passed in.`);
  }
  return list;
}

function comparison(name: string, verdict: (order: number) => boolean): ExpressionFactory {
  return (operand, compile) => {
    const [left, right] = operands(name, operand, 2).map(compile) as [Expression, Expression];
    return (root) => verdict(compare(left(root), right(root)));
  };
}

function fold(name: string, operation: 'add' | 'multiply', start: number): ExpressionFactory {
  return (operand, compile) => {
    const members = operands(name, operand).map(compile);
    return (root) => {
      let total: unknown = start;
      for (const member of members) {
        const value = member(root);
        if (isNullish(value)) return null;
        if (!isNumeric(value)) fail('TypeMismatch', `${name} only supports numeric types, not ${typeName(value)}`);
        total = calculate(operation, total, value) ?? fail('Overflow', `${name} overflowed`);
      }
      return total;
    };
  };
}

const condition: ExpressionFactory = (operand, compile) => {
  const parts = isDocument(operand) ? [operand.if, operand.then, operand.else] : operands('$cond', operand, 3);
  const [test, whenTrue, whenFalse] = parts.map(compile) as [Expression, Expression, Expression];
  return (root) => (isTruthy(test(root)) ? whenTrue(root) : whenFalse(root));
};

const ifNull: ExpressionFactory = (operand, compile) => {
  const members = operands('$ifNull', operand).map(compile);
  return (root) => {
    let value: unknown;
    for (const member of members) {
      value = member(root);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

export const expressionOperators: ReadonlyMap<string, ExpressionFactory> = new Map(
  Object.entries<ExpressionFactory>({
    $eq: comparison('$eq', (order) => order === 0),
    $ne: comparison('$ne', (order) => order !== 0),
    $gt: comparison('$gt', (order) => order > 0),
    $gte: comparison('$gte', (order) => order >= 0),
    $lt: comparison('$lt', (order) => order < 0),
    $lte: comparison('$lte', (order) => order <= 0),
    $add: fold('$add', 'add', 0),
    $multiply: fold('$multiply', 'multiply', 1),
    $cond: condition,
    $ifNull: ifNull,
    $and: (operand, compile) => {
      const members = operands('$and', operand).map(compile);
      return (root) => members.every((member) => isTruthy(member(root)));
    },
    $or: (operand, compile) => {
      const members = operands('$or', operand).map(compile);
      return (root) => members.some((member) => isTruthy(member(root)));
    },
    $not: (operand, compile) => {
      const [member] = operands('$not', operand, 1).map(compile) as [Expression];
      return (root) => !isTruthy(member(root));
    },
    $size: (operand, compile) => {
      const [member] = operands('$size', operand, 1).map(compile) as [Expression];
      return (root) => {
        const value = member(root);
        if (typeOf(value) !== bsonTypes.array)
          fail('Location17124', `The argument to $size must be an array, but was of type: ${typeName(value)}`);
        return (value as unknown[]).length;
      };
    },
  }),
);
