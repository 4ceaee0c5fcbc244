/** The accumulators that also are expressions: over the elements of one array, or over several operands. */
import { accumulatorOf } from '../accumulators/index.js';
import { compileOperands, isArray, type ExpressionFactory } from './operator.js';

function accumulate(name: string): ExpressionFactory {
  const definition = accumulatorOf(name);
  return (operand, context) => {
    const members = compileOperands(operand, context);
    const { order } = context.scope;
    return (frame) => {
      const accumulator = definition.create(order);
      const values = members.map((member) => member(frame));
      const [only] = values;
      for (const value of values.length === 1 && isArray(only) ? only : values) accumulator.add(value);
      return accumulator.result();
    };
  };
}

export const accumulatorExpressions: Record<string, ExpressionFactory> = Object.fromEntries(
  ['$sum', '$avg', '$min', '$max', '$mergeObjects'].map((name) => [name, accumulate(name)]),
);
