/** The table of expression operators. A new family adds its file here; what is not here is refused with code 168. */
import { calculate } from '../../bson/arithmetic.js';
import { bsonTypes, isNullish, isNumeric, isTruthy, isDocument, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import type { Expression, Scope } from './scope.js';

export interface ExpressionContext {
  readonly name: string;
  readonly scope: Scope;
  readonly compile: (source: unknown, scope: Scope) => Expression;
}

export type ExpressionFactory = (operand: unknown, context: ExpressionContext) => Expression;

function operands(name: string, operand: unknown, count?: number): unknown[] {
  const list = typeOf(operand) === bsonTypes.array ? (operand as unknown[]) : [operand];
  if (count !== undefined && list.length !== count) {
    fail('Location16020', `Expression ${name} takes exactly ${count} arguments. ${list.length} were passed in.`);
  }
  return list;
}

function comparison(name: string, verdict: (order: number) => boolean): ExpressionFactory {
  return (operand, context) => {
    const [left, right] = operands(name, operand, 2).map((source) => context.compile(source, context.scope)) as [
      Expression,
      Expression,
    ];
    const { compare } = context.scope.order;
    return (frame) => verdict(compare(left(frame), right(frame)));
  };
}

function fold(name: string, operation: 'add' | 'multiply', start: number): ExpressionFactory {
  return (operand, context) => {
    const members = operands(name, operand).map((source) => context.compile(source, context.scope));
    return (frame) => {
      let total: unknown = start;
      for (const member of members) {
        const value = member(frame);
        if (isNullish(value)) return null;
        if (!isNumeric(value)) fail('TypeMismatch', `${name} only supports numeric types, not ${typeName(value)}`);
        total = calculate(operation, total, value) ?? fail('Overflow', `${name} overflowed`);
      }
      return total;
    };
  };
}

const condition: ExpressionFactory = (operand, context) => {
  const parts = isDocument(operand) ? [operand.if, operand.then, operand.else] : operands('$cond', operand, 3);
  const [test, whenTrue, whenFalse] = parts.map((source) => context.compile(source, context.scope)) as [
    Expression,
    Expression,
    Expression,
  ];
  return (frame) => (isTruthy(test(frame)) ? whenTrue(frame) : whenFalse(frame));
};

const ifNull: ExpressionFactory = (operand, context) => {
  const members = operands('$ifNull', operand).map((source) => context.compile(source, context.scope));
  return (frame) => {
    let value: unknown;
    for (const member of members) {
      value = member(frame);
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
    $literal: (operand) => () => operand,
    $cond: condition,
    $ifNull: ifNull,
    $and: (operand, context) => {
      const members = operands('$and', operand).map((source) => context.compile(source, context.scope));
      return (frame) => members.every((member) => isTruthy(member(frame)));
    },
    $or: (operand, context) => {
      const members = operands('$or', operand).map((source) => context.compile(source, context.scope));
      return (frame) => members.some((member) => isTruthy(member(frame)));
    },
    $not: (operand, context) => {
      const [member] = operands('$not', operand, 1).map((source) => context.compile(source, context.scope)) as [
        Expression,
      ];
      return (frame) => !isTruthy(member(frame));
    },
    $size: (operand, context) => {
      const [member] = operands('$size', operand, 1).map((source) => context.compile(source, context.scope)) as [
        Expression,
      ];
      return (frame) => {
        const value = member(frame);
        if (typeOf(value) !== bsonTypes.array)
          fail('Location17124', `The argument to $size must be an array, but was of type: ${typeName(value)}`);
        return (value as unknown[]).length;
      };
    },
  }),
);
