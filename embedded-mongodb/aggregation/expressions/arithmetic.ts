/** Arithmetic on numbers, and on dates in `$add` and `$subtract`. */
import { Double, Long } from 'bson';
import { calculateWide, divide, remainder } from '../../bson/arithmetic.js';
import { bsonTypes, isNullish, isNumeric, toNumber, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { binary, variadic, type ExpressionFactory } from './operator.js';

const isDate = (value: unknown): value is Date => typeOf(value) === bsonTypes.date;

/** Milliseconds as a date; `overflow` when no JavaScript date can hold them. */
export function dateOf(milliseconds: number): Date {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) fail('Overflow', 'date overflow');
  return date;
}

const roundAway = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

const add = variadic((values) => {
  let total: unknown = 0;
  let date: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (isDate(value)) {
      if (date) fail('Location16612', 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumeric(value)) {
      total = calculateWide('add', total, value);
    } else {
      fail('TypeMismatch', `$add only supports numeric or date types, not ${typeName(value)}`);
    }
  }
  return date ? dateOf(date.getTime() + roundAway(toNumber(total))) : total;
});

const multiply = variadic((values) => {
  let total: unknown = 1;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) fail('TypeMismatch', `$multiply only supports numeric types, not ${typeName(value)}`);
    total = calculateWide('multiply', total, value);
  }
  return total;
});

const subtract = binary((left, right) => {
  if (isNumeric(left) && isNumeric(right)) return calculateWide('subtract', left, right);
  if (isNullish(left) || isNullish(right)) return null;
  if (isDate(left) && isDate(right)) return Long.fromNumber(left.getTime() - right.getTime());
  if (isDate(left) && isNumeric(right)) return dateOf(left.getTime() - roundAway(toNumber(right)));
  return fail('TypeMismatch', `can't $subtract ${typeName(right)} from ${typeName(left)}`);
});

const quotient = binary((left, right) => {
  if (isNumeric(left) && isNumeric(right)) {
    if (toNumber(right) === 0) fail('BadValue', "can't $divide by zero");
    return divide(left, right);
  }
  if (isNullish(left) || isNullish(right)) return null;
  return fail('TypeMismatch', `$divide only supports numeric types, not ${typeName(left)} and ${typeName(right)}`);
});

const modulo = binary((left, right) => {
  if (isNumeric(left) && isNumeric(right)) {
    const isDecimal = typeOf(left) === bsonTypes.decimal || typeOf(right) === bsonTypes.decimal;
    if (toNumber(right) === 0) fail(isDecimal ? 'Location5733415' : 'Location16610', "can't $mod by zero");
    return remainder(left, right);
  }
  if (isNullish(left) || isNullish(right)) return null;
  return fail('Location16611', `$mod only supports numeric types, not ${typeName(left)} and ${typeName(right)}`);
});

export const arithmeticExpressions: Record<string, ExpressionFactory> = {
  $add: add,
  $multiply: multiply,
  $subtract: subtract,
  $divide: quotient,
  $mod: modulo,
  $rand: () => () => new Double(Math.random()),
};
