/** Conditions on array elements that stand alone: `$pull` and array filters. */
import { isEqual } from '../bson/compare.js';
import { isDocument } from '../bson/values.js';
import { compileFilter, compileLeafConditions, isOperatorDocument } from './matcher.js';
import { testLeafValue } from './operator.js';
import { isRegex, regexLeaf } from './operators/regex.js';

/** `$pull`: operators test the element, a document is a filter on elements that are documents, anything else is equality. */
export function compileElementCondition(condition: unknown): (element: unknown) => boolean {
  if (isRegex(condition)) return regexLeaf(condition).test;
  if (isOperatorDocument(condition)) {
    const leaves = compileLeafConditions('', condition);
    return (element) => leaves.every((leaf) => testLeafValue(leaf, element));
  }
  if (isDocument(condition)) {
    const { matches } = compileFilter(condition);
    return (element) => isDocument(element) && matches(element);
  }
  return (element) => isEqual(element, condition);
}
