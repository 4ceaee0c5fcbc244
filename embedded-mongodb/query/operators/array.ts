import type { Document } from 'bson';
import { bsonTypes, isDocument, isNumeric, toNumber, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { isOperatorDocument, isReferenceField, testValue, type LeafTest, type OperatorFactory } from '../operator.js';
import { equalityLeaf } from './comparison.js';
import { isRegex, regexLeaf } from './regex.js';

const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

const junctions = ['$and', '$or', '$nor', '$where', '$expr', '$comment'];

/** `{$elemMatch: {$gte: 1}}` tests elements as values; `{$elemMatch: {a: 1}}` tests them as documents. */
function isValueCondition(condition: Document): boolean {
  const names = Object.keys(condition);
  return isOperatorDocument(condition) && !names.some(isReferenceField) && !junctions.includes(names[0] ?? '');
}

const elemMatch: OperatorFactory = (operand, context): LeafTest => {
  if (!isDocument(operand)) fail('BadValue', '$elemMatch needs an Object');
  let testElement: (element: unknown) => boolean;
  if (isValueCondition(operand)) {
    const leaves = context.compileLeaf('', operand);
    testElement = (element) => leaves.every((leaf) => testValue(leaf, element));
  } else {
    const matches = context.compileFilter(operand);
    testElement = (element) => {
      if (isDocument(element)) return matches(element);
      return isArray(element) && matches(Object.fromEntries(element.entries()));
    };
  }
  return {
    expandLeaf: false,
    test: (value) => isArray(value) && value.some(testElement),
    testElement,
    impliesExistence: true,
  };
};

const all: OperatorFactory = (operand, context): LeafTest[] => {
  if (!isArray(operand)) fail('BadValue', '$all needs an array');
  if (operand.length === 0) return [{ expandLeaf: false, test: () => false }];
  const isElemMatch = (member: unknown): boolean => isDocument(member) && Object.keys(member)[0] === '$elemMatch';
  const nested = operand.some(isElemMatch);
  return operand.flatMap((member) => {
    if (nested !== isElemMatch(member)) fail('BadValue', 'no $ expressions in $all');
    if (nested) return elemMatch((member as Document).$elemMatch, context);
    if (isOperatorDocument(member)) fail('BadValue', 'no $ expressions in $all');
    return isRegex(member) ? regexLeaf(member) : equalityLeaf(member, context.order);
  });
};

const size: OperatorFactory = (operand): LeafTest => {
  if (!isNumeric(operand)) fail('FailedToParse', 'Failed to parse $size. Expected a number');
  const wanted = toNumber(operand);
  if (!Number.isInteger(wanted)) fail('FailedToParse', `Failed to parse $size. Expected an integer: ${wanted}`);
  if (wanted < 0) fail('FailedToParse', `Failed to parse $size. Expected a non-negative number: ${wanted}`);
  return { expandLeaf: false, test: (value) => isArray(value) && value.length === wanted, impliesExistence: true };
};

export const arrayOperators: Record<string, OperatorFactory> = { $elemMatch: elemMatch, $all: all, $size: size };
