/** What `$pull` says of the elements that it removes. */
import { binaryOrder } from '../bson/compare.js';
import { isDocument } from '../bson/values.js';
import { compileFilter, type FilterOptions } from './matcher.js';
import { queryOperators } from './operators/index.js';
import { isRegex } from './operators/regex.js';

/**
 * A condition that begins with an operator of a path, or a regular expression, tests the element as if it were a field; any other
 * document is a filter on elements that are documents; anything else is equality (pull_node.cpp).
 */
export function compileElementCondition(
  condition: unknown,
  options: FilterOptions = {},
): (element: unknown) => boolean {
  if (isRegex(condition) || (isDocument(condition) && queryOperators.has(Object.keys(condition)[0] ?? ''))) {
    const { matches } = compileFilter({ '': condition }, options);
    return (element) => matches({ '': element });
  }
  if (isDocument(condition)) {
    const { matches } = compileFilter(condition, options);
    return (element) => isDocument(element) && matches(element);
  }
  const { compare } = options.scope?.order ?? binaryOrder;
  return (element) => compare(element, condition) === 0;
}
