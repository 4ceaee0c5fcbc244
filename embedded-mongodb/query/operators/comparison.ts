import { holdsText } from '../../bson/collation.js';
import { binaryOrder, type Order } from '../../bson/compare.js';
import { orderTypeOf, typeBytes } from '../../bson/key-encoding.js';
import { bsonTypes, isNullish, isNumeric, toNumber, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { equalityIntervals, rangeIntervals } from '../bounds.js';
import { isOperatorDocument, type LeafTest, type OperatorFactory } from '../operator.js';
import { isRegex, regexLeaf } from './regex.js';

/** Missing and the deprecated undefined equal null. */
function equalsOperand(operand: unknown, { compare }: Order): (value: unknown) => boolean {
  if (orderTypeOf(operand) === typeBytes.null) return (value) => orderTypeOf(value) === typeBytes.null;
  return (value) => value !== undefined && compare(value, operand) === 0;
}

/** Keys of indexes are in binary order, so under a collation they cannot bound text. */
const canBound = (operand: unknown, order: Order): boolean => order === binaryOrder || !holdsText(operand);

export function equalityLeaf(operand: unknown, order: Order): LeafTest {
  if (typeOf(operand) === bsonTypes.undefined) fail('BadValue', 'cannot compare to undefined');
  return {
    expandLeaf: true,
    test: equalsOperand(operand, order),
    intervals: canBound(operand, order) ? equalityIntervals(operand) : undefined,
    impliesExistence: !isNullish(operand),
    accepts: [operand],
  };
}

type RangeOperator = '$gt' | '$gte' | '$lt' | '$lte';

const verdicts: Record<RangeOperator, (order: number) => boolean> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

function rangeLeaf(operator: RangeOperator, operand: unknown, order: Order): LeafTest {
  const { compare } = order;
  if (isRegex(operand)) fail('BadValue', `Can't have RegEx as arg to predicate over field.`);
  const includesEqual = operator === '$gte' || operator === '$lte';
  const type = orderTypeOf(operand);
  const verdict = verdicts[operator];
  let test: (value: unknown) => boolean;
  if (type === typeBytes.minKey || type === typeBytes.maxKey) {
    test = (value) => verdict(compare(value, operand));
  } else if (type === typeBytes.null) {
    test = (value) => includesEqual && orderTypeOf(value) === typeBytes.null;
  } else if (type === typeBytes.number) {
    // NaN equals itself and is neither below nor above any number.
    const isNaNOperand = Number.isNaN(toNumber(operand));
    test = (value) => {
      if (!isNumeric(value)) return false;
      if (isNaNOperand || Number.isNaN(toNumber(value)))
        return includesEqual && isNaNOperand && Number.isNaN(toNumber(value));
      return verdict(compare(value, operand));
    };
  } else {
    test = (value) => value !== undefined && orderTypeOf(value) === type && verdict(compare(value, operand));
  }
  return {
    expandLeaf: true,
    test,
    intervals: canBound(operand, order) ? rangeIntervals(operator, operand) : undefined,
    impliesExistence: !isNullish(operand) && type !== typeBytes.minKey && type !== typeBytes.maxKey,
  };
}

function membershipLeaf(name: string, operand: unknown, order: Order): LeafTest {
  if (typeOf(operand) !== bsonTypes.array) fail('BadValue', `${name} needs an array`);
  const members = operand as unknown[];
  if (members.some(isOperatorDocument)) fail('BadValue', `cannot nest $ under ${name}`);
  const leaves = members.map((member) => (isRegex(member) ? regexLeaf(member) : equalityLeaf(member, order)));
  const plain = members.filter((member) => !isRegex(member));
  const isMember = plain.length > fewMembers && order === binaryOrder ? setTest(plain) : undefined;
  const tests = leaves.filter((_, at) => !isMember || isRegex(members[at])).map(({ test }) => test);
  return {
    expandLeaf: true,
    test: (value) => isMember?.(value) === true || tests.some((test) => test(value)),
    intervals: leaves.every(({ intervals }) => intervals)
      ? leaves.flatMap(({ intervals = [] }) => intervals)
      : undefined,
    impliesExistence: !members.some(isNullish),
    accepts: plain.length === members.length ? plain : undefined,
  };
}

/** So many are compared with a value one after the other faster than the value is made a key to look up. */
const fewMembers = 16;

/** The same for a field that is missing as for null. */
function setTest(members: readonly unknown[]): (value: unknown) => boolean {
  const { identify } = binaryOrder;
  const identities = new Set(members.map(identify));
  return (value) => identities.has(identify(value));
}

function negate(leaf: LeafTest): LeafTest {
  return { expandLeaf: leaf.expandLeaf, test: leaf.test, negated: true };
}

export const comparisonOperators: Record<string, OperatorFactory> = {
  $eq: (operand, { order }) => equalityLeaf(operand, order),
  $ne: (operand, { order }) => {
    if (isRegex(operand)) fail('BadValue', "Can't have regex as arg to $ne.");
    return negate(equalityLeaf(operand, order));
  },
  $gt: (operand, { order }) => rangeLeaf('$gt', operand, order),
  $gte: (operand, { order }) => rangeLeaf('$gte', operand, order),
  $lt: (operand, { order }) => rangeLeaf('$lt', operand, order),
  $lte: (operand, { order }) => rangeLeaf('$lte', operand, order),
  $in: (operand, { order }) => membershipLeaf('$in', operand, order),
  $nin: (operand, { order }) => negate(membershipLeaf('$nin', operand, order)),
};
