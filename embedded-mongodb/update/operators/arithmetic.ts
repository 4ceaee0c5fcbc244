import { calculate, type ArithmeticOperation } from '../../bson/arithmetic.js';
import { isNumeric, typeName } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { renderKeyValue } from '../../storage/render-key.js';
import type { UpdateOperatorFactory } from '../operator.js';

function arithmetic(name: '$inc' | '$mul', operation: ArithmeticOperation): UpdateOperatorFactory {
  const verb = name === '$inc' ? 'increment' : 'multiply';
  return (operand, path) => {
    if (!isNumeric(operand))
      fail('TypeMismatch', `Cannot ${verb} with non-numeric argument: ${renderKeyValue({ [path]: operand })}`);
    return {
      createsPath: true,
      apply: (current, { document }) => {
        if (current === undefined) return { set: name === '$inc' ? operand : calculate('multiply', operand, 0) };
        if (!isNumeric(current)) {
          const id = renderKeyValue({ _id: document._id });
          fail(
            'TypeMismatch',
            `Cannot apply ${name} to a value of non-numeric type. ${id} has the field '${path}' of non-numeric type ${typeName(current)}`,
          );
        }
        const result = calculate(operation, current, operand);
        if (result === undefined)
          fail('BadValue', `Failed to apply ${name} operations to current value (${String(current)}) for document`);
        return { set: result };
      },
    };
  };
}

export const arithmeticOperators: Record<string, UpdateOperatorFactory> = {
  $inc: arithmetic('$inc', 'add'),
  $mul: arithmetic('$mul', 'multiply'),
};
