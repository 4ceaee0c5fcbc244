/** Conditions on array elements that stand alone: `$pull` and array filters. */
import type { Document } from 'bson';
import { binaryOrder } from '../bson/compare.js';
import { isDocument } from '../bson/values.js';
import { compileFilter, compileLeafConditions, isOperatorDocument, type FilterOptions } from './matcher.js';
import { testLeafValue } from './operator.js';
import { isRegex, regexLeaf } from './operators/regex.js';

/** `$or` and its like speak of documents, not of a value. */
const isJunction = (condition: Document): boolean =>
  ['$and', '$or', '$nor', '$expr'].includes(Object.keys(condition)[0] ?? '');

/** `$pull`: operators test the element, a document is a filter on elements that are documents, anything else is equality. */
export function compileElementCondition(
  condition: unknown,
  options: FilterOptions = {},
): (element: unknown) => boolean {
  if (isRegex(condition)) return regexLeaf(condition).test;
  if (isOperatorDocument(condition) && !isJunction(condition)) {
    const leaves = compileLeafConditions('', condition, options);
    return (element) => leaves.every((leaf) => testLeafValue(leaf, element));
  }
  if (isDocument(condition)) {
    const { matches } = compileFilter(condition, options);
    return (element) => isDocument(element) && matches(element);
  }
  const { compare } = options.scope?.order ?? binaryOrder;
  return (element) => compare(element, condition) === 0;
}
