/** The table of expression operators. A new family adds its file here; what is not here is refused with code 168. */
import { accumulatorExpressions } from './accumulators.js';
import { arithmeticExpressions } from './arithmetic.js';
import { arrayExpressions } from './arrays.js';
import { comparisonExpressions } from './comparison.js';
import { conversionExpressions } from './conversion.js';
import { dateArithmeticExpressions } from './date-arithmetic.js';
import { dateExpressions } from './dates.js';
import { iterationExpressions } from './iteration.js';
import { objectExpressions } from './objects.js';
import type { ExpressionFactory } from './operator.js';
import { patternExpressions } from './patterns.js';
import { roundingExpressions } from './rounding.js';
import { setExpressions } from './sets.js';
import { stringExpressions } from './strings.js';

const literal: ExpressionFactory = (operand) => () => operand;

export const expressionOperators: ReadonlyMap<string, ExpressionFactory> = new Map(
  Object.entries({
    $literal: literal,
    $const: literal,
    ...comparisonExpressions,
    ...arithmeticExpressions,
    ...roundingExpressions,
    ...arrayExpressions,
    ...iterationExpressions,
    ...setExpressions,
    ...objectExpressions,
    ...stringExpressions,
    ...patternExpressions,
    ...conversionExpressions,
    ...dateExpressions,
    ...dateArithmeticExpressions,
    ...accumulatorExpressions,
  }),
);
