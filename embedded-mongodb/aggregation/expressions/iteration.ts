/** Operators that bind variables: `$let`, and those that evaluate an expression for each element. */
import { isDocument, isNullish, isTruthy, toNumber, typeName } from '../../bson/values.js';
import { fail, type ErrorName } from '../../errors.js';
import { compileSort, createSorter } from '../../planner/sort.js';
import { compareValues } from './comparison.js';
import { isArray, isIntegral, readNamed, type ExpressionContext, type ExpressionFactory } from './operator.js';
import { declareVariable, type Expression } from './scope.js';

const letExpression: ExpressionFactory = (operand, context) => {
  const named = readNamed(operand, '$let', {
    notAnObject: 'Location16874',
    unknown: 'Location16875',
    required: { vars: 'Location16876', in: 'Location16877' },
  });
  const variables = named.get('vars');
  if (!isDocument(variables)) return fail('Location10065', `invalid parameter: expected an object (vars)`);
  let { scope } = context;
  // The values know the outer variables only.
  const bindings = Object.keys(variables).map((name) => {
    const value = context.compile(variables[name], context.scope);
    const declared = declareVariable(scope, name);
    ({ scope } = declared);
    return { value, slot: declared.slot };
  });
  const result = context.compile(named.get('in'), scope);
  return (frame) => {
    const values = bindings.map(({ value }) => value(frame));
    bindings.forEach(({ slot }, at) => {
      frame.locals[slot] = values[at];
    });
    return result(frame);
  };
};

interface Loop {
  readonly input: Expression;
  readonly slot: number;
  /** Compiles what may name the element. */
  readonly inner: (source: unknown) => Expression;
}

function compileLoop(named: ReadonlyMap<string, unknown>, context: ExpressionContext): Loop {
  const name = named.has('as') ? named.get('as') : 'this';
  if (typeof name !== 'string') return fail('FailedToParse', `${context.name}: 'as' must be a string`);
  const { scope, slot } = declareVariable(context.scope, name);
  return {
    input: context.compile(named.get('input'), context.scope),
    slot,
    inner: (source) => context.compile(source, scope),
  };
}

function readInput(value: unknown, name: string, notAnArray: ErrorName): unknown[] | null {
  if (isNullish(value)) return null;
  return isArray(value) ? value : fail(notAnArray, `input to ${name} must be an array not ${typeName(value)}`);
}

function readLimit(value: unknown): number {
  if (isNullish(value)) return Number.POSITIVE_INFINITY;
  if (!isIntegral(value)) fail('Location327391', `$filter: limit must be represented as a 32-bit integral value`);
  const limit = toNumber(value);
  return limit > 0 ? limit : fail('Location327392', `$filter: limit must be greater than 0: ${limit}`);
}

const filter: ExpressionFactory = (operand, context) => {
  const named = readNamed(operand, '$filter', {
    notAnObject: 'Location28646',
    unknown: 'Location28647',
    required: { input: 'Location28648', cond: 'Location28650' },
    optional: ['as', 'limit'],
  });
  const { input, slot, inner } = compileLoop(named, context);
  const condition = inner(named.get('cond'));
  const limit = named.has('limit') ? context.compile(named.get('limit'), context.scope) : undefined;
  return (frame) => {
    const array = readInput(input(frame), '$filter', 'Location28651');
    if (!array) return null;
    const most = readLimit(limit?.(frame));
    const out: unknown[] = [];
    for (const element of array) {
      if (out.length >= most) break;
      frame.locals[slot] = element;
      if (isTruthy(condition(frame))) out.push(element);
    }
    return out;
  };
};

const map: ExpressionFactory = (operand, context) => {
  const named = readNamed(operand, '$map', {
    notAnObject: 'Location16878',
    unknown: 'Location16879',
    required: { input: 'Location16880', in: 'Location16882' },
    optional: ['as'],
  });
  const { input, slot, inner } = compileLoop(named, context);
  const each = inner(named.get('in'));
  return (frame) => {
    const array = readInput(input(frame), '$map', 'Location16883');
    return (
      array?.map((element) => {
        frame.locals[slot] = element;
        return each(frame) ?? null;
      }) ?? null
    );
  };
};

const reduce: ExpressionFactory = (operand, context) => {
  const named = readNamed(operand, '$reduce', {
    notAnObject: 'Location40075',
    unknown: 'Location40076',
    required: { input: 'Location40077', initialValue: 'Location40078', in: 'Location40079' },
  });
  const input = context.compile(named.get('input'), context.scope);
  const initial = context.compile(named.get('initialValue'), context.scope);
  const element = declareVariable(context.scope, 'this');
  const total = declareVariable(element.scope, 'value');
  const step = context.compile(named.get('in'), total.scope);
  return (frame) => {
    const array = readInput(input(frame), '$reduce', 'Location40080');
    if (!array) return null;
    let value = initial(frame);
    for (const member of array) {
      frame.locals[element.slot] = member;
      frame.locals[total.slot] = value;
      value = step(frame);
    }
    return value;
  };
};

/** By whole values with 1 or -1, or by fields of the elements as a sort does. */
const sortArray: ExpressionFactory = (operand, context) => {
  const named = readNamed(operand, '$sortArray', {
    notAnObject: 'Location2942500',
    unknown: 'Location2942501',
    required: { input: 'Location2942502', sortBy: 'Location2942503' },
  });
  const input = context.compile(named.get('input'), context.scope);
  const sort = compileElementOrder(named.get('sortBy'), context);
  return (frame) => {
    const value = input(frame);
    if (isNullish(value)) return null;
    if (!isArray(value))
      return fail(
        'Location2942504',
        `The input argument to $sortArray must be an array, but was of type: ${typeName(value)}`,
      );
    return sort(value);
  };
};

function compileElementOrder(sortBy: unknown, { scope }: ExpressionContext): (array: unknown[]) => unknown[] {
  if (isDocument(sortBy)) {
    const fields = compileSort(sortBy);
    if (fields.length === 0) fail('Location2942505', '$sortArray sortBy must not be empty');
    const { keyOf, compare } = createSorter(fields, scope.order);
    return (array) =>
      array
        .map((element) => ({ element, key: keyOf(isDocument(element) ? element : {}) }))
        .sort((a, b) => compare(a.key, b.key))
        .map(({ element }) => element);
  }
  const direction = isIntegral(sortBy) ? toNumber(sortBy) : 0;
  if (direction !== 1 && direction !== -1)
    fail('Location2942507', '$sortArray sortBy must be either 1, -1 or an object');
  return (array) => [...array].sort((a, b) => compareValues(scope.order, a, b) * direction);
}

export const iterationExpressions: Record<string, ExpressionFactory> = {
  $let: letExpression,
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $sortArray: sortArray,
};
