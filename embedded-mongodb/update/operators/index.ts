/** The table of update operators. A new family adds its file here. */
import type { UpdateOperatorFactory } from '../operator.js';
import { arithmeticOperators } from './arithmetic.js';
import { arrayUpdateOperators } from './arrays.js';
import { fieldOperators } from './fields.js';

export const updateOperators: ReadonlyMap<string, UpdateOperatorFactory> = new Map(
  Object.entries({ ...fieldOperators, ...arithmeticOperators, ...arrayUpdateOperators }),
);
