/** `$replaceRoot` and `$replaceWith`. */
import { isDocument, typeName } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { compileExpression } from '../expressions/expression.js';
import { frameOf, type Scope } from '../expressions/scope.js';
import type { Transformation } from '../stage.js';

function compileReplacement(source: unknown, scope: Scope, what: string): Transformation {
  const expression = compileExpression(source, scope);
  return (document) => {
    const replacement = expression(frameOf(document));
    if (!isDocument(replacement))
      return fail(
        'Location40228',
        `${what} must evaluate to an object, but resulting value was of type: ${typeName(replacement)}`,
      );
    return replacement;
  };
}

export function replaceWith(specification: unknown, scope: Scope): Transformation {
  return compileReplacement(specification, scope, "'replacement document'");
}

export function replaceRoot(specification: unknown, scope: Scope): Transformation {
  if (!isDocument(specification))
    return fail(
      'Location40229',
      `expected an object as specification for $replaceRoot stage, got ${typeName(specification)}`,
    );
  const stranger = Object.keys(specification).find((name) => name !== 'newRoot');
  if (stranger !== undefined) fail('Location40415', `BSON field '$replaceRoot.${stranger}' is an unknown field.`);
  if (!Object.hasOwn(specification, 'newRoot'))
    fail('Location40414', "BSON field '$replaceRoot.newRoot' is missing but a required field");
  return compileReplacement(specification.newRoot, scope, "'newRoot' expression");
}
