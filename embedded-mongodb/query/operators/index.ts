/** The table of operators a path condition may use. A new family adds its file here. */
import type { OperatorFactory } from '../operator.js';
import { arrayOperators } from './array.js';
import { bitOperators } from './bits.js';
import { comparisonOperators } from './comparison.js';
import { elementOperators } from './element.js';
import { regexOperators } from './regex.js';

export const queryOperators: ReadonlyMap<string, OperatorFactory> = new Map(
  Object.entries({
    ...comparisonOperators,
    ...elementOperators,
    ...arrayOperators,
    ...bitOperators,
    ...regexOperators,
  }),
);
